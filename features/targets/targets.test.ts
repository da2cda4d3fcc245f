// Targets: nominated with reasons, under review like every other, followed to an outcome; what is overdue goes up (VIC-2).
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import type { Id } from "@simpul/model";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import type { InboxView } from "../inbox/contract.ts";
import { arrival, draft, prove, until } from "../requests/testing.ts";
import type { RequestView } from "../requests/contract.ts";
import { releases } from "../../testing/exercise-ring.ts";
import { exercisePassphrase, type KeyView } from "../reviews/keys.ts";
import type { CompareView } from "../reviews/contract.ts";
import { statusKind } from "../victims/contract.ts";
import { targetLimits, type ListedFreeze, type TargetHead, type TargetView } from "./contract.ts";

let id: Nation, kh: Nation;
let sari: Person, bima: Person, ratna: Person;
let number: string;
let rizki: Id, budi: Id, palm: Id, wallet: Id;
let ofVictim: Id, ofOther: Id, ofPalm: Id;
const hour = 3_600_000;

const code = async (who: Person, method: string, path: string, body?: unknown): Promise<string> => {
  const got = await who.ask<{ error: { code: string } } | null>(method, path, body);
  return got.status < 300 ? "" : (got.body as { error: { code: string } }).error.code;
};
const put = async (kind: string, fields: object): Promise<Id> =>
  (await sari.must<{ id: Id }>("POST", `/api/cases/${number}/records/${kind}`, { fields })).id;
const person = async (text: string, birth: string, phone: string): Promise<Id> => {
  const names = [{ text, language: "id" }];
  const subject = await put("subject", { kind: "person", role: "suspect", names, birth });
  await put("selector", { type: "phone", written: phone, role: "suspect", subject });
  return subject;
};
const inDays = (days: number): string =>
  new Date(id.clock.now().getTime() + days * 24 * hour).toISOString().slice(0, 10);
const asking = (subject: Id, more: object = {}) => ({
  ...{ case: number, subject, reasons: "LATIHAN: memimpin perekrutan, dua saksi dan pembayaran" },
  ...{ followUp: { on: inDays(14), text: "LATIHAN" } },
  ...more,
});
const nominated = async (subject: Id): Promise<Id> =>
  (await sari.must<{ id: Id }>("POST", "/api/targets", asking(subject))).id;
const view = (who: Person, target: Id) => who.must<TargetView>("GET", `/api/targets/${target}`);
const act = (who: Person, target: Id, path: string, body?: unknown) =>
  code(who, "POST", `/api/targets/${target}/${path}`, body);
const step = (name: string, more: object = {}) => ({
  ...{ step: name, on: inDays(0), text: "LATIHAN", followUp: { on: inDays(10), text: "" } },
  ...more,
});
/** As everybody reads it, but for whom it is about. */
const shape = ({
  id: _id,
  name: _name,
  subject: _subject,
  review,
  nominatedAt: _at,
  ...rest
}: TargetView) => ({
  ...rest,
  review: review !== null,
});
const waits = async (who: Person, target: Id): Promise<string[]> =>
  (await who.must<InboxView>("GET", "/api/inbox")).entries
    .filter((one) => one.to === `/targets/${target}`)
    .map((one) => one.kind);

let maya: VictimDesk, lestari: VictimDesk, victim: Id;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [sari, bima, ratna] = [await id.as("sari"), await id.as("bima"), await id.as("ratna")];
  ({ number } = await sari.must<{ number: string }>("POST", "/api/cases", {
    ...{ title: "LATIHAN", crimeType: "trafficking-forced-criminality" },
  }));
  rizki = await person("Mohamad Rizky Pratama", "1999-04-02", "+62 854-0000-1777");
  budi = await person("Budi Hartono", "1988-01-01", "+62 854-0000-1778");
  const names = [{ text: "EXERCISE Golden Palm Ltd", language: "en" }];
  palm = await put("subject", { kind: "organisation", role: "business", names });
  wallet = await put("selector", {
    ...{ type: "wallet", written: "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", role: "business", subject: palm },
  });
  maya = await openVictimDesk(id, "maya");
  victim = await (
    await maya.desk()
  ).act(async (tx) => {
    const made = await tx.create({
      names: [{ text: "Muhammad Rizki Pratama", use: "own" }],
      born: { written: "2 April 1999", read: "1999-04-02", calendar: "common" },
      contacts: [{ how: "phone", text: "+62 854-0000-1777", safe: true }],
    });
    await tx.append(made, statusKind, {
      ...{ state: "id", authority: "Meja Korban (LATIHAN)", status: "presumed", basis: "UU 21/2007" },
      ...{ reason: "LATIHAN", appeal: "LATIHAN" },
    });
    return made;
  });
  await ratna.must("POST", "/api/reviews/key", { passphrase: exercisePassphrase });
  const { letters } = await ratna.must<KeyView>("GET", "/api/reviews/key");
  const { readers } = await maya.person.must<CompareView>("GET", "/api/reviews/compare");
  await maya.person.must("POST", `/api/reviews/readers/${readers[0]!.key}`, { letters });
}, 180_000);

