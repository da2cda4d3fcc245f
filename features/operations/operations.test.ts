// An operation of three states, from plan to after-action: nothing is approved that lacks what protects people, and all hear a recall.
import { randomUUID } from "node:crypto";
import { nations, type Nation, type Person } from "@simpul/testing";
import { sql } from "kysely";
import { prove, until } from "../requests/testing.ts";
import { letter } from "../joint/testing.ts";
import { beforeAll, expect, test } from "vitest";
import type { InboxView } from "../inbox/contract.ts";
import { destroyOldKeys } from "./compare.ts";
import type { BoardView, OperationHead, OperationView, ReportCounts } from "./contract.ts";
import { jobStanding, type OperationsNode } from "./node.ts";
import { operationsPart } from "./peer.ts";

let id: Nation, kh: Nation, ph: Nation;
let bima: Person, agus: Person, putri: Person, rithy: Person, sophea: Person, carlo: Person, grace: Person;
let joel: Person;
beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [bima, agus, putri] = [await id.as("bima"), await id.as("agus"), await id.as("putri")];
  [rithy, sophea] = [await kh.as("rithy"), await kh.as("sophea")];
  [carlo, grace, joel] = [await ph.as("carlo"), await ph.as("grace"), await ph.as("joel")];
}, 120_000);

const hour = 3_600_000;
const at = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
const plan = (more: object = {}) => ({
  title: "EXERCISE Two sites, one morning",
  aim: "EXERCISE: bring out who is held, keep the devices",
  parties: ["id", "kh"],
  window: { starts: at(-1), ends: at(20) },
  fallback: "EXERCISE: satellite phone of the two liaison desks, every full hour",
  hotspots: [{ name: "EXERCISE border market", area: "Banteay Meanchey" }],
  ...more,
});
const park = { lat: 11.5561, lon: 104.9282 };
const site = (more: object = {}) => ({
  state: "kh",
  label: "EXERCISE the Park, gate B",
  area: "Phnom Penh",
  place: park,
  authority: { authority: "EXERCISE court", warrant: "W-17", from: at(-24), until: at(48) },
  commander: "EXERCISE Chan Vanna",
  teams: [{ name: "EXERCISE entry", people: 12, task: "doors" }],
  takes: null,
  ...more,
});
const reception = {
  shelters: [{ name: "EXERCISE school hall", places: 320 }],
  interpreters: [{ language: "id", people: 3 }],
  screeners: 6,
  medical: "EXERCISE: two doctors at the hall",
  contact: "EXERCISE victim desk",
};
const view = (who: Person, which: string) => who.must<OperationView>("GET", `/api/operations/${which}`);
const code = ({ body }: { body: unknown }) => (body as { error: { code: string } }).error.code;
async function send(who: Person, which: string): Promise<void> {
  await prove(who, "operation.send", which);
  await who.must("POST", `/api/operations/${which}/send`, {});
}
async function vote(who: Person, which: string, go = true, reason = "") {
  await prove(who, "operation.vote", which);
  return who.ask("POST", `/api/operations/${which}/vote`, { go, reason });
}
async function clear(who: Person, which: string, note = ""): Promise<void> {
  await who.must("POST", `/api/operations/${which}/compare`, {});
  await who.must("POST", `/api/operations/${which}/clear`, { note });
}
const arrived = (who: Person, which: string, is: (one: OperationView) => boolean) =>
  until(
    async () => {
      const { status, body } = await who.ask<OperationView>("GET", `/api/operations/${which}`);
      return status === 200 ? body : null;
    },
    (one) => one !== null && is(one),
  );

