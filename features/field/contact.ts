// A phone in contact: proven by its key it leaves what is sealed, once each, and hears whether it is still ours.
import { createHash, webcrypto } from "node:crypto";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { FieldError, type AskContact, type Contact } from "./contract.ts";
import { contactStanding, type FieldNode, type PhoneRow } from "./node.ts";
import { contactMessage } from "./rules.ts";

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/**
 * Takes a contact as it came: the exact text and the phone's signature over it. A stranger, an unknown phone and a
 * wrong signature all hear `PHONE_NOT_PROVEN`. A replayed contact changes nothing: entries are known by their ids.
 * Throws `TOO_MUCH_TODAY` above the day's amount, with nothing taken.
 */
export async function contact(
  node: FieldNode,
  ask: AskContact,
  proof: { body: string; signature: string },
): Promise<Contact> {
  const phone = await proven(node, ask, proof);
  const sealTo = await node.intake.sealTo();
  const done = await node.store.write(contactStanding, async (tx) => {
    const { rows } = await sql<PhoneRow>`select *, today::text as today from simpul.field_phones
      where id = ${phone.id} for update`.execute(tx.rows);
    const row = rows[0]!;
    const today = tx.at.toISOString().slice(0, 10);
    const before = row.today === today ? row.today_left : 0;
    if (before + ask.entries.length > node.terms.perDay) throw new FieldError("TOO_MUCH_TODAY", row.id);
    const left =
      ask.entries.length === 0 ? { taken: [], known: [] } : await node.intake.leave(tx, ask.entries);
    const count = left.taken.length;
    const late = row.revoked_at === null ? 0 : count;
    const wiped = ask.wiped === true && row.revoked_at !== null && row.wiped_at === null;
    // By the hour, so that no row tells when somebody was screened.
    await sql`update simpul.field_phones set last_contact = date_trunc('hour', ${tx.at}::timestamptz),
      entries_left = entries_left + ${count}, left_after = left_after + ${late}, today = ${today}::date,
      today_left = ${before + count}, wiped_at = case when ${wiped} then ${tx.at}::timestamptz else wiped_at end
      where id = ${row.id}`.execute(tx.rows);
    tx.note(wiped ? "field.phone-wiped" : "field.contact", { id: row.id });
    return { ...left, wipe: row.revoked_at !== null, woken: count > 0 || wiped };
  });
  if (done.woken) node.wake(`phones:${phone.id}`);
  return { taken: done.taken, known: done.known, wipe: done.wipe, sealTo, terms: node.terms };
}

async function proven(
  node: FieldNode,
  ask: AskContact,
  { body, signature }: { body: string; signature: string },
): Promise<{ id: Id }> {
  const { rows } = await node.store.read(contactStanding, (db) =>
    sql<PhoneRow>`select * from simpul.field_phones where id = ${ask.phone}`.execute(db.rows),
  );
  const row = rows[0];
  if (row === undefined) throw new FieldError("PHONE_NOT_PROVEN");
  const hash = createHash("sha256").update(body).digest("hex");
  const key = await webcrypto.subtle.importKey("jwk", row.public_key as never, ecdsa, false, ["verify"]);
  const holds = await webcrypto.subtle.verify(
    ecdsa,
    key,
    Buffer.from(signature, "base64url"),
    contactMessage(ask.phone, ask.at, hash),
  );
  if (!holds) throw new FieldError("PHONE_NOT_PROVEN");
  return { id: row.id };
}
