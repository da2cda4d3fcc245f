// A joint investigation of three states, from the note to what is left of it: each node keeps its own copy, and holds what
// comes against the note once more.
import type { ActorsView } from "../actors/contract.ts";
import type { CaseHead } from "../cases/contract.ts";
import { caseNamed, chosen, prove, recordsOf, until } from "../requests/testing.ts";
import { nations, type Nation, type Person } from "@simpul/testing";
import { beforeAll, expect, test } from "vitest";
import { spacesForRecalls } from "./called-back.ts";
import { windDown } from "./ending.ts";
import { jointPart } from "./peer.ts";
import type { SpaceChoice, SpaceView, ThingView } from "./contract.ts";
import { agency, code, entries, named, releases, roomOf, takes, wired } from "../../testing/joint-room.ts";
import { approve, dayAt, noteOfThree, space, stands, things, writes } from "./testing.ts";

let id: Nation, kh: Nation, ph: Nation;
let agus: Person, sophea: Person, grace: Person;
let rina: Person, sreymom: Person, dennis: Person;
let ours: CaseHead, theirs: CaseHead;
let it: string;

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  [agus, sophea, grace] = [await id.as("agus"), await kh.as("sophea"), await ph.as("grace")];
  [rina, sreymom, dennis] = [await id.as("rina"), await kh.as("sreymom"), await ph.as("dennis")];
  ours = await caseNamed(rina, "pembayar tiket");
  theirs = (await sreymom.must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=1")).cases[0]!;
}, 120_000);

const seen = (who: Person, so: (all: ThingView[]) => boolean) => until(() => things(who, it), so);

test("a note is drafted and signed by a liaison officer, and by nobody else; what is missing is said before it leaves", async () => {
  expect((await rina.ask("POST", "/api/joint", noteOfThree())).status).toBe(404);
  const bare = await agus.must<{ id: string }>("POST", "/api/joint", noteOfThree({ title: "", share: [] }));
  await prove(agus, "joint.sign", bare.id);
  expect((await agus.ask("POST", `/api/joint/${bare.id}/send`)).body).toMatchObject({
    error: { code: "NOTE_INCOMPLETE", facts: { fields: "title:missing,share:missing" } },
  });
  expect((await sophea.ask("GET", `/api/joint/${bare.id}`)).status).toBe(404);
  const { id: made } = await agus.must<{ id: string }>("POST", "/api/joint", noteOfThree());
  expect(code(await agus.ask("POST", `/api/joint/${made}/send`))).toBe("STEP_UP");
  await prove(agus, "joint.sign", made);
  await agus.must("POST", `/api/joint/${made}/send`);
  it = made;
  expect((await space(agus, it)).phase).toBe("proposed");
  expect((await rina.ask("GET", `/api/joint/${it}`)).status).toBe(404);
});

test("before two approved nothing goes in; the note waits in the inbox of each named party", async () => {
  expect(code(await agus.ask("POST", `/api/joint/${it}/things`, writes("EXERCISE")))).toBe("SPACE_NOT_OPEN");
  await stands(sophea, it, (one) => one.may.includes("approve"));
  expect((await entries(sophea)).find((one) => one.id === it)).toMatchObject({ kind: "joint-approve" });
  expect(
    code(await sophea.ask("POST", `/api/joint/${it}/approve`, { version: 1, digest: "0".repeat(64) })),
  ).toBe("NOTE_IS_ANOTHER");
  await approve(sophea, it);
  const opened = await stands(agus, it, (one) => one.phase === "open");
  expect(opened.parties.map((one) => [one.state, one.stands])).toEqual([
    ["id", "in"],
    ["kh", "in"],
    ["ph", "asked"],
  ]);
  // Each holds the other's signature over the digest of the same words.
  expect((await space(sophea, it)).digest).toBe(opened.digest);
});

