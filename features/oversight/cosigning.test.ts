// Three states cosign each other's heads, and oversight sees it; nobody else finds the room.
import { parsePolicy } from "@simpul/ledger";
import { printVerifierKey } from "@simpul/seal";
import { nations } from "@simpul/testing";
import { expect, test } from "vitest";
import type { LedgerStanding } from "./contract.ts";
import { circle, cosignAll } from "./testing.ts";

test("three ledgers cosign each other, and the proof of an act holds under a quorum of the others", async () => {
  const all = await nations("id", "kh", "ph");
  // Somebody signed in and looked: now both logs of each state have leaves.
  for (const [nation, who] of [
    [all.id, "rina"],
    [all.kh, "sreymom"],
    [all.ph, "joel"],
  ] as const) {
    await (await nation.as(who)).must("GET", "/api/cases");
    await nation.node.ledger.sequence(true);
  }
  const states = circle({ id: all.id.node, kh: all.kh.node, ph: all.ph.node });
  expect(await cosignAll(states)).toEqual([]);

  const hendra = await all.id.as("hendra");
  const standing = await hendra.must<LedgerStanding>("GET", "/api/oversight/ledger");
  expect(standing.logs.map((log) => log.cosigned.map(({ node }) => node))).toEqual([
    ["kh", "ph"],
    ["kh", "ph"],
  ]);
  expect(standing.cosigns.map(({ origin }) => origin)).toEqual([
    "kh.simpul/main",
    "kh.simpul/reads",
    "ph.simpul/main",
    "ph.simpul/reads",
  ]);
  expect(standing.splitViews).toEqual([]);

  const { main } = all.id.node.keys.notes;
  const vouch = (code: "kh" | "ph") =>
    `witness ${code} ${printVerifierKey(all[code].node.keys.notes.cosigner)}`;
  const policy = `log ${printVerifierKey(main)}\n${vouch("kh")}\n${vouch("ph")}\ngroup others all kh ph\nquorum others\n`;
  const { nodeVerifying } = await import("@simpul/store/keys");
  expect(
    (await all.id.node.ledger.provenHead("main", parsePolicy(policy, nodeVerifying)))!.size,
  ).toBeGreaterThan(10);
});