/** What the receiving side says to a letter, as its own database has it. */
async function takes(at: Nation, from: string, type: string, body: unknown): Promise<string> {
  const { code, clock, store } = at.node;
  const part = operationsPart({ code, clock, store, wake: () => undefined } as unknown as OperationsNode);
  try {
    await store.write(
      { actor: { kind: "peer", node: from as never }, purpose: "mutual-assistance" },
      async (tx) => {
        await part.takes![type]!(tx, letter(from, type, body));
      },
    );
    return "taken";
  } catch (fault) {
    return (fault as Error).message;
  }
}

let one: string;
const khSite = randomUUID();

test("only who works in it and the contact point know of a plan; a site in a state that takes no part is refused", async () => {
  one = (await bima.must<{ id: string }>("POST", "/api/operations", plan())).id;
  const sari = await id.as("sari");
  expect((await sari.ask("GET", `/api/operations/${one}`)).status).toBe(404);
  expect((await sari.must<{ operations: unknown[] }>("GET", "/api/operations")).operations).toEqual([]);
  expect((await view(agus, one)).title).toContain("Two sites");
  const elsewhere = await bima.ask(
    "PUT",
    `/api/operations/${one}/sites/${randomUUID()}`,
    site({ state: "ph" }),
  );
  expect(code(elsewhere)).toBe("SITE_NOT_PART");
  await bima.must(
    "PUT",
    `/api/operations/${one}/sites/${randomUUID()}`,
    site({ authority: null, teams: [] }),
  );
});

test("a plan names cases by reference, and only what its writer sees and may name; phases lie in the window", async () => {
  const url = `/api/operations/${one}/refs`;
  const title = "EXERCISE the recruiter's numbers";
  const opened = { title, crimeType: "trafficking-forced-criminality", covert: false };
  const { id: ref } = await bima.must<{ id: string }>("POST", "/api/cases", opened);
  expect(code(await bima.ask("POST", url, { kind: "target", ref: randomUUID() }))).toBe("REF_NOT_READY");
  expect(code(await agus.ask("POST", url, { kind: "case", ref: randomUUID() }))).toBe("REF_NOT_READY");
  await bima.must("POST", url, { kind: "case", ref });
  expect((await view(bima, one)).refs).toMatchObject([{ kind: "case", id: ref }]);
  expect((await view(bima, one)).refs[0]!.title).toContain(title);
  // A target stands in it once it passed its review; an organisation needs none (VIC-2).
  const names = [{ text: "EXERCISE Morning Star Ltd", language: "en" }];
  const fields = { kind: "organisation", role: "business", names };
  const { id: subject } = await bima.must<{ id: string }>("POST", `/api/cases/${ref}/records/subject`, {
    fields,
  });
  const followUp = { on: at(24 * 14).slice(0, 10), text: "EXERCISE" };
  const reasons = "EXERCISE: it rents the site and pays the guards";
  const nominated = { case: ref, subject, reasons, followUp };
  const { id: target } = await bima.must<{ id: string }>("POST", "/api/targets", nominated);
  await bima.must("POST", url, { kind: "target", ref: target });
  expect((await view(bima, one)).refs.find((each) => each.kind === "target")).toMatchObject({ id: target });
  const late = plan({ phases: [{ name: "EXERCISE doors", starts: at(21) }] });
  expect(code(await bima.ask("PUT", `/api/operations/${one}`, late))).toBe("PHASE_OUTSIDE");
  await bima.must(
    "PUT",
    `/api/operations/${one}`,
    plan({ phases: [{ name: "EXERCISE doors", starts: at(1) }] }),
  );
  const nowhere = plan({ space: randomUUID() });
  expect(code(await bima.ask("PUT", `/api/operations/${one}`, nowhere))).toBe("SPACE_DIFFERS");
});

