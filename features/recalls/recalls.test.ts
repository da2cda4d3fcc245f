// Cambodia calls back what it gave; Indonesia and, through it, the Philippines read it no more from that moment.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { nations, type Nation } from "@simpul/testing";
import { typed } from "@simpul/testing/typed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInCommand } from "../access/command.ts";
import type { Item, Story } from "../evidence/contract.ts";
import { takeInCommand } from "../evidence/command.ts";
import type { InboxView } from "../inbox/contract.ts";
import type { LetterHead, LetterView } from "../letters/contract.ts";
import type { Choice, RequestView } from "../requests/contract.ts";
import { ask, chosen, draft, prove, recordsOf, until, view } from "../requests/testing.ts";
import {
  answers,
  arrived,
  asks,
  callsBack,
  fileOf,
  givenWith,
  held,
  heldBy,
  passesOn,
  peopleOf,
  recallOf,
  recallStands,
  why,
  type People,
  type Thread,
} from "../../testing/calling-back.ts";

let id: Nation, kh: Nation, ph: Nation;
let people: People;
let thread: Thread;
let home: string;
let item: string;
let phone: string, melly: string, van: string;
let words: string;
const today = (): string => new Date().toISOString().slice(0, 10);
let passed: { asked: string; there: string };

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-recalls-"));
  process.env["SIMPUL_CLI_HOME"] = home;
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  people = await peopleOf(id, kh, ph);
  thread = await asks(people);
  const { sreymom, rina } = people;
  const file = await fileOf("registration.csv", "date,name,phone\n2031-02-05,Melly,+62 854-0000-1702\n");
  await typed(signInCommand, ["--node", kh.web.address, "--as", "sreymom"]);
  const { text: said } = await typed(takeInCommand, [file, "--case", thread.theirs.id, "--json"]);
  item = (JSON.parse(said) as { id: string }).id;
  const { selector, subject } = await recordsOf(sreymom, thread.theirs.number);
  phone = selector!.find((one) => one.type === "phone")!.id;
  van = selector!.find((one) => one.type === "vehicle")!.id;
  melly = subject![0]!.id;
  const open = { handling: { codes: ["H0" as const] }, link: "" };
  words = await answers(people, thread, {
    records: [
      chosen(phone, open),
      chosen(melly, { link: "", grants: { case: true, court: true, recipients: ["ph" as never] } }),
      chosen(van, { ...open, evaluation: { source: "A", information: "1" } }),
    ],
    items: [chosen(item, { link: "", grants: { case: true, court: true, recipients: [] } })],
  });
  await arrived(rina, thread.asked);
  await until(
    () => held(rina, thread.ours.number),
    ({ items }) => items[0]?.arrival.state === "sealed",
  );
  passed = await passesOn(people, thread.ours.number, [phone, melly, van]);
}, 180_000);
afterAll(() => rm(home, { recursive: true }));

test("what left is listed with who has it, and only whoever gave it calls it back, with a reason", async () => {
  const { sreymom, rina } = people;
  const given = await givenWith(sreymom, thread.came);
  expect(new Set(given.map((one) => one.record))).toEqual(new Set([phone, melly, van, item, words]));
  expect(given.find((one) => one.record === melly)).toMatchObject({ to: ["id", "ph"], title: "Melly" });
  expect(given.find((one) => one.record === phone)!.to).toEqual(["id"]);
  const of = (who: (typeof people)["rina"], request: string, what: object) =>
    who.ask("POST", `/api/recalls/given/${request}`, what);
  expect(await of(rina, thread.asked, why("withdraw", [phone]))).toMatchObject({
    body: { error: { code: "NOT_GIVEN" } },
  });
  expect(await of(sreymom, thread.came, why("withdraw", [phone], { reason: " " }))).toMatchObject({
    body: { error: { code: "REASON_NEEDED" } },
  });
  expect(
    await of(sreymom, thread.came, why("withdraw", [phone], { reasonCode: "retention-over" })),
  ).toMatchObject({
    body: { error: { code: "NOT_A_LISTED_CODE" } },
  });
  expect(await of(sreymom, thread.came, why("correct", [phone]))).toMatchObject({
    body: { error: { code: "NOTHING_CHANGED" } },
  });
  const looser = why("restrict", [melly], { handling: { codes: ["H1"] } });
  expect(await of(sreymom, thread.came, looser)).toMatchObject({ body: { error: { code: "NOT_TIGHTER" } } });
  const higher = why("regrade", [phone], { evaluation: { source: "A", information: "1" } });
  expect(await of(sreymom, thread.came, higher)).toMatchObject({ body: { error: { code: "NOT_LOWER" } } });
  const sari = await id.as("sari");
  expect((await of(sari, thread.asked, why("withdraw", [phone]))).status).toBe(404);
});

