// Freezes (AUD-2): oversight orders that a record, a case or an officer rests; somebody else agrees before it ends.
import { demand } from "@simpul/policy";
import type { Id, Officer } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Freeze, FreezeKind, RestsOf } from "./contract.ts";
import { iso, mayMark, OversightError, type OfOfficer, type OversightNode } from "./node.ts";

const job: Standing = { actor: { kind: "job", name: "freeze" }, purpose: "oversight" };

/** Where each kind lies; a record that rests is named by its id. */
const tables: Readonly<Record<FreezeKind, string>> = {
  case: "cases",
  item: "evidence_items",
  request: "requests",
  officer: "officers",
};

/** `ref` is a case's number or an id. Throws `NOT_FOUND` for what is not there, `FROZEN_ALREADY`. */
export async function orderFreeze(
  node: OversightNode,
  standing: OfOfficer,
  ask: { what: FreezeKind; ref: string; reason: string },
): Promise<Id> {
  const because = mayMark(node, standing, "freeze.order");
  const number = ask.what === "case" && /^[A-Za-z]{2}-/.test(ask.ref);
  const record = number ? await node.names.cases.find(ask.ref.toUpperCase()) : (ask.ref as Id);
  // Oversight sees no case by this: that the record is there is looked up by the node itself.
  const there = await node.store.read(job, async (db) => {
    const { rows } = await sql`select 1 from ${sql.table(`simpul.${tables[ask.what]}`)}
      where id::text = ${record ?? ""}`.execute(db.rows);
    return rows.length > 0;
  });
  if (record === null || !there) throw new OversightError("NOT_FOUND", ask.ref.slice(0, 60));
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    const { numAffectedRows } = await sql`
      insert into simpul.freezes (id, what, record_id, reason, ordered_by, ordered_at)
      values (${id}, ${ask.what}, ${record}, ${ask.reason}, ${standing.actor.id}, ${tx.at})
      on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new OversightError("FROZEN_ALREADY", record);
    tx.note("freeze.ordered", {
      id: record,
      what: ask.what,
      ...(ask.what === "case" ? { case: record } : {}),
    });
    return id;
  });
}

interface Row {
  id: Id;
  what: FreezeKind;
  record_id: Id;
  reason: string;
  ordered_by: Id;
  ordered_at: Date;
  lift_reason: string | null;
  lift_asked_by: Id | null;
  lift_asked_at: Date | null;
  lifted_by: Id | null;
  lifted_at: Date | null;
}

const asking = (node: OversightNode, officer: Officer, standing: Standing) => ({
  officer,
  purpose: standing.purpose,
  now: node.store.clock.now(),
});

/** All of them for oversight; for the supervisors of the contact point those of which the end is asked for. */
export async function listFreezes(node: OversightNode, standing: Standing): Promise<Freeze[]> {
  const { actor } = standing;
  if (actor.kind !== "officer") throw new OversightError("NOT_FOUND");
  const asked = asking(node, actor, standing);
  const record = { kind: "node", id: node.code as never } as const;
  const orders = node.policy.decide({ ...asked, act: "freeze.order", record }).allowed;
  const rows = await node.store.read(standing, async (db) => {
    const found = await sql<Row>`select * from simpul.freezes
      where ${orders} or (lift_asked_at is not null and lifted_at is null)
      order by lifted_at is not null, ordered_at desc, id limit 200`.execute(db.rows);
    db.noteRead("freeze.listed", { shown: found.rows.length });
    return found.rows;
  });
  const { directory, cases } = node.names;
  const of = (what: FreezeKind): Id[] => rows.filter((one) => one.what === what).map((one) => one.record_id);
  const people = await directory.officers([
    ...rows.flatMap((one) => [one.ordered_by, one.lift_asked_by, one.lifted_by].filter((id) => id !== null)),
    ...of("officer"),
  ]);
  const numbers = await cases.of(of("case"));
  const person = (id: Id): string => people.get(id)?.name ?? id;
  return rows.map((row) => {
    const order = { kind: "order", id: row.id, author: row.lift_asked_by } as const;
    const lift = node.policy.decide({ ...asked, act: "freeze.lift", record: order });
    const agrees = lift.allowed || lift.needs === "step-up";
    return {
      id: row.id,
      what: row.what,
      record: row.record_id,
      name: numbers.get(row.record_id) ?? (row.what === "officer" ? person(row.record_id) : row.record_id),
      reason: row.reason,
      orderedBy: person(row.ordered_by),
      orderedAt: iso(row.ordered_at),
      lift:
        row.lift_asked_at === null
          ? null
          : { reason: row.lift_reason!, by: person(row.lift_asked_by!), at: iso(row.lift_asked_at) },
      lifted: row.lifted_at === null ? null : { by: person(row.lifted_by!), at: iso(row.lifted_at) },
      may:
        row.lifted_at !== null
          ? []
          : row.lift_asked_at === null
            ? orders
              ? ["ask"]
              : []
            : agrees
              ? ["agree"]
              : [],
    };
  });
}

/** Oversight asks that it ends; it rests until somebody else agrees. */
export async function askLift(
  node: OversightNode,
  standing: OfOfficer,
  id: Id,
  reason: string,
): Promise<void> {
  const because = mayMark(node, standing, "freeze.order");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ record_id: Id }>`
      update simpul.freezes set lift_reason = ${reason}, lift_asked_by = ${standing.actor.id}, lift_asked_at = ${tx.at}
      where id = ${id} and lifted_at is null and lift_asked_at is null returning record_id`.execute(tx.rows);
    if (rows[0] === undefined) throw new OversightError("NOT_FOUND", id);
    tx.note("freeze.lift-asked", { id: rows[0].record_id, freeze: id });
  });
}

/** The second person; throws `NOT_ASKED` where nobody asked, `Denied` for who asked herself or may not. */
export async function lift(node: OversightNode, standing: OfOfficer, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const { rows } = await sql<Row>`select * from simpul.freezes where id = ${id} for update`.execute(
      tx.rows,
    );
    const row = rows[0];
    if (row === undefined) throw new OversightError("NOT_FOUND", id);
    if (row.lifted_at !== null || row.lift_asked_by === null) throw new OversightError("NOT_ASKED", id);
    tx.allowed(
      demand(node.policy, {
        ...asking(node, standing.actor, standing),
        act: "freeze.lift",
        record: { kind: "order", id, author: row.lift_asked_by },
        proof: await node.proofs.take(tx, { act: "freeze.lift", record: id }),
      }),
    );
    await sql`update simpul.freezes set lifted_by = ${standing.actor.id}, lifted_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("freeze.lifted", {
      id: row.record_id,
      freeze: id,
      what: row.what,
      ...(row.what === "case" ? { case: row.record_id } : {}),
    });
  });
}

/** That a record rests, as its readers may know it; for the features whose records they are. */
export const restsOf: RestsOf = {
  async of(db, what, record) {
    const { rows } = await sql<{ name: string; ordered_at: Date }>`
      select o.name, f.ordered_at from simpul.frozen(${what}, ${record}) f
        join simpul.officers o on o.id = f.ordered_by`.execute(db.rows);
    return rows[0] === undefined ? null : { by: rows[0].name, at: iso(rows[0].ordered_at) };
  },
};
