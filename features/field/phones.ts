// Phones become this node's, are listed, and are revoked: from then on they hear the order to destroy what they hold.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { FieldError, type AskPhone, type Enrolled, type Phone } from "./contract.ts";
import { mayUse, type FieldNode, type PhoneRow } from "./node.ts";

/** Throws `NO_DESK_KEY` before the victim desk has made its key, `TOO_MANY_PHONES`. */
export async function enrolPhone(node: FieldNode, standing: Standing, ask: AskPhone): Promise<Enrolled> {
  const { officer, because } = mayUse(node, standing);
  const sealTo = await node.intake.sealTo();
  if (sealTo === null) throw new FieldError("NO_DESK_KEY");
  const id = await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ held: string }>`select count(*) as held from simpul.field_phones
      where officer_id = ${officer.id} and revoked_at is null`.execute(tx.rows);
    if (Number(rows[0]!.held) >= node.terms.phones) throw new FieldError("TOO_MANY_PHONES");
    const made = tx.newId();
    await sql`insert into simpul.field_phones (id, name, officer_id, desk_id, public_key, enrolled_at, last_contact)
      values (${made}, ${ask.name}, ${officer.id}, ${officer.desk}, ${JSON.stringify(ask.key)}::jsonb, ${tx.at}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("field.phone-enrolled", { id: made });
    return made;
  });
  node.wake(`phones:${id}`);
  const found = await node.directory.officers([officer.id]);
  const { code, name, exercise, terms } = node;
  return {
    ...{ id, sealTo, terms, node: { code, name, exercise } },
    officer: { id: officer.id, name: found.get(officer.id)?.name ?? "" },
  };
}

/** The officer's own; for the victim desk all of this node. Newest contact first. */
export async function listPhones(node: FieldNode, standing: Standing): Promise<Phone[]> {
  const { because } = mayUse(node, standing);
  const rows = await node.store.read(standing, async (db) => {
    db.allowed(because);
    const found = await sql<PhoneRow>`select * from simpul.field_phones
      order by revoked_at is not null, last_contact desc nulls last, id limit 500`.execute(db.rows);
    db.noteRead("field.phones-listed", { shown: found.rows.length });
    return found.rows;
  });
  const people = await node.directory.officers([
    ...new Set(rows.flatMap((one) => [one.officer_id, one.revoked_by]).filter((one) => one !== null)),
  ]);
  const named = (id: Id): string => people.get(id)?.name ?? "";
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    officer: { id: row.officer_id, name: named(row.officer_id) },
    since: row.enrolled_at.toISOString(),
    lastContact: row.last_contact?.toISOString() ?? null,
    left: row.entries_left,
    revoked:
      row.revoked_at === null
        ? null
        : {
            at: row.revoked_at.toISOString(),
            by: row.revoked_by === null ? "" : named(row.revoked_by),
            wiped: row.wiped_at?.toISOString() ?? null,
            after: row.left_after,
          },
    may: row.revoked_at === null ? ["revoke"] : [],
  }));
}

/** By the victim desk or its own officer. Throws `NOT_FOUND`, `PHONE_REVOKED_ALREADY`. */
export async function revokePhone(node: FieldNode, standing: Standing, id: Id): Promise<void> {
  const { officer, because } = mayUse(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } =
      await sql<PhoneRow>`select * from simpul.field_phones where id = ${id} for update`.execute(tx.rows);
    if (rows[0] === undefined) throw new FieldError("NOT_FOUND", id);
    if (rows[0].revoked_at !== null) throw new FieldError("PHONE_REVOKED_ALREADY", id);
    await sql`update simpul.field_phones set revoked_at = ${tx.at}, revoked_by = ${officer.id} where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("field.phone-revoked", { id });
  });
  node.wake(`phones:${id}`);
}