test("scenario 2: a grade lowered from A1 to C4 after it went on reaches every holder, each answers in time, and what was made of it shows the flag", async () => {
  const { sreymom, sophea, rina, agus, grace } = people;
  const before = (await held(rina, thread.ours.number)).records.find((one) => one.id === van)!;
  expect(before.evaluation).toEqual({ source: "A", information: "1" });
  const lower = why("regrade", [van], { evaluation: { source: "C", information: "4" }, safety: true });
  const { id: recall } = await sreymom.must<{ id: string }>(
    "POST",
    `/api/recalls/given/${thread.came}`,
    lower,
  );
  // Whoever wrote it does not let it go; nor does anybody without her second factor.
  await prove(sreymom, "recall.approve", recall);
  expect((await sreymom.ask("POST", `/api/recalls/${recall}/approve`, { reason: "" })).status).toBe(403);
  expect(await sophea.ask("POST", `/api/recalls/${recall}/approve`, { reason: "" })).toMatchObject({
    body: { error: { code: "STEP_UP", facts: { act: "recall.approve", record: recall } } },
  });
  const inbox = await sophea.must<InboxView>("GET", "/api/inbox");
  expect(inbox.entries.find((one) => one.id === recall)).toMatchObject({ kind: "recall-approval" });
  await prove(sophea, "recall.approve", recall);
  await sophea.must("POST", `/api/recalls/${recall}/approve`, { reason: "EXERCISE" });
  const tree = await recallStands(
    sophea,
    recall,
    ({ tree: all }) => all.length === 2 && all.every((one) => one.takenAt !== null),
  );
  expect(tree.tree.map((one) => [one.holder, one.via])).toEqual(
    expect.arrayContaining([
      ["id", "kh"],
      ["ph", "id"],
    ]),
  );
  // COR-1: 24 hours where somebody may come to harm.
  expect(Date.parse(tree.due!) - Date.parse(tree.at!)).toBe(24 * 3_600_000);
  // Lowered at both from the moment it arrived, before anybody there had looked.
  for (const there of [await held(rina, thread.ours.number), await heldBy(grace, passed.there)])
    expect(there.records.find((one) => one.id === van)!.evaluation).toEqual({
      source: "C",
      information: "4",
    });
  const passedOn: RequestView = await view(rina, passed.asked);
  expect(passedOn.records.find((one) => one.id === van)!.evaluation).toEqual({
    source: "C",
    information: "4",
  });
  // Indonesia made a request of it, which is flagged; so somebody there answers. The Philippines made nothing of it.
  const seen = await recallStands(rina, recall, ({ flags }) => flags.length > 0);
  expect(seen.flags).toMatchObject([{ what: "request", about: passed.asked, record: van }]);
  expect(seen.state).toBe("open");
  const { flags } = await rina.must<{ flags: { recall: string }[] }>(
    "GET",
    `/api/recalls?request=${thread.asked}`,
  );
  expect(flags.map((one) => one.recall)).toEqual([recall]);
  const work = await agus.must<InboxView>("GET", "/api/inbox");
  expect(work.entries.find((one) => one.id === recall)).toMatchObject({ kind: "recall", due: tree.due });
  await rina.must("POST", `/api/recalls/${recall}/answer`, { outcome: "complied", text: "EXERCISE: noted." });
  const done = await recallStands(sophea, recall, ({ tree: all }) =>
    all.every((one) => one.answeredAt !== null),
  );
  const [byId, byPh] = ["id", "ph"].map((code) => done.tree.find((one) => one.holder === code)!);
  expect(byId).toMatchObject({ outcome: "complied", overdue: false });
  expect(byId!.officer).not.toBeNull();
  expect(byPh).toMatchObject({ outcome: "complied", officer: null });
  for (const one of done.tree) expect(Date.parse(one.answeredAt!)).toBeLessThan(Date.parse(done.due!));
});

