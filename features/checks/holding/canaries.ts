// Canaries: values valid in form that belong to nobody, in every index; who names one has guessed, not investigated.
import { createHmac } from "node:crypto";
import { normalise, profileOf } from "@simpul/match/profiles";
import type { CanonicalSelector } from "@simpul/match/oprf";
import type { SelectorType } from "@simpul/model";
import { sql } from "kysely";
import { jobStanding, type ChecksNode } from "../node.ts";
import { seedOf } from "./seeds.ts";

/** The canaries of a type in one month. They follow from the seed, so that nobody else knows them. */
export function canariesOf(node: ChecksNode, type: SelectorType, seed: Uint8Array): CanonicalSelector[] {
  const range = node.terms.canaries[node.code]?.[type];
  if (range === undefined) return [];
  const made = new Set<string>();
  for (let i = 0; made.size < range.count && i < 1000; i++) {
    const mac = createHmac("sha256", seed).update(`simpul/canary/1\n${type}\n${i}`).digest();
    const digits = (mac.readBigUInt64BE() % 10n ** BigInt(range.digits)).toString();
    const value = range.before + digits.padStart(range.digits, "0");
    const read = normalise(type, value, { region: node.code });
    if (read.valid && read.canonical === value) made.add(value);
  }
  return [...made].map((canonical) => ({ type, profile: profileOf(type), canonical }));
}

/** Whether a value is a canary of any month whose seed still lives. */
export async function isCanary(
  node: ChecksNode,
  selector: { type: SelectorType; canonical: string },
): Promise<boolean> {
  const alive = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ epoch: string }>`
      select epoch from simpul.check_epochs where seed is not null`.execute(db.rows);
    return rows;
  });
  for (const { epoch } of alive) {
    const seed = await seedOf(node, epoch);
    const made = seed === null ? [] : canariesOf(node, selector.type, seed);
    if (made.some((one) => one.canonical === selector.canonical)) return true;
  }
  return false;
}
