// A note on its way (JIT-2): remarks clause by clause, each party's lawyer, a part that rests and goes on, one that is removed.
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import type { NoteDraft } from "./contract.ts";
import { sign } from "./signing.ts";
import { agency, code, entries, takes } from "../../testing/joint-room.ts";
import { approve, noteOfThree, propose, prove, space, stands, things, until, writes } from "./testing.ts";

let id: Nation, kh: Nation, ph: Nation;
let agus: Person, sophea: Person, grace: Person;
let ratna: Person, lawyer: Person;
beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [agus, sophea, grace] = [await id.as("agus"), await kh.as("sophea"), await ph.as("grace")];
  [ratna, lawyer] = [await id.as("ratna"), await kh.as("chantha")];
}, 120_000);

const media = { name: "media" as const, state: null, text: "EXERCISE: all speak, or nobody." };
const cleared = (more: Partial<NoteDraft> = {}) =>
  noteOfThree({ parties: ["id", "kh"] as NoteDraft["parties"], clearance: true, clauses: [media], ...more });
const names = (liaison: Person, at: string, who: Person) =>
  liaison.must("POST", `/api/joint/${at}/members`, { officer: who.id, role: "reader" });
/** The words that she reads now. */
async function words(who: Person, at: string): Promise<{ version: number; digest: string }> {
  const view = await space(who, at);
  const { note, digest } = view.next ?? view;
  return { version: note.version, digest };
}
async function clears(who: Person, at: string, text = ""): Promise<string | undefined> {
  await prove(who, "joint.clear", at);
  return code(await who.ask("POST", `/api/joint/${at}/clear`, { ...(await words(who, at)), text }));
}
const kinds = async (who: Person, at: string) =>
  (await entries(who)).filter((one) => one.id === at).map((one) => one.kind);

let it: string;
test("no party signs before its own lawyer cleared exactly these words, and never the one who signs (JIT-2)", async () => {
  ({ id: it } = await agus.must<{ id: string }>("POST", "/api/joint", cleared()));
  const send = async () => {
    await prove(agus, "joint.sign", it);
    return code(await agus.ask("POST", `/api/joint/${it}/send`));
  };
  expect(await send()).toBe("NOT_CLEARED");
  expect((await ratna.ask("GET", `/api/joint/${it}`)).status).toBe(404);
  await names(agus, it, ratna);
  expect(await kinds(ratna, it)).toEqual(["joint-clear"]);
  const own = { ...(await words(agus, it)), text: "" };
  expect((await agus.ask("POST", `/api/joint/${it}/clear`, own)).status).toBe(403);
  expect(code(await ratna.ask("POST", `/api/joint/${it}/clear`, own))).toBe("STEP_UP");
  await clears(ratna, it);
  // One word more, and it is not what she cleared.
  const { next: _next, note } = await space(agus, it);
  const { space: _space, version: _version, proposer: _proposer, ...draft } = note;
  await agus.must("PUT", `/api/joint/${it}`, { ...draft, facts: `${draft.facts} Two of them are children.` });
  expect(await send()).toBe("NOT_CLEARED");
  await clears(ratna, it, "EXERCISE: the ministry hears of it");
  expect(await kinds(ratna, it)).toEqual([]);
  expect(await send()).toBeUndefined();
  const asked = await stands(sophea, it, (one) => one.may.includes("approve"));
  expect(asked.words.filter((one) => one.digest === asked.digest)).toMatchObject([
    { kind: "clearance", party: "id", text: "EXERCISE: the ministry hears of it" },
  ]);
  await prove(sophea, "joint.sign", it);
  const yes = { version: 1, digest: asked.digest };
  expect(code(await sophea.ask("POST", `/api/joint/${it}/approve`, yes))).toBe("NOT_CLEARED");
});