test("tightened codes hold at every holder at once, and permissions given before are over", async () => {
  const { rina, sophea, grace } = people;
  const recall = await callsBack(
    people,
    thread.came,
    why("restrict", [phone], { handling: { codes: ["H1", "H2"] } }),
  );
  await recallStands(
    sophea,
    recall,
    ({ tree }) => tree.length === 2 && tree.every((one) => one.takenAt !== null),
  );
  for (const there of [await held(rina, thread.ours.number), await heldBy(grace, passed.there)]) {
    const copy = there.records.find((one) => one.id === phone)!;
    expect(copy.handling.codes).toEqual(["H1", "H2"]);
    expect(copy.may).toMatchObject({ court: false, onward: [] });
  }
  const { records } = await rina.must<{ records: Choice[] }>(
    "GET",
    `/api/requests/choices?case=${thread.ours.number}&to=ph`,
  );
  expect(records.find((one) => one.id === phone)!.stop).toMatchObject({ because: "H2", originator: "kh" });
  // Melly may go to court and to the Philippines, until Cambodia says that this is over.
  const copy = async () => (await held(rina, thread.ours.number)).records.find((one) => one.id === melly)!;
  expect((await copy()).may).toMatchObject({ court: true, onward: ["ph"] });
  const stricter = {
    codes: ["H1" as const, "H2" as const, "H3" as const],
    text: "EXERCISE: at the desk only.",
  };
  const ended = await callsBack(people, thread.came, why("restrict", [melly], { handling: stricter }));
  await recallStands(sophea, ended, ({ tree }) => tree.every((one) => one.takenAt !== null));
  expect((await copy()).may).toMatchObject({ court: false, onward: [], agencyOnly: true });
});

test("a corrected record takes the place of the old one, which nobody reads any more", async () => {
  const { sreymom, sophea, rina, grace } = people;
  const { subject } = await recordsOf(sreymom, thread.theirs.number);
  const kept = subject!.find((one) => one.id === melly)! as unknown as {
    names: { text: string }[];
    versions: Record<string, number>;
  };
  const names = [{ ...kept.names[0]!, text: "Melly A. (EXERCISE)" }];
  await sreymom.must("PATCH", `/api/cases/${thread.theirs.number}/records/subject/${melly}`, {
    field: "names",
    value: names,
    read: kept.versions["names"] ?? 1,
  });
  const given = await givenWith(sreymom, thread.came);
  expect(given.find((one) => one.record === melly)!.kinds).toContain("correct");
  const recall = await callsBack(people, thread.came, why("correct", [melly]));
  await recallStands(
    sophea,
    recall,
    ({ tree }) => tree.length === 2 && tree.every((one) => one.takenAt !== null),
  );
  for (const look of [() => held(rina, thread.ours.number), () => heldBy(grace, passed.there)]) {
    const there = await until(look, ({ records }) => records.some((one) => one.title.startsWith("Melly A.")));
    expect(there.records.filter((one) => one.id === melly)).toHaveLength(1);
  }
  const seen = await view(rina, thread.asked);
  const copies = seen.full[0]!.answers[0]!.records.filter((one) => one.id === melly);
  expect(copies.map((one) => (one.fields as { names: { text: string }[] }).names[0]!.text)).toEqual([
    "Melly A. (EXERCISE)",
  ]);
  // The new version is under the terms that held for the old one.
  expect(copies[0]!.handling.codes).toEqual(["H1", "H2", "H3"]);
});