test("a member of a state sees the space from when she is named until she is not; others do not know it", async () => {
  for (const [liaison, who, at] of [
    [agus, rina, id],
    [sophea, sreymom, kh],
  ] as const) {
    await liaison.must("POST", `/api/joint/${it}/members`, { officer: who.id, role: "contributor" });
    expect((await who.ask("GET", `/api/joint/${it}`)).status, at.node.code).toBe(200);
  }
  expect(code(await agus.ask("POST", `/api/joint/${it}/members`, { officer: rina.id, role: "reader" }))).toBe(
    "ALREADY_A_MEMBER",
  );
  expect((await (await id.as("sari")).ask("GET", `/api/joint/${it}`)).status).toBe(404);
  expect(
    (await rina.ask("POST", `/api/joint/${it}/members`, { officer: rina.id, role: "reader" })).status,
  ).toBe(403);
  await stands(agus, it, (one) => one.parties[1]!.members.length === 2);
});

test("what she puts in of her case is there at the other party; a relative's number is not, and an unsigned party gets nothing", async () => {
  const { selector } = await recordsOf(rina, ours.number);
  const phone = selector!.find((one) => one.role === "facilitator")!;
  const family = selector!.find((one) => one.role === "family")!;
  const ofCase = (record: string, more = {}) => ({
    case: ours.number,
    records: [chosen(record)],
    items: [],
    own: [],
    ...more,
  });
  const putsIn = (what: object) => releases(rina, it, what);
  expect(code(await rina.ask("POST", `/api/joint/${it}/things`, ofCase(phone.id)))).toBe("STEP_UP");
  expect(code(await putsIn(ofCase(family.id)))).toBe("PROTECTED_PERSON");
  const { choices } = await rina.must<{ choices: SpaceChoice[] }>(
    "GET",
    `/api/joint/${it}/choices?case=${ours.number}`,
  );
  expect(choices.find((one) => one.id === family.id)!.stop).toMatchObject({ because: "protected" });
  expect(choices.filter((one) => one.kind === "link").every((one) => one.forbidden)).toBe(true);
  expect((await putsIn(ofCase(phone.id, writes("EXERCISE: ours first")))).status).toBe(201);
  expect((await putsIn(ofCase(phone.id))).status).toBe(201);
  const there = await seen(sreymom, (all) => all.length === 2);
  expect(there.find((one) => one.kind === "selector")).toMatchObject({
    party: "id",
    originator: "id",
    may: [],
    court: true,
  });
  expect((await things(rina, it)).find((one) => one.kind === "selector")!.case).toBe(ours.number);
  expect(there.every((one) => one.case === null)).toBe(true);
  expect(await things(grace, it)).toEqual([]);
  const link = (await recordsOf(rina, ours.number)).link?.[0];
  if (link !== undefined) expect(code(await putsIn(ofCase(link.id)))).toBe("KIND_NOT_IN_NOTE");
});

test("its writer corrects and withdraws it; nobody else does, and what went before stays to be read of", async () => {
  const mine = named(await things(rina, it), "EXERCISE: ours first")!;
  expect(
    code(await sreymom.ask("POST", `/api/joint/${it}/things/${mine.id}/withdraw`, { reason: "EXERCISE" })),
  ).toBe("NOT_ITS_WRITER");
  await rina.must("PUT", `/api/joint/${it}/things/${mine.id}`, {
    own: { text: "EXERCISE: ours, corrected", language: "en" },
    reason: "EXERCISE: a wrong day",
  });
  const [fresh] = await seen(sreymom, (all) => named(all, "EXERCISE: ours, corrected") !== undefined);
  expect(fresh).toMatchObject({ version: 2, earlier: 1, reason: "EXERCISE: a wrong day" });
  await sreymom.must("POST", `/api/joint/${it}/things`, writes("EXERCISE: theirs, taken back"));
  const [back] = await seen(rina, (all) => named(all, "EXERCISE: theirs, taken back") !== undefined);
  await sreymom.must("POST", `/api/joint/${it}/things/${back!.id}/withdraw`, {
    reason: "EXERCISE: not ours",
  });
  const gone = await seen(rina, (all) => all.some((one) => one.state === "withdrawn"));
  expect(gone.find((one) => one.id === back!.id)).toMatchObject({
    content: null,
    reason: "EXERCISE: not ours",
  });
});

