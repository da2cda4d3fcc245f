// The private check between three states, over their real doors: who learns what, and what never leaves.
import { beforeAll, describe, expect, test } from "vitest";
import { checksNode, casesNode } from "@simpul/server";
import { numbers, wallets } from "@simpul/demo";
import { nations, type Nation, type Person } from "../../testing/nations.ts";
import type { AnsweredView } from "./contract.ts";
import { buildIndex } from "./holding/build.ts";
import { checksPart } from "./peer.ts";
import { answerOf, caseWith, checked, facts, settled } from "./testing.ts";

let id: Nation;
let kh: Nation;
let ph: Nation;
let sari: Person;
/** Every byte that Indonesia sent as a question, by state. */
const wire: { to: string; question: string; bytes: string }[] = [];

const here = (nation: Nation) => checksNode(nation.node, casesNode(nation.node));
const rebuild = (nation: Nation) => buildIndex(here(nation));

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  await Promise.all([rebuild(id), rebuild(kh), rebuild(ph)]);
  sari = await id.as("sari");
  const ask = id.node.peering.ask.bind(id.node.peering);
  id.node.peering.ask = (to, question, body) => {
    wire.push({ to, question, bytes: Buffer.from(body).toString("latin1") });
    return ask(to, question, body);
  };
}, 120_000);

const melly = [
  { type: "phone", written: numbers.recruiterPhone, role: "suspect" },
  { type: "wallet", written: wallets.tickets, role: "suspect" },
  { type: "handle", written: "https://t.me/melly_kerja_kh", role: "suspect" },
  { type: "phone", written: numbers.workerPhone, role: "victim" },
];

test("a state learns that another knows the number, and nothing more", async () => {
  const { number, records } = await caseWith(sari, melly);
  const [phone, wallet, handle] = records as [string, string, string];
  const view = await checked(sari, {
    case: number,
    selectors: [phone, wallet, handle],
    states: ["kh", "ph"],
  });
  await expect.poll(async () => (await settled(sari, view.id)).state).toBe("done");
  expect(answerOf(view, phone, "kh")).toBe("hit");
  expect(answerOf(view, phone, "ph")).toBe("no-hit");
  expect(answerOf(view, wallet, "kh")).toBe("no-hit");
  expect(answerOf(view, wallet, "ph")).toBe("hit");
  expect(answerOf(view, handle, "kh")).toBe("no-hit");
  expect(answerOf(view, handle, "ph")).toBe("no-hit");

  // The holder's contact point sees that three were asked, and for what; neither the values nor the case.
  const sophea = await kh.as("sophea");
  const seen = await sophea.must<AnsweredView>("GET", "/api/checks/answered");
  const entry = seen.entries[0]!;
  expect(entry).toMatchObject({
    node: "id",
    count: 3,
    types: { phone: 1, wallet: 1, handle: 1 },
    purpose: "crime-investigation",
    outcome: "evaluated",
    ...facts,
  });
  expect(JSON.stringify(seen)).not.toContain(number);
  expect(JSON.stringify(seen)).not.toContain(sari.id);
  // Two states cannot tell by their logs that the same case was asked of both.
  const grace = await ph.as("grace");
  const other = await grace.must<AnsweredView>("GET", "/api/checks/answered");
  expect(other.entries[0]!.commitment).not.toBe(entry.commitment);
  expect(other.entries[0]!.operator).not.toBe(entry.operator);
});

test("no value leaves: not the suspect's in the clear, and a victim's not at all", async () => {
  const { number, records } = await caseWith(sari, melly);
  const refused = await sari.ask<{ error: { code: string } }>("POST", "/api/checks", {
    case: number,
    selectors: [records[0], records[3]],
    states: ["kh"],
    ...facts,
  });
  expect(refused.status).toBe(422);
  expect(refused.body.error.code).toBe("NEVER_ASKED");
  const all = wire.map((one) => one.bytes).join("\n");
  expect(wire.some((one) => one.question === "check.ask")).toBe(true);
  for (const { written } of melly) {
    const bare = written.replace(/^\+/, "");
    expect(all).not.toContain(bare);
    expect(all).not.toContain(Buffer.from(bare).toString("base64").slice(0, 12));
    expect(all).not.toContain(Buffer.from(bare).toString("hex"));
  }
  expect(all).not.toContain(number);
  // The same number asked twice looks different each time.
  const again = await checked(sari, { case: number, selectors: [records[0]!], states: ["kh"] });
  expect(answerOf(again, records[0]!, "kh")).toBe("hit");
  const elements = wire
    .filter((one) => one.question === "check.ask")
    .flatMap((one) => (JSON.parse(one.bytes) as { groups: { elements: string }[] }).groups)
    .map((group) => group.elements);
  expect(new Set(elements).size).toBe(elements.length);
});