test("what is withdrawn is read nowhere from its arrival, and stops whatever was to be made of it, saying why", async () => {
  const { sophea, rina, agus, grace } = people;
  const copy = (await held(rina, thread.ours.number)).records.find((one) => one.id === van)!;
  const { id: drafted } = await rina.must<{ id: string }>(
    "POST",
    "/api/requests",
    draft(thread.ours.number, ["ph"], { records: [chosen(van)] }),
  );
  await rina.must("POST", `/api/requests/${drafted}/submit`);
  const posted = (id: string) =>
    agus.must("POST", `/api/letters/${id}/posted`, { on: today(), channel: "courier" });
  const onPaper = { letters: ["mm-atipd"], languages: ["en", "my"], records: [chosen(van)] };
  const byLetter = await ask(rina, agus, draft(thread.ours.number, [], onPaper));
  await posted((await view(rina, byLetter)).threads[0]!.id);
  const recall = await callsBack(people, thread.came, why("withdraw", [van, words]));
  await recallStands(
    sophea,
    recall,
    ({ tree }) =>
      tree.length === 3 && tree.filter((one) => one.holder !== "mm").every((one) => one.takenAt !== null),
  );
  // Myanmar has it on paper: Indonesia's node writes the letter by itself, in no officer's name.
  const { letters } = await until(
    () => rina.must<{ letters: LetterHead[] }>("GET", "/api/letters"),
    (all) => all.letters.some((one) => one.about === "recall"),
  );
  const told = letters.find((one) => one.about === "recall")!;
  expect(await rina.must<LetterView>("GET", `/api/letters/${told.id}`)).toMatchObject({
    ...{ approvedBy: null, correspondent: "mm-atipd", of: { kind: "recall", id: recall } },
  });
  await posted(told.id);
  const shredded = { outcome: "complied", way: "phone", saidBy: "EXERCISE: registry", saidAt: today() };
  await rina.must("POST", `/api/letters/${told.id}/recalled`, shredded);
  // Whoever called it back hears it from us.
  const heard = await recallStands(sophea, recall, ({ tree }) =>
    tree.some((one) => one.holder === "mm" && one.answeredAt !== null),
  );
  expect(heard.tree.find((one) => one.holder === "mm")).toMatchObject({ via: "id", outcome: "complied" });
  expect((await rina.ask("GET", `/api/requests/received/${copy.copy}`)).status).toBe(404);
  for (const there of [await held(rina, thread.ours.number), await heldBy(grace, passed.there)])
    expect(there.records.map((one) => one.id)).not.toContain(van);
  for (const seen of [
    await view(rina, thread.asked),
    await view(rina, passed.asked),
    await view(rina, drafted),
    await view(grace, passed.there),
  ])
    expect(JSON.stringify([seen.records, seen.full.map((one) => one.answers)])).not.toContain(copy.version);
  expect((await view(rina, thread.asked)).full[0]!.answers[0]!.narrative).toEqual([]);
  // What waited for approval holds it no more; written again, it says who called it back.
  await prove(agus, "request.approve", drafted);
  const { records } = await rina.must<{ records: Choice[] }>(
    "GET",
    `/api/requests/choices?case=${thread.ours.number}&to=ph`,
  );
  expect(records.map((one) => one.id)).not.toContain(van);
  expect(
    await rina.ask("POST", "/api/requests", draft(thread.ours.number, ["ph"], { records: [chosen(van)] })),
  ).toMatchObject({
    status: 410,
    body: { error: { code: "CALLED_BACK", facts: { originator: "kh", recall } } },
  });
  const seen = await recallStands(rina, recall, ({ flags }) => flags.length > 1);
  expect(seen.flags.map((one) => one.about)).toEqual(expect.arrayContaining([drafted, passed.asked]));
});

