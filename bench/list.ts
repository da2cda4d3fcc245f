// Lists and searches of a node with 20,000 cases and 500,000 selectors under full rights, and of one ten times as full;
// each beside the same question asked by a role that row security does not bind.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { listing, searching } from "@simpul/features/cases/look.ts";
import { as, casesRoom, officers } from "@simpul/features/cases/testing.ts";
import { openStore } from "@simpul/store";
import { systemClock, systemRandom } from "@simpul/store/keys";
import { startServer, type DatabaseServer } from "@simpul/store/launcher";
import { allMigrations } from "@simpul/testing/databases";
import pg from "pg";
import { type Figure } from "./figure.ts";

const looks = 200;

/** Cases of four desks of our agency and one of another, a tenth of them covert; 25 selectors each. */
const fill = (cases: number): string[] => [
  `create function pg_temp.key(kind text, i bigint) returns uuid language sql immutable as
     $$ select md5(kind || i)::uuid $$`,
  "drop index simpul.case_words_found",
  `insert into simpul.cases (id, number, title, crime_type, crime_types_version, agency_id, desk_id, covert, opened_at, changed_at)
   select pg_temp.key('case', i), format('ID-%s-%s', 2031 + i / 1000000, lpad((i % 1000000)::text, 6, '0')),
     format('Scam compound %s, recruiter %s', i % 977, i % 7919), 'trafficking-forced-criminality', '1',
     case when i % 5 = 4 then '${officers.dewi.agency}'::uuid else '${officers.sari.agency}'::uuid end,
     case when i % 5 = 4 then '${officers.dewi.desk}'::uuid when i % 2 = 0 then '${officers.sari.desk}'::uuid
       else '${officers.joko.desk}'::uuid end,
     i % 10 = 3, timestamptz '2031-01-01' + i * interval '1 minute', timestamptz '2031-01-01' + (i * 7919 % ${String(cases)}) * interval '1 minute'
   from generate_series(1, ${String(cases)}) i`,
  // An officer is on some hundred teams, whatever the size of the node; two in seven of other agencies or covert.
  `insert into simpul.case_team (case_id, id, officer_id, role, added_at)
   select pg_temp.key('case', i), pg_temp.key('team', i), '${officers.sari.id}', 'investigator', now()
   from generate_series(1, ${String(cases)}, ${String(Math.max(1, Math.floor(cases / 100) - 1))}) i`,
  // A number occurs in one case, some in several (a recruiter's in hundreds): occurrences, never pairs.
  `insert into simpul.selector_values (id, type, canonical, profile)
   select pg_temp.key('value', i), 'phone', '+62' || (81000000000 + i * 17), 'phone/1'
   from generate_series(1, ${String(cases * 20)}) i`,
  `insert into simpul.selector_occurrences (case_id, id, value_id, written, valid, role, handling, evaluation, source, created_at, changed_at)
   select pg_temp.key('case', 1 + i % ${String(cases)}), pg_temp.key('occurrence', i), pg_temp.key('value', 1 + (i * 31) % ${String(cases * 20)}),
     '0' || (81000000000 + (1 + (i * 31) % ${String(cases * 20)}) * 17), true, 'suspect',
     '{"codes":["H1","H2"]}', '{"source":"B","information":"2"}', '{"kind":"officer"}', now(), now()
   from generate_series(1, ${String(cases * 25)}) i`,
  `insert into simpul.case_words (case_id, record_id, kind, shown, type, tokens, words)
   select c.id, c.id, 'case', c.title, null, t.tokens, array_to_tsvector(t.tokens || simpul.finders_of(c.id))
   from simpul.cases c, lateral (select array(select distinct unnest(
     regexp_split_to_array(lower(c.title), '[^a-z0-9]+') || array[lower(c.number), substr(c.number, 9)])) as tokens) t`,
  `insert into simpul.case_words (case_id, record_id, kind, shown, type, tokens, words)
   select o.case_id, o.id, 'selector', v.canonical, v.type, t.tokens, array_to_tsvector(t.tokens || simpul.finders_of(o.case_id))
   from simpul.selector_occurrences o join simpul.selector_values v on v.id = o.value_id,
     lateral (select array(select distinct unnest(array[v.canonical, substr(v.canonical, 2), o.written, right(v.canonical, 4),
       right(v.canonical, 6), right(v.canonical, 8), right(v.canonical, 10)])) as tokens) t`,
  "create index case_words_found on simpul.case_words using gin (words) with (fastupdate = off)",
  "analyze",
];

