// Nodes of three states meet: pinned to each other, cosigning each other's logs, and deaf to whoever was not introduced.
import type { LedgerStanding } from "@simpul/features/oversight/contract.ts";
import type { PeerPart } from "@simpul/exchange";
import { NodeCode } from "@simpul/model";
import { nations } from "@simpul/testing";
import { sql } from "kysely";
import { expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 60_000 });

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

test("an agency that was founded while its node ran signs its first letter, and the other state takes it", async () => {
  const { id, kh } = await nations("id", "kh");
  const taken: string[] = [];
  const part: PeerPart = {
    takes: { "letter.sent": (_tx, { agency }) => Promise.resolve(void taken.push(agency)) },
    leaves: { "letter.sent": () => Promise.resolve({ kind: "may" }) },
  };
  for (const { node } of [id, kh]) {
    node.settings.peerPort = Number(node.peering.card().address.split(":").at(-1));
    await node.peering.close();
    await node.peering.open([part]);
  }
  const before = kh.node.peering.card().agencies.length;
  const standing = { actor: { kind: "job", name: "test" }, purpose: "administration" } as const;
  const founded = await kh.node.store.write(standing, async (tx) => {
    const agency = tx.newId();
    await sql`insert into simpul.agencies (id, kind, name, created_at)
      values (${agency}, 'prosecutor', 'Prosecutor of Poipet (exercise)', ${tx.at})`.execute(tx.rows);
    await tx.send({ id: tx.newId(), to: NodeCode.parse("id"), kind: "letter.sent", body: { agency } });
    tx.note("access.agency-created", { id: agency, kind: "prosecutor" });
    return agency;
  });
  await expect.poll(() => taken, { timeout: 20_000 }).toEqual([founded]);
  expect(kh.node.peering.card().agencies.length).toBe(before + 1);
});
