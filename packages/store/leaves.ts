// Leaves as rows: the exact record text, a fresh salt, and the hash that the ledger takes in.
import { createHash } from "node:crypto";
import { actorName, Id } from "@simpul/model";
import type { Clock, Digest, Random } from "@simpul/model";
import type { About, Standing } from "./contract.ts";
import { StoreError } from "./errors.ts";

export type LogName = "main" | "reads";

export interface Leaf {
  log: LogName;
  id: Id;
  at: Date;
  kind: string;
  standing: Standing;
  about: About & { digest?: Digest };
}

const most = 16_384;

/** The text that is hashed; its members stand in this order and absent facts are left out. */
export function recordOf(leaf: Leaf): string {
  const { actor, purpose } = leaf.standing;
  const officer = actor.kind === "officer" ? { desk: actor.desk, agency: actor.agency } : {};
  const about = { ...(leaf.standing.case === undefined ? {} : { case: leaf.standing.case }), ...leaf.about };
  const record = { v: 1, log: leaf.log, id: leaf.id, at: leaf.at.toISOString(), kind: leaf.kind };
  const text = JSON.stringify({ ...record, actor: actorName(actor), ...officer, purpose, about });
  if (Buffer.byteLength(text) > most)
    throw new StoreError("TOO_LARGE", `a leaf of ${leaf.kind} over ${most} bytes`);
  return text;
}

/** SHA-256(salt || SHA-256(record)). */
export function leafHash(salt: Uint8Array, record: string): Uint8Array {
  const inner = createHash("sha256").update(record, "utf8").digest();
  return createHash("sha256").update(salt).update(inner).digest();
}

/** One INSERT for any number of leaves: the text and its values. */
export function insertLeaves(leaves: readonly Leaf[], random: Random): { text: string; values: unknown[] } {
  const columns: unknown[][] = Array.from({ length: 13 }, () => []);
  for (const leaf of leaves) {
    const { actor, purpose } = leaf.standing;
    const record = recordOf(leaf);
    const salt = Buffer.from(random.bytes(32));
    const row = [
      leaf.log,
      leaf.id,
      leaf.at,
      actorName(actor),
      actor.kind === "officer" ? actor.id : null,
      actor.kind === "officer" ? actor.agency : null,
      purpose,
      leaf.kind,
      leaf.about.case ?? leaf.standing.case ?? null,
      leaf.about.id ?? null,
      record,
      salt,
      Buffer.from(leafHash(salt, record)),
    ];
    row.forEach((value, i) => columns[i]!.push(value));
  }
  return {
    text: `insert into simpul.leaves
      (log, id, at, actor, officer_id, agency_id, purpose, kind, case_id, about_id, record, salt, hash)
      select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::uuid[], $7::text[],
        $8::text[], $9::uuid[], $10::uuid[], $11::text[], $12::bytea[], $13::bytea[])`,
    values: columns,
  };
}

export const newLeaf = (
  from: { clock: Clock; random: Random },
  leaf: Omit<Leaf, "id" | "at"> & { at?: Date },
): Leaf => ({ ...leaf, id: Id.make(from), at: leaf.at ?? from.clock.now() });

/** The leaves with the reasons for which the policy allowed them; a leaf that names its own keeps them. */
export const withReasons = (leaves: readonly Leaf[], why: ReadonlySet<string>): Leaf[] =>
  why.size === 0
    ? [...leaves]
    : leaves.map((leaf) => ({ ...leaf, about: { because: [...why].sort(), ...leaf.about } }));
