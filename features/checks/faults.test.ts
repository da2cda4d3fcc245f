// What goes wrong between states, and what an officer sees of it: limits, guessing, wrong keys, a node that is away.
import { beforeAll, expect, test } from "vitest";
import { evaluateWithProof, readElements, toBase64url, typeKey } from "@simpul/match/oprf";
import type { NodeCode } from "@simpul/model";
import { checksNode, casesNode } from "@simpul/server";
import { numbers } from "@simpul/demo";
import { sql } from "kysely";
import { nations, type Nation, type Person } from "../../testing/nations.ts";
import { compareWith } from "./compare.ts";
import type { AnsweredView } from "./contract.ts";
import { buildIndex } from "./holding/build.ts";
import { jobStanding, type ChecksNode } from "./node.ts";
import { checksPart } from "./peer.ts";
import { epochOf } from "./rules.ts";
import { answerOf, caseWith, checked, settled } from "./testing.ts";
import { AskElements, print, readAs, Reply } from "./wire.ts";

let id: Nation;
let kh: Nation;
let sari: Person;
let sophea: Person;
const asked = (nation: Nation): ChecksNode => checksNode(nation.node, casesNode(nation.node));
const phone = (written: string, role = "suspect") => ({ type: "phone", written, role });
const recruiter = phone(numbers.recruiterPhone);

beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  await Promise.all([buildIndex(asked(id)), buildIndex(asked(kh))]);
  sari = await id.as("sari");
  sophea = await kh.as("sophea");
}, 120_000);

const answered = () => sophea.must<AnsweredView>("GET", "/api/checks/answered");

/** Opens the node's door again with another answer to one question. */
async function reopen(nation: Nation, other: Partial<ReturnType<typeof checksPart>["questions"]> = {}) {
  await nation.node.peering.close();
  const { questions } = checksPart(asked(nation));
  await nation.node.peering.open([
    { questions: { ...questions, ...other } as NonNullable<typeof questions> },
  ]);
  const peer = nation === id ? kh : id;
  await peer.node.peering.introduce(nation.node.peering.card());
}

test("a peer that is away is asked again by itself when it is back, and counted once", async () => {
  const { number, records } = await caseWith(sari, [recruiter]);
  await kh.node.peering.close();
  const away = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(away.state).toBe("asking");
  expect(away.asked[0]).toMatchObject({ state: "not-reached", because: "UNREACHABLE", attempts: 1 });
  expect(answerOf(away, records[0]!, "kh")).toBe("not-reached");
  await reopen(kh);
  await sari.must("POST", `/api/checks/${away.id}/again`);
  await expect
    .poll(async () => answerOf(await settled(sari, away.id), records[0]!, "kh"), { timeout: 20_000 })
    .toBe("hit");
});

test("an answer that was lost is asked for again byte for byte, and both logs count it once", async () => {
  const { number, records } = await caseWith(sari, [recruiter]);
  const before = (await answered()).peers[0]!.today;
  const bodies: string[] = [];
  const part = checksPart(asked(kh));
  await reopen(kh, {
    "check.ask": async (peer, body) => {
      bodies.push(Buffer.from(body).toString());
      const reply = await part.questions!["check.ask"]!(peer, body);
      // The line breaks after Cambodia has answered.
      if (bodies.length === 1) throw new Error("the line broke");
      return reply;
    },
  });
  const lost = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(lost.asked[0]).toMatchObject({ state: "not-reached", because: "UNAVAILABLE" });
  await sari.must("POST", `/api/checks/${lost.id}/again`);
  await expect.poll(async () => (await settled(sari, lost.id)).state, { timeout: 20_000 }).toBe("done");
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toBe(bodies[0]);
  expect((await answered()).peers[0]!.today).toBe(before + 1);
  await reopen(kh);
  // HIT-11: entry by entry the same on both sides.
  expect(await compareWith(asked(id), "kh" as NodeCode, epochOf(new Date()))).toBe(true);
});

test("a clock that is off by an hour is named, and the question waits", async () => {
  const { number, records } = await caseWith(sari, [recruiter]);
  kh.clock.offMs = 3_600_000;
  const view = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(view.asked[0]).toMatchObject({ state: "not-reached", because: "CLOCK_OFF" });
  kh.clock.offMs = 0;
  await sari.must("POST", `/api/checks/${view.id}/again`);
  await expect
    .poll(async () => answerOf(await settled(sari, view.id), records[0]!, "kh"), { timeout: 20_000 })
    .toBe("hit");
});

test("a peer that evaluates with another key than the one it published is not believed, and said so", async () => {
  const { number, records } = await caseWith(sari, [recruiter]);
  const holder = asked(kh);
  const wrong = typeKey(holder.engine, new Uint8Array(32).fill(7), {
    node: "kh" as NodeCode,
    type: "phone",
    epoch: epochOf(new Date()),
  });
  await reopen(kh, {
    "check.ask": (_, body) => {
      const { groups } = readAs(AskElements, body);
      const reply: Reply = {
        kind: "evaluated",
        groups: groups.map(({ type, elements }) => {
          const { evaluated, proof } = evaluateWithProof(
            holder.engine,
            wrong,
            readElements(elements),
            holder.random,
          );
          return { type, evaluated: toBase64url(evaluated), proof: toBase64url(proof) };
        }),
      };
      return Promise.resolve(print(reply));
    },
  });
  const view = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(view.asked[0]).toMatchObject({ state: "not-believed", because: "BAD_PROOF" });
  expect(answerOf(view, records[0]!, "kh")).toBe("not-believed");
  await reopen(kh);
});

test("another key for the same month is refused and raises an alarm", async () => {
  const { number, records } = await caseWith(sari, [recruiter]);
  // Cambodia's database is put back to a state before its key was made: it makes another one.
  await kh.node.store.write(jobStanding, async (tx) => {
    await sql`delete from simpul.check_indexes`.execute(tx.rows);
    await sql`delete from simpul.check_tags`.execute(tx.rows);
    await sql`update simpul.check_epochs set seed = ${Buffer.from(
      kh.node.keys.box.wrap(new Uint8Array(32).fill(9), `check-epoch:${epochOf(new Date())}`),
    )}`.execute(tx.rows);
    tx.note("test.restored", {});
  });
  await buildIndex(asked(kh));
  const view = await checked(sari, { case: number, selectors: records, states: ["kh"] });
  expect(view.asked[0]).toMatchObject({ state: "not-believed", because: "KEY_CHANGED" });
  const hendra = await id.as("hendra");
  const seen = await hendra.must<AnsweredView>("GET", "/api/checks/answered");
  expect(seen.alarms.some((one) => one.kind === "not-believed" && one.node === "kh")).toBe(true);
});
