// Victim desks look for a person together: the asked one learns nothing of who is not here, the asking one nothing that was
// not told, in one size and at one time (HIT-10); and one person, a suspect here and a presumed victim there, is not charged.
import { nations, type Nation, type Person } from "@simpul/testing";
import { openVictimDesk, type VictimDesk } from "@simpul/testing/victim-desk";
import type { Id } from "@simpul/model";
import { accessNode, casesNode, reviewsNode, searchNode } from "@simpul/server";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { referralsNode } from "../../../apps/server/referrals.ts";
import { tellDeskKey } from "../../referrals/desk-keys/keys.ts";
import { randomId, statusKind } from "../../victims/contract.ts";
import type { CompareView, RuledReview, ReviewView } from "../contract.ts";
import { exercisePassphrase, type KeyView } from "../keys.ts";
import type { SearchesView } from "../contract/search.ts";
import { evaluateFor } from "./evaluate.ts";
import { entriesOf } from "../../victims/contract.ts";
import { soughtKind, toldKind } from "./kinds.ts";
import { sendReplies } from "./peer.ts";
import type { SearchNode } from "./node.ts";
import { elementStep, print, replyBytes } from "./wire.ts";

let id: Nation, kh: Nation;
let maya: VictimDesk, sreypov: VictimDesk, thida: VictimDesk;
let dara: Person;
let number: string;
let rooms: { id: SearchNode; kh: SearchNode };
let rizki: Id, sok: Id;
let victim: Id;
let search: Id;
const hour = 3_600_000;

const roomOf = (nation: Nation, desk: VictimDesk): SearchNode =>
  searchNode(nation.node, reviewsNode(nation.node, casesNode(nation.node), desk.compartment));
const until = async <T>(get: () => Promise<T>, so: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; tries < 200; tries++) {
    const value = await get();
    if (so(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not come");
};
const code = async (who: Person, method: string, path: string, body?: unknown): Promise<string> => {
  const got = await who.ask<{ error: { code: string } } | null>(method, path, body);
  return got.status < 300 ? "" : (got.body as { error: { code: string } }).error.code;
};
const searches = (desk: VictimDesk) => desk.person.must<SearchesView>("GET", "/api/reviews/searches");
const look = (desk: VictimDesk) => code(desk.person, "POST", "/api/reviews/searches/look");
const rowsIn = async <Row>(nation: Nation, table: string): Promise<Row[]> =>
  nation.node.store.read(
    { actor: { kind: "job", name: "test" }, purpose: "victim-assistance" },
    async (db) => {
      const { rows } = await sql<Row & object>`select * from ${sql.table(`simpul.${table}`)}`.execute(
        db.rows,
      );
      return rows;
    },
  );

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  maya = await openVictimDesk(id, "maya");
  sreypov = await openVictimDesk(kh, "sreypov");
  thida = await openVictimDesk(kh, "thida");
  rooms = { id: roomOf(id, maya), kh: roomOf(kh, sreypov) };
  for (const [nation, desk] of [
    [id, maya],
    [kh, sreypov],
  ] as const)
    await tellDeskKey(referralsNode(nation.node, accessNode(nation.node, nation.web.address), desk.room));
  await until(
    () => searches(sreypov),
    ({ states }) => states.includes("id" as never),
  );
  await until(
    () => searches(maya),
    ({ states }) => states.includes("kh" as never),
  );
  victim = await (
    await maya.desk()
  ).act(async (tx) => {
    const person = await tx.create({
      names: [{ text: "Muhammad Rizki Pratama", use: "own" }],
      born: { written: "2 April 1999", read: "1999-04-02", calendar: "common" },
      contacts: [{ how: "phone", text: "+62 854-0000-1777", safe: true }],
    });
    await tx.append(person, statusKind, {
      ...{ state: "id", authority: "Meja Korban (LATIHAN)", status: "presumed", basis: "UU 21/2007" },
      ...{ reason: "", appeal: "" },
    });
    await tx.create({
      names: [{ text: "Dewi Lestari", use: "own" }],
      born: { written: "1990", read: "1990-01-01", calendar: "common" },
    });
    return person;
  });
  dara = await kh.as("dara");
  ({ number } = await dara.must<{ number: string }>("POST", "/api/cases", {
    ...{ title: "EXERCISE", crimeType: "online-fraud" },
  }));
  const subject = async (names: object[], birth: string, phone: string): Promise<Id> => {
    const at = `/api/cases/${number}/records`;
    const fields = { kind: "person", role: "suspect", names, birth };
    const made = await dara.must<{ id: Id }>("POST", `${at}/subject`, { fields });
    await dara.must("POST", `${at}/selector`, {
      fields: { type: "phone", written: phone, role: "suspect", subject: made.id },
    });
    const { id: review } = await dara.must<{ id: Id }>("POST", "/api/reviews", {
      ...{ kind: "charge", of: { case: number, subject: made.id }, reason: "EXERCISE: online fraud" },
    });
    return review;
  };
  rizki = await subject([{ text: "Mohamad Rizky Pratama", language: "id" }], "1999-04-02", "+855 12 340 001");
  sok = await subject(
    [{ text: "សុខ ដារា", language: "km", romanised: "Sok Dara" }],
    "1988-01-01",
    "+855 12 340 002",
  );
}, 180_000);