test("what was said to be a victim's after it was chosen does not go out", async () => {
  const { number, records } = await caseWith(sari, melly.slice(0, 1));
  const before = wire.length;
  // Philippines is away, so the question waits; meanwhile somebody says whose number it is.
  await ph.node.peering.close();
  const { id: check } = await sari.must<{ id: string }>("POST", "/api/checks", {
    case: number,
    selectors: records,
    states: ["ph"],
    ...facts,
  });
  const waiting = await settled(sari, check);
  expect(waiting.asked[0]).toMatchObject({ state: "not-reached" });
  expect(waiting.asked[0]!.nextTry).not.toBeNull();
  await sari.must("PATCH", `/api/cases/${number}/records/selector/${records[0]!}`, {
    field: "role",
    value: "victim",
    read: 1,
  });
  await sari.must("POST", `/api/checks/${check}/again`);
  await expect
    .poll(async () => answerOf(await settled(sari, check), records[0]!, "ph"), { timeout: 20_000 })
    .toBe("withdrawn");
  expect(wire.slice(before).filter((one) => one.question === "check.ask")).toEqual([]);
  await reopen(ph);
});

test("a formal request is begun from a hit of the state that is asked; a hit of another state begins none (MLA-8)", async () => {
  const { number, records } = await caseWith(sari, [melly[0]!]);
  const view = await checked(sari, { case: number, selectors: records, states: ["kh", "ph"] });
  expect([answerOf(view, records[0]!, "kh"), answerOf(view, records[0]!, "ph")]).toEqual(["hit", "no-hit"]);
  const said = { language: "en", grounds: "EXERCISE: a private check gave a hit", link: "EXERCISE: the hit" };
  const begin = { kind: "formal", type: "subscriber-data", case: number, hit: view.id, said };
  expect(await sari.ask("POST", "/api/assistance", { ...begin, to: "ph" })).toMatchObject({
    ...{ status: 404, body: { error: { code: "NOT_FOUND" } } },
  });
  expect((await sari.ask("POST", "/api/assistance", { ...begin, to: "kh" })).status).toBe(201);
});

/** The door of a node that was away stands open again, at another port, as two persons confirm. */
async function reopen(nation: Nation): Promise<void> {
  await nation.node.peering.open([checksPart(here(nation))]);
  for (const other of [id, kh, ph])
    if (other !== nation) await other.node.peering.introduce(nation.node.peering.card());
}

describe("what can be found", () => {
  test("a covert case's selector is not found, and a removed one disappears", async () => {
    const dara = await kh.as("dara");
    const secret = "+85519000555";
    const open = "+85519000666";
    await caseWith(dara, [{ type: "phone", written: secret, role: "suspect" }], { covert: true });
    const plain = await caseWith(dara, [{ type: "phone", written: open, role: "suspect" }]);
    await rebuild(kh);
    const mine = await caseWith(sari, [
      { type: "phone", written: secret, role: "suspect" },
      { type: "phone", written: open, role: "suspect" },
    ]);
    const ask = { case: mine.number, selectors: mine.records, states: ["kh"] };
    const first = await checked(sari, ask);
    expect(mine.records.map((record) => answerOf(first, record, "kh"))).toEqual(["no-hit", "hit"]);
    await dara.must("DELETE", `/api/cases/${plain.number}/records/selector/${plain.records[0]!}`);
    // Nobody calls for it: the change of the case does.
    await expect
      .poll(async () => answerOf(await checked(sari, ask), mine.records[1]!, "kh"), {
        timeout: 40_000,
        interval: 2_000,
      })
      .toBe("no-hit");
  });

  test("without a grade, and from a kind of case without a basis, nothing is found", async () => {
    const dara = await kh.as("dara");
    const ungraded = { type: "phone", written: "+85519000777", role: "suspect" };
    const missing = { type: "phone", written: "+85519000888", role: "suspect" };
    await caseWith(dara, [ungraded], { grade: { source: "X", information: "4" } });
    await caseWith(dara, [missing], { crimeType: "missing-person" });
    await rebuild(kh);
    const mine = await caseWith(sari, [ungraded, missing]);
    const view = await checked(sari, { case: mine.number, selectors: mine.records, states: ["kh"] });
    expect(mine.records.map((record) => answerOf(view, record, "kh"))).toEqual(["no-hit", "no-hit"]);
  });
});