test("a named officer nominates with reasons; persons wait for their review all alike, a company does not", async () => {
  [ofVictim, ofOther, ofPalm] = [await nominated(rizki), await nominated(budi), await nominated(palm)];
  const [one, other] = [await view(sari, ofVictim), await view(sari, ofOther)];
  expect(shape(one)).toEqual(shape(other));
  expect(one).toMatchObject({ state: "under-review", owner: sari.id, nominatedBy: sari.id, next: [] });
  expect(await view(sari, ofPalm)).toMatchObject({ state: "standing", review: null });
  expect(await code(sari, "POST", "/api/targets", asking(rizki))).toBe("TARGET_ALREADY");
});

test("without reasons, with a day past or too far, or about whom the case protects, nothing is nominated", async () => {
  const hers = await put("subject", { kind: "person", role: "victim" });
  const tries: [object, string][] = [
    [asking(hers), "TARGET_PROTECTED"],
    [asking(palm, { reasons: "short" }), "BAD_INPUT"],
    [asking(palm, { followUp: { on: inDays(-1), text: "" } }), "FOLLOW_UP_OUT_OF_RANGE"],
    [asking(palm, { followUp: { on: inDays(400), text: "" } }), "FOLLOW_UP_OUT_OF_RANGE"],
    [asking(wallet), "NOT_FOUND"],
    [asking(palm, { case: "ID-2026-999999" }), "NOT_FOUND"],
  ];
  for (const [ask, says] of tries) expect(await code(sari, "POST", "/api/targets", ask), says).toBe(says);
});

test("who does not see the case finds no target, and does nothing about one", async () => {
  for (const key of ["rina", "tono", "hendra", "maya"]) {
    const stranger = await id.as(key);
    expect((await stranger.must<{ targets: TargetHead[] }>("GET", "/api/targets")).targets, key).toEqual([]);
    expect(await code(stranger, "GET", `/api/targets/${ofPalm}`), key).toBe("NOT_FOUND");
    expect(await code(stranger, "POST", "/api/targets", asking(palm)), key).toBe("NOT_FOUND");
    for (const [path, body] of [
      ["take", undefined],
      ["accept", undefined],
      ["steps", step("located")],
      ["follow-up", { on: inDays(1), text: "" }],
      ["withdraw", { reason: "LATIHAN" }],
      ["freezes", { selector: wallet, recipient: "LATIHAN", basis: "LATIHAN", hours: 2 }],
    ] as const)
      expect(await act(stranger, ofPalm, path, body), `${key} ${path}`).toBe("NOT_FOUND");
  }
});

test("while it is under review nobody writes a step, and nobody but the prosecutor with her key gets another answer", async () => {
  for (const target of [ofVictim, ofOther]) {
    expect(await act(sari, target, "steps", step("located"))).toBe("TARGET_UNDER_REVIEW");
    expect(await act(sari, target, "accept")).toBe("REVIEW_PENDING");
    expect(await act(ratna, target, "accept")).toBe("REVIEW_PENDING");
  }
});

test("a wallet is frozen without waiting: asked of whom, with a clock; an answer overdue goes up, one answer counts", async () => {
  const ask = { selector: wallet, recipient: "EXERCISE Exchange", basis: "pasal 71 UU 8/2010", hours: 2 };
  const { id: freeze } = await sari.must<{ id: Id }>("POST", `/api/targets/${ofPalm}/freezes`, ask);
  expect(await act(sari, ofPalm, "freezes", { ...ask, selector: rizki })).toBe("NOT_FOUND");
  expect(await waits(sari, ofPalm)).toEqual(["freeze-due"]);
  // The financial intelligence desk has it in its list with the clock once she is on the case's team, and not before.
  const intan = await id.as("intan");
  const hers = async () =>
    (await intan.must<{ freezes: ListedFreeze[] }>("GET", "/api/targets/freezes")).freezes;
  expect(await hers()).toEqual([]);
  await sari.must("POST", `/api/cases/${number}/team`, { officer: intan.id, role: "analyst" });
  expect(await hers()).toMatchObject([{ id: freeze, target: ofPalm, state: "asked", case: number }]);
  id.clock.offMs = 3 * hour;
  [sari, bima] = [await id.as("sari"), await id.as("bima")];
  expect(await waits(bima, ofPalm)).toEqual([]);
  await chore();
  expect(await waits(bima, ofPalm)).toEqual(["freeze-overdue"]);
  const answer = { state: "frozen", answer: "LATIHAN", amount: "1200 USDT", until: inDays(5) };
  expect(await act(sari, ofPalm, `freezes/${freeze}/answer`, answer)).toBe("");
  expect(await act(sari, ofPalm, `freezes/${freeze}/answer`, answer)).toBe("FREEZE_ANSWERED");
  expect(await waits(sari, ofPalm)).toEqual(["freeze-ends"]);
  expect((await view(sari, ofPalm)).freezes).toMatchObject([{ state: "frozen", until: inDays(5) }]);
});

