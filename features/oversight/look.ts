// What oversight reads: the standing of the ledger, and who did and read what (AUD-1, AUD-2).
import type { Id } from "@simpul/model";
import { SimpulError } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import { toBase64 } from "@simpul/seal";
import type { Ledger, OpenStore, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { LedgerStanding, LogEntry, LogPage, LogStanding } from "./contract.ts";

export class OversightError extends SimpulError<"NOT_FOUND" | "NOT_A_FILTER"> {}

export interface OversightNode {
  code: string;
  store: OpenStore;
  ledger: Ledger;
  policy: Policy;
  origins: Readonly<Record<"main" | "reads", string>>;
}

/** AUD-2: oversight reads logs of its own state; to everybody else the room does not exist. */
function mayOversee(node: OversightNode, standing: Standing): void {
  const { actor, purpose } = standing;
  if (actor.kind !== "officer") throw new OversightError("NOT_FOUND");
  const decision = node.policy.decide({
    officer: actor,
    act: "oversight.read",
    record: { kind: "node", id: node.code as never },
    purpose,
    now: node.store.clock.now(),
  });
  if (!decision.allowed) throw new OversightError("NOT_FOUND", decision.because.join(" "));
}

const iso = (at: Date): string => at.toISOString();

/** How long the logs are, what is signed, which states cosigned, what we cosigned for others. */
export async function ledgerStanding(node: OversightNode, standing: Standing): Promise<LedgerStanding> {
  mayOversee(node, standing);
  const logs = await Promise.all((["main", "reads"] as const).map((log) => logStanding(node, log)));
  return node.store.read(standing, async (db) => {
    db.noteRead("ledger.viewed", {});
    const cosigns = await sql<{ origin: string; size: string; at: Date }>`
      select origin, size, at from simpul.cosigned order by origin`.execute(db.rows);
    const splits = await sql<{ origin: string; size: string; seen_at: Date }>`
      select origin, size, seen_at from simpul.split_views order by seen_at desc limit 100`.execute(db.rows);
    return {
      logs,
      cosigns: cosigns.rows.map(({ origin, size, at }) => ({ origin, size: Number(size), at: iso(at) })),
      splitViews: splits.rows.map(({ origin, size, seen_at: at }) => ({
        origin,
        size: Number(size),
        seenAt: iso(at),
      })),
    };
  });
}

async function logStanding(node: OversightNode, log: "main" | "reads"): Promise<LogStanding> {
  const head = await node.ledger.head(log);
  const cosigned = await node.store.chore("oversight", ({ rows }) =>
    sql<{ cosigner: string; size: string; at: Date }>`
      select distinct on (cosigner) cosigner, size, at from simpul.cosignatures
      where log = ${log} order by cosigner, size desc`.execute(rows),
  );
  return {
    log,
    origin: node.origins[log],
    size: head?.size ?? 0,
    root: head === null ? null : toBase64(head.root),
    signedAt: head === null ? null : iso(head.at),
    cosigned: cosigned.rows.map((row) => ({
      node: row.cosigner.slice(0, 2),
      size: Number(row.size),
      at: iso(row.at),
    })),
  };
}

export interface LogFilter {
  log?: "main" | "reads" | undefined;
  officer?: Id | undefined;
  case?: Id | undefined;
  /** Begins with, as in `case.` or `session.started`. */
  kind?: string | undefined;
  before?: string | undefined;
  limit: number;
}

interface LeafRow {
  id: Id;
  log: "main" | "reads";
  index: string | null;
  at: Date;
  kind: string;
  actor: string;
  purpose: string;
  case_id: Id | null;
  record: string | null;
}

/** Newest first; a cursor is `<time>/<id>`. Throws `NOT_A_FILTER` for one that is not ours. */
export async function readLog(node: OversightNode, standing: Standing, filter: LogFilter): Promise<LogPage> {
  mayOversee(node, standing);
  const cursor =
    filter.before === undefined ? null : /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\/([0-9a-f-]{36})$/.exec(filter.before);
  if (filter.before !== undefined && cursor === null) throw new OversightError("NOT_A_FILTER", "before");
  return node.store.read(standing, async (db) => {
    const { rows } = await sql<LeafRow>`
      select id, log, index, at, kind, actor, purpose, case_id, record from simpul.leaves
      where (${filter.log ?? null}::text is null or log = ${filter.log ?? null})
        and (${filter.officer ?? null}::uuid is null or officer_id = ${filter.officer ?? null}::uuid)
        and (${filter.case ?? null}::uuid is null or case_id = ${filter.case ?? null}::uuid)
        and (${filter.kind ?? null}::text is null or starts_with(kind, ${filter.kind ?? null}))
        and (${cursor?.[1] ?? null}::timestamptz is null
          or (at, id) < (${cursor?.[1] ?? null}::timestamptz, ${cursor?.[2] ?? null}::uuid))
      order by at desc, id desc limit ${filter.limit + 1}`.execute(db.rows);
    db.noteRead("log.read", { shown: Math.min(rows.length, filter.limit), kind: filter.kind ?? "" });
    const entries = rows.slice(0, filter.limit).map(entryOf);
    const last = entries.at(-1);
    return {
      entries,
      next: rows.length > filter.limit && last !== undefined ? `${last.at}/${last.id}` : null,
    };
  });
}

function entryOf(row: LeafRow): LogEntry {
  const record = row.record === null ? {} : (JSON.parse(row.record) as { about?: Record<string, unknown> });
  return {
    id: row.id,
    log: row.log,
    index: row.index === null ? null : Number(row.index),
    at: iso(row.at),
    kind: row.kind,
    actor: row.actor,
    purpose: row.purpose,
    case: row.case_id,
    about: record.about ?? {},
  };
}
