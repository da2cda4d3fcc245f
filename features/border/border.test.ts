// The border between two states: lists are signed, given, corrected and called back; an officer checks a queue against them.
import { nations, type Nation, type Person } from "@simpul/testing";
import { watchListsNode } from "@simpul/server";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionView } from "../access/contract.ts";
import type { AnsweredView } from "../checks/contract.ts";
import { exclude, inDays, lift } from "../../testing/excluding.ts";
import type { InboxView } from "../inbox/contract.ts";
import { prove, until } from "../requests/testing.ts";
import type { ListsView, ListView } from "../watch-lists/contract.ts";
import { listsForBorder } from "../watch-lists/for-border.ts";
import type { BorderChecked, BorderView } from "./contract.ts";
import { zoneOf } from "./testing.ts";

let id: Nation, ph: Nation;
let yusuf: Person, putri: Person, sari: Person, joel: Person, liza: Person;
let owner: pg.Client;

beforeAll(async () => {
  ({ id, ph } = await nations("id", "ph"));
  [yusuf, putri, sari] = [await id.as("yusuf"), await id.as("putri"), await id.as("sari")];
  [joel, liza] = [await ph.as("joel"), await ph.as("liza")];
  await yusuf.must("PATCH", "/api/access/session", { purpose: "border-control" });
  owner = new pg.Client(id.node.settings.databaseUrl!);
  await owner.connect();
}, 120_000);
afterAll(() => owner.end());

const entry = (more: object = {}) => ({
  ...{
    role: "suspect",
    name: "Marco Exercise Dela Cruz",
    birth: "1988-02-17",
    document: "passport PHL P1234567A",
  },
  ...{ evaluation: "B2", legalBasis: "EXERCISE warrant 12", review: inDays(60), whatToDo: "ask-aside" },
  ...{ note: "EXERCISE: takes people to Poipet", ...more },
});
const written = (more: object = {}) => ({
  ...{ title: "EXERCISE recruiters", stays: false, recipients: ["id"], legalBasis: "EXERCISE law 1" },
  ...{ call: "Airport Desk, +63 2 8000 0000, day and night", until: inDays(90), entries: [entry()], ...more },
});
const code = (answer: { body: unknown }) => (answer.body as { error?: { code: string } } | null)?.error?.code;
async function given(more: object = {}): Promise<string> {
  const made = await joel.must<{ id: string }>("POST", "/api/watch-lists", written(more));
  await agreed(made.id);
  return made.id;
}
async function agreed(list: string): Promise<void> {
  await prove(liza, "watch-list.agree", list);
  await liza.must("POST", `/api/watch-lists/${list}/agree`);
}
const view = (who: Person, list: string) => who.must<ListView>("GET", `/api/watch-lists/${list}`);
const taken = (list: string, version: number) =>
  until(
    () => view(joel, list),
    ({ holders }) => holders[0]?.takenVersion === version,
  );
async function purposeOf(lists: string[]): Promise<string> {
  const { desks } = await yusuf.must<BorderView>("GET", "/api/border");
  const made = await yusuf.must<{ id: string }>("POST", "/api/border/purposes", {
    ...{ title: "EXERCISE airport control", legalBasis: "EXERCISE law 6", until: inDays(30), lists },
    desks: desks.map((one) => one.id),
  });
  await prove(putri, "border.agree", made.id);
  await putri.must("POST", `/api/border/purposes/${made.id}/agree`);
  return made.id;
}
const check = (body: object) => yusuf.must<BorderChecked>("POST", "/api/border/check", body);
const marco = zoneOf({ number: "P1234567A", family: "DELA CRUZ", given: "MARCO EXERCISE", birth: "880217" });
const nobody = zoneOf({ number: "P7777777B", family: "SANTOS", given: "ANA EXERCISE", birth: "950304" });

let list: string;
let purpose: string;

