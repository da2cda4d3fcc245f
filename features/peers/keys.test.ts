// Two persons change this node's keys, or declare them stolen: letters, logs, bundles and questions go on; what a stolen
// key signed is refused and shown as doubtful until two persons at the other side confirm the new card.
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { beforeAll, expect, test, vi } from "vitest";
import type { OwnCard, DoubtListed, OwnKeysView, PeerView } from "./contract.ts";
import { heard, prove, until } from "./testing.ts";
import { ask, caseNamed, draft, stands, view } from "../requests/testing.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let id: Nation;
let kh: Nation;
let tono: Person;
let wahyu: Person;
let ratana: Person;
let bopha: Person;
beforeAll(async () => {
  ({ id, kh } = await nations("id", "kh"));
  [tono, wahyu] = [await id.as("tono"), await id.as("wahyu")];
  [ratana, bopha] = [await kh.as("ratana"), await kh.as("bopha")];
});

const code = (answer: { status: number; body: unknown }): unknown[] => [
  answer.status,
  (answer.body as { error?: { code: string } } | null)?.error?.code,
];
const ours = (): Promise<OwnKeysView> => tono.must<OwnKeysView>("GET", "/api/peers/keys");
const peer = (who: Person, state: string): Promise<PeerView> =>
  who.must<PeerView>("GET", `/api/peers/${state}`);
const propose = async (body: object): Promise<OwnKeysView> => {
  await prove(tono, "keys.change", "id");
  return tono.must<OwnKeysView>("POST", "/api/peers/keys", body);
};
async function confirmBy(who: Person): Promise<OwnKeysView> {
  const { proposed } = await ours();
  await prove(who, "keys.change", "id");
  return who.must<OwnKeysView>("POST", `/api/peers/keys/${proposed!.id}/confirm`);
}

test("one person proposes with a proof and another confirms; nobody alone, nobody without", async () => {
  const body = { kind: "change", because: "EXERCISE: once a year" };
  expect(code(await tono.ask("POST", "/api/peers/keys", body))).toEqual([403, "STEP_UP"]);
  const agus = await id.as("agus");
  expect(code(await agus.ask("POST", "/api/peers/keys", body))).toEqual([403, "NOT_ALLOWED"]);
  const before = await ours();
  expect(before).toMatchObject({ since: null, untold: [], proposed: null });
  const { proposed } = await propose(body);
  expect(proposed).toMatchObject({ kind: "change", mine: true, because: body.because });
  await prove(tono, "keys.change", "id");
  expect(code(await tono.ask("POST", `/api/peers/keys/${proposed!.id}/confirm`))).toEqual([
    403,
    "SAME_PERSON",
  ]);
  expect(code(await wahyu.ask("POST", `/api/peers/keys/${proposed!.id}/confirm`))).toEqual([403, "STEP_UP"]);
  expect(code(await tono.ask("POST", "/api/peers/keys", body))).toEqual([409, "CHANGE_WAITS"]);
  expect((await ours()).keys).toEqual(before.keys);
});

test("confirmed, the peer knows the new keys at once, and both go on cosigning and asking", async () => {
  const before = id.node.peering.card();
  await id.node.ledger.sequence(true);
  const after = await confirmBy(wahyu);
  expect(after.untold).toEqual([]);
  expect(after.keys.map((one) => one.name)).toEqual([
    id.node.peering.card().signing.slice(0, 8),
    before.signing.slice(0, 8),
  ]);
  expect(id.node.peering.card().number).toBe(1);
  const seen = await peer(ratana, "id");
  expect(seen.keys.map((one) => [one.name, one.endedAt === null])).toEqual([
    [after.keys[0]!.name, true],
    [after.keys[1]!.name, false],
  ]);
  expect((await peer(tono, "kh")).knowsOurs).toBe(true);
  await id.node.ledger.sequence(true);
  await id.node.peering.cosign();
  const head = (await id.node.ledger.head("main"))!;
  expect(head.cosigners.map((one) => one.name)).toContain("kh.simpul/cosigner");
  await kh.node.ledger.sequence(true);
  await kh.node.peering.cosign();
  expect((await kh.node.ledger.head("main"))!.cosigners.map((one) => one.name)).toContain(
    "id.simpul/cosigner",
  );
});

