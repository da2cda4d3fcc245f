// The trust policy of this node: what another state's court must get by another way before it can check our bundles.
import { createHash } from "node:crypto";
import { parsePolicy, type Policy } from "@simpul/ledger";
import { Digest } from "@simpul/model";
import { printVerifierKey } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import type { TrustPolicy } from "../contract.ts";
import type { ExportNode, PeerKeys } from "./node.ts";

/**
 * Two cosigners of those there are, so that one of them always lies outside the two parties of an exchange: whoever the
 * recipient is, it cannot be both. With one peer only, that one.
 */
export const quorumOf = (peers: number): number => Math.min(peers, 2);

/** A state that changed its keys is one cosigner, whichever of them it signed with. */
function witnesses({ node, cosigner, earlier }: PeerKeys): string[] {
  if (earlier.length === 0) return [`witness ${node} ${printVerifierKey(cosigner)}`];
  const keys = [cosigner, ...earlier.map((one) => one.cosigner)];
  const names = keys.map((_, nth) => `${node}.${keys.length - nth}`);
  return [
    ...keys.map((key, nth) => `witness ${names[nth]!} ${printVerifierKey(key)}`),
    `group ${node} any ${names.join(" ")}`,
  ];
}

/** The text is the same for the same peers, so that two people can compare its digest over the phone. */
export function writePolicy(
  node: Pick<ExportNode, "code" | "log" | "earlierLogs">,
  peers: readonly PeerKeys[],
): string {
  const others = [...peers].sort((a, b) => (a.node < b.node ? -1 : 1));
  const needed = quorumOf(others.length);
  const own = node.earlierLogs();
  const quorum =
    others.length === 0
      ? [
          "# No other state cosigns this log yet: nothing under this policy is proven by more than its own state.",
        ]
      : [`group cosigners ${needed} ${others.map((one) => one.node).join(" ")}`];
  return [
    `# Trust policy of the Simpul node of ${node.code.toUpperCase()} (C2SP tlog-policy).`,
    "# It counts only when it reached you by another way than the bundle that it is to check.",
    ...[node.log, ...own.earlier].map((key) => `log ${printVerifierKey(key)}`),
    ...others.flatMap((one) => [one, ...one.earlier].map(({ main }) => `log ${printVerifierKey(main)}`)),
    ...[...own.stolen, ...others.flatMap(({ stolen }) => stolen)].map(
      ({ main, since }) => `# revoked ${printVerifierKey(main)} ${since.toISOString()}`,
    ),
    ...others.flatMap(witnesses),
    ...quorum,
    `quorum ${others.length === 0 ? "none" : "cosigners"}`,
    "",
  ].join("\n");
}

export interface ReadPolicy extends TrustPolicy {
  policy: Policy;
  peers: readonly PeerKeys[];
}

/** This node's policy as it stands now. */
export async function trustPolicy(
  node: Pick<ExportNode, "code" | "log" | "earlierLogs" | "peerKeys">,
): Promise<ReadPolicy> {
  const peers = await node.peerKeys();
  const text = writePolicy(node, peers);
  return {
    text,
    digest: Digest.parse(createHash("sha256").update(text).digest("hex")),
    cosigners: peers.map((one) => one.node).sort(),
    needed: quorumOf(peers.length),
    policy: parsePolicy(text, nodeVerifying),
    peers,
  };
}
