// The life of a request between two states, whole: clocks that stop, suspend and are kept, answers in between, handed on.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { nations, type Nation, type Person } from "@simpul/testing";
import { readSettings } from "@simpul/server";
import { beforeAll, expect, test } from "vitest";
import { live, stage, type Player } from "../../testing/attacks/stage.ts";
import { closeAfter } from "../../testing/closing.ts";
import type { TwoPersonsView } from "../access/contract.ts";
import { keepTwoPersons } from "../access/two-persons.ts";
import type { CaseHead } from "../cases/contract.ts";
import type { InboxView } from "../inbox/contract.ts";
import type { LogPage } from "../oversight/contract.ts";
import type { AskDraft, Clock, RequestHead } from "./contract.ts";
import type { Statistics } from "./contract.ts";
import { answer, arrival, ask, caseNamed, draft, prove, stands, until, view } from "./testing.ts";

let id: Nation, kh: Nation;
let rina: Person, agus: Person, sophea: Person, rithy: Person;
let ours: CaseHead;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [rina, agus] = [await id.as("rina"), await id.as("agus")];
  [sophea, rithy] = [await kh.as("sophea"), await kh.as("rithy")];
  ours = await caseNamed(rina, "pembayar tiket");
}, 120_000);

async function asked(more: Partial<AskDraft> = {}): Promise<{ there: string; came: string }> {
  const { requests } = await sophea.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=incoming");
  const there = await ask(rina, agus, draft(ours.number, ["kh"], more));
  const came = await arrival(
    sophea,
    requests.map((one) => one.id),
  );
  await view(sophea, came);
  return { there, came };
}
const clockOf = async (who: Person, which: string): Promise<Clock> =>
  (await view(who, which)).threads[0]!.clock!;

async function release(came: string, what: Parameters<typeof answer>[0]): Promise<void> {
  const { id: written } = await sophea.must<{ id: string }>(
    "PUT",
    `/api/requests/${came}/answer`,
    answer(what),
  );
  await sophea.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(rithy, "release", written);
  await rithy.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
}

test("scenario 7: clarification stops the clock, judicial suspension needs a date, refusal inside the limit", async () => {
  const { there, came } = await asked();
  const where = `/api/requests/${came}`;
  const began = await clockOf(sophea, came);
  // Both states' working days, and a target until the states agree.
  expect(began).toMatchObject({
    state: "running",
    limit: { amount: 5, unit: "working-days" },
    standing: "target",
    days: { states: ["id", "kh"] },
  });
  await sophea.must("POST", `${where}/clarify`, { text: "EXERCISE: which hotel?" });
  const waits = await stands(rina, there, "clarification");
  expect(waits.threads[0]!.clock).toMatchObject({ state: "stopped", due: null });
  const thread = waits.threads[0]!.id;
  await rina.must("POST", `/api/requests/${there}/clarification`, { thread, text: "EXERCISE: by the river" });
  await until(
    () => clockOf(sophea, came),
    (clock) => clock.state === "running",
  );
  expect(await sophea.ask("POST", `${where}/suspend`, { reason: "EXERCISE: a judge" })).toMatchObject({
    status: 422,
    body: { error: { code: "DATE_NEEDED" } },
  });
  await sophea.must("POST", `${where}/suspend`, { reason: "EXERCISE: a judge", until: "2099-01-01" });
  expect((await stands(rina, there, "judicial")).threads[0]!.clock).toMatchObject({
    state: "suspended",
    until: "2099-01-01",
  });
  await sophea.must("POST", `${where}/resume`);
  await sophea.must("POST", `${where}/refuse`, { ground: "endangers-case-or-person", text: "" });
  const told = await stands(rina, there, "refused");
  expect(told.threads[0]).toMatchObject({ clock: { state: "ended", over: false } });
  expect(told.full[0]!.code).toBe("endangers-case-or-person");
});

test("an interim answer ends nothing: the clock runs on, and a final one follows", async () => {
  const { there, came } = await asked();
  await release(came, { kind: "interim" });
  const between = await until(
    () => view(rina, there),
    (seen) => seen.full[0]!.answers.length === 1,
  );
  expect(between.threads[0]).toMatchObject({ state: "in-work", outcome: null, clock: { state: "running" } });
  expect(between.full[0]!.answers[0]!.kind).toBe("interim");
  expect(between.may).not.toContain("close");
  await release(came, { kind: "full" });
  const whole = await stands(rina, there, "answered");
  expect(whole.full[0]!.answers.map((one) => one.kind)).toEqual(["interim", "full"]);
  expect(whole.threads[0]).toMatchObject({ outcome: "full", clock: { state: "ended" } });
  const thread = whole.threads[0]!.id;
  await rina.must("POST", `/api/requests/${there}/close`, { thread, usefulness: "useful", text: "" });
  const closed = await stands(sophea, came, "closed");
  expect(closed.full[0]!.code).toBe("useful");
});

