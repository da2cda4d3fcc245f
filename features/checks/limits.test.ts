// HIT-5 over whole nodes: who counts through numbers is slowed, stopped and seen, on both sides; and keys do not last.
import { beforeAll, expect, test } from "vitest";
import {
  blind,
  evaluateOwn,
  readFilter,
  selectorInput,
  tagOf,
  toBase64url,
  typeKey,
} from "@simpul/match/oprf";
import { Id } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import { checksNode, casesNode } from "@simpul/server";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { nations, type Nation, type Person } from "../../testing/nations.ts";
import { peerKeys } from "./asking/peer-keys.ts";
import type { AnsweredView, CheckView } from "./contract.ts";
import type { InboxView } from "../inbox/contract.ts";
import { buildIndex } from "./holding/build.ts";
import { canariesOf } from "./holding/canaries.ts";
import { destroySeeds, seedOf } from "./holding/seeds.ts";
import { jobStanding, type ChecksNode } from "./node.ts";
import { checksForOthers } from "./others.ts";
import { checksPart } from "./peer.ts";
import { epochOf } from "./rules.ts";
import { answerOf, caseWith, checked, facts, settled, until } from "./testing.ts";
import { print, readAs, Reply, type AskElements } from "./wire.ts";

let id: Nation;
let kh: Nation;
let sari: Person;
let sophea: Person;
const asked = (nation: Nation): ChecksNode => checksNode(nation.node, casesNode(nation.node));
const phone = (written: string) => ({ type: "phone", written, role: "suspect" });
const inRow = (n: number): string => `+855190${String(10_000 + n)}`;
const cambodia = "kh" as NodeCode;

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  await Promise.all([buildIndex(asked(id)), buildIndex(asked(kh))]);
  sari = await id.as("sari");
  sophea = await kh.as("sophea");
}, 120_000);

const answered = () => sophea.must<AnsweredView>("GET", "/api/checks/answered");

test("numbers in a row wait for a supervisor, who is not the one who asks, and raise an alarm at home", async () => {
  const bima = await id.as("bima");
  const { number, records } = await caseWith(
    sari,
    Array.from({ length: 14 }, (_, n) => phone(inRow(n))),
  );
  const ask = { case: number, selectors: records, states: ["kh"], ...facts };
  const proposed = await sari.must<{ id: string; state: string; needs: string[] }>(
    "POST",
    "/api/checks",
    ask,
  );
  expect(proposed).toMatchObject({ state: "proposed", needs: ["close"] });
  expect((await sari.ask("POST", `/api/checks/${proposed.id}/agree`)).status).toBe(403);
  const hers = await bima.must<CheckView>("GET", `/api/checks/${proposed.id}`);
  expect(hers.mayDecide).toBe(true);
  const inbox = await bima.must<{ entries: { kind: string; to: string }[] }>("GET", "/api/inbox");
  expect(inbox.entries).toContainEqual(
    expect.objectContaining({ kind: "check-agree", to: `/check/${proposed.id}` }),
  );
  await bima.must("POST", `/api/checks/${proposed.id}/agree`);
  await until(async () => (await settled(sari, proposed.id)).state === "done");
  expect((await answered()).entries[0]).toMatchObject({ count: 14, supervised: true });
  const hendra = await id.as("hendra");
  const { alarms } = await hendra.must<AnsweredView>("GET", "/api/checks/answered");
  expect(alarms[0]).toMatchObject({ side: "asking", kind: "close", check: proposed.id });
  // A supervisor who asks herself needs another one.
  const own = await bima.must<{ id: string }>("POST", "/api/checks", ask);
  const refused = await bima.ask<{ error: { code: string } }>("POST", `/api/checks/${own.id}/agree`);
  expect(refused.body.error.code).toBe("OWN_CHECK");
});

/** A question as a node writes it that follows no rules of its own. */
function rawQuestion(
  node: ChecksNode,
  key: { id: string; epoch: string },
  values: readonly string[],
  of: string,
) {
  const inputs = values.map((canonical) => selectorInput({ type: "phone", profile: "phone/1", canonical }));
  const sent = blind(node.engine, "voprf", inputs, node.random);
  const ask: AskElements = {
    v: 1,
    query: Id.make(node),
    facts: {
      case: of,
      purpose: "crime-investigation",
      offence: facts.offence,
      legalBasis: facts.legalBasis,
      operator: "a".repeat(32),
      supervisor: "b".repeat(32),
    },
    groups: [{ type: "phone", epoch: key.epoch, keyId: key.id, elements: toBase64url(sent.blinded) }],
  };
  return print(ask);
}

