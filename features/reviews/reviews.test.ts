// Legal reviews: one span for everybody, two persons say who is the same, the result reaches a prosecutor's key alone (VIC-2).
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import { entries } from "../../testing/joint-room.ts";
import type { Id } from "@simpul/model";
import { verifyStatement, type SignedStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { beforeAll, expect, test } from "vitest";
import { randomId, statusKind } from "../victims/contract.ts";
import type { CompareView, RuledReview, ReviewView } from "./contract.ts";
import { exercisePassphrase, type KeyView } from "./keys.ts";

let id: Nation;
let sari: Person, yusuf: Person, ratna: Person;
let maya: VictimDesk, lestari: VictimDesk;
let number: string;
let rizki: Id, budi: Id;
const hour = 3_600_000;

const subject = async (text: string, birth: string, phone: string): Promise<Id> => {
  const at = `/api/cases/${number}/records`;
  const fields = { kind: "person", role: "suspect", names: [{ text, language: "id" }], birth };
  const made = await sari.must<{ id: Id }>("POST", `${at}/subject`, { fields });
  await sari.must("POST", `${at}/selector`, {
    fields: { type: "phone", written: phone, role: "suspect", subject: made.id },
  });
  return made.id;
};
const code = async (who: Person, method: string, path: string, body?: unknown): Promise<string> => {
  const got = await who.ask<{ error: { code: string } } | null>(method, path, body);
  return got.status < 300 ? "" : (got.body as { error: { code: string } }).error.code;
};
const opened = async (of: Id, kind = "charge"): Promise<Id> =>
  (
    await sari.must<{ id: Id }>("POST", "/api/reviews", {
      ...{ kind, of: { case: number, subject: of }, reason: "LATIHAN: pasal penipuan daring" },
    })
  ).id;
const compare = (desk: VictimDesk) => desk.person.must<CompareView>("GET", "/api/reviews/compare");
const word = (desk: VictimDesk, review: Id, person: Id, says: string) =>
  code(desk.person, "POST", "/api/reviews/compare/words", { review, person, says, reason: "LATIHAN: sama" });
const result = (review: Id) => ratna.must<RuledReview>("GET", `/api/reviews/results/${review}`);
const rule = (review: Id, ruling: string, reason = "") =>
  code(ratna, "POST", `/api/reviews/results/${review}`, { ruling, reason });
const statement = (who: Person, review: Id, kind = "charge") =>
  code(who, "POST", `/api/reviews/${review}/statement`, { kind });
const status = (state: string, said: string) => ({
  ...{ state, authority: "Meja Korban (LATIHAN)", status: said as "presumed", basis: "UU 21/2007" },
  ...{ reason: "LATIHAN", appeal: "LATIHAN" },
});

let victim: Id;
let ofVictim: Id, ofOther: Id, ofPenalty: Id;

beforeAll(async () => {
  ({ id } = await nations("id"));
  [sari, yusuf, ratna] = [await id.as("sari"), await id.as("yusuf"), await id.as("ratna")];
  ({ number } = await sari.must<{ number: string }>("POST", "/api/cases", {
    ...{ title: "LATIHAN", crimeType: "trafficking-forced-criminality" },
  }));
  rizki = await subject("Mohamad Rizky Pratama", "1999-04-02", "+62 854-0000-1777");
  budi = await subject("Budi Hartono", "1988-01-01", "+62 854-0000-1778");
  maya = await openVictimDesk(id, "maya");
  victim = await (
    await maya.desk()
  ).act(async (tx) => {
    const person = await tx.create({
      names: [{ text: "Muhammad Rizki Pratama", use: "own" }],
      born: { written: "2 April 1999", read: "1999-04-02", calendar: "common" },
      contacts: [{ how: "phone", text: "+62 854-0000-1777", safe: true }],
    });
    await tx.append(person, statusKind, status("id", "presumed"));
    return person;
  });
}, 180_000);

test("an investigator asks about two persons and reads the same of both; nothing of it tells them apart", async () => {
  [ofVictim, ofOther] = [await opened(rizki), await opened(budi)];
  const [one, other] = await Promise.all(
    [ofVictim, ofOther].map((each) => sari.must<ReviewView>("GET", `/api/reviews/${each}`)),
  );
  const same = ({ state, law, dueAt, openedAt, may }: ReviewView) => ({
    ...{ state, law, may, span: Date.parse(dueAt) - Date.parse(openedAt) },
  });
  expect(same(one!)).toEqual(same(other!));
  expect(same(one!)).toMatchObject({ state: "pending", span: 48 * hour });
  expect(one!.person.phones).toEqual(["+6285400001777"]);
});

test("who has no part in it finds no review, and cannot ask for one of a stranger's case", async () => {
  for (const key of ["rina", "tono", "hendra"]) {
    const stranger = await id.as(key);
    expect(await code(stranger, "GET", `/api/reviews/${ofVictim}`), key).toBe("NOT_FOUND");
    const ask = { kind: "charge", of: { case: number, subject: rizki }, reason: "LATIHAN" };
    expect(await code(stranger, "POST", "/api/reviews", ask), key).toBe("NOT_FOUND");
    for (const path of ["/api/reviews/compare", "/api/reviews/results", `/api/reviews/results/${ofVictim}`])
      expect(await code(stranger, "GET", path), `${key} ${path}`).toBe("NOT_FOUND");
    expect(await code(stranger, "POST", "/api/reviews/key", { passphrase: exercisePassphrase })).toBe(
      "NOT_FOUND",
    );
  }
  expect(await code(sari, "POST", "/api/reviews/compare")).toBe("NOT_FOUND");
  expect(await word({ ...maya, person: sari }, ofVictim, victim, "same")).toBe("NOT_FOUND");
  expect(await statement(sari, ofVictim)).toBe("REVIEW_PENDING");
  expect(await statement(sari, ofOther)).toBe("REVIEW_PENDING");
  expect(await statement(sari, ofVictim, "target")).toBe("NOT_FOUND");
});

test("an immigration officer asks without a case; an empty person and an organisation are refused", async () => {
  const person = { names: [], birth: null, nationalities: [], documents: [], phones: [] };
  const ask = { kind: "immigration-penalty", of: { person }, reason: "LATIHAN: tinggal melewati izin" };
  expect(await code(yusuf, "POST", "/api/reviews", ask)).toBe("NOT_NAMED");
  const named = {
    ...{ ...person, names: [{ text: "Siti Aminah", language: "id" }], phones: ["0854-0000-1779"] },
    ...{ nationalities: ["MM"], documents: ["MM1234567"] },
  };
  ({ id: ofPenalty } = await yusuf.must<{ id: Id }>("POST", "/api/reviews", {
    ...{ ...ask, of: { person: named } },
  }));
  // Her passport is that of her state, and not of where she stands.
  const seen = await yusuf.must<ReviewView>("GET", `/api/reviews/${ofPenalty}`);
  expect(seen.person.documents).toEqual(["passport:MMR:MM1234567"]);
  // Whoever is no immigration officer works from a case.
  expect(await code(sari, "POST", "/api/reviews", { ...ask, of: { person: named } })).toBe("NOT_ALLOWED");
  const company = await sari.must<{ id: Id }>("POST", `/api/cases/${number}/records/subject`, {
    fields: { kind: "organisation", role: "business", names: [{ text: "LATIHAN Ltd", language: "en" }] },
  });
  const of = { case: number, subject: company.id };
  expect(await code(sari, "POST", "/api/reviews", { kind: "charge", of, reason: "LATIHAN" })).toBe(
    "NOT_A_PERSON",
  );
  for (const bad of [{ kind: "arrest" }, { reason: "" }, { of: { person: { ...named, birth: "1999-13" } } }])
    expect(await code(yusuf, "POST", "/api/reviews", { ...ask, of: { person: named }, ...bad })).toBe(
      "BAD_INPUT",
    );
});

test("a prosecutor makes her key, the victim desk lets in the letters she reads out and no others", async () => {
  const key = () => ratna.must<KeyView>("GET", "/api/reviews/key");
  expect((await key()).state).toBe("none");
  expect(await code(ratna, "POST", "/api/reviews/key", { passphrase: "short" })).toBe("KEY_WEAK");
  await ratna.must("POST", "/api/reviews/key", { passphrase: exercisePassphrase });
  expect(await code(ratna, "POST", "/api/reviews/key/open", { passphrase: exercisePassphrase })).toBe(
    "KEY_UNKNOWN",
  );
  const { letters } = await key();
  const { readers } = await compare(maya);
  expect(readers).toMatchObject([{ letters, state: "waits" }]);
  const letIn = (typed: string) =>
    code(maya.person, "POST", `/api/reviews/readers/${readers[0]!.key}`, { letters: typed });
  expect(await letIn("0000 0000 0000 0000 0000 0000")).toBe("OTHER_LETTERS");
  expect(await letIn(letters!.toLowerCase())).toBe("");
  expect(await letIn(letters!)).toBe("NOT_NOW");
  expect(await code(ratna, "POST", "/api/reviews/key/open", { passphrase: "wrong wrong wrong" })).toBe(
    "KEY_PASSPHRASE",
  );
  expect(await code(ratna, "GET", "/api/reviews/results")).toBe("KEY_CLOSED");
  await ratna.must("POST", "/api/reviews/key/open", { passphrase: exercisePassphrase });
  // Before its time she reads no more than everybody.
  expect((await result(ofVictim)).result).toMatchObject({ kind: "open", effect: null });
  expect(await rule(ofVictim, "pass", "LATIHAN: cukup alasan untuk ini")).toBe("REVIEW_PENDING");
});

test("the desk sees whom it may know side by side with reasons; one word decides nothing, the same officer's second neither", async () => {
  const { candidates } = await compare(maya);
  expect(candidates).toMatchObject([{ review: ofVictim, person: victim, outcome: "open" }]);
  expect(candidates[0]!.why).toEqual(["phone-same", "name-near", "birth-same"]);
  expect(await word(maya, ofVictim, victim, "same")).toBe("");
  expect(await word(maya, ofVictim, victim, "same")).toBe("SAID_ALREADY");
  expect(await word(maya, ofOther, victim, "same")).toBe("NOT_FOUND");
  expect(await word(maya, ofVictim, randomId(), "same")).toBe("NOT_FOUND");
  expect((await compare(maya)).candidates[0]).toMatchObject({ outcome: "open", words: [{ says: "same" }] });
});

test("when the time is over both stand the same for the investigator; the prosecutor waits where two persons have not agreed", async () => {
  id.clock.offMs = 49 * hour;
  ratna = await reopened();
  const [a, b] = await Promise.all(
    [ofVictim, ofOther].map((each) => sari.must<ReviewView>("GET", `/api/reviews/${each}`)),
  );
  expect([a!.state, b!.state]).toEqual(["with-prosecutor", "with-prosecutor"]);
  expect((await result(ofVictim)).result.kind).toBe("open");
  expect((await result(ofOther)).result.kind).toBe("nothing");
  expect(await rule(ofVictim, "pass", "LATIHAN: cukup alasan untuk ini")).toBe("REVIEW_PENDING");
  expect(await rule(ofOther, "pass")).toBe("");
  expect(await statement(ratna, ofOther)).toBe("");
  expect(await statement(sari, ofOther)).toBe("REVIEW_PENDING");
});

test("a penalty may go on: the desk that asked is handed the statement, cites it and prints it; nobody else takes it", async () => {
  yusuf = await id.as("yusuf");
  const at = `/api/reviews/${ofPenalty}/statement`;
  const inbox = async (): Promise<string[]> =>
    (await entries(yusuf)).map((one) => one.kind).filter((kind) => kind === "review-statement");
  expect(await code(ratna, "POST", `${at}/hand-over`)).toBe("REVIEW_PENDING");
  expect(await rule(ofPenalty, "pass")).toBe("");
  expect(await code(yusuf, "POST", `${at}/hand-over`)).toBe("REVIEW_PENDING");
  // A charge is filed by the prosecutor herself.
  expect(await code(ratna, "POST", `/api/reviews/${ofOther}/statement/hand-over`)).toBe("NOT_FOUND");
  for (const path of ["take", "paper"])
    expect(await code(yusuf, path === "take" ? "POST" : "GET", `${at}/${path}`), path).toBe("NOT_FOUND");
  expect(await inbox()).toEqual([]);
  expect(await code(ratna, "POST", `${at}/hand-over`)).toBe("");
  expect(await inbox()).toEqual(["review-statement"]);
  const seen = await yusuf.must<ReviewView>("GET", `/api/reviews/${ofPenalty}`);
  expect(seen).toMatchObject({ state: "with-prosecutor", may: ["withdraw", "take"] });
  expect(JSON.stringify(seen)).not.toMatch(/nothing|result|effect/);
  for (const stranger of [sari, ratna])
    expect(await code(stranger, "POST", `${at}/take`), stranger.id).toBe("NOT_FOUND");
  const signed = await yusuf.must<SignedStatement>("POST", `${at}/take`);
  const { body } = await verifyStatement(signed, [id.node.keys.signer.publicKey], nodeVerifying);
  expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({
    ...{ node: "id", review: ofPenalty, kind: "immigration-penalty" },
  });
  expect(await inbox()).toEqual([]);
});

/** Sessions do not last that long. */
async function reopened(): Promise<Person> {
  sari = await id.as("sari");
  const again = await id.as("ratna");
  await again.must("POST", "/api/reviews/key/open", { passphrase: exercisePassphrase });
  return again;
}

test("a second person agrees: the law of this state locks, both desks read it, the investigator reads what she read before", async () => {
  maya = await openVictimDesk(id, "maya");
  lestari = await openVictimDesk(id, "lestari");
  const before = await sari.must<ReviewView>("GET", `/api/reviews/${ofVictim}`);
  expect(await word(lestari, ofVictim, victim, "same")).toBe("");
  const { pseudonym } = (await lestari.desk()).person(victim)!;
  expect((await result(ofVictim)).result).toMatchObject({
    ...{ kind: "same", status: "presumed", state: "id", effect: "lock", pseudonym },
  });
  expect(await rule(ofVictim, "pass", "LATIHAN: cukup alasan untuk ini")).toBe("REVIEW_LOCKED");
  expect(await rule(ofVictim, "stop")).toBe("REASON_NEEDED");
  expect(await rule(ofVictim, "stop", "LATIHAN: korban, pasal 18")).toBe("");
  expect(await statement(ratna, ofVictim)).toBe("REVIEW_LOCKED");
  expect((await compare(maya)).candidates[0]).toMatchObject({ outcome: "same", ruling: { ruling: "stop" } });
  expect(await sari.must<ReviewView>("GET", `/api/reviews/${ofVictim}`)).toEqual(before);
});

test("who is found later to be a victim is told to both desks as something to look at again", async () => {
  const person = await (
    await maya.desk()
  ).act(async (tx) => {
    const made = await tx.create({
      names: [{ text: "Budi Hartono", use: "own" }],
      born: { written: "1988", read: "1988-01-01", calendar: "common" },
    });
    await tx.append(made, statusKind, status("id", "identified"));
    return made;
  });
  expect(await word(maya, ofOther, person, "same")).toBe("");
  expect(await word(lestari, ofOther, person, "same")).toBe("");
  expect(await result(ofOther)).toMatchObject({ reopen: true, result: { effect: "lock" } });
  expect((await compare(maya)).candidates.find((one) => one.review === ofOther)).toMatchObject({
    reopen: true,
  });
  expect(await statement(ratna, ofOther)).toBe("REVIEW_LOCKED");
  expect(await statement(sari, ofOther)).toBe("REVIEW_PENDING");
});

test("with her key closed, or in another session of hers, nothing is read any more", async () => {
  const second = await id.as("ratna");
  expect(await code(second, "GET", "/api/reviews/results")).toBe("KEY_CLOSED");
  await ratna.must("POST", "/api/reviews/key/close");
  expect(await code(ratna, "GET", `/api/reviews/results/${ofVictim}`)).toBe("KEY_CLOSED");
  expect(await statement(ratna, ofOther)).toBe("REVIEW_PENDING");
  expect(await code(sari, "POST", `/api/reviews/${ofOther}/withdraw`)).toBe("");
  expect(await code(sari, "POST", `/api/reviews/${ofOther}/withdraw`)).toBe("NOT_NOW");
});
