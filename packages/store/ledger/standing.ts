// How a log of this node stands: how long it is, how much of it is signed, and whether cosigners know more than we do.
import { sql } from "kysely";
import type { LogName } from "../leaves.ts";
import type { OpenStore } from "../open.ts";
import { logNames } from "./tables.ts";

export interface LogState {
  log: LogName;
  /** Leaves that have their place. */
  size: number;
  /** Leaves that wait for one, and since when the oldest does. */
  waiting: number;
  waitingSince: Date | null;
  /** Leaves under the newest signed head; 0 before the first. */
  signed: number;
  signedAt: Date | null;
  /** The most that a cosigner says it has signed of this log. */
  cosignersKnow: number;
  /** True for a database older than the truth (a restored backup): nothing more is signed. */
  behind: boolean;
  /** Since when a restored node waits for a cosigner's word before it signs anything; null when it need not. */
  restoredAt: Date | null;
  /** The newest cosignature of each cosigner. */
  cosigned: { cosigner: string; size: number; at: Date }[];
}

interface Row {
  size: string;
  cosigners_know: string;
  restored_at: Date | null;
  waiting: string;
  waiting_since: Date | null;
  signed: string | null;
  signed_at: Date | null;
}

/** The standing of both logs, the main one first. */
export function ledgerState(store: Pick<OpenStore, "chore">): Promise<LogState[]> {
  return store.chore("ledger", async ({ rows }) => {
    const states: LogState[] = [];
    for (const log of logNames) {
      const found = await sql<Row>`
        select l.size, l.cosigners_know, l.restored_at, h.size as signed, h.at as signed_at, w.waiting, w.waiting_since
        from simpul.logs l
          left join lateral (select size, at from simpul.heads where log = l.log order by size desc limit 1) h on true,
          (select count(*) as waiting, min(at) as waiting_since from simpul.leaves
            where log = ${log} and index is null) w
        where l.log = ${log}`.execute(rows);
      const cosigned = await sql<{ cosigner: string; size: string; at: Date }>`
        select distinct on (cosigner) cosigner, size, at from simpul.cosignatures
        where log = ${log} order by cosigner, size desc`.execute(rows);
      const row = found.rows[0]!;
      const signed = Number(row.signed ?? 0);
      const cosignersKnow = Number(row.cosigners_know);
      states.push({
        log,
        size: Number(row.size),
        waiting: Number(row.waiting),
        waitingSince: row.waiting_since,
        signed,
        signedAt: row.signed_at,
        cosignersKnow,
        behind: cosignersKnow > signed,
        restoredAt: signed === 0 ? null : row.restored_at,
        cosigned: cosigned.rows.map((one) => ({ ...one, size: Number(one.size) })),
      });
    }
    return states;
  });
}

/** The size of the head above `index` that most cosigners signed, the newest of those; null when none did yet. */
export function bestCosigned(
  store: Pick<OpenStore, "chore">,
  log: LogName,
  index: number,
): Promise<number | null> {
  return store.chore("ledger", async ({ rows }) => {
    const found = await sql<{ size: string }>`
      select size from simpul.cosignatures where log = ${log} and size > ${index}
      group by size order by count(*) desc, size desc limit 1`.execute(rows);
    return found.rows[0] === undefined ? null : Number(found.rows[0].size);
  });
}

/** After a restore: nothing is signed until `settleLog` says that a cosigner knows no more than this database. */
export function holdLogs(store: Pick<OpenStore, "chore">): Promise<void> {
  return store.chore("restore", async ({ rows, at }) => {
    await sql`update simpul.logs set restored_at = ${at}`.execute(rows);
  });
}

/** A cosigner has signed our newest head, or there is nobody to ask: a restored log may be signed again. */
export function settleLog(store: Pick<OpenStore, "chore">, log: LogName): Promise<void> {
  return store.chore("restore", async ({ rows }) => {
    await sql`update simpul.logs set restored_at = null where log = ${log} and restored_at is not null`.execute(
      rows,
    );
  });
}
