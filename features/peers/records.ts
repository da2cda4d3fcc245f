// SQL of this room: a peer's card as it was entered. Writing is exchange's.
import type { KeyOnRecord, PeerCard } from "@simpul/exchange";
import type { NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import type { KeyView } from "./contract.ts";
import { shortKey } from "./rules.ts";

export interface EnteredCard extends PeerCard {
  state: "proposed" | "confirmed" | "suspended" | "stopped";
  proposedBy: string;
}

export const keyView = (one: KeyOnRecord, now: Date): KeyView => ({
  name: shortKey(one.signing),
  since: one.since?.toISOString() ?? null,
  endedAt: one.endedAt?.toISOString() ?? null,
  countsUntil:
    one.until !== null && one.until > now && one.revokedSince === null ? one.until.toISOString() : null,
  stolenSince: one.revokedSince?.toISOString() ?? null,
});

/** What came of a peer after its key was stolen and before that was known here. */
export async function doubtfulOf(
  db: Pick<Reader, "rows">,
): Promise<{ node: string; since: string; until: string; letters: number }[]> {
  const { rows } = await sql<{ node: string; since: Date; until: Date; letters: number }>`
    select k.node, k.revoked_since as since, k.revoked_at as until, (select count(*)::int from simpul.received r
      where r.peer = k.node and r.outcome = 'accepted' and r.at >= k.revoked_since and r.at <= k.revoked_at) as letters
    from (select node, revoked_since, revoked_at from simpul.peers
      union select node, revoked_since, revoked_at from simpul.peer_keys) k
    where k.revoked_since is not null order by k.node, k.revoked_since`.execute(db.rows);
  return rows.map((row) => ({ ...row, since: row.since.toISOString(), until: row.until.toISOString() }));
}

/** Null when that state's card was never entered here. */
export async function enteredCard(db: Pick<Reader, "rows">, node: NodeCode): Promise<EnteredCard | null> {
  const { rows } = await sql<EnteredCard>`
    select node, address, pin, signing, sealing, agencies, oprf, state, proposed_by as "proposedBy",
      nullif(keys_number, 0) as number
    from simpul.peers where node = ${node}`.execute(db.rows);
  const row = rows[0];
  return row === undefined ? null : { ...row, number: row.number ?? undefined };
}