test("who approves later is given what the back-fill allows; it works in every party's time", async () => {
  await approve(grace, it);
  const all = await seen(grace, (found) => found.length >= 2);
  expect(new Set(all.map((one) => one.party))).toEqual(new Set(["id"]));
  await grace.must("POST", `/api/joint/${it}/members`, { officer: dennis.id, role: "contributor" });
  await dennis.must("POST", `/api/joint/${it}/things`, {
    ...writes(""),
    own: [
      {
        kind: "task",
        fields: {
          title: "EXERCISE: read the hotel's book",
          for: "kh",
          due: dayAt(Date.now()),
          state: "open",
          text: "",
        },
        handling: { codes: ["H1", "H2"] },
      },
      {
        kind: "date",
        fields: { title: "EXERCISE: call", at: "2031-03-10T02:00:00Z", text: "" },
        handling: { codes: ["H1", "H2"] },
      },
    ],
  });
  await seen(sreymom, (found) => found.some((one) => one.kind === "task"));
  expect((await entries(sreymom)).find((one) => one.kind === "joint-task")).toMatchObject({
    title: "EXERCISE: read the hotel's book",
  });
  expect((await entries(rina)).some((one) => one.kind === "joint-task")).toBe(false);
  // JIT-7: what her court will force her to show in a week, the others know today.
  const hearing = {
    title: "EXERCISE: hearing",
    at: `${dayAt(Date.now() + 7 * 86_400_000)}T02:00:00Z`,
    text: "",
  };
  const handling = { codes: ["H1" as const, "H2" as const] };
  const own = [{ kind: "date" as const, fields: { ...hearing, discloses: true as const }, handling }];
  await dennis.must("POST", `/api/joint/${it}/things`, writes("", { own }));
  await seen(rina, (found) => named(found, hearing.title) !== undefined);
  const warned = (all: Awaited<ReturnType<typeof entries>>) =>
    all.find((one) => one.kind === "joint-disclosure");
  expect(warned(await entries(rina))).toMatchObject({ title: "EXERCISE: hearing" });
  expect(warned(await entries(dennis))).toBeUndefined();
});

test("who works in a space meets what stands in it among the main actors; nobody else does, not even by a count", async () => {
  const actorsOf = (who: Person) => who.must<ActorsView>("GET", "/api/actors");
  // The same account stands in a case of Cambodia's own.
  const phone = (await things(sreymom, it, "selector"))[0]!;
  const record = (phone.content as { record: { fields: { written: string; type: string } } }).record.fields;
  const outside = await kh.as("dara");
  const before = { hers: await actorsOf(sreymom), theirs: await actorsOf(outside) };
  await sreymom.must("POST", `/api/cases/${theirs.number}/records/selector`, {
    fields: { type: record.type, written: record.written, role: "facilitator" },
    evaluation: { source: "B", information: "2" },
  });
  const found = (await actorsOf(sreymom)).actors.find((one) => one.seen.some((each) => each.id === it));
  expect(found?.seen.map((one) => one.to).sort()).toEqual([`/cases/${theirs.number}`, `/joint/${it}`].sort());
  const after = await actorsOf(outside);
  expect(JSON.stringify(after)).not.toContain(it);
  expect(after.things).toBe(before.theirs.things);
  expect(before.hers.things).toBeGreaterThan(after.things);
});

test("a faulty or lying node is refused by the receiving side, each time by name", async () => {
  const put = async (more: object, from = "id") =>
    takes(kh, from, "joint.put", {
      agency,
      space: it,
      things: [await wired(id, "EXERCISE: ours, corrected", more)],
    });
  expect(await put({})).toBe("taken");
  const link = { record: { id: crypto.randomUUID(), kind: "link" } };
  expect(await put({ kind: "link", content: link })).toContain("BAD_BODY");
  const { subject } = await recordsOf(rina, ours.number);
  expect(subject).toBeDefined();
  expect(await put({ by: crypto.randomUUID() })).toContain("NOT_ALLOWED MEMBER_ROLE_ENDED");
  expect(await put({ kind: "note", content: { own: { text: "x" } } })).toContain("BAD_BODY");
  const own = named(await things(sreymom, it), "EXERCISE: ours, corrected")!;
  expect(await put({ id: own.id, version: 9 }, "ph")).toContain("NOT_ALLOWED");
  expect(
    await takes(kh, "th", "joint.put", {
      agency,
      space: it,
      things: [await wired(id, "EXERCISE: ours, corrected")],
    }),
  ).toContain("UNKNOWN_RECORD");
  const seenThere = await space(sreymom, it);
  const note = { ...seenThere.note, title: "EXERCISE: another text", version: 2 };
  const approval = {
    space: it,
    version: 2,
    digest: seenThere.digest,
    party: "id",
    officer: "",
    office: "",
    at: new Date().toISOString(),
  };
  expect(
    await takes(kh, "id", "joint.proposed", { agency, note, noteSigned: "{}", approval, signed: "{}" }),
  ).toContain("BAD_BODY");
  const ending = {
    space: it,
    party: "ph",
    by: "id",
    kind: "removed",
    reason: "EXERCISE",
    officer: "",
    at: new Date().toISOString(),
  };
  expect(await takes(kh, "id", "joint.ended", { agency, ending, signed: "{}" })).toContain("NOT_ALLOWED");
});

