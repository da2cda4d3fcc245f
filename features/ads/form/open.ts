// An officer opens the public form of a source, or closes it; a closed address never opens again.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError } from "../contract.ts";
import { mustWork, tell, type AdsNode } from "../node.ts";
import { openSource } from "../take-in.ts";

/** Once more changes nothing. Throws `NOT_FOUND`, `SOURCE_CLOSED`, `NO_FORM` for a source that is no form. */
export async function switchForm(node: AdsNode, standing: Standing, of: Id, open: boolean): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const source = await openSource(tx, of);
    if (source.kind !== "form") throw new AdsError("NO_FORM");
    if (open) {
      const key = Buffer.from(node.random.bytes(16)).toString("base64url");
      await sql`insert into simpul.ad_forms (agency_id, id, source_id, key, opened_by, opened_at)
        values (${officer.agency}, ${tx.newId()}, ${of}, ${key}, ${officer.id}, ${tx.at})
        on conflict (source_id) where closed_at is null do nothing`.execute(tx.rows);
    } else
      await sql`update simpul.ad_forms set closed_by = ${officer.id}, closed_at = ${tx.at}
        where source_id = ${of} and closed_at is null`.execute(tx.rows);
    tx.note("advert.form-switched", { id: of, open });
  });
  tell(node, standing);
}
