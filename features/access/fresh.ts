// A new way in is added only with the factor at hand: a borrowed session alone leaves nothing behind that lasts.
import { Denied, factorLasts } from "@simpul/policy";
import { doorkeeper, type AccessNode } from "./node.ts";
import { passkeysOf } from "./records.ts";
import type { Acting } from "./sessions.ts";

/** Throws `Denied` (`STEP_UP`) unless she showed her passkey in the last quarter of an hour; who has none yet need not. */
export async function requireFreshFactor(node: AccessNode, acting: Acting): Promise<void> {
  const keys = await node.store.read(doorkeeper, (db) => passkeysOf(db, acting.officer.id));
  if (keys.length === 0) return;
  const { provenAt } = acting.officer;
  const age = provenAt === null ? null : node.clock.now().getTime() / 1000 - provenAt;
  // A factor shown in the future is a clock gone wrong, and counts as never. ASVS 7.5.1.
  if (age === null || age > factorLasts || age < -1)
    throw new Denied("STEP_UP", { act: "access.manage", record: { id: node.code } }, [
      "policy.step-up.recent",
    ]);
}
