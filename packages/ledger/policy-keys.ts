// A policy that goes on: whoever trusts a node's key follows what that key signed about its successor, and what was said
// about a stolen one.
import { fromBase64Url, readKeyStatement, sameBytes, verifierKey } from "@simpul/seal";
import type { KeyStep, VerifierKey, Verifying } from "@simpul/seal";
import type { Policy } from "./policy.ts";

export interface FollowedKeys {
  policy: Policy;
  /** The statements that were believed, each signed by a key that the policy trusted before. */
  steps: KeyStep[];
}

/**
 * The policy with the keys to which `texts` lead from its own, in any order; what no key of the policy signed is passed
 * over. A new key stands where the old one stood: as the log of its name and as the same cosigner.
 */
export async function followPolicy(
  policy: Policy,
  texts: readonly string[],
  engine: Verifying,
): Promise<FollowedKeys> {
  const read: KeyStep[] = [];
  for (const text of texts) {
    const step = await readKeyStatement(text, engine).catch(() => null);
    if (step !== null) read.push(step);
  }
  read.sort((a, b) => a.statement.number - b.statement.number);
  const logs = [...policy.logs];
  const revoked = [...policy.revoked];
  const alias = new Map<VerifierKey, VerifierKey>(policy.cosigners.map((one) => [one, one]));
  const steps: KeyStep[] = [];
  for (const step of read) {
    const { statement } = step;
    const old = fromBase64Url(statement.old);
    const log = logs.find(
      (one) => sameBytes(one.publicKey, old) && one.name.startsWith(`${statement.node}.`),
    );
    const cosigner = [...alias.keys()].find((one) => sameBytes(one.publicKey, old));
    if (log === undefined && cosigner === undefined) continue;
    steps.push(step);
    if (statement.new === null) {
      // Said by the key itself: whether its owner or its thief did, it is not to be believed.
      const since = Date.parse(statement.since!) / 1000;
      if (log !== undefined) revoked.push({ key: logs.splice(logs.indexOf(log), 1)[0]!, since });
      if (cosigner !== undefined) alias.delete(cosigner);
      continue;
    }
    const next = fromBase64Url(statement.new.signing);
    const fresh = (of: VerifierKey): VerifierKey => verifierKey(of.name, of.type, next, engine);
    if (log !== undefined && !logs.some((one) => sameBytes(one.publicKey, next))) logs.push(fresh(log));
    if (cosigner !== undefined && ![...alias.keys()].some((one) => sameBytes(one.publicKey, next)))
      alias.set(fresh(cosigner), alias.get(cosigner)!);
  }
  const satisfied = (keys: readonly VerifierKey[]): boolean =>
    policy.satisfied(keys.flatMap((key) => alias.get(key) ?? []));
  return { policy: { logs, cosigners: [...alias.keys()], revoked, satisfied }, steps };
}
