// Exercise and live work never meet: not by a card, not on the line, not in one database, in neither direction.
import { cardFingerprint, confirmPeer, proposePeer, type PeerCard } from "@simpul/exchange";
import type { Officer } from "@simpul/model";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import { openNode } from "@simpul/server";
import { liveNation, nations, type Nation, type Person } from "@simpul/testing";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { enterPeer } from "./introduce.ts";
import type { PeersNode } from "./node.ts";

let live: Nation, drill: Nation, ratana: Person;
beforeAll(async () => {
  [live, { kh: drill }] = await Promise.all([liveNation("id"), nations("kh")]);
  ratana = await drill.as("ratana");
}, 120_000);

const administrator = (of: Nation): Officer => {
  const id = "01890000-0000-7000-8000-000000000001" as Officer["id"];
  const at = { node: of.node.code, agency: id, agencyKind: "liaison", desk: id } as const;
  return { kind: "officer", id, ...at, roles: ["administrator"], provenAt: null };
};
const room = ({ node }: Nation) => ({ ...node, policy: loadPolicy(cedar) }) as unknown as PeersNode;

test("a live node's card is refused at an exercise, and an exercise's at a live node", async () => {
  const refused = await ratana.ask("POST", "/api/peers", live.node.peering.card());
  expect(refused).toMatchObject({ status: 422, body: { error: { code: "EXERCISE_APART" } } });
  const standing = { actor: administrator(live), purpose: "administration" } as const;
  const card = drill.node.peering.card();
  expect(card.exercise).toBe(true);
  await expect(enterPeer(room(live), standing, card)).rejects.toMatchObject({ code: "EXERCISE_APART" });
  await expect(drill.node.peering.introduce(live.node.peering.card())).rejects.toMatchObject({
    code: "EXERCISE_APART",
  });
});

test("who takes the mark off a card changes what is read out on the telephone", () => {
  const { exercise: _mark, ...bare } = drill.node.peering.card();
  expect(cardFingerprint(bare)).not.toBe(cardFingerprint(drill.node.peering.card()));
});

/** As if two persons had entered and heard a card with its mark taken off. */
async function force({ node }: Nation, card: PeerCard): Promise<void> {
  const as = (name: string) => ({ actor: { kind: "job", name }, purpose: "administration" }) as const;
  await node.store.write(as("one"), (tx) => proposePeer(tx, card));
  await node.store.write(as("other"), (tx) => confirmPeer(tx, card.node, card.pin));
}
const received = ({ node }: Nation, peer: string) =>
  node.store.chore("look", async ({ rows }) => {
    const { rows: found } = await sql<{ n: number }>`
      select count(*)::int as n from simpul.received where peer = ${peer}`.execute(rows);
    return found[0]!.n;
  });
const letter = ({ node }: Nation, to: string, agency: string) =>
  node.store.write({ actor: { kind: "job", name: "t" }, purpose: "administration" }, async (tx) => {
    const id = tx.newId();
    await tx.send({ id, to: to as never, kind: "exclusion.lifted", body: { agency, exclusion: id } });
    tx.note("exclusion.lifted", { id });
  });

test("and where somebody forced it, neither a question nor a letter passes, in both directions", async () => {
  const [ofLive, ofDrill] = [live.node.peering.card(), drill.node.peering.card()];
  await force(live, ofDrill);
  await force(drill, ofLive);
  for (const [from, to] of [
    [live, drill],
    [drill, live],
  ] as const) {
    const asked = from.node.peering.ask(to.node.code, "recipients", new Uint8Array());
    await expect(asked).rejects.toMatchObject({ code: "EXERCISE_APART" });
    await letter(from, to.node.code, from.node.peering.card().agencies[0]!.agency);
    await expect(from.node.peering.compare(to.node.code)).rejects.toMatchObject({ code: "EXERCISE_APART" });
    expect(await received(to, from.node.code)).toBe(0);
  }
});

test("a database begun as the one is never opened as the other", async () => {
  for (const { node } of [live, drill])
    await expect(openNode({ ...node.settings, exercise: !node.exercise })).rejects.toMatchObject({
      code: "BAD_SETTING",
    });
});
