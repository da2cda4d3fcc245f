// A regional coordination unit beside a space, an operation and an exercise of two states: it follows them in figures, and
// nothing nominal ever reaches its node: not in a letter, not in its database, not by a count, an error or a file's name.
import { randomUUID } from "node:crypto";
import { nations, type Nation, type Person } from "@simpul/testing";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { coordinationNode } from "../../apps/server/coordination.ts";
import { casesNode } from "../../apps/server/cases.ts";
import { checksNode } from "../../apps/server/checks.ts";
import { exercisesNode } from "../../apps/server/exercises.ts";
import { jointNode } from "../../apps/server/joint.ts";
import { operationsNode } from "../../apps/server/operations.ts";
import { requestsNode } from "../../apps/server/requests.ts";
import { caseWith } from "../checks/testing.ts";
import { checksForOthers } from "../checks/others.ts";
import type { SpaceChoice, SpaceView } from "../joint/contract.ts";
import {
  approve,
  dayAt,
  letter,
  noteOfThree,
  propose,
  prove,
  stands,
  until,
  writes,
} from "../joint/testing.ts";
import { jointPart } from "../joint/peer.ts";
import type { InboxView } from "../inbox/contract.ts";
import type {
  CoordinatedHead,
  CoordinatedView,
  OperationFigures,
  SpaceFigures,
  Spoken,
  ToldByUs,
} from "./contract.ts";
import { giveFigures } from "./give.ts";
import type { CoordinationNode } from "./node.ts";
import { coordinationPart } from "./peer.ts";

let id: Nation, kh: Nation, ph: Nation;
let agus: Person, putri: Person, rina: Person, sophea: Person, amara: Person;
let it: string;

/** Planted in every place that holds a word. None of them may ever be at the unit's node. */
const planted = ["Rahasia Kencana", "81234509876", "Zanaika", "perjanjian-Kencana.pdf", "Rina Kartika"];
const [name, digits, word, file] = planted as [string, string, string, string, string];
const phone = `+62 ${digits}`;

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [agus, putri, rina, sophea] = [
    ...[await id.as("agus"), await id.as("putri"), await id.as("rina")],
    await kh.as("sophea"),
  ] as [Person, Person, Person, Person];
  amara = await ph.as("amara");
}, 120_000);

const code = ({ body }: { body: unknown }) => (body as { error?: { code: string } } | null)?.error?.code;
const spacesAt = (nation: Nation) => {
  const cases = casesNode(nation.node);
  return jointNode(
    nation.node,
    requestsNode(nation.node, cases, checksForOthers(checksNode(nation.node, cases))),
  );
};
/** As the server builds it. */
function roomOf(nation: Nation): CoordinationNode {
  const { node } = nation;
  const cases = casesNode(node);
  const joint = spacesAt(nation);
  const operations = operationsNode(node, cases, {} as never, joint);
  return coordinationNode(node, {
    joint,
    operations,
    exercises: exercisesNode(node, cases.policy, {} as never),
  });
}
const told = async (): Promise<number> => (await giveFigures(roomOf(id))) + (await giveFigures(roomOf(kh)));
const list = async (): Promise<CoordinatedHead[]> =>
  (await amara.must<{ all: CoordinatedHead[] }>("GET", "/api/coordination")).all;
const viewed = (about: string, one: string) =>
  amara.must<CoordinatedView>("GET", `/api/coordination/${about}/${one}`);
const ofState = async <F>(about: string, one: string, state: string): Promise<F | null> =>
  (await viewed(about, one)).told.find((each) => each.state === state)?.figures as F | null;