test("what a party remarks on a clause stands beside it at every party; the next version says what changed", async () => {
  const on = { ...(await words(sophea, it)), part: "media", of: null };
  const says = "EXERCISE: our court decides who speaks";
  const remark = (who: Person, more: object = {}) =>
    who.ask("POST", `/api/joint/${it}/remarks`, { ...on, text: says, ...more });
  expect(code(await remark(sophea, { part: "basis", of: "ph" }))).toBe("NOT_WAITING_HERE");
  expect(code(await remark(sophea, { digest: "0".repeat(64) }))).toBe("NOTE_IS_ANOTHER");
  expect((await remark(await kh.as("sreymom"))).status).toBe(404);
  expect((await remark(sophea)).status).toBe(204);
  const heard = await stands(agus, it, (one) => one.words.some((each) => each.kind === "remark"));
  expect(heard.words.at(-1)).toMatchObject({ party: "kh", part: "media", of: null, text: says, version: 1 });
  expect(await kinds(agus, it)).toEqual(["joint-remark"]);
  const { space: _space, version: _version, proposer: _proposer, ...draft } = heard.note;
  const clauses = [{ ...media, text: "EXERCISE: the court where the case lies decides who speaks." }];
  await agus.must("POST", `/api/joint/${it}/extend`, { ...draft, clauses });
  // What is said of a draft does not leave.
  await ratna.must("POST", `/api/joint/${it}/remarks`, {
    ...{ ...(await words(ratna, it)), part: "facts", of: null, text: "EXERCISE: between us" },
  });
  await clears(ratna, it);
  await prove(agus, "joint.sign", it);
  await agus.must("POST", `/api/joint/${it}/send`);
  const again = await stands(sophea, it, (one) => one.note.version === 2 && one.may.includes("approve"));
  expect(again.before?.clauses).toEqual([media]);
  expect(again.note.clauses).toEqual(clauses);
  expect(JSON.stringify(again.words)).not.toContain("between us");
  expect(await kinds(agus, it)).toEqual([]);
  await names(sophea, it, lawyer);
  await clears(lawyer, it);
  await approve(sophea, it);
  const open = await stands(agus, it, (one) => one.phase === "open");
  expect(open.before).toBeNull();
  const paper = await fetch(`${kh.web.address}/api/joint/${it}/paper`, {
    headers: { cookie: sophea.cookie },
  });
  expect(paper.headers.get("content-type")).toBe("application/pdf");
  expect(
    Buffer.from(await paper.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("an approval without its clearance, and a word that its party did not sign, are refused where they arrive", async () => {
  const held = await agus.must<{ note: { note: object; signed: string }[] }>(
    "GET",
    `/api/joint/${it}/export`,
  );
  const { note, signed: noteSigned } = held.note[0]!;
  const { digest } = (await space(agus, it)).words.find((one) => one.kind === "remark")!;
  const by = { officer: "EXERCISE", office: "EXERCISE", at: new Date().toISOString() };
  const of = { space: it, version: 1, digest, party: "kh", ...by };
  const remark = {
    ...of,
    id: crypto.randomUUID(),
    kind: "remark",
    part: "media",
    of: null,
    text: "EXERCISE",
  };
  const said = (more: object) =>
    takes(id, "kh", "joint.word", { agency, note, noteSigned, word: { ...remark, ...more }, signed: "{}" });
  expect(await said({})).toContain("NOT_ALLOWED a word that its party did not sign");
  expect(await said({ party: "ph" })).toContain("BAD_BODY");
  expect(await said({ digest: "0".repeat(64) })).toContain("BAD_BODY");
  expect(await said({ part: "basis", of: "ph" })).toContain("BAD_BODY");
  // Cambodia's lawyer cleared the second version alone.
  const signed = await sign({ signer: kh.node.keys.signer }, "approval", of);
  const approved = { agency, note, noteSigned, approval: of, signed };
  expect(await takes(id, "kh", "joint.approved", approved)).toContain("NOT_CLEARED");
});

test("a part that rests is sent nothing and puts nothing in; when it goes on it has what came meanwhile", async () => {
  const three = await propose(agus, noteOfThree({ title: "EXERCISE: a part that rests" }));
  for (const one of [sophea, grace]) await approve(one, three);
  for (const one of [agus, sophea, grace])
    await stands(one, three, (seen) => seen.parties.every((party) => party.stands === "in"));
  const put = (who: Person, text: string) => who.ask("POST", `/api/joint/${three}/things`, writes(text));
  const titles = async (who: Person) => (await things(who, three)).map((one) => one.title);
  await put(agus, "EXERCISE: before");
  await until(
    () => titles(grace),
    (all) => all.length === 1,
  );
  const says = async (who: Person, act: "suspend" | "resume") => {
    await prove(who, "joint.sign", three);
    return code(
      await who.ask("POST", `/api/joint/${three}/${act}`, { reason: "EXERCISE: our court looks at it" }),
    );
  };
  expect(await says(grace, "resume")).toBe("NOT_WAITING_HERE");
  expect(await says(grace, "suspend")).toBeUndefined();
  expect((await space(grace, three)).phase).toBe("suspended");
  expect(code(await put(grace, "EXERCISE: ours"))).toBe("SPACE_NOT_OPEN");
  for (const one of [agus, sophea])
    expect((await stands(one, three, (seen) => seen.parties[2]!.stands === "suspended")).phase).toBe("open");
  await put(agus, "EXERCISE: meanwhile");
  await until(
    () => titles(sophea),
    (all) => all.includes("EXERCISE: meanwhile"),
  );
  expect(await titles(grace)).toEqual(["EXERCISE: before"]);
  // Two of three rest: one party alone has nobody to work with, and nothing is wound down for it.
  expect(await says(sophea, "suspend")).toBeUndefined();
  await stands(agus, three, (seen) => seen.phase === "suspended" && seen.purgeBy === null);
  for (const one of [sophea, grace]) expect(await says(one, "resume")).toBeUndefined();
  await until(
    () => titles(grace),
    (all) => all.includes("EXERCISE: meanwhile"),
  );
  await stands(agus, three, (seen) => seen.phase === "open");
  expect((await put(grace, "EXERCISE: ours")).status).toBe(201);
  await until(
    () => titles(agus),
    (all) => all.includes("EXERCISE: ours"),
  );
});

test("scenario 4: under a note that gives nothing of before, who joins later sees what came after, and not even a count of the rest", async () => {
  const later = await propose(
    agus,
    noteOfThree({ title: "EXERCISE: from now on", backfill: "from-approval" }),
  );
  await approve(sophea, later);
  await stands(agus, later, (one) => one.phase === "open");
  const put = (text: string) => agus.must("POST", `/api/joint/${later}/things`, writes(text));
  await put("EXERCISE: of before");
  await until(
    () => things(sophea, later),
    (all) => all.length === 1,
  );
  await approve(grace, later);
  await stands(agus, later, (one) => one.parties[2]!.stands === "in");
  await put("EXERCISE: of after");
  const there = await until(
    () => things(grace, later),
    (all) => all.length > 0,
  );
  expect(there.map((one) => one.title)).toEqual(["EXERCISE: of after"]);
  expect((await space(grace, later)).counts).toEqual([{ kind: "note", count: 1 }]);
  const list = JSON.stringify(await grace.must("GET", `/api/joint/${later}/export`));
  const [before] = await things(sophea, later).then((all) =>
    all.filter((one) => one.title.endsWith("before")),
  );
  expect(list).not.toContain(before!.id);
});

test("two of three remove a party: each sends it nothing at once, and for all it is out with the second word", async () => {
  const three = await propose(agus, noteOfThree({ title: "EXERCISE: another ring" }));
  for (const one of [sophea, grace]) await approve(one, three);
  await stands(sophea, three, (one) => one.parties.every((each) => each.stands === "in"));
  await stands(agus, three, (one) => one.parties.every((each) => each.stands === "in"));
  const remove = async (who: Person) => {
    await prove(who, "joint.sign", three);
    await who.must("POST", `/api/joint/${three}/remove`, {
      party: "ph",
      reason: "EXERCISE: it told the owner",
    });
  };
  await remove(agus);
  expect((await space(agus, three)).parties[2]!.stands).toBe("in");
  await stands(sophea, three, (one) => one.parties[2]!.endings.length === 1);
  await remove(sophea);
  for (const who of [agus, grace]) await stands(who, three, (one) => one.parties[2]!.stands === "removed");
  expect((await space(agus, three)).phase).toBe("open");
});