test("an interim answer waits in its author's inbox until she has looked", async () => {
  const { there, came } = await asked();
  await stands(rina, there, "opened");
  await release(came, { kind: "interim" });
  const entries = () => rina.must<InboxView>("GET", "/api/inbox").then((inbox) => inbox.entries);
  const mine = (list: InboxView["entries"]) =>
    list.some((one) => one.id === there && one.kind === "request-interim");
  await until(entries, mine);
  await view(rina, there);
  expect(mine(await entries())).toBe(false);
});

test("what another authority holds is handed to it by name, and nothing more is answered here", async () => {
  const { there, came } = await asked();
  const where = `/api/requests/${came}`;
  await sophea.must("PUT", `${where}/answer`, answer());
  expect(await sophea.ask("POST", `${where}/transfer`, { authority: " ", text: "" })).toMatchObject({
    body: { error: { code: "INCOMPLETE", facts: { missing: "authority" } } },
  });
  const authority = "EXERCISE: General Department of Immigration, Phnom Penh";
  await sophea.must("POST", `${where}/transfer`, { authority, text: "EXERCISE: border crossings" });
  const told = await stands(rina, there, "transferred");
  expect(told.full[0]!.steps.at(-1)).toMatchObject({
    kind: "transferred",
    side: "theirs",
    text: `${authority}\nEXERCISE: border crossings`,
  });
  expect(told.threads[0]!.clock).toMatchObject({ state: "ended", over: false });
  expect((await view(sophea, came)).answer).toBeNull();
  expect((await sophea.ask("PUT", `${where}/answer`, answer())).status).toBe(409);
  const thread = told.threads[0]!.id;
  await rina.must("POST", `/api/requests/${there}/close`, { thread, usefulness: "useful", text: "" });
  await stands(sophea, came, "closed");
});

test("what nobody asked for is told, escalates as urgent, is asked back about, and ends with what it was good for (MSG-2)", async () => {
  const told = draft(ours.number, ["kh"], {
    ...({ unasked: "warning", questions: [], whyThere: "", languages: [] } as const),
    subject: "EXERCISE: a worker who ran is looked for",
  });
  // A warning says what presses; nothing that is told asks, and nothing of it goes by paper.
  const lacks = async (more: Partial<AskDraft>): Promise<unknown> => {
    const { id: kept } = await rina.must<{ id: string }>("POST", "/api/requests", { ...told, ...more });
    return (await rina.ask<{ error: { facts: { missing: string } } }>("POST", `/api/requests/${kept}/submit`))
      .body.error.facts.missing;
  };
  expect(await lacks({})).toBe("urgencyReason");
  const presses = { urgent: true, urgencyReason: "danger-to-life" };
  const question = { text: "EXERCISE: and where is she?", category: "case-information" };
  expect(await lacks({ ...presses, questions: [question] })).toBe("questions");

  const known = await sophea.must<{ requests: RequestHead[] }>("GET", "/api/requests?box=incoming");
  const there = await ask(rina, agus, { ...told, ...presses });
  const came = await arrival(
    sophea,
    known.requests.map((one) => one.id),
  );
  const { entries } = await sophea.must<InboxView>("GET", "/api/inbox");
  expect(entries.filter((one) => one.kind === "told-warning").map((one) => one.id)).toEqual([came]);
  const where = `/api/requests/${came}`;
  const seen = await view(sophea, came);
  expect(seen).toMatchObject({ unasked: "warning", urgent: true });
  expect(seen.may.toSorted()).toEqual(["assign", "clarify", "take-note"]);
  for (const [method, path, body] of [
    ["PUT", "answer", answer()],
    ["POST", "refuse", { ground: "not-held", text: "" }],
    ["POST", "transfer", { authority: "EXERCISE", text: "" }],
    ["POST", "suspend", { reason: "EXERCISE", until: "2099-01-01" }],
  ] as const)
    expect(await sophea.ask(method, `${where}/${path}`, body)).toMatchObject({
      status: 409,
      body: { error: { code: "NOT_NOW" } },
    });
  await sophea.must("POST", `${where}/clarify`, { text: "EXERCISE: since when?" });
  const thread = (await stands(rina, there, "clarification")).threads[0]!.id;
  await rina.must("POST", `/api/requests/${there}/clarification`, { thread, text: "EXERCISE: since Monday" });
  await until(
    () => view(sophea, came),
    (one) => one.may.includes("take-note"),
  );
  await sophea.must("POST", `${where}/take-note`, { usefulness: "useful", text: "EXERCISE: she is safe" });
  expect((await stands(rina, there, "closed")).full[0]).toMatchObject({
    code: "useful",
    clock: { state: "ended", over: false },
  });
  expect((await view(sophea, came)).may).toEqual([]);
});

