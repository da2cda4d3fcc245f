// Who may read results: prosecutors' keys as the victim desk sees them, and letting one in after its letters were compared.
import type { Id } from "@simpul/model";
import { CompactEncrypt, type JWK } from "jose";
import { sql } from "kysely";
import type { AtDesk } from "../victims/contract.ts";
import { ReviewsError, type Reader4Desk } from "./contract.ts";
import { secretsOf, sweep } from "./compare.ts";
import { lettersOf } from "./keys.ts";
import { iso, type Db, type ReviewsNode } from "./node.ts";

interface Row {
  id: Id;
  officer_id: Id;
  public_key: JWK;
  made_at: Date;
  agreed_at: Date | null;
}
const rowsOf = async (db: Db): Promise<Row[]> =>
  (
    await sql<Row>`select k.id, k.officer_id, k.public_key, k.made_at, g.agreed_at from simpul.review_keys k
      left join simpul.review_grants g on g.key_id = k.id where k.ended_at is null order by k.made_at, k.id`.execute(
      db.rows,
    )
  ).rows;

export const readers = async (db: Db): Promise<Reader4Desk[]> =>
  (await rowsOf(db)).map((row) => ({
    key: row.id,
    officer: row.officer_id,
    letters: lettersOf(row.public_key),
    state: row.agreed_at === null ? "waits" : "in",
    at: iso(row.agreed_at ?? row.made_at),
  }));

/** Seals the secret of both desks to her key. Throws `NOT_FOUND`, `NOT_NOW`, `OTHER_LETTERS` for a key put in by hand. */
export async function letIn(node: ReviewsNode, who: AtDesk, key: Id, letters: string): Promise<void> {
  const desk = await node.compartment.open(who);
  const secret = secretsOf(desk)[0]!;
  await node.store.write({ actor: who.officer, purpose: who.purpose }, async (tx) => {
    const row = (await rowsOf(tx)).find((one) => one.id === key);
    if (row === undefined) throw new ReviewsError("NOT_FOUND");
    if (row.agreed_at !== null) throw new ReviewsError("NOT_NOW");
    const plain = (text: string): string => text.replaceAll(/\s/g, "").toUpperCase();
    if (plain(letters) !== plain(lettersOf(row.public_key))) throw new ReviewsError("OTHER_LETTERS");
    const sealed = await new CompactEncrypt(secret)
      .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM" })
      .encrypt({ ...row.public_key, alg: "ECDH-ES+A256KW" });
    await sql`insert into simpul.review_grants (key_id, sealed, agreed_by, agreed_at)
      values (${key}, ${sealed}, ${who.officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("review.reader-let-in", { id: key });
  });
  await sweep(node, who);
}
