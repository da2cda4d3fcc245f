// SQL of this room: a peer's card as it was entered. Writing is exchange's.
import type { PeerCard } from "@simpul/exchange";
import type { NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";

export interface EnteredCard extends PeerCard {
  state: "proposed" | "confirmed" | "stopped";
  proposedBy: string;
}

/** Null when that state's card was never entered here. */
export async function enteredCard(db: Pick<Reader, "rows">, node: NodeCode): Promise<EnteredCard | null> {
  const { rows } = await sql<EnteredCard>`
    select node, address, pin, signing, sealing, agencies, oprf, state, proposed_by as "proposedBy"
    from simpul.peers where node = ${node}`.execute(db.rows);
  return rows[0] ?? null;
}
