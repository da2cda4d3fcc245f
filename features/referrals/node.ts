// What this room asks of its node, the rows of a share, and who counts as of the victim desk.
import type { Clock, Id, NodeCode, Random } from "@simpul/model";
import { demand, type Policy } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory, Proofs } from "../access/contract.ts";
import type { Compartment } from "../victims/contract.ts";
import { ReferralsError, type Share, type ShareKind, type ShareState, type Way } from "./contract.ts";
import type { Explanation } from "./explain.ts";
import type { Terms } from "./terms.ts";

export interface ReferralsNode {
  code: NodeCode;
  name: string;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  terms: Terms;
  explanation: Explanation;
  directory: Directory;
  proofs: Proofs;
  compartment: Compartment;
  /** Signs in the node's name. */
  signer: Signer;
  /** Keys under which a confirmed peer signs; empty for anybody else. */
  keysOf(peer: NodeCode): Promise<readonly Uint8Array[]>;
  peers(): Promise<NodeCode[]>;
  wake(topic: string): void;
  send(): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;

// A type, not an interface: rows are read by hand-written SQL.
export type ShareRow = {
  id: Id;
  ours: boolean;
  what: ShareKind;
  thread: Id;
  way: Way;
  peer: NodeCode | null;
  state: ShareState;
  made_at: Date;
  due_at: Date | null;
  changed_at: Date;
  crossed: boolean;
  opened_at: Date | null;
  answer: string | null;
  seen_at: Date | null;
};

export const viewOf = (row: ShareRow): Share => ({
  id: row.id,
  ours: row.ours,
  what: row.what,
  thread: row.thread,
  way: row.way,
  peer: row.peer,
  state: row.state,
  at: row.made_at.toISOString(),
  due: row.state === "pending" ? (row.due_at?.toISOString() ?? null) : null,
  changedAt: row.changed_at.toISOString(),
  crossed: row.crossed,
  opened: row.opened_at !== null,
});

/** Throws `NOT_FOUND` where row security shows none. */
export async function shareRow(db: Pick<Db, "rows">, id: Id, how: { lock?: true } = {}): Promise<ShareRow> {
  const { rows } = await sql<ShareRow>`select * from simpul.victim_shares where id = ${id}
    ${how.lock === true ? sql`for update` : sql``}`.execute(db.rows);
  if (rows[0] === undefined) throw new ReferralsError("NOT_FOUND");
  return rows[0];
}

export const jobStanding: Standing = {
  actor: { kind: "job", name: "referrals" },
  purpose: "victim-assistance",
};

/** Why she may, kept with every leaf and note; throws `NOT_FOUND` for whoever is not of the victim desk. */
export function ofTheDesk(
  node: Pick<ReferralsNode, "policy" | "code" | "clock">,
  standing: Standing,
): readonly string[] {
  if (standing.actor.kind !== "officer") throw new ReferralsError("NOT_FOUND");
  const decision = node.policy.decide({
    officer: standing.actor,
    act: "victims.open",
    record: { kind: "node", id: node.code },
    purpose: standing.purpose,
    now: node.clock.now(),
  });
  if (!decision.allowed || standing.purpose !== "victim-assistance") throw new ReferralsError("NOT_FOUND");
  return decision.because;
}

/** What leaves the state asks for a fresh proof bound to exactly this share; throws `Denied`. */
export async function requireLeave(node: ReferralsNode, tx: Writer, share: Id): Promise<void> {
  const { actor, purpose } = tx.standing;
  if (actor.kind !== "officer") throw new ReferralsError("NOT_FOUND");
  const proof = await node.proofs.take(tx, { act: "victims.share", record: share });
  tx.allowed(
    demand(node.policy, {
      officer: actor,
      act: "victims.share",
      record: { kind: "order", id: share, author: null },
      purpose,
      now: node.clock.now(),
      proof,
    }),
  );
}

/** Told after the commit: a page that asks now finds what changed. */
export const soon = (run: () => void): void => void setTimeout(run, 50).unref();