test("a member whose role ended puts nothing in any more, on either side", async () => {
  const { parties } = await space(grace, it);
  const hers = parties
    .find((one) => one.state === "ph")!
    .members.find((one) => one.name.startsWith("Dennis"))!;
  await grace.must("DELETE", `/api/joint/${it}/members/${hers.id}`);
  expect((await dennis.ask("POST", `/api/joint/${it}/things`, writes("EXERCISE"))).status).toBe(404);
  await stands(sophea, it, (one) =>
    one.parties[2]!.members.some((each) => each.id === hers.id && each.ended !== null),
  );
  const late = await wired(ph, "EXERCISE: call", { by: hers.id, at: new Date().toISOString() });
  expect(await takes(kh, "ph", "joint.put", { agency, space: it, things: [late] })).toContain(
    "NOT_ALLOWED MEMBER_ROLE_ENDED",
  );
});

test("while a party is away its things wait and the page says so; then it has them all, none twice", async () => {
  await ph.leave();
  for (let n = 0; n < 5; n++) {
    const own = Array.from({ length: 40 }, (_, i) => writes(`EXERCISE ${String(n * 40 + i)}`).own[0]!);
    await rina.must("POST", `/api/joint/${it}/things`, { ...writes(""), own });
  }
  const waiting = await stands(
    agus,
    it,
    (one) => (one.parties[2]!.line?.waits ?? 0) > 0 && one.parties[2]!.line!.away,
  );
  expect(waiting.parties[1]!.line!.away).toBe(false);
  await ph.comeBack();
  grace = await ph.as("grace");
  const count = (view: SpaceView) => view.counts.find((one) => one.kind === "note")?.count ?? 0;
  const before = count(await space(rina, it));
  await stands(grace, it, (one) => count(one) === before);
  await stands(agus, it, (one) => one.parties[2]!.line?.waits === 0);
}, 60_000);

test("a party that withdraws gets nothing from then on; what it put in stands there, frozen", async () => {
  await prove(grace, "joint.sign", it);
  await grace.must("POST", `/api/joint/${it}/withdraw`, { reason: "EXERCISE: our court forbids it" });
  await stands(agus, it, (one) => one.parties[2]!.stands === "withdrawn");
  await stands(sophea, it, (one) => one.parties[2]!.stands === "withdrawn");
  expect((await things(rina, it, "task"))[0]).toMatchObject({ party: "ph", frozen: true });
  // JIT-5: what is needed for proceedings already begun is listed, one by one, and everybody reads it.
  const task = (await things(sreymom, it, "task"))[0]!;
  const keeping = (who: Person, thing: string) =>
    who.ask("POST", `/api/joint/${it}/things/${thing}/keep`, { proceeding: "EXERCISE 12/2031" });
  expect((await keeping(sreymom, task.id)).status).toBe(204);
  expect(code(await keeping(sreymom, (await things(sreymom, it, "selector"))[0]!.id))).toBe(
    "NOT_WAITING_HERE",
  );
  await until(
    () => things(rina, it, "task"),
    (all) => named(all, task.title)?.kept[0]?.party === "kh",
  );
  expect(code(await grace.ask("POST", `/api/joint/${it}/things`, writes("EXERCISE")))).toBe("PARTY_IS_OUT");
  const late = await wired(ph, "EXERCISE: call", { at: new Date().toISOString() });
  expect(await takes(kh, "ph", "joint.put", { agency, space: it, things: [late] })).toContain("NOT_ALLOWED");
  await rina.must("POST", `/api/joint/${it}/things`, writes("EXERCISE: after they left"));
  await seen(sreymom, (all) => named(all, "EXERCISE: after they left") !== undefined);
  expect(named(await things(grace, it), "EXERCISE: after they left")).toBeUndefined();
  // The law's last word holds back what would still wait for it.
  const part = jointPart(roomOf(id));
  const body = { agency, space: it, things: [await wired(id, "EXERCISE: after they left")] };
  const out = { id: it, first: it, to: "ph", kind: "joint.put", body, attachments: [], excluded: [] };
  expect(await part.leaves!["joint.put"]!(out as never)).toEqual({
    kind: "may-not",
    because: "PARTY_IS_OUT",
  });
});

