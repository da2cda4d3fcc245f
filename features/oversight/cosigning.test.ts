// Three states cosign each other's heads, and oversight sees it; nobody else finds the room.
import { parsePolicy } from "@simpul/ledger";
import type { NodeCode } from "@simpul/model";
import { printVerifierKey } from "@simpul/seal";
import { nations } from "@simpul/testing";
import type { Nation } from "@simpul/testing";
import { expect, test } from "vitest";
import type { LedgerStanding, LogPage } from "./contract.ts";
import { answerCosign, keepCosigned } from "./cosigning.ts";
import type { Cosigning } from "./cosigning.ts";

/** Peers that answer each other in this process, by the same acts that the exchange carries between states. */
function circle(all: Record<string, Nation>): Record<string, Cosigning> {
  const made: Record<string, Cosigning> = {};
  for (const [code, { node }] of Object.entries(all)) {
    made[code] = {
      ledger: node.ledger,
      keysOf: (peer) => Promise.resolve(all[peer]?.node.keys.notes ?? null),
      asking: {
        peers: () => Promise.resolve(Object.keys(all).filter((other) => other !== code) as NodeCode[]),
        ask: (peer, _, body) => answerCosign(made[peer]!, code as NodeCode, body),
      },
    };
  }
  return made;
}

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
  const faults: unknown[] = [];
  for (const one of Object.values(circle(all))) {
    const cosigned = keepCosigned(one, { seconds: 3600 }, (fault) => faults.push(fault));
    await cosigned.once();
    await cosigned.once();
    await cosigned.stop();
  }
  expect(faults).toEqual([]);

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

test("oversight reads who did what, page by page; to an investigator the room does not exist", async () => {
  const { id } = await nations("id");
  const hendra = await id.as("hendra");
  const first = await hendra.must<LogPage>("GET", "/api/oversight/log?kind=case.&limit=5");
  expect(first.entries).toHaveLength(5);
  expect(first.entries.every((one) => one.kind.startsWith("case.") && one.actor.startsWith("officer:"))).toBe(
    true,
  );
  const second = await hendra.must<LogPage>(
    "GET",
    `/api/oversight/log?kind=case.&limit=5&before=${encodeURIComponent(first.next!)}`,
  );
  expect(second.entries[0]!.at <= first.entries[4]!.at).toBe(true);
  expect(new Set([...first.entries, ...second.entries].map((one) => one.id)).size).toBe(
    first.entries.length + second.entries.length,
  );
  for (const nobody of ["sari", "tono", "agus"]) {
    expect((await (await id.as(nobody)).ask("GET", "/api/oversight/log")).status).toBe(404);
  }
});