test("scenario 5: a state that counts through 10,000 numbers is slowed, then stopped at the limit of the day, and seen", async () => {
  const asker = asked(id);
  const holder = asked(kh);
  const usual = { ...holder.terms.limits.usual, perDay: 1000, freePerDay: 400, delayMs: 60 };
  const terms = { ...holder.terms, limits: { usual, peers: {} } };
  await kh.node.peering.close();
  await kh.node.peering.open([checksPart({ ...holder, terms })]);
  await id.node.peering.introduce(kh.node.peering.card());
  const key = (await peerKeys(asker, cambodia)).keys.get("phone")!;
  const before = (await answered()).peers[0]!.today;
  const took: number[] = [];
  const sizes = new Set<number>();
  const kinds: string[] = [];
  for (let from = 0; from < 10_000; from += 200) {
    const values = Array.from({ length: 200 }, (_, n) => inRow(from + n));
    // Another commitment each time: who lies about its cases still meets the limit of the day.
    const body = rawQuestion(asker, key, values, String(from).padStart(64, "0"));
    const began = Date.now();
    const bytes = await asker.asking.ask(cambodia, "check.ask", body);
    took.push(Date.now() - began);
    sizes.add(bytes.length);
    kinds.push(readAs(Reply, bytes).kind);
  }
  expect(kinds.filter((kind) => kind === "evaluated")).toHaveLength(Math.floor((1000 - before) / 200));
  expect(new Set(kinds.slice(6))).toEqual(new Set(["limited"]));
  // HIT-6: one size for all replies, and the later ones of the admitted come later.
  expect(sizes.size).toBe(1);
  const { rows: waits } = await kh.node.store.read(jobStanding, (db) =>
    sql<{
      ms: number;
    }>`select delay_ms as ms from simpul.check_answered where outcome = 'evaluated' order by at desc
      limit 4`.execute(db.rows),
  );
  const [latest, , , earliest] = waits.map((one) => one.ms);
  expect(latest!).toBeGreaterThan(earliest! + 200);
  expect(took[3]!).toBeGreaterThanOrEqual(latest!);
  const view = await answered();
  expect(view.peers[0]!.today).toBeLessThanOrEqual(1000);
  expect(view.alarms.filter((one) => one.kind === "per-day")).toHaveLength(1);
  // What is left of the day goes too; and the officer whose honest question comes after reads why.
  const left = 1000 - view.peers[0]!.today;
  const last = Array.from({ length: left }, (_, n) => inRow(20_000 + n));
  const body = rawQuestion(asker, key, last, "f".repeat(64));
  expect(readAs(Reply, await asker.asking.ask(cambodia, "check.ask", body)).kind).toBe("evaluated");
  const { number, records } = await caseWith(sari, [phone("+85519000321")]);
  const late = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(late.asked[0]).toMatchObject({ state: "limited", because: "per-day" });
  expect(answerOf(late, records[0]!, "kh")).toBe("limited");
}, 120_000);

test("facts that are missing are refused by the holder too", async () => {
  const asker = asked(id);
  const key = (await peerKeys(asker, cambodia)).keys.get("phone")!;
  const whole = JSON.parse(
    Buffer.from(rawQuestion(asker, key, ["+85519000321"], "c".repeat(64))).toString(),
  ) as AskElements;
  for (const [fact, value] of [
    ["case", null],
    ["offence", "parking"],
    ["legalBasis", " "],
    ["purpose", "administration"],
    ["operator", null],
  ] as const) {
    const ask = { ...whole, query: Id.make(asker), facts: { ...whole.facts, [fact]: value } };
    const reply = readAs(Reply, await asker.asking.ask(cambodia, "check.ask", print(ask)));
    expect(reply).toMatchObject({ kind: "refused", because: expect.stringMatching(/^missing-/) as string });
  }
  await expect(asker.asking.ask(cambodia, "check.ask", print({ v: 2 }))).rejects.toThrow("BAD_REQUEST");
});

