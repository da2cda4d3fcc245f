// What a file that came over may be used for: its former owner signed it over, so it asks nobody any more.
import { sql } from "kysely";
import type { GrantsForItems } from "../evidence/contract.ts";

/** For court and for passing on where it was handed over to this state; anything else as `before` says. */
export const withHandedOver = (before: GrantsForItems): GrantsForItems => ({
  async termsOf(db, item, to) {
    const { rows } =
      await sql`select 1 from simpul.hand_over_items i join simpul.hand_overs h on h.id = i.hand_over_id
      where i.item_id = ${item} and i.state = 'sealed' and h.state = 'handed'`.execute(db.rows);
    return rows.length === 0
      ? before.termsOf(db, item, to)
      : { permitted: ["court", "onward"], permissions: [] };
  },
});