test("each partner is counted without content, for the contact point and oversight alone", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const where = `/api/requests/statistics?from=${today}&to=${today}`;
  const { partners, unasked } = await sophea.must<Statistics>("GET", where);
  expect(unasked).toEqual([{ peer: "id", box: "incoming", kind: "warning", told: 1 }]);
  expect(partners).toMatchObject([
    {
      peer: "id",
      box: "incoming",
      asked: 4,
      urgent: 0,
      full: 1,
      refused: 1,
      transferred: 1,
      open: 1,
      overdue: 0,
      late: 0,
      grounds: { "endangers-case-or-person": 1 },
      usefulness: { useful: 2 },
    },
  ]);
  expect(partners[0]!.toOpen).toBeGreaterThanOrEqual(0);
  expect(partners[0]!.toEnd).toBeGreaterThanOrEqual(partners[0]!.toOpen!);
  expect(JSON.stringify(partners)).not.toContain("EXERCISE");
  const samnang = await kh.as("samnang");
  expect((await samnang.must<Statistics>("GET", where)).partners).toEqual(partners);
  const dara = await kh.as("dara");
  expect((await dara.ask("GET", where)).status).toBe(404);
  expect((await sophea.ask("GET", where.replace(/from=[^&]*/, "from=1990-01-01"))).status).toBe(422);
});