test("whoever wrote the plan does not send it; the other state reads it in its own list, with the place proposed on its ground", async () => {
  await prove(bima, "operation.send", one);
  expect((await bima.ask("POST", `/api/operations/${one}/send`, {})).status).toBe(403);
  await send(putri, one);
  const there = (await arrived(sophea, one, () => true))!;
  expect(there).toMatchObject({ lead: "id", state: "ready", own: "kh", version: 1, refs: [] });
  expect(there.phases).toMatchObject([{ name: "EXERCISE doors" }]);
  expect(there.sites).toMatchObject([{ node: "id", state: "kh", place: park, taken: false }]);
  const { entries } = await rithy.must<InboxView>("GET", "/api/inbox");
  expect(entries.find((each) => each.id === one)).toMatchObject({ kind: "operation-vote" });
});

test("no go without a reception plan, a comparison, and a warrant that lasts as long as the window", async () => {
  const proposal = (await view(sophea, one)).sites[0]!.id;
  const short = { authority: "EXERCISE court", warrant: "W-17", from: at(-24), until: at(3) };
  const url = `/api/operations/${one}/sites/${khSite}`;
  await sophea.must("PUT", url, site({ authority: short, takes: proposal }));
  expect((await view(sophea, one)).hindrances).toEqual(["authority-expired", "no-reception", "not-compared"]);
  const refused = await vote(rithy, one);
  expect(code(refused)).toBe("PLAN_INCOMPLETE");
  await sophea.must("PUT", url, site({ takes: proposal }));
  await sophea.must("PUT", `/api/operations/${one}/reception`, { ...reception, screeners: 0 });
  expect((await view(sophea, one)).hindrances).toContain("no-reception");
  await sophea.must("PUT", `/api/operations/${one}/reception`, reception);
  expect((await view(sophea, one)).hindrances).toEqual(["not-compared"]);
  expect(code(await sophea.ask("POST", `/api/operations/${one}/clear`, { note: "" }))).toBe("NOT_COMPARED");
});

let theirs: string;

test("two plans for one site in one week are found, and only the two liaison desks hear of it (OP-2)", async () => {
  // The Philippines plan for the same ground, a few hundred metres off; Indonesia's and Cambodia's plan is not known there.
  theirs = (
    await joel.must<{ id: string }>(
      "POST",
      "/api/operations",
      plan({ parties: ["ph", "kh"], title: "EXERCISE Rescue" }),
    )
  ).id;
  const near = { lat: park.lat + 0.004, lon: park.lon - 0.003 };
  await joel.must(
    "PUT",
    `/api/operations/${theirs}/sites/${randomUUID()}`,
    site({ place: near, authority: null }),
  );
  await joel.must("POST", `/api/operations/${theirs}/compare`, {});
  const seen = await view(grace, theirs);
  expect(seen.collisions!.map((each) => each.peer).sort()).toEqual(["id", "kh"]);
  expect((await view(joel, theirs)).collisions).toBeNull();
  const told = await arrived(sophea, one, (each) => (each.collisions ?? []).length > 0);
  expect(told!.collisions).toMatchObject([{ peer: "ph", kind: "site", heard: "told", what: site().label }]);
  expect(JSON.stringify(await view(bima, one))).not.toContain('"peer"');
  expect((await sophea.must<InboxView>("GET", "/api/inbox")).entries.map((each) => each.kind)).toContain(
    "operation-collision",
  );
  expect((await bima.must<InboxView>("GET", "/api/inbox")).entries.map((each) => each.kind)).not.toContain(
    "operation-collision",
  );
  // What was met is cleared by a word, not by a click.
  await sophea.must("POST", `/api/operations/${one}/compare`, {});
  expect(code(await sophea.ask("POST", `/api/operations/${one}/clear`, { note: "" }))).toBe("NOT_COMPARED");
  await sophea.must("POST", `/api/operations/${one}/clear`, {
    note: "EXERCISE: spoke with Manila, they wait",
  });
  expect((await view(sophea, one)).hindrances).toEqual([]);
});