test("however many ask at once, no more is frozen of one target than it may have", async () => {
  const owner = new pg.Client(id.node.settings.databaseUrl!);
  await owner.connect();
  /** With the table open to its owner; afterwards as it was. */
  const rows = async (text: string): Promise<number> => {
    await owner.query("begin; alter table simpul.target_freezes no force row level security");
    const done = await owner.query(text, [ofPalm]);
    await owner.query("alter table simpul.target_freezes force row level security; commit");
    return done.rowCount ?? 0;
  };
  try {
    // One stands from before; two more fit.
    const fill = targetLimits.freezes - 3;
    await rows(`insert into simpul.target_freezes (target_id, id, selector_id, type, value, recipient, basis, asked_by,
        asked_at, due_at)
      select f.target_id, gen_random_uuid(), f.selector_id, f.type, f.value, 'EXERCISE filler', f.basis, f.asked_by,
        f.asked_at, f.due_at from simpul.target_freezes f, generate_series(1, ${String(fill)}) where f.target_id = $1`);
    const ask = { selector: wallet, recipient: "EXERCISE filler", basis: "pasal 71 UU 8/2010", hours: 2 };
    const said = await Promise.all([1, 2, 3, 4, 5].map(() => act(sari, ofPalm, "freezes", ask)));
    expect(said.toSorted()).toEqual(["", "", "LIMIT_REACHED", "LIMIT_REACHED", "LIMIT_REACHED"]);
  } finally {
    await rows("delete from simpul.target_freezes where target_id = $1 and recipient = 'EXERCISE filler'");
    await owner.end();
  }
});

/** She says what a request must say; then it is approved like every other. */
async function letGo(request: Id): Promise<void> {
  const at = `/api/requests/${request}`;
  const { draft: begun, version } = await sari.must<RequestView>("GET", at);
  const {
    to: _to,
    questions: _questions,
    records: _records,
    subject: _subject,
    ...rest
  } = draft(number, ["kh"]);
  const { urgent, urgencyReason } = begun;
  await sari.must("PUT", at, { ...begun, ...rest, urgent, urgencyReason, version });
  await sari.must("POST", `${at}/submit`);
  const agus = await id.as("agus");
  await prove(agus, "request.approve", request);
  await agus.must("POST", `${at}/approve`, { reason: "EXERCISE" });
}