test("the contact point switches a state off with her passkey, and the asker reads that it is refused", async () => {
  const where = "/api/checks/answered/id/switch";
  const off = { stopped: true, reason: "EXERCISE: a stolen account" };
  const first = await sophea.ask<{ error: { code: string; facts: { record: string } } }>("POST", where, off);
  expect(first.status).toBe(403);
  expect(first.body.error).toMatchObject({ code: "STEP_UP", facts: { act: "check.switch", record: "id" } });
  await prove("id");
  await sophea.must("POST", where, off);
  expect((await answered()).peers[0]).toMatchObject({ stopped: true, reason: off.reason });
  const { number, records } = await caseWith(sari, [phone("+85519000322")]);
  const view = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(view.asked[0]!.state).toBe("refused");
  expect(answerOf(view, records[0]!, "kh")).toBe("refused");
  await prove("id");
  await sophea.must("POST", where, { stopped: false, reason: "EXERCISE: over" });
  // Investigators have no such switch, nor the page.
  const dara = await kh.as("dara");
  expect((await dara.ask("POST", where, off)).status).toBe(404);
  expect((await dara.ask("GET", "/api/checks/answered")).status).toBe(404);
});

const prove = (record: string) =>
  sophea.must("POST", "/api/access/step-up/exercise", { act: "check.switch", record });

test("canaries stand in the index, padding hides how many records are in it", async () => {
  const node = asked(kh);
  const epoch = epochOf(new Date());
  const seed = (await seedOf(node, epoch))!;
  const canaries = canariesOf(node, "phone", seed);
  expect(canaries).toHaveLength(3);
  const keys = typeKey(node.engine, seed, { node: cambodia, type: "phone", epoch });
  const { rows } = await kh.node.store.read(jobStanding, (db) =>
    sql<{ file: Buffer }>`select file from simpul.check_indexes where type = 'phone'`.execute(db.rows),
  );
  const { tags, header } = await readFilter(
    rows[0]!.file,
    { key: keys.published, type: "phone", signedBy: node.signer.publicKey, now: new Date() },
    nodeVerifying,
  );
  expect(header.count).toBe(1000);
  const found = evaluateOwn(node.engine, "voprf", keys.secretKey, canaries.map(selectorInput));
  expect(found.every((output) => tags.has(tagOf(output)))).toBe(true);
});

test("a request that names a canary comes from a guess: oversight and the contact point are told, without the number", async () => {
  const node = asked(kh);
  const guessed = canariesOf(node, "phone", (await seedOf(node, epochOf(new Date())))!)[0]!;
  const others = checksForOthers(node);
  const about = { request: "0190b2a0-0000-7000-8000-000000000001", reference: "ID-KH-2031-000009" };
  const honest = { type: "phone", canonical: "+85519000321" } as const;
  expect(await others.lookOut("id" as NodeCode, about, [honest])).toBe(false);
  expect(await others.lookOut("id" as NodeCode, about, [honest, guessed])).toBe(true);
  expect(await others.lookOut("id" as NodeCode, about, [guessed])).toBe(true);
  const { alarms } = await sophea.must<AnsweredView>("GET", "/api/checks/answered");
  const told = alarms.filter((one) => one.kind === "canary");
  expect(told).toMatchObject([{ node: "id", facts: { reference: about.reference, type: "phone" } }]);
  expect(JSON.stringify(told)).not.toContain(guessed.canonical);
  const { entries } = await sophea.must<InboxView>("GET", "/api/inbox");
  expect(entries.find((one) => one.kind === "check-alarm")).toMatchObject({ to: "/check/answered" });
  const dara = await kh.as("dara");
  const hers = await dara.must<InboxView>("GET", "/api/inbox");
  expect(hers.entries.some((one) => one.kind === "check-alarm")).toBe(false);
});

test("after its month a key is destroyed, and its index with it", async () => {
  const node = asked(kh);
  const epoch = epochOf(new Date());
  expect(await destroySeeds(node)).toEqual([]);
  kh.clock.offMs = 40 * 86_400_000;
  await buildIndex(node);
  expect(await seedOf(node, epoch)).toBeNull();
  const { rows } = await kh.node.store.read(jobStanding, (db) =>
    sql<{ epoch: string }>`select distinct epoch from simpul.check_indexes`.execute(db.rows),
  );
  expect(rows.map((row) => row.epoch)).toEqual([epochOf(kh.clock.now())]);
  kh.clock.offMs = 0;
});