test("an extension is approved again; without it the space closes by itself, and each party confirms what it keeps", async () => {
  const paper = {
    name: "agreement.pdf",
    mediaType: "application/pdf",
    bytes: Buffer.from("%PDF EXERCISE").toString("base64"),
  };
  await agus.must("POST", `/api/joint/${it}/documents`, paper);
  const filed = await stands(sophea, it, (one) => one.documents.length === 1);
  const [file] = filed.documents;
  const sign = (who: Person, digest: string) =>
    who.ask("POST", `/api/joint/${it}/documents/${file!.id}/sign`, { digest });
  expect(code(await sign(sophea, "0".repeat(64)))).toBe("LIST_IS_ANOTHER");
  expect(code(await sign(sophea, file!.digest))).toBe("STEP_UP");
  await prove(sophea, "joint.sign", it);
  expect((await sign(sophea, file!.digest)).status).toBe(204);
  const signed = await stands(agus, it, (one) => one.documents[0]?.signatures.length === 1);
  expect(signed.documents[0]).toMatchObject({ signatures: [{ party: "kh" }], replaced: false, asksUs: true });
  await agus.must("POST", `/api/joint/${it}/documents`, { ...paper, name: "later.pdf", replaces: file!.id });
  await stands(sophea, it, (one) => one.documents[0]?.replaced === true);
  expect(code(await sign(agus, file!.digest))).toBe("NOT_WAITING_HERE");
  const { note } = await space(agus, it);
  const { space: _, version: __, proposer: ___, ...same } = note;
  // With the clauses of the agreement, in any order and as long as they may be in the script that takes most bytes (JIT-1).
  const media = { name: "media", state: null, text: "EXERCISE: both speak, or nobody." };
  const basis = (state: string, text: string) => ({ name: "basis", state, text });
  const longest = "ក".repeat(4000);
  const clauses = [media, basis("kh", longest), { name: "costs", state: null, text: " " }, basis("id", "UU")];
  await agus.must("POST", `/api/joint/${it}/extend`, {
    ...{
      ...same,
      parties: ["id", "kh"],
      share: [...same.share, "link"],
      clauses: [...clauses, basis("ph", "EXERCISE: no party any more")],
    },
    until: dayAt(Date.now() + 60 * 86_400_000),
  });
  await prove(agus, "joint.sign", it);
  const refused = await agus.ask("POST", `/api/joint/${it}/send`);
  expect(refused.body).toMatchObject({ error: { facts: { fields: "clauses:unknown" } } });
  const version = await space(agus, it);
  const { space: _s, version: _v, proposer: _p, ...draft } = version.next!.note;
  await agus.must("PUT", `/api/joint/${it}`, { ...draft, clauses });
  await agus.must("POST", `/api/joint/${it}/send`);
  await approve(sophea, it);
  const extended = await stands(agus, it, (one) => one.note.version === 2);
  expect(extended.phase).toBe("open");
  const said = [basis("id", "UU"), basis("kh", longest), media];
  expect(extended.note.clauses).toEqual(said);
  const theirs = await stands(sophea, it, (one) => one.note.version === 2);
  expect([theirs.note.clauses, theirs.digest]).toEqual([said, extended.digest]);
  // Links may go in now: each says who is linked with whom, as far as both stand here.
  const { subject, link } = await recordsOf(rina, ours.number);
  const broker = subject!.find((one) => one.role === "suspect")!;
  const links = () => things(sreymom, it, "link");
  const fixer = (await things(sreymom, it, "selector"))[0]!.title;
  for (const [record, from] of [
    [link![0]!.id, null],
    [broker.id, broker.names[0]!.text],
  ] as const) {
    await releases(rina, it, { ...writes(""), case: ours.number, records: [chosen(record)], own: [] });
    await until(links, ([one]) => one?.ends?.from === from && one.ends.to === fixer);
  }
  // Two months later.
  for (const nation of [id, kh]) nation.clock.offMs = 61 * 86_400_000;
  [agus, sophea, rina] = [await id.as("agus"), await kh.as("sophea"), await id.as("rina")];
  expect((await space(agus, it)).phase).toBe("ended");
  expect(code(await rina.ask("POST", `/api/joint/${it}/things`, writes("EXERCISE: late")))).toBe(
    "SPACE_NOT_OPEN",
  );
  expect(
    await takes(kh, "id", "joint.put", {
      agency,
      space: it,
      things: [await wired(id, "EXERCISE: after they left")],
    }),
  ).toContain("NOT_ALLOWED");
  const { digest, things: kept } = await agus.must<{ digest: string; things: ThingView[] }>(
    "GET",
    `/api/joint/${it}/export`,
  );
  expect(kept.find((one) => one.kind === "link")!.ends).toEqual({ from: broker.names[0]!.text, to: fixer });
  await prove(agus, "joint.sign", it);
  expect(code(await agus.ask("POST", `/api/joint/${it}/confirm`, { digest: "0".repeat(64) }))).toBe(
    "LIST_IS_ANOTHER",
  );
  await prove(agus, "joint.sign", it);
  await agus.must("POST", `/api/joint/${it}/confirm`, { digest });
  expect((await space(agus, it)).phase).toBe("purged");
  // The list and the head count what there is, and nothing of it is there any more.
  expect((await space(agus, it)).counts).toEqual([]);
  const left = await things(rina, it);
  expect(left.length).toBeGreaterThan(10);
  expect(left.every((one) => one.content === null && one.title === "" && one.digest.length === 64)).toBe(
    true,
  );
  await stands(sophea, it, (one) => one.parties[0]!.confirmed !== null);
  // COR-1: its content is gone, and who was given a record through it is still known: a recall reaches them.
  const given = (await things(rina, it, "selector")).filter((one) => one.party === "id");
  const job = { actor: { kind: "job", name: "test" }, purpose: "mutual-assistance" } as const;
  const holders = await id.node.store.read(job, (db) =>
    spacesForRecalls.holders(
      db,
      given.map((one) => one.id),
    ),
  );
  expect([...new Set(holders.map((one) => one.to))]).toContain("kh");
  // The evaluation comes after the content has gone, and reaches the other party.
  const evaluation = {
    ...{ reached: "partly", arrests: 4, identified: 120, referred: 118, assets: 25_000, spared: 3 },
    ...{ difficulties: "EXERCISE: interpreters", legal: "" },
  };
  await prove(agus, "joint.sign", it);
  const path = `/api/joint/${it}/evaluation`;
  expect((await agus.ask("POST", path, { ...evaluation, referred: 121 })).status).toBe(422);
  await agus.must("POST", path, evaluation);
  await stands(sophea, it, (one) => one.evaluations[0]?.identified === 120);
  // Cambodia says nothing for four weeks: then its copy goes by the clock; note, signatures and paper stay.
  await windDown(roomOf(kh));
  expect((await space(sophea, it)).phase).toBe("ended");
  kh.clock.offMs = 95 * 86_400_000;
  sophea = await kh.as("sophea");
  await windDown(roomOf(kh));
  const ended = await space(sophea, it);
  expect(ended).toMatchObject({
    phase: "purged",
    documents: [{ name: "agreement.pdf" }, { name: "later.pdf" }],
  });
  expect(ended.parties[0]!.approved).toHaveLength(2);
  // What it listed for proceedings already begun stays with it, and nothing else.
  const stays = (await things(sophea, it, "task")).filter((one) => one.content !== null);
  expect(stays.map((one) => one.title)).toEqual(["EXERCISE: read the hotel's book"]);
}, 60_000);