test("one officer proposes, another agrees; nobody alone, nobody outside the desk, nobody without a key", async () => {
  const ask = { peer: "id", about: { kind: "review" }, reason: "EXERCISE: two under review" };
  expect(await code(dara, "POST", "/api/reviews/searches", ask)).toBe("NOT_FOUND");
  expect(await code(dara, "GET", "/api/reviews/searches")).toBe("NOT_FOUND");
  expect(await code(sreypov.person, "POST", "/api/reviews/searches", { ...ask, peer: "ph" })).toBe(
    "NOBODY_TO_ASK",
  );
  const nobody = { ...ask, about: { kind: "person", person: randomId() } };
  expect(await code(sreypov.person, "POST", "/api/reviews/searches", nobody)).toBe("NOT_FOUND");
  ({ id: search } = await sreypov.person.must<{ id: Id }>("POST", "/api/reviews/searches", ask));
  expect(await code(sreypov.person, "POST", `/api/reviews/searches/${search}/agree`)).toBe("OWN_SEARCH");
  expect(await code(dara, "POST", `/api/reviews/searches/${search}/agree`)).toBe("NOT_FOUND");
  await thida.person.must("POST", `/api/reviews/searches/${search}/agree`);
  expect(await code(thida.person, "POST", `/api/reviews/searches/${search}/decline`)).toBe("SEARCH_MOVED");
  await until(
    () => rowsIn(id, "victim_questions"),
    (rows) => rows.length === 1,
  );
});

test("the asked desk finds whom it knows, and learns neither names nor how many others were asked about", async () => {
  const [row] = await rowsIn<{ question: string }>(id, "victim_questions");
  for (const word of ["Rizky", "Rizki", "Sok", "1999", "85512340001"])
    expect(row!.question).not.toContain(word);
  expect(await look(maya)).toBe("");
  const { theirs, waiting } = await searches(maya);
  expect(waiting).toBe(1);
  expect(theirs).toMatchObject([
    {
      peer: "kh",
      purpose: "review",
      person: victim,
      name: "Muhammad Rizki Pratama",
      said: null,
      sent: false,
    },
  ]);
  const [ours] = await rowsIn<{ evaluated: number }>(kh, "victim_searches");
  expect(ours!.evaluated % elementStep).toBe(0);
});

test("a search answers so many trials and no more, to its own peer alone, and never what is no element", async () => {
  const elements = Buffer.alloc(32 * elementStep, 7).toString("base64url");
  const body = (over: object) => print({ v: 1, search, elements, ...over });
  const refused = (peer: string, bytes: Uint8Array, node: SearchNode = rooms.kh) =>
    evaluateFor(node, peer as never, bytes).then(
      () => "",
      (fault: unknown) => (fault as { code: string }).code,
    );
  expect(await refused("ph", body({}))).toBe("NOT_FOUND");
  expect(await refused("id", body({ search: randomId() }))).toBe("NOT_FOUND");
  expect(await refused("id", body({}))).toBe("BAD_REQUEST");
  expect(await refused("id", body({ elements: Buffer.alloc(32, 7).toString("base64url") }))).toBe(
    "BAD_REQUEST",
  );
  expect(await refused("id", print({ v: 2 }))).toBe("BAD_REQUEST");
  const strict = { ...rooms.kh, law: { ...rooms.kh.law, search: { answerHours: 24, mostElements: 256 } } };
  expect(await refused("id", body({}), strict)).toBe("TOO_MANY");
});

test("nothing is told to a unit that may be a threat to her; what is told and what is not leave in one size", async () => {
  const say = (over: object) =>
    code(maya.person, "POST", "/api/reviews/searches/sought", {
      ...{ search, person: victim, says: "tell", threat: "none", reason: "LATIHAN: unit dikenal, aman" },
      ...over,
    });
  expect(await say({ threat: "doubt" })).toBe("THREAT");
  expect(await say({ person: randomId() })).toBe("NOT_FOUND");
  expect(await say({ search: randomId() })).toBe("NOT_FOUND");
  const sizes = new Set<number>();
  const size = async () =>
    sizes.add((await rowsIn<{ reply: string }>(id, "victim_questions"))[0]!.reply.length);
  await size();
  expect(await say({ says: "withhold", threat: "yes" })).toBe("");
  await size();
  expect(await say({})).toBe("");
  await size();
  expect(sizes.size).toBe(1);
  expect([...sizes][0]).toBeGreaterThan(replyBytes);
  expect((await searches(maya)).theirs[0]).toMatchObject({ said: { says: "tell", threat: "none" } });
});

