// The duty desk's own page: who is told, who is away and who stands in, whom to call, and that somebody called.
import type { Id } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { RequestsError, type Absence, type DutyView, type Phone } from "./contract.ts";
import { iso, officerOf, requestRow, requireAct, type RequestsNode } from "./node.ts";

const longest = 120 * 86_400_000;

export async function viewDuty(node: RequestsNode, standing: Standing): Promise<DutyView> {
  const now = node.clock.now();
  return node.store.read(standing, async (db) => {
    db.noteRead("duty.viewed", {});
    const { rows: absent } = await sql<{
      id: Id;
      officer_id: Id;
      from_at: Date;
      until_at: Date;
      stand_in: Id | null;
    }>`select id, officer_id, from_at, until_at, stand_in from simpul.absences
      where ended_at is null and until_at > ${now} order by from_at, id limit 200`.execute(db.rows);
    const absences = absent.map((row): Absence => ({
      id: row.id,
      officer: row.officer_id,
      from: iso(row.from_at),
      until: iso(row.until_at),
      standIn: row.stand_in,
    }));
    const { rows: officers } = await sql<{ id: Id; supervisor: boolean }>`
      select o.id, bool_or('supervisor' = any(m.roles)) as supervisor
      from simpul.officers o join simpul.memberships m on m.officer_id = o.id and m.ended_at is null
        join simpul.desks d on d.id = m.desk_id join simpul.agencies a on a.id = d.agency_id
      where o.left_at is null and a.kind = 'liaison' and m.roles && array['liaison', 'supervisor']
      group by o.id, o.name order by o.name limit 100`.execute(db.rows);
    // Row security gives the list to the contact point alone.
    const { rows: phones } = await sql<Phone>`select name, phone from simpul.duty_phones
      order by position`.execute(db.rows);
    const away = (id: Id) =>
      absences.some((one) => one.officer === id && Date.parse(one.from) <= now.getTime());
    const officer = officerOf(standing);
    return {
      officers: officers.map(({ id, supervisor }) => ({ officer: id, supervisor, away: away(id) })),
      absences,
      phones,
      minutes: node.codes.escalation,
      mayKeepPhones: node.policy.decide(asking(node, standing, officer)).allowed,
    };
  });
}

const asking = (node: RequestsNode, standing: Standing, officer: ReturnType<typeof officerOf>) =>
  ({
    officer,
    act: "duty.manage",
    record: { kind: "node", id: node.code },
    purpose: standing.purpose,
    now: node.clock.now(),
  }) as const;

/** An officer says that she is away, and who is told in her place. Throws `DATE_PASSED`, `NOT_FOUND`. */
export async function goAway(
  node: RequestsNode,
  standing: Standing,
  ask: { from: string; until: string; standIn: Id | null },
): Promise<{ id: Id }> {
  const officer = officerOf(standing);
  const [from, until] = [new Date(ask.from), new Date(ask.until)];
  if (until <= node.clock.now() || until <= from) throw new RequestsError("DATE_PASSED");
  if (until.getTime() - from.getTime() > longest) throw new RequestsError("TOO_MUCH", { days: 120 });
  const known = ask.standIn === null ? null : await node.directory.officers([ask.standIn]);
  if (known?.size === 0 || ask.standIn === officer.id) throw new RequestsError("NOT_FOUND");
  const id = await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, { ...asking(node, standing, officer), ...own(officer.id) }));
    const made = tx.newId();
    await sql`insert into simpul.absences (id, officer_id, from_at, until_at, stand_in, made_at)
      values (${made}, ${officer.id}, ${from}, ${until}, ${ask.standIn}, ${tx.at})`.execute(tx.rows);
    tx.note("duty.away", { id: made, until: iso(until), standIn: ask.standIn });
    return made;
  });
  node.wake("desk:duty");
  return { id };
}

const own = (owner: Id) => ({ act: "access.own", record: { kind: "belonging", id: owner, owner } }) as const;

export async function comeBack(node: RequestsNode, standing: Standing, id: Id): Promise<void> {
  const officer = officerOf(standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, { ...asking(node, standing, officer), ...own(officer.id) }));
    const done = await sql`update simpul.absences set ended_at = ${tx.at}
      where id = ${id} and officer_id = ${officer.id} and ended_at is null`.execute(tx.rows);
    if (done.numAffectedRows === 0n) throw new RequestsError("NOT_FOUND");
    tx.note("duty.back", { id });
  });
  node.wake("desk:duty");
}

/** The phone list whole, in the order in which it is called; kept by the contact point's supervisors. */
export async function keepPhones(
  node: RequestsNode,
  standing: Standing,
  phones: readonly Phone[],
): Promise<void> {
  const officer = officerOf(standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, asking(node, standing, officer)));
    await sql`delete from simpul.duty_phones`.execute(tx.rows);
    for (const [i, one] of phones.entries())
      await sql`insert into simpul.duty_phones (position, name, phone, changed_by, changed_at)
        values (${i + 1}, ${one.name}, ${one.phone}, ${officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("duty.phones-kept", { count: phones.length });
  });
  node.wake("desk:duty");
}

/** Somebody called; who was reached and what was said stays with the request, at home. */
export async function called(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { notice: Id; text: string },
): Promise<void> {
  if (ask.text.trim() === "") throw new RequestsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const request = await requestRow(tx, id, { lock: true });
    await requireAct(node, tx, "request.assign", request);
    const done = await sql`update simpul.request_notices set done_by = ${officerOf(standing).id},
        done_at = ${tx.at}, text = ${ask.text.trim()}
      where request_id = ${id} and id = ${ask.notice} and level = 'phone' and done_at is null`.execute(
      tx.rows,
    );
    if (done.numAffectedRows === 0n) throw new RequestsError("NOT_FOUND");
    tx.note("request.called", { id, notice: ask.notice });
  });
  node.wake(`request:${id}`);
}