test("a freeze goes out as a request with its clock, says nothing of a person, and the answer stands at the freeze", async () => {
  // Both states read one clock, or no line stands between them.
  kh.clock.offMs = id.clock.offMs;
  const request = {
    ...{ to: { state: "kh" }, subject: "EXERCISE: freeze of a wallet", language: "en" },
    question: "EXERCISE: please have this wallet frozen, and tell us until when.",
  };
  const ask = { selector: wallet, recipient: "EXERCISE Exchange", basis: "pasal 71 UU 8/2010", hours: 48 };
  expect(await act(sari, ofPalm, "freezes", { ...ask, request: { ...request, to: { state: "th" } } })).toBe(
    "NOT_A_STATE",
  );
  const nobody = { ...request, to: { letter: "mm-nobody" } };
  expect(await act(sari, ofPalm, "freezes", { ...ask, request: nobody })).toBe("NOT_A_CORRESPONDENT");
  const { id: freeze } = await sari.must<{ id: Id }>("POST", `/api/targets/${ofPalm}/freezes`, {
    ...{ ...ask, request },
  });
  const here = async () => (await view(sari, ofPalm)).freezes.find((one) => one.id === freeze)!;
  const asked = await here();
  // Nobody is late while it is being drafted.
  expect(asked).toMatchObject({ state: "asked", dueAt: null, way: { state: "draft", peer: "kh" } });
  const at = `/api/requests/${asked.request!}`;
  const begun = await sari.must<RequestView>("GET", at);
  expect(begun.draft).toMatchObject({ urgent: true, questions: [{ text: request.question }] });
  expect(begun.records.map((one) => one.id)).toEqual([wallet]);
  expect(JSON.stringify(begun.draft)).not.toMatch(/Golden Palm|target/i);
  await letGo(asked.request!);
  const [sophea, sreymom] = [await kh.as("sophea"), await kh.as("sreymom")];
  const came = await arrival(sophea);
  const onItsWay = await until(here, ({ way }) => way !== null && way.clock !== null);
  expect(onItsWay.way!.reference).toMatch(/^ID-KH-/);
  const sentAgo = id.node.clock.now().getTime() + 48 * hour - Date.parse(onItsWay.dueAt!);
  expect(sentAgo).toBeGreaterThanOrEqual(0);
  expect(Date.parse(onItsWay.dueAt!)).toBeGreaterThan(Date.parse(onItsWay.askedAt) + 48 * hour);
  const { freezes } = await sari.must<{ freezes: ListedFreeze[] }>("GET", "/api/targets/freezes");
  const listed = freezes.find((one) => one.id === freeze);
  expect(listed).toMatchObject({ dueAt: onItsWay.dueAt, way: { reference: onItsWay.way!.reference } });
  expect(await waits(sari, ofPalm)).not.toContain("freeze-answered");
  await releases(sreymom, sophea, came);
  await until(here, (one) => one.way?.state === "answered");
  expect(await waits(sari, ofPalm)).toContain("freeze-answered");
  const answer = { state: "frozen", answer: "LATIHAN", amount: "900 USDT", until: inDays(30) };
  expect(await act(sari, ofPalm, `freezes/${freeze}/answer`, answer)).toBe("");
  expect(await waits(sari, ofPalm)).not.toContain("freeze-answered");
  expect(await here()).toMatchObject({ state: "frozen", way: { state: "answered" } });
}, 60_000);

test("a freeze that is asked by letter has its clock from when the letter was posted, not from its approval", async () => {
  const request = {
    ...{ to: { letter: "mm-atipd" }, subject: "EXERCISE: freeze of a wallet", language: "en" },
    question: "EXERCISE: please have this wallet frozen, and tell us until when.",
  };
  const ask = { selector: wallet, recipient: "EXERCISE Exchange", basis: "pasal 71 UU 8/2010", hours: 48 };
  const { id: freeze } = await sari.must<{ id: Id }>("POST", `/api/targets/${ofPalm}/freezes`, {
    ...{ ...ask, request },
  });
  const here = async () => (await view(sari, ofPalm)).freezes.find((one) => one.id === freeze)!;
  await letGo((await here()).request!);
  expect(await here()).toMatchObject({ dueAt: null, way: { state: "queued", peer: "mm" } });
  const { threads } = await sari.must<RequestView>("GET", `/api/requests/${(await here()).request!}`);
  const sent = { on: inDays(-1), channel: "courier", note: "EXERCISE: bag 17" };
  await (await id.as("agus")).must("POST", `/api/letters/${threads[0]!.id}/posted`, sent);
  const gone = await here();
  expect(gone.way).toMatchObject({ state: "posted" });
  const due = Date.parse(`${sent.on}T12:00:00Z`) + 48 * hour;
  // What she has as a span at the drafting is held to the millisecond of the row.
  expect(Math.abs(Date.parse(gone.dueAt!) - due)).toBeLessThan(5000);
  const no = { state: "refused", answer: "LATIHAN", amount: "", until: null };
  expect(await act(sari, ofPalm, `freezes/${freeze}/answer`, no)).toBe("");
}, 60_000);

/** By the node's own clock, as its worker would. */
async function chore(): Promise<number> {
  const { escalateTargets } = await import("./follow.ts");
  const { store, clock } = id.node;
  return escalateTargets({ store, clock } as Parameters<typeof escalateTargets>[0]);
}