/** Every row of every table of a node, read as the database's owner. */
async function everyRow(nation: Nation): Promise<string> {
  const client = new pg.Client(nation.node.settings.databaseUrl!);
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'simpul' and table_type = 'BASE TABLE'",
  );
  const all: string[] = [];
  for (const table of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from simpul.${table.name} t`);
    all.push(...rows.map(({ row }) => row));
  }
  await client.end();
  return all.join("\n");
}
/** What the unit's node says to a letter. */
async function takes(from: string, type: string, body: unknown): Promise<string> {
  const part = coordinationPart(roomOf(ph));
  const actor = { kind: "peer", node: from } as never;
  try {
    await ph.node.store.write({ actor, purpose: "mutual-assistance" }, async (tx) => {
      await part.takes![type]!(tx, letter(from, type, body));
    });
    return "taken";
  } catch (fault) {
    return (fault as Error).message.split(":")[0]!;
  }
}
const units = ["ph"] as SpaceView["note"]["parties"];
const two = (more: object = {}) =>
  noteOfThree({
    ...{ parties: ["id", "kh"] as SpaceView["note"]["parties"], coordination: units },
    ...{ title: `EXERCISE ${name}`, facts: `EXERCISE: ${word} rents the site; ${phone}`, ...more },
  });

test("a note names a unit beside its parties; a party cannot be one, nor a state without a line", async () => {
  for (const [coordination, finding] of [
    [["kh"], "coordination:is-party"],
    [["zz"], "coordination:no-line"],
  ] as const) {
    const { id: made } = await agus.must<{ id: string }>("POST", "/api/joint", two({ coordination }));
    await prove(agus, "joint.sign", made);
    const no = await agus.ask("POST", `/api/joint/${made}/send`);
    expect(no.body).toMatchObject({ error: { code: "NOTE_INCOMPLETE", facts: { fields: finding } } });
  }
  it = await propose(agus, two());
  // Before two approved nobody is told anything, the unit neither.
  expect(await told()).toBe(0);
  await approve(sophea, it);
  await stands(agus, it, (one) => one.phase === "open");
});

test("each party's node cuts its own part before it leaves: counts, areas, days, tasks, how requests stand", async () => {
  await agus.must("POST", `/api/joint/${it}/members`, { officer: rina.id, role: "contributor" });
  const { number } = await caseWith(rina, [{ type: "phone", written: phone, role: "suspect" }]);
  const records = `/api/cases/${number}/records`;
  const evaluation = { source: "B", information: "2" };
  const named = { text: name, language: "id" };
  await rina.must("POST", `${records}/place`, {
    fields: {
      names: [named],
      ...{ kind: "site", country: "KH", province: word },
      position: { latitude: 10.7512, longitude: 103.6533, radius: 50 },
    },
    evaluation,
  });
  const { choices } = await rina.must<{ choices: SpaceChoice[] }>(
    "GET",
    `/api/joint/${it}/choices?case=${number}`,
  );
  const chosen = choices.map(({ id: record, handling }) => ({
    ...{ id: record, handling, evaluation, link: `EXERCISE ${name}` },
  }));
  const handling = { codes: ["H1", "H2"] as ("H1" | "H2")[] };
  const own = [
    {
      ...{ kind: "task", handling },
      fields: { title: word, for: "kh", due: dayAt(Date.now()), state: "open", text: name },
    },
    { kind: "note", handling, fields: { text: `${name} ${phone}`, language: "id" } },
    {
      ...{ kind: "date", handling },
      fields: { title: name, at: "2031-03-10T02:00:00Z", text: word, discloses: true },
    },
  ];
  await prove(rina, "joint.release", it);
  await rina.must("POST", `/api/joint/${it}/things`, { case: number, records: chosen, items: [], own });
  await sophea.must("POST", `/api/joint/${it}/things`, writes(`EXERCISE ${word}`));
  const bytes = Buffer.from("%PDF EXERCISE").toString("base64");
  const paper = { name: file, mediaType: "application/pdf", bytes, replaces: null };
  await agus.must("POST", `/api/joint/${it}/documents`, paper);
  await told();
  await until(
    async () => (await list()).length > 0 && (await viewed("space", it)).told.map((one) => one.figures),
    (all) => all !== false && all.length === 2 && all.every((one) => (one as SpaceFigures).counts.note === 1),
  );
  expect(await list()).toMatchObject([{ about: "space", states: ["id", "kh"], stands: "open" }]);
  expect(await ofState<SpaceFigures>("space", it, "id")).toEqual({
    ...{ kind: "space", parties: ["id", "kh"], offences: ["trafficking-forced-criminality"] },
    ...{ from: dayAt(Date.now()), until: two().until, phase: "open", members: 2 },
    counts: { selector: 1, site: 1, task: 1, note: 1, date: 1 },
    sites: [{ at: { lat: 10.5, lon: 103.5 }, count: 1 }],
    tasks: { open: 1, overdue: 0, done: 0 },
    dates: [{ at: "2031-03-10T02:00:00.000Z", discloses: true }],
    requests: { open: 0, answered: 0, refused: 0, withdrawn: 0, overdue: 0 },
  });
  expect(await ofState<SpaceFigures>("space", it, "kh")).toMatchObject({ counts: { note: 1 }, sites: [] });
  // Nothing changed: nothing leaves. And who speaks for the state reads what was told, word for word; nobody else does.
  expect(await told()).toBe(0);
  const ours = await agus.must<{ told: ToldByUs[] }>("GET", `/api/coordination/told/space/${it}`);
  expect(ours.told).toMatchObject([{ unit: "ph", figures: await ofState("space", it, "id") }]);
  expect((await rina.ask("GET", `/api/coordination/told/space/${it}`)).status).toBe(404);
});

test("an operation of the space and an exercise are followed too: window, states' words, sites by area, measured times", async () => {
  const hour = (n: number): string => new Date(Date.now() + n * 3_600_000).toISOString();
  const plan = {
    ...{
      title: `EXERCISE ${name}`,
      aim: `EXERCISE ${word}`,
      parties: ["id", "kh"],
      fallback: phone,
      space: it,
    },
    window: { starts: hour(-1), ends: hour(20) },
    phases: [{ name: `EXERCISE ${name}`, starts: hour(1) }],
    hotspots: [{ name: word, area: name }],
  };
  const { id: operation } = await agus.must<{ id: string }>("POST", "/api/operations", plan);
  await agus.must("PUT", `/api/operations/${operation}/sites/${randomUUID()}`, {
    ...{
      state: "id",
      label: name,
      area: word,
      place: { lat: -6.21, lon: 106.84 },
      commander: name,
      takes: null,
    },
    authority: { authority: word, warrant: digits, from: hour(-24), until: hour(48) },
    teams: [{ name, people: 12, task: word }],
  });
  expect(await told()).toBe(0);
  await prove(putri, "operation.send", operation);
  await putri.must("POST", `/api/operations/${operation}/send`, {});
  const lestari = await id.as("lestari");
  const started = await lestari.must<{ id: string }>("POST", "/api/exercises", {
    ...{ script: "ring", startsAt: new Date().toISOString(), assigned: [], coordination: ["ph"] },
  });
  const plays = { script: "ring", startsAt: hour(0), assigned: [], coordination: ["kh"] };
  expect(code(await lestari.ask("POST", "/api/exercises", plays))).toBe("STATE_PLAYS_NOT");
  await told();
  await until(list, (all) => all.length === 3);
  expect(await ofState<OperationFigures>("operation", operation, "id")).toMatchObject({
    ...{ space: it, state: "ready", go: null, steps: [plan.phases[0]!.starts], report: null },
    sites: [{ at: { lat: -6.5, lon: 106.5 }, status: "waiting", count: 1 }],
  });
  expect((await viewed("space", it)).within.map((one) => one.id)).toEqual([operation]);
  expect(await viewed("exercise", started.id)).toMatchObject({ states: ["id", "kh"], stands: "running" });
});

test("the unit says one of four things to a party, and the party answers by a code; there is room for nothing else", async () => {
  const speaks = (body: object) => amara.ask("POST", `/api/coordination/space/${it}/words`, body);
  const when = "2031-03-11T02:00:00Z";
  for (const wrong of [
    { to: ["kh"], says: name, when: null },
    { to: ["kh"], says: "call", when: null },
    { to: ["kh"], says: "overdue", when },
    { to: ["kh"], says: "overdue", when: null, text: word },
  ])
    expect((await speaks(wrong)).status).toBe(422);
  // Whoever tells it nothing is spoken to as little as a space that nobody told it of.
  expect((await speaks({ to: ["kh", "th"], says: "overdue", when: null })).status).toBe(404);
  const elsewhere = { to: ["kh"], says: "overdue", when: null };
  expect((await amara.ask("POST", `/api/coordination/space/${randomUUID()}/words`, elsewhere)).status).toBe(
    404,
  );
  await amara.must("POST", `/api/coordination/space/${it}/words`, { to: ["id", "kh"], says: "call", when });
  const heard = () => sophea.must<{ words: Spoken[] }>("GET", `/api/coordination/told/space/${it}`);
  const { words } = await until(heard, (seen) => seen.words.length === 1);
  expect(words).toMatchObject([{ unit: "ph", party: "kh", says: "call", answer: null }]);
  const { entries } = await sophea.must<InboxView>("GET", "/api/inbox");
  expect(entries.filter(({ kind }) => kind === "coordination-word")).toMatchObject([
    { to: `/joint/${it}?tab=parties`, due: "2031-03-11T02:00:00.000Z" },
  ]);
  const answer = `/api/coordination/words/ph/${words[0]!.id}/answer`;
  expect((await (await kh.as("sreymom")).ask("POST", answer, { says: "agreed" })).status).toBe(404);
  expect((await sophea.ask("POST", answer, { says: name })).status).toBe(422);
  await sophea.must("POST", answer, { says: "agreed" });
  expect((await sophea.ask("POST", answer, { says: "no" })).status).toBe(404);
  const back = await until(
    () => viewed("space", it),
    (seen) => seen.words.some((one) => one.answer !== null),
  );
  expect(back.words.map(({ party, answer: said }) => [party, said?.says ?? null]).toSorted()).toEqual([
    ["id", null],
    ["kh", "agreed"],
  ]);
});

test("a word from who is told nothing, an answer nobody asked for, and a word with more in it are refused where they arrive", async () => {
  const at = "2031-01-01T00:00:00.000Z";
  const said = { id: randomUUID(), space: it, says: "overdue", when: null, at };
  expect(await takes("id", "coordination.word", said)).toBe("UNKNOWN_RECORD");
  expect(await takes("id", "coordination.word", { ...said, text: word })).toBe("BAD_BODY");
  expect(await takes("id", "coordination.word", { ...said, says: name })).toBe("BAD_BODY");
  expect(await takes("id", "coordination.answer", { id: randomUUID(), says: "no", at })).toBe(
    "UNKNOWN_RECORD",
  );
  expect(await takes("id", "coordination.answer", { id: randomUUID(), says: name, at })).toBe("BAD_BODY");
});

test("nothing nominal is anywhere at the unit's node: every row of its database, its letters, its log and its words", async () => {
  const rows = await everyRow(ph);
  // The search finds what is there, and the same words stand where they belong.
  const there = await everyRow(kh);
  expect(rows.includes(it)).toBe(true);
  expect([name, digits, word, file].filter((secret) => !there.includes(secret))).toEqual([]);
  expect(planted.filter((secret) => rows.includes(secret))).toEqual([]);
});

test("its officer is shown nothing else by any room of any node, whatever role she was given", async () => {
  for (const [path, shown] of [
    ["/api/joint", "spaces"],
    ["/api/operations", "operations"],
    ["/api/cases?limit=5", "cases"],
    ["/api/requests", "requests"],
    ["/api/actors", "actors"],
    ["/api/targets", "targets"],
    ["/api/watch-lists", "lists"],
    ["/api/evidence", "items"],
  ] as const) {
    const { status, body } = await amara.ask<Record<string, unknown[]> | null>("GET", path);
    expect(status === 403 || status === 404 || body?.[shown]?.length === 0, `${path} ${status}`).toBe(true);
  }
  expect((await amara.ask("GET", `/api/joint/${it}`)).status).toBe(404);
  expect((await amara.ask("GET", `/api/coordination/space/${randomUUID()}`)).status).toBe(404);
  for (const who of ["joel", "grace", "teresa", "lorna"] as const) {
    const other = await ph.as(who);
    const got = await other.ask<{ all?: unknown[] }>("GET", "/api/coordination");
    expect(got.body.all ?? [], who).toEqual([]);
  }
});

test("the unit's node writes into a space that it follows as a stranger: the refusal tells no more than for none", async () => {
  const part = jointPart(spacesAt(id));
  const actor = { kind: "peer", node: "ph" } as never;
  const says = async (type: string, body: object): Promise<string> => {
    try {
      await id.node.store.write({ actor, purpose: "mutual-assistance" }, async (tx) => {
        await part.takes![type]!(tx, letter("ph", type, body));
      });
      return "taken";
    } catch (fault) {
      return (fault as Error).message;
    }
  };
  const agency = randomUUID();
  const kept = { thing: randomUUID(), party: "ph", proceeding: "EXERCISE", officer: "EXERCISE" };
  const at = new Date().toISOString();
  for (const [type, body] of [
    ["joint.members", { members: [] }],
    ["joint.kept", { kept: { ...kept, at } }],
  ] as const) {
    const followed = await says(type, { agency, space: it, ...body });
    expect(followed).toBe(await says(type, { agency, space: randomUUID(), ...body }));
    expect(followed).toContain("UNKNOWN_RECORD");
  }
});

test("a letter with a name, a number, a finer place, a code of its own or a word too many is refused where it arrives", async () => {
  const figures = (await ofState<SpaceFigures>("space", it, "id"))!;
  const of = { about: "space", id: it, at: "2031-01-01T00:00:00.000Z" };
  const bad: [string, object][] = [
    ["a title", { ...figures, title: name }],
    ["a code that says something", { ...figures, offences: ["tan-ah-kow"] }],
    ["a finer place", { ...figures, sites: [{ at: { lat: 10.75, lon: 103.5 }, count: 1 }] }],
    ["a name as a party", { ...figures, parties: ["id", name] }],
    ["a kind of its own", { ...figures, counts: { [name]: 1 } }],
    ["a half", { ...figures, members: 1.5 }],
    ["too many", { ...figures, dates: Array.from({ length: 501 }, () => figures.dates[0]!) }],
    ["another kind", { ...figures, kind: "operation" }],
  ];
  for (const [why, wrong] of bad)
    expect(await takes("id", "coordination.figures", { ...of, figures: wrong }), why).toBe("BAD_BODY");
  const more = { ...of, figures, note: word };
  expect(await takes("id", "coordination.figures", more)).toBe("BAD_BODY");
  // Figures of an exercise have no way into a node of live work.
  const live = coordinationPart({ ...roomOf(ph), known: { ...roomOf(ph).known, scripts: [] } });
  const run = { ...{ kind: "exercise", script: "ring", states: ["id"], startsAt: of.at }, endedAt: null };
  const body = { ...of, about: "exercise", figures: { ...run, steps: [], measures: [] } };
  await expect(live.takes!["coordination.figures"]!({} as never, letter("id", "", body))).rejects.toThrow(
    "BAD_BODY",
  );
});

test("a later note without the unit takes its figures back; what still waited for it does not leave", async () => {
  const body = { about: "space", id: it, at: new Date().toISOString() };
  const figures = await ofState<SpaceFigures>("space", it, "id");
  const out = { to: "ph", kind: "coordination.figures", body: { ...body, figures } } as never;
  const leaves = () => coordinationPart(roomOf(id)).leaves!["coordination.figures"]!(out);
  expect(await leaves()).toEqual({ kind: "may" });
  const { coordination: _, ...alone } = two();
  await agus.must("POST", `/api/joint/${it}/extend`, alone);
  await prove(agus, "joint.sign", it);
  await agus.must("POST", `/api/joint/${it}/send`);
  await approve(sophea, it);
  await stands(agus, it, (one) => one.note.version === 2);
  expect(await leaves()).toMatchObject({ kind: "may-not" });
  await told();
  const left = await until(list, (all) => all.every((one) => one.about === "exercise"));
  expect(left).toHaveLength(1);
  expect((await amara.ask("GET", `/api/coordination/space/${it}`)).status).toBe(404);
  const ours = await agus.must<{ told: ToldByUs[] }>("GET", `/api/coordination/told/space/${it}`);
  expect(ours.told).toMatchObject([{ unit: "ph", figures: null }]);
});