test("an item is destroyed by its key: its chain says so, its bytes and findings open for nobody, a tombstone stays", async () => {
  const { sophea, rina, agus } = people;
  const recall = await callsBack(
    people,
    thread.came,
    why("destroy", [item], { reasonCode: "no-legal-basis" }),
  );
  const open = await recallStands(rina, recall, ({ state }) => state === "open");
  expect(open.answer).toBeNull();
  // Unreadable before anybody decided; told as called back, not as something that never was.
  for (const what of ["", "/story", "/original", "/findings"])
    expect(await rina.ask("GET", `/api/evidence/items/${item}${what}`)).toMatchObject({
      status: 410,
      body: { error: { code: "CALLED_BACK", facts: { originator: "kh", recall } } },
    });
  const court = {
    case: thread.ours.id,
    items: [item],
    recipient: "EXERCISE: Pengadilan Negeri",
    recipientState: "id",
    reason: "EXERCISE",
    fields: [],
  };
  expect(await rina.ask("POST", "/api/evidence/exports", court)).toMatchObject({
    status: 410,
    body: { error: { code: "CALLED_BACK" } },
  });
  const partly = (code?: string, text = "") =>
    agus.ask("POST", `/api/recalls/${recall}/answer`, { outcome: "refused", ...(code && { code }), text });
  expect(await partly()).toMatchObject({ body: { error: { code: "NOT_A_LISTED_CODE" } } });
  expect(await partly("duty-to-keep")).toMatchObject({ body: { error: { code: "REASON_NEEDED" } } });
  await agus.must("POST", `/api/recalls/${recall}/answer`, { outcome: "complied", text: "" });
  const done = await recallStands(sophea, recall, ({ tree }) => tree.every((one) => one.answeredAt !== null));
  expect(done.tree).toMatchObject([{ holder: "id", outcome: "complied", destroyed: 1 }]);
  const seen = await recallOf(agus, recall);
  expect(seen.list).toMatchObject([{ record: item, destroyed: true, title: "" }]);
  const left = await id.node.store.read(
    { actor: { kind: "job", name: "test" }, purpose: "administration" },
    async (db) => {
      const rows = async (query: string) =>
        (
          await db.rows.executeQuery<Record<string, unknown>>({
            sql: query,
            parameters: [item],
            query: { kind: "RawNode" } as never,
            queryId: { queryId: "test" },
          })
        ).rows;
      return {
        item: await rows("select state, file_name, disclosures from simpul.evidence_items where id = $1"),
        keys: await rows("select 1 from simpul.evidence_keys where item_id = $1"),
        findings: await rows("select 1 from simpul.evidence_findings where item_id = $1"),
        last: await rows(
          "select event from simpul.evidence_statements where item_id = $1 order by number desc limit 1",
        ),
        came: await rows("select file_name, proof from simpul.received_items where item_id = $1"),
      };
    },
  );
  expect(left.item).toEqual([{ state: "key-destroyed", file_name: "-", disclosures: [] }]);
  expect([left.keys, left.findings]).toEqual([[], []]);
  expect(left.last).toEqual([{ event: "key-destroyed" }]);
  expect(left.came).toEqual([{ file_name: "-", proof: {} }]);
  // At home it is ours as before; nobody abroad destroys it.
  const own = await people.sreymom.must<Item>("GET", `/api/evidence/items/${item}`);
  expect(own).toMatchObject({ state: "sealed", fileName: "registration.csv" });
  expect((await people.sreymom.must<Story>("GET", `/api/evidence/items/${item}/story`)).intact).toBe(true);
});