test("only suspects and facilitators are listed, with basis, grade, review and what to do", async () => {
  for (const role of ["victim", "witness", "family", "unknown"])
    expect((await joel.ask("POST", "/api/watch-lists", written({ entries: [entry({ role })] }))).status).toBe(
      422,
    );
  for (const gone of ["evaluation", "legalBasis", "review", "whatToDo"]) {
    const entries = [{ ...entry(), [gone]: undefined }];
    expect((await joel.ask("POST", "/api/watch-lists", written({ entries }))).status, gone).toBe(422);
  }
  const unfindable = written({ entries: [entry({ document: null, birth: null })] });
  expect(code(await joel.ask("POST", "/api/watch-lists", unfindable))).toBe("ENTRY_UNFINDABLE");
  expect(code(await joel.ask("POST", "/api/watch-lists", written({ until: inDays(800) })))).toBe(
    "DAY_OUT_OF_RANGE",
  );
});

test("two persons and the authority's signature: then the other state has it, and says so", async () => {
  list = (await joel.must<{ id: string }>("POST", "/api/watch-lists", written())).id;
  await prove(joel, "watch-list.agree", list);
  expect((await joel.ask("POST", `/api/watch-lists/${list}/agree`)).status).toBe(403);
  expect(code(await liza.ask("POST", `/api/watch-lists/${list}/agree`))).toBe("STEP_UP");
  const { entries } = await liza.must<InboxView>("GET", "/api/inbox");
  expect(entries).toContainEqual(
    expect.objectContaining({ kind: "watch-list-agree", to: `/watch-lists/${list}` }),
  );
  await agreed(list);
  await taken(list, 1);
  const there = await view(yusuf, list);
  expect(there).toMatchObject({ origin: "ph", ours: false, unused: null, may: [], version: 1 });
  expect(there.list).toMatchObject([{ role: "suspect", document: "passport:PHL:P1234567A", weak: false }]);
  // Victim desks, prosecutors and administrators have no such room.
  for (const name of ["maya", "ratna", "tono"])
    expect((await (await id.as(name)).ask("GET", "/api/watch-lists")).status, name).toBe(404);
});

test("without a standing purpose that two persons approved nothing is checked, and nobody but the border checks", async () => {
  expect(code(await yusuf.ask("POST", "/api/border/check", { zone: marco }))).toBe("NO_STANDING_PURPOSE");
  const { desks, lists } = await yusuf.must<BorderView>("GET", "/api/border");
  expect(lists.map((one) => one.id)).toContain(list);
  const ask = {
    title: "EXERCISE",
    legalBasis: "EXERCISE",
    lists: [list],
    desks: [desks[0]!.id],
    until: inDays(30),
  };
  expect(code(await yusuf.ask("POST", "/api/border/purposes", { ...ask, until: inDays(300) }))).toBe(
    "PURPOSE_OUT_OF_RANGE",
  );
  const own = await yusuf.must<{ id: string }>("POST", "/api/border/purposes", ask);
  await prove(yusuf, "border.agree", own.id);
  expect((await yusuf.ask("POST", `/api/border/purposes/${own.id}/agree`)).status).toBe(403);
  expect(code(await yusuf.ask("POST", "/api/border/check", { zone: marco }))).toBe("NO_STANDING_PURPOSE");
  await yusuf.must("POST", `/api/border/purposes/${own.id}/end`);
  purpose = await purposeOf([list]);
  expect(await yusuf.must<BorderView>("GET", "/api/border")).toMatchObject({
    current: purpose,
    mayCheck: true,
  });
  expect((await sari.ask("POST", "/api/border/check", { zone: marco })).status).toBe(404);
  expect((await putri.ask("POST", "/api/border/check", { zone: marco })).status).toBe(404);
});

