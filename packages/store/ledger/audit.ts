// Recomputes a log from its leaves: does every record give its hash, and do all hashes give the head that was signed.
import type { Edge } from "@simpul/ledger";
import { appendToEdge, edgeReader, leafHash as nodeOf, parseCheckpoint, rootOf } from "@simpul/ledger";
import { parseNote, sameBytes, utf8 } from "@simpul/seal";
import type { Verifying } from "@simpul/seal";
import { sql } from "kysely";
import { leafHash } from "../leaves.ts";
import type { LogName } from "../leaves.ts";
import type { OpenStore } from "../open.ts";

export interface LogAudit {
  log: LogName;
  /** Leaves under the newest head. */
  size: number;
  /** Places that have no leaf. */
  missing: number;
  /** Places whose record or salt does not give the leaf's hash, the first hundred. */
  altered: number[];
  /** False when the leaves give another root than the one that was signed. */
  rootHolds: boolean;
}

interface Row {
  index: string;
  record: string | null;
  salt: Buffer | null;
  hash: Buffer;
}

const page = 10_000;

/** Reads every leaf once, in pages; about a hundred thousand a second. */
export async function auditLog(
  store: Pick<OpenStore, "chore">,
  log: LogName,
  engine: Verifying,
): Promise<LogAudit> {
  const head = await store.chore("audit", ({ rows }) =>
    sql<{
      note: string;
    }>`select note from simpul.heads where log = ${log} order by size desc limit 1`.execute(rows),
  );
  const note = head.rows[0]?.note;
  const signed = note === undefined ? null : parseCheckpoint(parseNote(utf8(note)).text);
  const size = signed?.size ?? 0;
  const edge: Edge = new Map();
  const altered: number[] = [];
  let seen = 0;
  for (let from = 0; from < size; from += page) {
    const until = Math.min(size, from + page);
    const { rows: leaves } = await store.chore("audit", ({ rows }) =>
      sql<Row>`select index, record, salt, hash from simpul.leaves
        where log = ${log} and index >= ${from} and index < ${until} order by index`.execute(rows),
    );
    for (const { index, record, salt, hash } of leaves)
      if (
        record !== null &&
        salt !== null &&
        !sameBytes(leafHash(salt, record), hash) &&
        altered.length < 100
      )
        altered.push(Number(index));
    seen += leaves.length;
    appendToEdge(
      edge,
      leaves.map((leaf) => nodeOf(leaf.hash, engine)),
      engine,
    );
  }
  const whole = seen === size;
  const rootHolds =
    signed === null ||
    (whole && sameBytes(await rootOf(size, edgeReader(edge, engine), engine), signed.root));
  return { log, size, missing: size - seen, altered, rootHolds };
}