test("after a restart the node speaks with its new keys", async () => {
  await id.leave();
  await id.comeBack();
  [tono, wahyu] = [await id.as("tono"), await id.as("wahyu")];
  expect((await id.node.peering.compare(kh.node.code)).behind).toBe(false);
  expect((await kh.node.peering.compare(id.node.code)).behind).toBe(false);
});

test("declared stolen: the peer refuses at once, flags what came since, and two persons there confirm the new card", async () => {
  const since = new Date(Date.now() - 60_000).toISOString();
  const [rina, agus] = [await id.as("rina"), await id.as("agus")];
  const request = await ask(rina, agus, draft((await caseNamed(rina, "pembayar tiket")).number, ["kh"]));
  await stands(rina, request, "delivered");
  expect(code(await tono.ask("POST", "/api/peers/keys", { kind: "stolen", because: "EXERCISE" }))).toEqual([
    422,
    "BAD_INPUT",
  ]);
  await propose({ kind: "stolen", because: "EXERCISE: the disk is gone", since });
  const after = await confirmBy(wahyu);
  expect(after.keys[1]).toMatchObject({ stolenSince: since, countsUntil: null });
  const seen = await until(
    () => peer(ratana, "id"),
    (one) => one.state === "stopped",
  );
  expect(seen.stopped?.because).toBe("KEY_REVOKED");
  expect(seen.doubtful).toMatchObject([{ since }]);
  await expect(kh.node.peering.compare(id.node.code)).rejects.toThrow("NOT_A_PEER");
  await expect(id.node.peering.compare(kh.node.code)).rejects.toThrow(/UNPINNED|KEY_REVOKED/);

  const own = await tono.must<OwnCard>("GET", "/api/peers/card");
  expect(own.card.number).toBe(2);
  await ratana.must("POST", "/api/peers", own.card);
  await prove(bopha, "peers.confirm", "id");
  await bopha.must("POST", "/api/peers/id/confirm", { heard: heard(own) });
  expect((await id.node.peering.compare(kh.node.code)).behind).toBe(false);
  const again = await peer(ratana, "id");
  expect(again.state).toBe("confirmed");
  expect(again.keys.map((one) => one.stolenSince)).toEqual([null, since, null]);
  expect(again.doubtful).toMatchObject([{ since }]);
});

test("what passed under it is listed and marked on both sides, until a named officer says what she found", async () => {
  const [agus, sophea] = [await id.as("agus"), await kh.as("sophea")];
  const listed = (who: Person): Promise<DoubtListed[]> => who.must("GET", "/api/peers/id/doubts");
  const [came] = await listed(sophea);
  expect(came).toMatchObject({ whose: "id", peer: "id", received: 1, sent: 0, review: null, reviews: true });
  const [went] = await listed(agus);
  expect(went).toMatchObject({ whose: "id", peer: "kh", sent: 1, review: null, reviews: true });
  expect((await view(sophea, came!.request)).doubts).toMatchObject([{ whose: "id", review: null }]);
  // Who keeps the lines sees no requests.
  expect(await listed(ratana)).toEqual([]);

  const path = `/api/peers/id/doubts/${came!.request}`;
  const said = {
    until: came!.until,
    finding: "genuine",
    text: "EXERCISE: I called their desk, it is theirs",
  };
  expect((await ratana.ask("POST", path, said)).status).toBe(403);
  expect((await sophea.ask("POST", path, { ...said, until: "2031-01-01T00:00:00.000Z" })).status).toBe(404);
  await sophea.must("POST", path, said);
  expect((await view(sophea, came!.request)).doubts).toMatchObject([
    { review: { finding: "genuine", text: said.text } },
  ]);
});
