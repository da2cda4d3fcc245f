// A node with a million records counts its month, while officers look at their inbox: how long it takes, and what they feel.
import { jobStanding } from "@simpul/features/picture/node.ts";
import { countMonth, lastMonth } from "@simpul/features/picture/prepare.ts";
import { casesNode, pictureNode } from "@simpul/server";
import { signIn } from "@simpul/testing";
import pg from "pg";
import type { Figure } from "./figure.ts";
import { atExercise } from "./story-node.ts";

const records = Number(process.env["SIMPUL_BENCH_RECORDS"] ?? 1_000_000);
const looks = 60;
const parts = { cases: 0.3, places: 0.2, hits: 0.2, threads: 0.1, steps: 0.1, charges: 0.1 } as const;
const many = (part: keyof typeof parts): string => String(Math.round(records * parts[part]));

/** Two years of one busy node, a twenty-fourth of it in the month that is counted. */
const fill = (month: string): string[] => [
  `create function pg_temp.key(kind text, i bigint) returns uuid language sql immutable as $$ select md5(kind || i)::uuid $$`,
  `create function pg_temp.at(i bigint) returns timestamptz language sql immutable as
     $$ select timestamptz '${month}-01T00:00:00Z' + interval '1 month' - (i % 720) * interval '1 day' - interval '1 hour' $$`,
  `insert into simpul.cases (id, number, title, crime_type, crime_types_version, agency_id, desk_id, opened_at, changed_at)
   select pg_temp.key('case', i), format('ID-%s-%s', 2100 + i / 900000, lpad((i % 900000 + 1)::text, 6, '0')), 'EXERCISE',
     (array['online-fraud', 'trafficking-labour', 'recruitment', 'laundering'])[1 + i % 4], '1', d.agency_id, d.id,
     pg_temp.at(i), pg_temp.at(i)
   from generate_series(1, ${many("cases")}) i, (select id, agency_id from simpul.desks order by id limit 1) d`,
  `insert into simpul.case_places (case_id, id, names, kind, country, position, handling, evaluation, source, created_at, changed_at)
   select pg_temp.key('case', 1 + i % ${many("cases")}), pg_temp.key('place', i), '[{"text": "EXERCISE"}]',
     (array['site', 'recruitment', 'transit', 'border'])[1 + i % 4], 'KH',
     jsonb_build_object('latitude', -8 + i % 28, 'longitude', 96 + i % 30, 'radius', 1000), '{"codes": []}',
     '{"source": "B", "information": "2"}', '{"kind": "officer"}', pg_temp.at(i), pg_temp.at(i)
   from generate_series(1, ${many("places")}) i`,
  `insert into simpul.checks (case_id, id, officer_id, desk_id, purpose, offence, legal_basis, state, count, terms_version, asked_at)
   select pg_temp.key('case', i), pg_temp.key('check', i), pg_temp.key('officer', 1), pg_temp.key('desk', 1), 'crime-investigation',
     'online-fraud', 'EXERCISE', 'done', 1, '1', pg_temp.at(i) from generate_series(1, ${many("cases")}, 10) i`,
  `insert into simpul.check_results (case_id, check_id, record_id, peer, reply, at)
   select pg_temp.key('case', c), pg_temp.key('check', c), pg_temp.key('record', i), (array['kh', 'ph'])[1 + i % 2],
     (array['hit', 'no-hit', 'no-hit'])[1 + i % 3], pg_temp.at(i)
   from generate_series(1, ${many("hits")}) i, lateral (select 1 + (i * 10) % (${many("cases")} / 10 * 10) as c) n
   where (c - 1) % 10 = 0`,
  `insert into simpul.requests (id, direction, state, peer, subject, draft, created_at, changed_at)
   select pg_temp.key('request', i), 'incoming', 'sent', (array['kh', 'ph'])[1 + i % 2], 'EXERCISE', '{}', pg_temp.at(i), pg_temp.at(i)
   from generate_series(1, ${many("threads")}) i`,
  `insert into simpul.request_threads (id, request_id, direction, peer, reference, state, outcome, created_at, changed_at)
   select pg_temp.key('thread', i), pg_temp.key('request', i), 'incoming', (array['kh', 'ph'])[1 + i % 2], 'X-' || i, 'answered',
     (array['full', 'partial', 'none-held'])[1 + i % 3], pg_temp.at(i) - interval '3 days', pg_temp.at(i)
   from generate_series(1, ${many("threads")}) i`,
  `insert into simpul.request_steps (thread_id, id, at, kind, side)
   select pg_temp.key('thread', i), pg_temp.key('step', i), pg_temp.at(i), 'answered', 'ours'
   from generate_series(1, ${many("steps")}) i where i <= ${many("threads")}`,
  `insert into simpul.charges (id, case_id, subject_id, kind, name, offences, began, ended, place, facts, law_version, prepared_by,
     prepared_at, agency_id, desk_id, state, filed_by, filed_at)
   select pg_temp.key('charge', i), pg_temp.key('case', 1 + i % ${many("cases")}), pg_temp.key('subject', i), 'organisation',
     '{"text": "EXERCISE"}', '["online-fraud"]', '2030-01-01', '2030-02-01', 'EXERCISE', 'EXERCISE EXERCISE', '1',
     pg_temp.key('officer', 1), pg_temp.at(i), pg_temp.key('agency', 1), pg_temp.key('desk', 1), 'filed',
     pg_temp.key('officer', 1), pg_temp.at(i)
   from generate_series(1, ${many("charges")}) i`,
  "analyze",
];

const p95 = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length * 0.95)]!;

export const pictureOfMillion = (): Promise<Figure[]> =>
  atExercise(async ({ server, open, serve }) => {
    const { node, database } = await open("id");
    const month = lastMonth(new Date());
    const client = new pg.Client(server.adminUrl(database));
    await client.connect();
    for (const statement of fill(month)) await client.query(statement);
    await client.end();
    const web = await serve(node);
    const agus = await signIn(web.address, "agus");
    const look = async (): Promise<number> => {
      const began = performance.now();
      await agus.must("GET", "/api/inbox");
      return performance.now() - began;
    };
    for (let nth = 0; nth < 5; nth++) await look();
    const quiet: number[] = [];
    for (let nth = 0; nth < looks; nth++) quiet.push(await look());
    const never = (): never => {
      throw new Error("nobody opens a desk here");
    };
    const room = pictureNode(node, casesNode(node).policy, { sealTo: never, leave: never, open: never });
    const began = performance.now();
    const state = { counting: true };
    const counted = countMonth(room, jobStanding, month).finally(() => (state.counting = false));
    const busy: number[] = [];
    while (state.counting || busy.length < 5) busy.push(await look());
    const figures = await counted;
    const seconds = (performance.now() - began) / 1000;
    const common = { peer: null, peerName: null, runs: 1 } as const;
    return [
      {
        ...common,
        figure: `${String(figures.length)} figures of a node of ${records.toLocaleString("en")} records, counted and protected`,
        ...{ ours: Number(seconds.toFixed(1)), unit: "s", bound: 60, ratio: null },
      },
      {
        figure: "the inbox meanwhile, 95 of 100 looks",
        ...{
          ours: Math.round(p95(busy)),
          unit: "ms",
          peer: Math.round(p95(quiet)),
          peerName: "while nothing is counted",
        },
        ...{ bound: 2, ratio: Number((p95(busy) / p95(quiet)).toFixed(2)), runs: busy.length },
      },
    ];
  });