test("another week, another town, and one's own operation in a second state are no collision", async () => {
  const other = (
    await bima.must<{ id: string }>(
      "POST",
      "/api/operations",
      plan({ window: { starts: at(24 * 40), ends: at(24 * 41) } }),
    )
  ).id;
  await bima.must("PUT", `/api/operations/${other}/sites/${randomUUID()}`, site({ authority: null }));
  await bima.must("POST", `/api/operations/${other}/compare`, {});
  expect((await view(agus, other)).collisions).toEqual([]);
  await clear(agus, one, "EXERCISE: spoke with Manila");
  expect((await view(agus, one)).collisions!.map((each) => each.peer)).not.toContain("kh");
});

test("it runs when every state said go; a state without a go changes nothing", async () => {
  expect((await vote(rithy, one, false)).status).toBe(422);
  const entry = {
    id: randomUUID(),
    site: null,
    at: at(0),
    status: null,
    counts: { checks: 1, met: 0, items: 0 },
    text: "",
  };
  expect(code(await sophea.ask("POST", `/api/operations/${one}/entries`, { entries: [entry] }))).toBe(
    "NOT_RUNNING",
  );
  expect((await vote(rithy, one)).status).toBe(204);
  const ours = await vote(bima, one);
  expect(ours.status, JSON.stringify(ours.body)).toBe(204);
  await arrived(sophea, one, (each) => each.state === "running");
  const here = await arrived(bima, one, (each) => each.state === "running");
  // The warrant and the teams stay where they were given.
  expect(here!.sites.find((each) => each.id === khSite)).toMatchObject({
    commander: site().commander,
    authority: null,
    teams: [],
    place: null,
  });
});

test("a line written without a connection counts once, at its own time; a device whose clock is ahead is set right", async () => {
  const line = (more: object = {}) => ({
    ...{ id: randomUUID(), site: khSite, at: at(-0.5), status: "people-out", text: "EXERCISE" },
    counts: { checks: 40, met: 312, items: 2 },
    ...more,
  });
  const first = line();
  const url = `/api/operations/${one}/entries`;
  await sophea.must("POST", url, { entries: [first] });
  await sophea.must("POST", url, {
    entries: [first, line({ at: at(7), counts: { checks: 0, met: -3, items: 0 }, status: null })],
  });
  expect(code(await sophea.ask("POST", url, { entries: [{ ...first, text: "other" }] }))).toBe(
    "ENTRY_REUSED",
  );
  expect(code(await sophea.ask("POST", url, { entries: [line({ at: at(-3) })] }))).toBe("NOT_RUNNING");
  expect(code(await bima.ask("POST", url, { entries: [line({ site: khSite })] }))).toBe("SITE_UNKNOWN");
  const board = await until(
    () => bima.must<BoardView>("GET", `/api/operations/${one}/board`),
    (each) => each.entries.length === 2,
  );
  expect(board.total).toEqual({ checks: 40, met: 309, items: 2 });
  expect(board.sites.find((each) => each.id === khSite)).toMatchObject({ status: "people-out" });
  const [latest, earliest] = board.entries;
  expect(earliest).toMatchObject({ at: first.at, clockOff: false, node: "kh", by: null });
  expect(latest!.clockOff).toBe(true);
  expect(Date.parse(latest!.at)).toBeLessThan(Date.now() + 60_000);
});