interface Measured {
  list: number;
  search: number;
  openList: number;
  openSearch: number;
  bytesPerOccurrence: number;
}

const p95 = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!;

async function timed(work: (i: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = -20; i < looks; i++) {
    const before = performance.now();
    await work(i + 20);
    // The first looks warm connections and caches, as a node that runs has them.
    if (i >= 0) times.push(performance.now() - before);
  }
  return p95(times);
}

/** What officers type: a whole number as people write it, its end, a word, two words, the beginning of one. */
const asked = (i: number, cases: number): string => {
  const number = 81_000_000_000 + (1 + ((i * 104_729) % (cases * 20))) * 17;
  const ways = [
    `+62${number}`,
    `0${number}`,
    String(number).slice(-6),
    `recruiter ${i % 7_919}`,
    `compound ${i % 977} recr`,
  ];
  return ways[i % ways.length]!;
};

async function measure(server: DatabaseServer, cases: number): Promise<Measured> {
  const name = `bench_${cases}`;
  const url = await server.database(name);
  const store = await openStore({
    url,
    migrations: await allMigrations(),
    clock: systemClock,
    random: systemRandom,
  });
  const open = new pg.Client(server.adminUrl(name));
  await open.connect();
  try {
    await open.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'; set jit = off");
    for (const step of fill(cases)) await open.query(step);
    const room = casesRoom(store);
    const filters = [
      {},
      { states: ["open" as const] },
      { desk: officers.joko.desk },
      { team: officers.sari.id },
    ];
    const pool = new pg.Pool({ connectionString: server.adminUrl(name), max: 1 });
    const measured: Measured = {
      list: await timed((i) =>
        listing(room, as(officers.sari), { limit: 50, ...filters[i % filters.length] }),
      ),
      search: await timed((i) => searching(room, as(officers.sari), asked(i, cases))),
      openList: await timed(() =>
        pool.query("select * from simpul.cases order by changed_at desc, id desc limit 51"),
      ),
      openSearch: await timed((i) =>
        pool.query(
          `select w.*, c.title from (select * from simpul.case_words where words @@ plainto_tsquery('simple', $1) limit 200) w
           join simpul.cases c on c.id = w.case_id limit 20`,
          [asked(i, cases)],
        ),
      ),
      bytesPerOccurrence: Number(
        (
          await pool.query<{ bytes: string }>(
            `select (pg_total_relation_size('simpul.selector_occurrences') + pg_total_relation_size('simpul.selector_values'))
               / (select count(*) from simpul.selector_occurrences) as bytes`,
          )
        ).rows[0]!.bytes,
      ),
    };
    await pool.end();
    return measured;
  } finally {
    await open.end();
    await store.close();
  }
}

/** p95 of lists and searches at 20,000 cases and 500,000 selectors, and how they and their storage grow tenfold. */
export async function list(): Promise<Figure[]> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-bench-"));
  await chmod(home, 0o711);
  const server = await startServer({ home, settings: { max_wal_size: "4GB" } });
  try {
    const usual = await measure(server, 20_000);
    const full = await measure(server, 200_000);
    const figure = (
      name: string,
      ours: number,
      peer: number | null,
      bound: number | null,
      unit = "ms p95",
    ): Figure => ({
      figure: name,
      ours: Number(ours.toFixed(1)),
      unit,
      peer: peer === null ? null : Number(peer.toFixed(1)),
      peerName: peer === null ? null : "the same table without rights, notes and ranking",
      bound,
      ratio: peer === null ? null : Number((ours / peer).toFixed(2)),
      runs: looks,
    });
    return [
      figure("list, 20,000 cases", usual.list, usual.openList, 60),
      figure("search, 500,000 selectors", usual.search, usual.openSearch, 60),
      figure("list, 200,000 cases", full.list, full.openList, 2 * 60),
      figure("search, 5,000,000 selectors", full.search, full.openSearch, 2 * 60),
      figure("list, ten times the data", full.list / usual.list, null, 2, "times"),
      figure("search, ten times the data", full.search / usual.search, null, 2, "times"),
      figure("correlation storage an occurrence, 500,000", usual.bytesPerOccurrence, null, null, "bytes"),
      figure("correlation storage an occurrence, 5,000,000", full.bytesPerOccurrence, null, null, "bytes"),
    ];
  } finally {
    await server.close();
    await rm(home, { recursive: true, force: true });
  }
}