test("a state's own file says what takes two: a light message goes by its author, a bundle waits for a colleague's word", async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "simpul-two-"));
  closeAfter(() => rm(folder, { recursive: true }));
  const given = async (...rules: object[]) => {
    const file = path.join(folder, "two-persons.json");
    await writeFile(file, JSON.stringify({ version: "EXERCISE 1", rules }));
    return readSettings({ SIMPUL_NODE: "id", SIMPUL_TWO_PERSONS: file }).twoPersons!;
  };
  await expect(given({ act: "release", persons: 1, handling: ["H1", "H2"] })).rejects.toThrow(
    /BAD_SETTING: SIMPUL_TWO_PERSONS: .*rule 1, release/,
  );
  await expect(given({ act: "override.agree", persons: 1 })).rejects.toThrow("BAD_SETTING");
  const twoPersons = await given(
    { act: "request.approve", types: ["information"], handling: ["H1"], persons: 1 },
    { act: "evidence.export", persons: 2 },
  );
  // As after a start with that file: kept and in the log once, however often it starts.
  const { node } = id;
  for (let start = 0; start < 2; start++) await keepTwoPersons(node.store, twoPersons);
  const policy = loadPolicy(cedar, { twoPersons });
  const evidence = { ...node.evidence, policy };
  const at = await stage({ ...id, node: { ...node, policy, evidence } });
  const [sari, bima, maya] = [await at.signIn("sari"), await at.signIn("bima"), await at.signIn("maya")];
  const hers = await live(at);
  const code = async (who: Player, where: string, body: unknown = {}) => {
    const { status, text } = await at.ask(who, "POST", where, JSON.stringify(body), {
      "content-type": "application/json",
    });
    return status < 300 ? "" : (JSON.parse(text) as { error: { code: string } }).error.code;
  };
  const proves = (who: Player, act: string, record: string) =>
    at.must(who, "POST", "/api/access/step-up/exercise", { act, record });

  const shown = await at.must<TwoPersonsView>(await at.signIn("hendra"), "GET", "/api/access/two-persons");
  expect(shown).toMatchObject({ version: "EXERCISE 1", history: [{ version: "EXERCISE 1" }] });
  const of = (act: string) => shown.acts.find((one) => one.act === act);
  expect(of("request.approve")).toMatchObject({ usual: 2, fixed: false, rules: [{ persons: 1 }] });
  expect(of("override.agree")).toEqual({ act: "override.agree", usual: 2, fixed: true, rules: [] });

  // Bima supervises the desk: what he tells with H1 he lets go himself; a request, or more than H1, he does not.
  const light = { codes: ["H1" as const] };
  const letsGo = async (more: Partial<AskDraft>): Promise<string> => {
    const facts = draft(hers.number, []).facts.map((one) => ({ ...one, handling: light }));
    const what = draft(hers.number, ["kh"], { facts, handling: light, ...more });
    const { id: made } = await at.must<{ id: string }>(bima, "POST", "/api/requests", what);
    await at.must(bima, "POST", `/api/requests/${made}/submit`);
    await proves(bima, "request.approve", made);
    return code(bima, `/api/requests/${made}/approve`, { reason: "EXERCISE" });
  };
  const told: Partial<AskDraft> = { unasked: "information", questions: [], whyThere: "", languages: [] };
  expect(await letsGo(told)).toBe("");
  expect(await letsGo({})).toBe("SECOND_PERSON");
  expect(await letsGo({ ...told, handling: { codes: ["H1", "H2"] } })).toBe("SECOND_PERSON");

  // Sari's bundle: a colleague agrees who could export it herself; another's word, or an old one, is none.
  const record = hers.id;
  const asks = (name: Player, more: object = {}) =>
    at.must<{ officer: { id: string } }>(name, "GET", "/api/access/session").then(({ officer }) => ({
      act: "evidence.export",
      record,
      page: `/cases/${hers.number}`,
      of: officer.id,
      ...more,
    }));
  const exports = () =>
    code(sari, "/api/evidence/exports", {
      ...{ case: hers.id, recipient: "EXERCISE court", recipientState: "id", reason: "EXERCISE", fields: [] },
    });
  const waiting = async (who: Player) =>
    (await at.must<InboxView>(who, "GET", "/api/inbox")).entries.filter(({ kind }) =>
      ["access-second", "access-agreed"].includes(kind),
    );
  expect(await exports()).toBe("SECOND_WORD");
  const reason = "EXERCISE: for the court";
  expect(await code(sari, "/api/access/seconds", await asks(sari, { reason }))).toBe("NOT_FOUND");
  expect(await code(sari, "/api/access/seconds", await asks(bima, { reason, act: "release" }))).toBe(
    "NOT_FOUND",
  );
  await at.must(sari, "POST", "/api/access/seconds", await asks(maya, { reason }));
  const [ofMaya] = await waiting(maya);
  expect(ofMaya).toMatchObject({ kind: "access-second" });
  expect(await waiting(bima)).toEqual([]);
  expect(await code(bima, `/api/access/seconds/${ofMaya!.id}/agree`)).toBe("NOT_FOUND");
  expect(await code(sari, `/api/access/seconds/${ofMaya!.id}/agree`)).toBe("NOT_FOUND");
  await at.must(maya, "POST", `/api/access/seconds/${ofMaya!.id}/agree`);
  expect(await exports()).toBe("SECOND_WORD");
  expect(await code(sari, "/api/access/seconds", await asks(bima, { reason }))).toBe("ASKED_ALREADY");
  await at.must(sari, "POST", `/api/access/seconds/${ofMaya!.id}/drop`);
  await at.must(sari, "POST", "/api/access/seconds", await asks(bima, { reason }));
  const [ofBima] = await waiting(bima);
  await at.must(bima, "POST", `/api/access/seconds/${ofBima!.id}/agree`);
  expect(await waiting(sari)).toMatchObject([{ kind: "access-agreed", to: `/cases/${hers.number}` }]);
  expect(await exports()).toBe("STEP_UP");
  await proves(sari, "evidence.export", hers.id);
  expect(await exports()).toBe("");
  // Spent with the bundle: the next one asks again.
  await proves(sari, "evidence.export", hers.id);
  expect(await exports()).toBe("SECOND_WORD");
  const { entries } = await at.must<LogPage>(
    await at.signIn("hendra"),
    "GET",
    "/api/oversight/log?log=main&limit=200",
  );
  const kinds = entries.map((one) => one.kind);
  expect(kinds.filter((kind) => kind === "settings.two-persons")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "access.second-agreed")).toHaveLength(2);
}, 60_000);