test("a queue: nothing, listed with whom to call, compare; of whom no list knows only a count stays", async () => {
  expect(await check({ zone: nobody })).toMatchObject({ answer: "nothing", hits: [], lists: 1, away: [] });
  const listed = await check({ zone: marco });
  expect(listed).toMatchObject({
    answer: "listed",
    read: { name: "DELA CRUZ MARCO EXERCISE", birth: "1988-02-17" },
  });
  expect(listed.hits).toMatchObject([
    { kind: "listed", by: "document", origin: "ph", call: written().call, entry: { whatToDo: "ask-aside" } },
  ]);
  const alike = await check({ name: "Marco Exercise DELACRUZ", birth: "1988-02-17" });
  expect(alike).toMatchObject({ answer: "compare", hits: [{ by: "name-birth" }] });
  await yusuf.must("POST", `/api/border/hits/${alike.hits[0]!.id}`, {
    is: "other",
    note: "EXERCISE: taller",
  });
  const again = await yusuf.ask("POST", `/api/border/hits/${alike.hits[0]!.id}`, { is: "same" });
  expect(code(again)).toBe("ALREADY_DECIDED");
  const after = await yusuf.must<BorderView>("GET", "/api/border");
  expect(after.today).toEqual({ checked: 3, compared: 1, listed: 1 });
  expect(after.open.map((one) => one.id)).toEqual([listed.hits[0]!.id]);
  const bad = await yusuf.ask("POST", "/api/border/check", { zone: marco.replace("P1234567A", "P1234567B") });
  expect(code(bad)).toBe("ZONE_MISREAD");
  const { rows: everything } = await owner.query(
    `select l::text as row from simpul.leaves l where l.kind like 'border.%'
      union all select h::text from simpul.border_hits h union all select c::text from simpul.border_counts c`,
  );
  expect(everything.length).toBeGreaterThan(5);
  expect(JSON.stringify(everything)).not.toMatch(/SANTOS|P7777777|1995-03-04|P1234567/);
});

test("a correction waits for a second person, a removal does not; both reach the holder and are acknowledged", async () => {
  const [first] = (await view(joel, list)).list;
  const corrected = entry({ birth: "1988-02-18" });
  await joel.must("POST", `/api/watch-lists/${list}/entries/${first!.id}/correct`, {
    ...{ entry: corrected, reason: "EXERCISE: the birthday was misread" },
  });
  expect((await view(joel, list)).waiting).toBe(1);
  await agreed(list);
  await taken(list, 2);
  expect((await view(yusuf, list)).list).toMatchObject([{ birth: "1988-02-18" }]);
  expect(await check({ zone: marco })).toMatchObject({ answer: "compare" });
  const second = (await view(joel, list)).list.find(({ state }) => state === "active");
  await joel.must("POST", `/api/watch-lists/${list}/entries/${second!.id}/remove`, {
    reason: "EXERCISE: not he",
  });
  await taken(list, 3);
  expect(await check({ zone: marco })).toMatchObject({ answer: "nothing" });
});

test("a list is corrected, added to, emptied and called back by its own authority or the contact point, and by no other", async () => {
  const mine = await given();
  const [first] = (await view(joel, mine)).list;
  const [dennis, grace] = [await ph.as("dennis"), await ph.as("grace")];
  // Another authority of the same state reads it and is shown no button.
  expect((await view(dennis, mine)).may).toEqual([]);
  const at = `/api/watch-lists/${mine}`;
  const reason = "EXERCISE: not he";
  for (const [path, body] of [
    [`${at}/entries/${first!.id}/correct`, { entry: entry(), reason }],
    [`${at}/entries/${first!.id}/remove`, { reason }],
    [`${at}/entries`, { entries: [entry({ name: "Pedro Exercise Reyes" })] }],
    [`${at}/recall`, { reason }],
  ] as const)
    expect(code(await dennis.ask("POST", path, body)), path).toBe("LIST_OF_ANOTHER_AGENCY");
  // Who speaks for the state takes somebody off at night, under her own name.
  await grace.must("POST", `${at}/entries/${first!.id}/remove`, { reason });
  await joel.must("POST", `${at}/recall`, { reason });
});

test("what is graded C, X or 4 gives no alert by itself (EV-6)", async () => {
  const weak = await given({ entries: ["C1", "X2", "A4"].map((evaluation) => entry({ evaluation })) });
  await taken(weak, 1);
  await purposeOf([weak]);
  expect(await check({ zone: marco })).toMatchObject({ answer: "nothing", lists: 2 });
});