test("after the review's time the prosecutor lets one stand; the one who is a presumed victim looks as it looked before", async () => {
  id.clock.offMs = 49 * hour;
  [sari, bima, ratna] = [await id.as("sari"), await id.as("bima"), await id.as("ratna")];
  [maya, lestari] = [await openVictimDesk(id, "maya"), await openVictimDesk(id, "lestari")];
  const review = (await view(sari, ofVictim)).review!;
  for (const desk of [maya, lestari])
    await desk.person.must("POST", "/api/reviews/compare/words", {
      ...{ review, person: victim, says: "same", reason: "LATIHAN: sama" },
    });
  expect(shape(await view(sari, ofVictim))).toEqual(shape(await view(sari, ofOther)));
  await ratna.must("POST", "/api/reviews/key/open", { passphrase: exercisePassphrase });
  expect((await waits(ratna, ofVictim)).concat(await waits(ratna, ofOther))).toEqual([
    "target-accept",
    "target-accept",
  ]);
  const ruling = (which: Id, says: string) =>
    code(ratna, "POST", `/api/reviews/results/${which}`, { ruling: says, reason: "LATIHAN: cukup alasan" });
  expect(await ruling(review, "stop")).toBe("");
  expect(await ruling((await view(sari, ofOther)).review!, "pass")).toBe("");
  // Nothing of a ruling shows before it is used.
  expect(shape(await view(sari, ofVictim))).toEqual(shape(await view(sari, ofOther)));
  const before = await view(sari, ofVictim);
  expect(await act(ratna, ofVictim, "accept")).toBe("REVIEW_LOCKED");
  expect(await act(ratna, ofOther, "accept")).toBe("");
  expect(await view(sari, ofVictim)).toEqual(before);
  expect(await act(sari, ofVictim, "accept")).toBe("REVIEW_PENDING");
  expect(await view(sari, ofOther)).toMatchObject({ state: "standing", acceptedBy: ratna.id });
});

test("it is followed from located to arrested in an order that can be; a charge passes a review of its own", async () => {
  expect(await act(sari, ofOther, "steps", step("convicted"))).toBe("STEP_OUT_OF_ORDER");
  for (const name of ["located", "wanted", "arrested"])
    expect(await act(sari, ofOther, "steps", step(name)), name).toBe("");
  expect(await act(sari, ofOther, "steps", step("charged"))).toBe("CHARGE_REVIEW_NEEDED");
  const reviewOf = async (subject: Id): Promise<Id> =>
    (
      await sari.must<{ id: Id }>("POST", "/api/reviews", {
        ...{ kind: "charge", of: { case: number, subject }, reason: "LATIHAN" },
      })
    ).id;
  const [his, hers] = [await reviewOf(budi), await reviewOf(rizki)];
  expect(await act(sari, ofOther, "steps", step("charged", { review: hers }))).toBe("CHARGE_REVIEW_NEEDED");
  expect(await act(sari, ofOther, "steps", step("charged", { review: his }))).toBe("REVIEW_PENDING");
  expect(await view(sari, ofOther)).toMatchObject({
    last: { step: "arrested" },
    next: ["located", "wanted", "arrested", "released", "charged", "assets", "closed"],
  });
  expect(await act(sari, ofPalm, "steps", step("arrested"))).toBe("STEP_OUT_OF_ORDER");
  expect(await act(sari, ofPalm, "steps", step("assets"))).toBe("");
});

test("a follow-up that nobody did goes up to the supervisor once, and comes down with the next day", async () => {
  expect(await act(sari, ofPalm, "follow-up", { on: inDays(1), text: "LATIHAN: tanya bank" })).toBe("");
  expect(await waits(sari, ofPalm)).toContain("target-follow-up");
  id.clock.offMs += 2 * 24 * hour;
  [sari, bima] = [await id.as("sari"), await id.as("bima")];
  expect(await chore()).toBe(1);
  expect(await chore()).toBe(0);
  expect(await waits(bima, ofPalm)).toEqual(["target-overdue"]);
  expect((await view(bima, ofPalm)).escalated).toBe(true);
  expect(await act(bima, ofPalm, "take")).toBe("");
  expect(await act(bima, ofPalm, "follow-up", { on: inDays(3), text: "" })).toBe("");
  expect(await waits(bima, ofPalm)).not.toContain("target-overdue");
  expect(await view(sari, ofPalm)).toMatchObject({ owner: bima.id, escalated: false });
});

test("closed or withdrawn, with the reason, it stays readable and is done with", async () => {
  expect(await act(sari, ofPalm, "steps", step("closed", { followUp: null }))).toBe("");
  expect(await act(sari, ofPalm, "take")).toBe("TARGET_OVER");
  expect(await act(sari, ofVictim, "withdraw", { reason: "LATIHAN: keliru" })).toBe("");
  expect(await view(sari, ofVictim)).toMatchObject({ state: "withdrawn", followUp: null, may: [] });
  ratna = await id.as("ratna");
  expect(await act(ratna, ofVictim, "accept")).toBe("TARGET_OVER");
  // What was found since is looked at again: the prosecutor takes it back without being of the case.
  expect((await view(ratna, ofOther)).may).toEqual(["withdraw"]);
  expect(await act(ratna, ofOther, "withdraw", { reason: "LATIHAN" })).toBe("");
});