test("no reply leaves before its time, and every one leaves at it", async () => {
  expect(await sendReplies(rooms.id)).toBe(0);
  id.clock.offMs = 25 * hour;
  kh.clock.offMs = 25 * hour;
  await until(
    () => sendReplies(rooms.id).then(() => rowsIn<{ state: string }>(kh, "victim_searches")),
    (rows) => rows[0]!.state === "answered",
  );
  const [row] = await rowsIn<{ seed: Buffer | null }>(kh, "victim_searches");
  // The key is gone with the answer: no more trials.
  expect(row!.seed).toBeNull();
  maya = await openVictimDesk(id, "maya");
  expect(
    await code(maya.person, "POST", "/api/reviews/searches/sought", {
      ...{ search, person: victim, says: "withhold", threat: "yes", reason: "LATIHAN: terlambat" },
    }),
  ).toBe("SEARCH_SENT");
});

test("scenario 6: a suspect here is a presumed victim there; the charge is held up, and both victim desks know of it", async () => {
  sreypov = await openVictimDesk(kh, "sreypov");
  thida = await openVictimDesk(kh, "thida");
  // Opening took in what came back: she is known to this desk now, with the other state's word.
  const { ours } = await searches(sreypov);
  expect(ours[0]).toMatchObject({ state: "over", known: [{ status: "presumed" }] });
  const person = ours[0]!.known![0]!.person;
  const hers = (await sreypov.desk()).person(person)!;
  expect(entriesOf(hers, toldKind)).toMatchObject([{ data: { peer: "id", review: rizki } }]);
  const compare = () => sreypov.person.must<CompareView>("GET", "/api/reviews/compare");
  const [candidate] = (await compare()).candidates;
  expect(candidate).toMatchObject({ review: rizki, person, peer: "id", status: "presumed", outcome: "open" });
  for (const desk of [sreypov, thida])
    await desk.person.must("POST", "/api/reviews/compare/words", {
      ...{ review: rizki, person, says: "same", reason: "EXERCISE: told by the Indonesian desk" },
    });
  // The prosecutor's key, let in by this desk.
  let chantha = await kh.as("chantha");
  await chantha.must("POST", "/api/reviews/key", { passphrase: exercisePassphrase });
  const { letters } = await chantha.must<KeyView>("GET", "/api/reviews/key");
  const { readers } = await compare();
  await sreypov.person.must("POST", `/api/reviews/readers/${readers[0]!.key}`, { letters });
  const statement = (who: Person, review: Id) =>
    code(who, "POST", `/api/reviews/${review}/statement`, { kind: "charge" });
  expect(await statement(chantha, rizki)).toBe("REVIEW_PENDING");

  kh.clock.offMs = 49 * hour;
  [dara, chantha] = [await kh.as("dara"), await kh.as("chantha")];
  await chantha.must("POST", "/api/reviews/key/open", { passphrase: exercisePassphrase });
  const result = (review: Id) => chantha.must<RuledReview>("GET", `/api/reviews/results/${review}`);
  // Another state's status is answered by what this state's law provides: here it warns.
  expect((await result(rizki)).result).toMatchObject({ kind: "same", state: "id", effect: "warn" });
  expect((await result(sok)).result.kind).toBe("nothing");
  const rule = (review: Id, ruling: string, reason = "") =>
    code(chantha, "POST", `/api/reviews/results/${review}`, { ruling, reason });
  expect(await rule(rizki, "pass")).toBe("REVIEW_WARNED");
  expect(await rule(rizki, "stop", "EXERCISE: presumed victim, non-punishment")).toBe("");
  expect(await rule(sok, "pass")).toBe("");
  // The charge of the one goes to court, that of the other does not leave.
  expect(await statement(chantha, rizki)).toBe("REVIEW_LOCKED");
  expect(await statement(chantha, sok)).toBe("");
  // The investigator reads the same of both.
  const [one, other] = await Promise.all(
    [rizki, sok].map((review) => dara.must<ReviewView>("GET", `/api/reviews/${review}`)),
  );
  expect(one!.state).toBe(other!.state);
  expect([await statement(dara, rizki), await statement(dara, sok)]).toEqual([
    "REVIEW_PENDING",
    "REVIEW_PENDING",
  ]);
  // The Indonesian desk knows who asked about her, why, and what it told.
  const known = (await maya.desk()).person(victim)!;
  expect(entriesOf(known, soughtKind).at(-1)).toMatchObject({
    data: { peer: "kh", purpose: "review", says: "tell" },
  });
});