test("a list whose row was changed, whose end came or that was called back is not used", async () => {
  const one = await given();
  await taken(one, 1);
  await purposeOf([one]);
  expect(await check({ zone: marco })).toMatchObject({ answer: "listed" });
  // Somebody with the keys of the database changes what was signed.
  await owner.query("begin");
  await owner.query("alter table simpul.watch_lists no force row level security");
  await owner.query(
    `update simpul.watch_lists set version = 9, statement = replace(statement, '"payload":"', '"payload":"e')
      where id = $1`,
    [one],
  );
  await owner.query("alter table simpul.watch_lists force row level security");
  await owner.query("commit");
  id.node.store.wakes.wake("watch-lists");
  await until(
    () => check({ zone: marco }),
    ({ answer }) => answer === "nothing",
  );
  const { lists } = await yusuf.must<ListsView>("GET", "/api/watch-lists");
  expect(lists.find((each) => each.id === one)).toMatchObject({ unused: "unsigned" });

  const other = await given();
  await taken(other, 1);
  const over = await purposeOf([other]);
  expect(await check({ zone: marco })).toMatchObject({ answer: "listed" });
  const later = { now: () => new Date(Date.now() + 91 * 86_400_000) };
  const ahead = listsForBorder(watchListsNode({ ...id.node, clock: later }, loadPolicy(cedar)));
  expect(await ahead.inUse()).toEqual([]);
  await joel.must("POST", `/api/watch-lists/${other}/recall`, { reason: "EXERCISE: the case was closed" });
  await until(
    () => view(joel, other),
    ({ holders }) => holders[0]!.recallTakenAt !== null,
  );
  expect(await check({ zone: marco })).toMatchObject({ answer: "nothing" });
  expect(await view(yusuf, other)).toMatchObject({ unused: "recalled", list: [] });
  await yusuf.must("POST", `/api/border/purposes/${over}/end`);
});

test("a list whose key was stolen by then is not used, whatever day it says; what came before the theft is", async () => {
  const one = await given({ recipients: ["id"], entries: [entry()] });
  await taken(one, 1);
  const over = await purposeOf([one]);
  const answer = async () => (await check({ zone: marco })).answer;
  expect(await answer()).toBe("listed");
  const keyOf = `select encode(signed_by, 'base64') as key, statement, taken_at from simpul.watch_lists where id = $1`;
  const { rows } = await asOwner<{ key: string; taken_at: Date }>(keyOf, [one]);
  const key = rows[0]!.key.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = await asOwner("select 1 from simpul.peers where node = 'ph' and agencies @> $1::jsonb", [
    JSON.stringify([{ key }]),
  ]);
  expect(known.rows).toHaveLength(1);
  // What a revocation that this node took in leaves behind (packages/exchange/key-change.test.ts).
  const stolen = (since: Date | null) =>
    asOwner("update simpul.peers set revoked_since = $1, revoked_at = $1 where node = 'ph'", [since]);
  await stolen(new Date(rows[0]!.taken_at.getTime() + 60_000));
  id.node.store.wakes.wake("watch-lists");
  expect(await answer()).toBe("listed");
  await stolen(new Date(rows[0]!.taken_at.getTime() - 60_000));
  id.node.store.wakes.wake("watch-lists");
  expect(await answer()).toBe("nothing");
  expect(await view(yusuf, one)).toMatchObject({ unused: "key-stolen" });
  await stolen(null);
  id.node.store.wakes.wake("watch-lists");
  expect(await answer()).toBe("listed");
  await yusuf.must("POST", `/api/border/purposes/${over}/end`);
});
const asOwner = async <T extends object>(text: string, values: unknown[]) => {
  await owner.query("begin");
  for (const table of ["peers", "watch_lists"])
    await owner.query(`alter table simpul.${table} no force row level security`);
  const result = await owner.query<T>(text, values);
  for (const table of ["peers", "watch_lists"])
    await owner.query(`alter table simpul.${table} force row level security`);
  await owner.query("commit");
  return result;
};

