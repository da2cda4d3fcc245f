// Keys of peers' agencies that were declared stolen: since when nothing is believed that they signed.
import type { NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";

export interface StolenKey {
  node: NodeCode;
  /** Raw Ed25519 public key of an agency, base64url. */
  key: string;
  since: Date;
}

/** Every one on record, of keys that are in use and of those before. */
export const stolenAgencyKeys = (store: OpenStore): Promise<StolenKey[]> =>
  store.chore("exchange", async ({ rows }) => {
    const found = await sql<StolenKey>`
      select node, a ->> 'key' as key, min(revoked_since) as since from (
        select node, agencies, revoked_since from simpul.peers
        union all select node, agencies, revoked_since from simpul.peer_keys) k, jsonb_array_elements(k.agencies) a
      where revoked_since is not null group by node, a ->> 'key'`.execute(rows);
    return found.rows;
  });
