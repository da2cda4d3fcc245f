// The seed of a month, from which all keys of that month follow; it is made here, kept wrapped, and destroyed.
import type { SelectorType } from "@simpul/model";
import { typeKey } from "@simpul/match/oprf";
import { sql } from "kysely";
import { jobStanding, type ChecksNode } from "../node.ts";
import { epochEnds } from "../rules.ts";

const context = (epoch: string): string => `check-epoch:${epoch}`;

/** The seed of a month; null when there is none (any more). */
export async function seedOf(node: ChecksNode, epoch: string): Promise<Uint8Array | null> {
  return node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ seed: Buffer | null }>`
      select seed from simpul.check_epochs where epoch = ${epoch}`.execute(db.rows);
    const wrapped = rows[0]?.seed ?? null;
    return wrapped === null ? null : node.box.unwrap(wrapped, context(epoch));
  });
}

/** The same, made where there is none yet. */
export async function newSeedOf(node: ChecksNode, epoch: string): Promise<Uint8Array> {
  const found = await seedOf(node, epoch);
  if (found !== null) return found;
  const wrapped = Buffer.from(node.box.wrap(node.random.bytes(32), context(epoch)));
  await node.store.write(jobStanding, async (tx) => {
    const made = await sql`insert into simpul.check_epochs (epoch, seed, made_at)
      values (${epoch}, ${wrapped}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
    if (made.numAffectedRows === 1n) tx.note("check.key-made", { epoch });
  });
  const kept = await seedOf(node, epoch);
  // A month whose seed was destroyed gets no second one.
  if (kept === null) throw new Error(`the seed of ${epoch} was destroyed`);
  return kept;
}

/** The key of one type in one month; null when the seed is gone. */
export async function keyOf(node: ChecksNode, epoch: string, type: SelectorType) {
  const seed = await seedOf(node, epoch);
  return seed === null ? null : typeKey(node.engine, seed, { node: node.code, type, epoch });
}

/** Destroys the seeds of months that are over, and what was made with them. Gives the months. */
export async function destroySeeds(node: ChecksNode): Promise<string[]> {
  const now = node.clock.now().getTime();
  const alive = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ epoch: string }>`
      select epoch from simpul.check_epochs where seed is not null`.execute(db.rows);
    return rows.map((row) => row.epoch);
  });
  const over = alive.filter(
    (epoch) => epochEnds(epoch).getTime() + node.terms.epoch.graceHours * 3_600_000 < now,
  );
  for (const epoch of over)
    await node.store.write(jobStanding, async (tx) => {
      await sql`update simpul.check_epochs set seed = null, destroyed_at = ${tx.at}
        where epoch = ${epoch} and seed is not null`.execute(tx.rows);
      await sql`delete from simpul.check_tags where epoch = ${epoch}`.execute(tx.rows);
      await sql`delete from simpul.check_indexes where epoch = ${epoch}`.execute(tx.rows);
      tx.note("check.key-destroyed", { epoch });
    });
  return over;
}
