// One entry with its proof: its place, the head above it that most states cosigned, and the file anybody can check.
import { printEntryFile } from "@simpul/ledger";
import type { Id } from "@simpul/model";
import { bestCosigned } from "@simpul/store";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { ProofOfEntry, ProvenEntry } from "./contract.ts";
import { leafColumns, named } from "./log.ts";
import type { LeafRow } from "./log.ts";
import { stateOf } from "./look.ts";
import { iso, mayOversee, OversightError } from "./node.ts";
import type { OversightNode } from "./node.ts";

type Row = LeafRow & { salt: Buffer | null; hash: Buffer };

/** Throws `NOT_FOUND` for an entry that is not there, and to everybody but oversight. */
export async function provenEntry(
  node: OversightNode,
  standing: Standing,
  log: "main" | "reads",
  id: Id,
): Promise<ProvenEntry> {
  const because = mayOversee(node, standing);
  const row = await node.store.read(standing, async (db) => {
    db.allowed(because);
    const { rows } = await sql<Row>`select ${leafColumns}, salt, hash from simpul.leaves
      where log = ${log} and id = ${id}`.execute(db.rows);
    db.noteRead("log.entry-viewed", { id, log, found: rows.length > 0 });
    return rows[0];
  });
  if (row === undefined) throw new OversightError("NOT_FOUND", id);
  const [entry] = await named(node, [row]);
  return { entry: entry!, record: row.record, proof: await proofOf(node, row) };
}

async function proofOf(node: OversightNode, row: Row): Promise<ProofOfEntry | null> {
  if (row.index === null) return null;
  const index = Number(row.index);
  const size = await bestCosigned(node.store, row.log, index);
  const head =
    (size === null ? null : await node.ledger.head(row.log, size)) ?? (await node.ledger.head(row.log));
  if (head === null || head.size <= index) return null;
  const proof = await node.ledger.proofFile(row.log, row.id, head);
  if (proof === null) return null;
  const { record, salt, hash } = row;
  return {
    index,
    size: head.size,
    signedAt: iso(head.at),
    cosigned: head.cosigners.map((one) => ({ node: stateOf(one.name), at: iso(one.at) })),
    file: printEntryFile({
      record,
      salt: salt === null ? null : new Uint8Array(salt),
      leaf: new Uint8Array(hash),
      proof,
    }),
  };
}
