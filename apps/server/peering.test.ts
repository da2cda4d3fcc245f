// Nodes of three states meet: pinned to each other, cosigning each other's logs, and deaf to whoever was not introduced.
import type { LedgerStanding } from "@simpul/features/oversight/contract.ts";
import { nations } from "@simpul/testing";
import { expect, test } from "vitest";

test("three states that know each other cosign each other's logs over the wire", async () => {
  const all = await nations("id", "kh", "ph");
  for (const { node } of Object.values(all)) await node.ledger.sequence(true);
  for (const { node } of Object.values(all)) await node.peering.cosign();
  const hendra = await all.id.as("hendra");
  const standing = await hendra.must<LedgerStanding>("GET", "/api/oversight/ledger");
  expect(standing.logs[0]!.cosigned.map(({ node }) => node)).toEqual(["kh", "ph"]);
  expect(standing.cosigns.map(({ origin }) => origin)).toContain("ph.simpul/main");
});

test("a state that was not introduced gets nothing, not even an answer to a question", async () => {
  const { id } = await nations("id");
  const { kh } = await nations("kh");
  await expect(id.node.peering.ask(kh.node.code, "cosign", new Uint8Array())).rejects.toThrow("NOT_A_PEER");
  await id.node.peering.introduce(kh.node.peering.card());
  // Indonesia now knows Cambodia; Cambodia does not know Indonesia.
  await expect(id.node.peering.ask(kh.node.code, "cosign", new Uint8Array())).rejects.toThrow("UNPINNED");
});

test("a question that no feature answers is refused by name", async () => {
  const { id, kh } = await nations("id", "kh");
  await expect(id.node.peering.ask(kh.node.code, "anything", new Uint8Array())).rejects.toThrow("NOT_FOUND");
});