test("a list holds no more people than fit, however many put forward at once; a full one can be corrected", async () => {
  const full = await given();
  const at = `/api/watch-lists/${full}/entries`;
  const { maxEntries } = await joel.must<ListsView>("GET", "/api/watch-lists");
  const half = (from: number) =>
    Array.from({ length: maxEntries / 2 }, (_, n) =>
      entry({ document: `passport PHL P${String(1000000 + from + n)}A` }),
    );
  const both = await Promise.all(
    [0, maxEntries / 2].map((from) => joel.ask("POST", at, { entries: half(from) })),
  );
  expect(both.map((one) => one.status).sort()).toEqual([204, 413]);
  await joel.must("POST", at, { entries: half(5000).slice(1) });
  expect(code(await joel.ask("POST", at, { entries: [entry()] }))).toBe("TOO_MANY_ENTRIES");
  // Corrected twice before anybody agreed: the newer one waits, and one person stands there as before.
  const [first] = (await view(joel, full)).list.filter((one) => one.state === "active");
  for (const birth of ["1988-02-18", "1988-02-19"])
    await joel.must("POST", `${at}/${first!.id}/correct`, {
      entry: entry({ birth }),
      reason: "EXERCISE: misread",
    });
  await agreed(full);
  const { list: all } = await view(joel, full);
  expect(all.filter((one) => one.state === "active")).toHaveLength(maxEntries);
  expect(all.filter((one) => one.birth === "1988-02-19")).toHaveLength(1);
  expect(all.some((one) => one.state === "active" && one.birth === "1988-02-18")).toBe(false);
  await joel.must("POST", `/api/watch-lists/${full}/recall`, { reason: "EXERCISE: only to count" });
});

test("whom the giving state excludes here does not find its list, nor is she told of it; a colleague does", async () => {
  const [carlo, grace] = [await ph.as("carlo"), await ph.as("grace")];
  const { officer } = await yusuf.must<SessionView>("GET", "/api/access/session");
  const exclusion = await exclude(grace, carlo, { peer: "id", kind: "officer", who: officer.number });
  const one = await given();
  await taken(one, 1);
  expect((await yusuf.ask("GET", `/api/watch-lists/${one}`)).status).toBe(404);
  expect(JSON.stringify(await yusuf.must("GET", "/api/watch-lists"))).not.toContain(one);
  expect(JSON.stringify(await yusuf.must("GET", "/api/border"))).not.toContain(one);
  expect(await view(sari, one)).toMatchObject({ origin: "ph", unused: null });
  // Everything of that state's is kept from him, what he saw before too: at the border he finds nothing of it.
  expect(await check({ zone: marco })).toMatchObject({ answer: "nothing", lists: 0 });
  await lift(grace, carlo, exclusion);
  await until(
    () => yusuf.ask("GET", `/api/watch-lists/${one}`),
    ({ status }) => status === 200,
  );
});

test("a list that stays is found by private check; its state offline, the queue goes on and says so", async () => {
  const stays = await given({ stays: true });
  await taken(stays, 1);
  await purposeOf([stays]);
  expect((await view(yusuf, stays)).list).toEqual([]);
  expect(await check({ zone: nobody })).toMatchObject({ answer: "nothing", away: [] });
  const found = await check({ zone: marco });
  expect(found).toMatchObject({ answer: "listed", away: [] });
  expect(found.hits.map(({ by, entry: known }) => [by, known])).toEqual([
    ["document", null],
    ["name-birth", null],
  ]);
  await ph.leave();
  expect(await check({ zone: marco })).toMatchObject({ answer: "nothing", away: ["ph"] });
  await ph.comeBack();
});

test("numbers in a row raise the alarm of checks, and the queue goes on", async () => {
  for (let n = 0; n < 22; n++) await check({ document: `passport PHL P55550${String(10 + n)}A` });
  const hendra = await id.as("hendra");
  const { alarms } = await hendra.must<AnsweredView>("GET", "/api/checks/answered");
  expect(alarms).toContainEqual(
    expect.objectContaining({ side: "asking", kind: "close", officer: yusuf.id }),
  );
});
