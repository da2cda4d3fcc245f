// Attacks on the compartment: a planted name, place and status are looked for in everything that others can read.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Id, Officer, Purpose } from "@simpul/model";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeIdle } from "./opening.ts";
import { factsKind, randomId, sealEntry, statusKind } from "./contract.ts";

const planted = { name: "Zulaikha Qwertanto", place: "Wisma Xylofon 93", authority: "Kantor Vortexindo" };
const secrets = Object.values(planted);

let id: Nation;
let kh: Nation;
let maya: VictimDesk;
let client: pg.Client;
let person: Id;
let left: Id;
let pseudonym: string;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  client = new pg.Client(id.node.settings.databaseUrl!);
  await client.connect();
  maya = await openVictimDesk(id, "maya");
  const facts = {
    names: [{ text: planted.name, use: "own" as const }],
    ...{ place: planted.place, heldAt: planted.place, nationalities: ["KE"], ageSaid: "child" as const },
  };
  ({ id: person } = await maya.person.must<{ id: Id }>("POST", "/api/victims/people", facts));
  const said = {
    authority: planted.authority,
    status: "presumed",
    basis: planted.name,
    reason: "",
    appeal: "",
  };
  await maya.person.must("POST", `/api/victims/people/${person}/status`, said);
  await maya.person.must("POST", "/api/victims/people/find", { q: planted.name, limit: 10 });
  const view = await maya.person.must<{ pseudonym: string }>("GET", `/api/victims/people/${person}`);
  pseudonym = view.pseudonym;
  await maya.person.must("POST", `/api/victims/people/${person}/reveal`, {
    ...{ fields: ["place"], reason: planted.name },
  });
  await maya.person.must("POST", "/api/access/printed", { page: `/victims/${person}?q=${planted.name}` });
  await maya.person.must("POST", "/api/victims/desk/close");
  // Another, sealed in the field by an officer, waits for an open desk.
  const yusuf = await id.as("yusuf");
  await yusuf.must("PATCH", "/api/access/session", { purpose: "victim-identification" });
  left = randomId();
  const by = { node: "id", officer: yusuf.id as Id, door: "field" as const };
  const entry = {
    id: randomId(),
    person: left,
    kind: factsKind.kind,
    at: new Date().toISOString(),
    by,
    data: facts,
  };
  const status = { ...entry, id: randomId(), kind: statusKind.kind, data: { ...said, state: "id" } };
  const key = (await maya.compartment.sealTo())!;
  const sealed = await Promise.all([entry, status].map((one) => sealEntry(key, one)));
  await yusuf.must("POST", "/api/victims/left", { sealed });
}, 120_000);
afterAll(() => client.end());

/** A text as it may lie in bytes, in hex and in base64 at each of its three places. */
function shapesOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const shifted = [0, 1, 2].map((by) => {
    const whole = Buffer.concat([Buffer.alloc(by), bytes]).toString("base64");
    // Without the letters that the neighbours share.
    return whole.slice(by === 0 ? 0 : 4, -4);
  });
  return [text, bytes.toString("hex"), Buffer.from(text, "utf16le").toString("hex"), ...shifted];
}
const shapes = secrets.flatMap(shapesOf);
const told = (text: string, more: readonly string[] = []): string[] => {
  const small = text.toLowerCase();
  return [...shapes, ...more].filter((one) => small.includes(one.toLowerCase()));
};

/** As whoever owns these tables and lifts their row security; a few at a time, for the node goes on working. */
async function asOwner<T>(tables: readonly string[], fn: () => Promise<T>): Promise<T> {
  await client.query("begin");
  for (const one of tables) await client.query(`alter table simpul.${one} no force row level security`);
  const result = await fn();
  for (const one of tables) await client.query(`alter table simpul.${one} force row level security`);
  await client.query("commit");
  return result;
}
const tablesNow = () =>
  client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'simpul' and table_type = 'BASE TABLE'",
  );

async function everyRow(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { name } of (await tablesNow()).rows) {
    const { rows } = await asOwner([name], () =>
      client.query<{ row: string }>(`select t::text as row from simpul.${name} t`),
    );
    found.set(name, rows.map(({ row }) => row).join("\n"));
  }
  return found;
}

test("whoever owns the database, or holds a copy of it, finds no name, place, status, kind or nationality", async () => {
  const rows = await everyRow();
  expect(rows.size).toBeGreaterThan(50);
  expect(rows.get("leaves")).toContain("victims.entry");
  for (const [table, text] of rows) expect(told(text, [pseudonym]), table).toEqual([]);
  for (const [table, text] of rows)
    if (/^victim_(people|entries|intake|gone|testimony)/.test(table))
      expect(text, table).not.toMatch(/presumed|status|facts|seen|merged|"KE"|yusuf|officer/i);
  // Nobody's record tells who made it: the acts name officers, and no person.
  for (const table of ["leaves", "jobs", "outbox"])
    expect(told(rows.get(table) ?? "", [person, left]), table).toEqual([]);
  // Sizes come in steps and times by the hour.
  const { rows: entries } = await client.query<{ size: number; exact: boolean }>(
    "select octet_length(sealed) as size, kept_at <> date_trunc('hour', kept_at) as exact from simpul.victim_entries",
  );
  expect(new Set(entries.map(({ size }) => size))).toEqual(new Set([1024 + 29]));
  expect(entries.some(({ exact }) => exact)).toBe(false);
});