test("letters that are not their sender's to write are refused by name: no go, outside the window, another's site", async () => {
  const entry = (more: object = {}) => ({
    ...{ operation: one, clockOff: false },
    entry: {
      ...{ id: randomUUID(), site: null, at: at(-0.1), status: null, text: "EXERCISE" },
      ...{ counts: { checks: 0, met: 0, items: 0 } },
      ...more,
    },
  });
  expect(await takes(kh, "id", "operation.entry", entry())).toBe("taken");
  expect(await takes(kh, "id", "operation.entry", entry({ site: khSite }))).toContain(
    "a site of another state",
  );
  expect(await takes(kh, "id", "operation.entry", entry({ at: at(-5) }))).toContain("outside the window");
  expect(await takes(kh, "ph", "operation.entry", entry())).toContain("UNKNOWN_RECORD");
  // The Philippines' own plan waits for Cambodia's go, and Cambodia for theirs.
  await send(grace, theirs);
  await arrived(sophea, theirs, () => true);
  expect(await takes(kh, "ph", "operation.entry", { ...entry(), operation: theirs })).toContain("no go");
  const past = { ...plan({ window: { starts: at(-9), ends: at(-1) } }) };
  const body = { operation: randomUUID(), version: 1, plan: past, proposed: [] };
  expect(await takes(kh, "id", "operation.plan", body)).toContain("the window is past");
  const foreign = { site: randomUUID(), state: "ph", label: "EXERCISE", area: "", lat: 14.6, lon: 121 };
  const proposed = { ...body, plan: plan(), proposed: [foreign] };
  expect(await takes(kh, "id", "operation.plan", proposed)).toContain("a site in another state");
});

test("a recall by either state reaches the other at once, and nothing goes on", async () => {
  await rithy.must("POST", `/api/operations/${theirs}/recall`, { reason: "EXERCISE: they know we come" });
  const back = await arrived(joel, theirs, (each) => each.state === "recalled");
  expect(back).toMatchObject({ recalled: { by: "kh", reason: "EXERCISE: they know we come" }, may: [] });
  expect((await vote(carlo, theirs)).status).toBe(409);
  expect((await joel.must<InboxView>("GET", "/api/inbox")).entries.map((each) => each.kind)).toContain(
    "operation-recalled",
  );
});

test("after the window each state hands in figures that agree with each other, and the paper says what each counts", async () => {
  const counts: ReportCounts = {
    ...{ sites: 1, checked: 40, met: 309, victims: 120, possible: 160, "not-victims": 29, children: 1 },
    ...{ arrests: 4, items: 2, exhibits: 2, accounts: 0 },
  };
  const url = `/api/operations/${one}/report`;
  expect(code(await sophea.ask("PUT", url, { counts, lessons: "" }))).toBe("NOT_IN_THIS_STATE");
  for (const nation of [id, kh]) nation.clock.offMs = 21 * hour;
  [bima, sophea] = [await id.as("bima"), await kh.as("sophea")];
  expect(code(await sophea.ask("PUT", url, { counts: { ...counts, victims: 9000 }, lessons: "" }))).toBe(
    "COUNTS_DISAGREE",
  );
  await sophea.must("PUT", url, { counts, lessons: "EXERCISE: more interpreters" });
  await bima.must("PUT", url, { counts: { ...counts, sites: 0, met: 309, arrests: 1 }, lessons: "" });
  const done = await arrived(bima, one, (each) => each.state === "reported");
  expect(done!.reports.map((each) => each.node)).toEqual(["id", "kh"]);
  const paper = await fetch(`${id.web.address}/api/operations/${one}/paper`, {
    headers: { cookie: bima.cookie },
  });
  const bytes = Buffer.from(await paper.arrayBuffer());
  expect(paper.headers.get("content-type")).toBe("application/pdf");
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.length).toBeGreaterThan(5000);
  const { operations } = await bima.must<{ operations: OperationHead[] }>("GET", "/api/operations");
  expect(operations.find((each) => each.id === one)!.state).toBe("reported");
});

test("keys of past months for comparing plans are destroyed, the month's own stays", async () => {
  const { store, clock } = id.node;
  const held = () =>
    store.read(
      jobStanding,
      async (db) => (await sql`select 1 from simpul.operation_keys`.execute(db.rows)).rows.length,
    );
  await destroyOldKeys({ store, clock } as OperationsNode);
  expect(await held()).toBe(1);
  const later = { now: () => new Date(clock.now().getTime() + 40 * 24 * hour) };
  await destroyOldKeys({ store, clock: later } as OperationsNode);
  expect(await held()).toBe(0);
});
