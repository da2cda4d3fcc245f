// How the ledger stands: both logs, who cosigned them, what we cosigned for others, and proofs of two histories.
import { createHash } from "node:crypto";
import { toBase64 } from "@simpul/seal";
import { ledgerState } from "@simpul/store";
import type { LogState, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { EntryPolicy, LedgerStanding, LogStanding } from "./contract.ts";
import { iso, mayOversee } from "./node.ts";
import type { OversightNode } from "./node.ts";

interface SplitRow {
  origin: string;
  size: string;
  seen_at: Date;
  first_note: string;
  second_note: string;
}

/** How long the logs are, what is signed, which states cosigned, what we cosigned for others. Throws `NOT_FOUND`. */
export async function ledgerStanding(node: OversightNode, standing: Standing): Promise<LedgerStanding> {
  const because = mayOversee(node, standing);
  const logs = await Promise.all((await ledgerState(node.store)).map((state) => logStanding(node, state)));
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("ledger.viewed", {});
    const cosigns = await sql<{ origin: string; size: string; at: Date }>`
      select origin, size, at from simpul.cosigned order by origin`.execute(db.rows);
    const splits = await sql<SplitRow>`
      select origin, size, seen_at, first_note, second_note from simpul.split_views
      order by seen_at desc limit 100`.execute(db.rows);
    return {
      logs,
      cosigns: cosigns.rows.map(({ origin, size, at }) => ({ origin, size: Number(size), at: iso(at) })),
      splitViews: splits.rows.map((row) => ({
        origin: row.origin,
        size: Number(row.size),
        seenAt: iso(row.seen_at),
        first: row.first_note,
        second: row.second_note,
      })),
    };
  });
}

async function logStanding(node: OversightNode, state: LogState): Promise<LogStanding> {
  const head = await node.ledger.head(state.log);
  return {
    log: state.log,
    origin: node.origins[state.log],
    size: state.signed,
    root: head === null ? null : toBase64(head.root),
    signedAt: state.signedAt === null ? null : iso(state.signedAt),
    cosigned: state.cosigned.map((one) => ({
      node: stateOf(one.cosigner),
      size: one.size,
      at: iso(one.at),
    })),
    cosignersKnow: state.behind ? state.cosignersKnow : null,
    restoredAt: state.restoredAt === null ? null : iso(state.restoredAt),
  };
}

/**
 * The policies under which entries of each log are checked; they hold no secret, only keys. Two texts: both logs are
 * signed with one key, and a policy names a key once. Throws `NOT_FOUND`.
 */
export async function entryPolicies(node: OversightNode, standing: Standing): Promise<EntryPolicy[]> {
  mayOversee(node, standing);
  const main = await node.mainPolicy();
  const keys = node.logKeys();
  return (["main", "reads"] as const).map((log) => {
    const text = keys.main.reduce((all, one, nth) => all.replace(one, keys[log][nth]!), main);
    return { log, text, digest: createHash("sha256").update(text).digest("hex") };
  });
}

/** `kh.simpul/cosigner` is Cambodia's. */
export const stateOf = (cosigner: string): string => cosigner.slice(0, 2);