test("whoever takes the machine's disk and keys, with every desk closed, opens no record", async () => {
  const files = await readdir(id.node.settings.home, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile()))
    expect(
      told((await readFile(path.join(file.parentPath, file.name))).toString("latin1")),
      file.name,
    ).toEqual([]);
  const { rows } = await client.query<{ id: string; wrapped: Buffer }>(
    "select id, wrapped from simpul.victim_people",
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows)
    expect(() => id.node.keys.box.unwrap(row.wrapped, `victim:${row.id}`)).toThrow("WRONG_KEY");
  expect(maya.room.memory.secrets).toEqual([]);
  expect(maya.room.memory.book).toBeNull();
});

const tables = ["people", "entries", "intake", "gone", "openers", "officer_keys", "grants"];

test("row security shows no row of it to any other role, purpose, job or peer", async () => {
  const people = ["sari", "bima", "agus", "putri", "ratna", "yusuf", "hendra", "tono"];
  const purposes: Purpose[] = [
    "crime-investigation",
    "victim-identification",
    "victim-assistance",
    "oversight",
  ];
  const { rows: placed } = await asOwner(["memberships", "officers", "desks", "agencies"], () =>
    client.query<{
      id: Id;
      number: string;
      desk: Id;
      agency: Id;
      kind: string;
      roles: string[];
    }>(
      `select o.id, o.number, d.id as desk, a.id as agency, a.kind, m.roles from simpul.memberships m
      join simpul.officers o on o.id = m.officer_id join simpul.desks d on d.id = m.desk_id
      join simpul.agencies a on a.id = d.agency_id`,
    ),
  );
  const actors = placed
    .filter(({ number }) => people.includes(number))
    .map((one): Officer => ({
      ...{
        kind: "officer",
        id: one.id,
        node: id.node.code,
        agency: one.agency,
        desk: one.desk,
        provenAt: null,
      },
      ...{ agencyKind: one.kind as Officer["agencyKind"], roles: one.roles as Officer["roles"] },
    }));
  expect(actors).toHaveLength(people.length);
  const others = [{ kind: "job", name: "test" } as const, { kind: "peer", node: kh.node.code } as const];
  for (const actor of [...actors, ...others])
    for (const purpose of purposes) {
      const counts = await id.node.store.read({ actor, purpose }, async (db) => {
        db.noteRead("victims.desk-viewed", {});
        const all: number[] = [];
        for (const table of tables) {
          const of = sql.raw(`simpul.victim_${table}`);
          const { rows } = await sql<{ n: string }>`select count(*) as n from ${of}`.execute(db.rows);
          all.push(Number(rows[0]!.n));
        }
        return all;
      });
      expect(counts, JSON.stringify([actor, purpose])).toEqual(tables.map(() => 0));
    }
});

/** Everything that can be asked for without knowing an id, and the same with what an attacker guesses. */
async function everythingSeen(who: Person, { web: { address } }: Nation): Promise<string> {
  const document = await who.must<{ paths: Record<string, Record<string, unknown>> }>(
    "GET",
    "/api/openapi.json",
  );
  const plain = Object.keys(document.paths).filter(
    (one) => "get" in document.paths[one]! && !one.includes("{") && !one.endsWith("/live"),
  );
  const asks = [
    ...plain.map((one) => `${one.startsWith("/api") ? "" : "/api"}${one}`),
    ...[planted.name, "Zulaikha", pseudonym, person].map(
      (q) => `/api/cases/search?q=${encodeURIComponent(q)}`,
    ),
    ...[person, left].flatMap((one) => [
      `/api/victims/people/${one}`,
      `/api/why/case/${one}`,
      `/api/cases/${one}`,
    ]),
    `/api/oversight/log?limit=200`,
    `/api/oversight/log?limit=200&log=reads`,
  ];
  const answers: string[] = [];
  for (const one of asks)
    answers.push(await (await fetch(address + one, { headers: { cookie: who.cookie } })).text());
  return answers.join("\n");
}

test("investigator, prosecutor, contact point, administrator and oversight read nothing of her anywhere; nor does another state", async () => {
  const look = async (nation: Nation, key: string) =>
    expect(told(await everythingSeen(await nation.as(key), nation), [pseudonym, person, left]), key).toEqual(
      [],
    );
  await Promise.all([look(id, "sari"), look(id, "tono"), look(id, "hendra"), look(kh, "sreypov")]);
}, 120_000);

test("who lost her place at the desk is out at once, whatever she had open", async () => {
  maya = await openVictimDesk(id, "maya");
  expect((await maya.desk()).person(left)).not.toBeNull();
  const place = (to: string) =>
    asOwner(["memberships", "officers"], () =>
      client.query(`update simpul.memberships set ended_at = ${to}
        where officer_id = (select id from simpul.officers where number = 'maya')`),
    );
  expect((await place("now()")).rowCount).toBe(1);
  const find = await maya.person.ask("POST", "/api/victims/people/find", { limit: 10 });
  expect(find.status).toBe(401);
  // Her session is over, and with it what the process held for her.
  expect(await closeIdle(maya.room)).toBe(1);
  expect(maya.room.memory.book).toBeNull();
  await place("null");
});

test("forgetting forgets: no key, no entry, no trace in the logs; a tombstone that says nothing", async () => {
  const lestari = await openVictimDesk(id, "lestari");
  await lestari.person.must("DELETE", `/api/victims/people/${person}`);
  const rows = await everyRow();
  const where = [...rows].filter(([, text]) => text.includes(person)).map(([table]) => table);
  expect(where).toEqual(["victim_gone"]);
  expect([...(await lestari.desk()).people()].some((one) => one.id === person)).toBe(false);
});
