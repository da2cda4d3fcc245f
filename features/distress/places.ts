// The list of vetted desks, kept by two persons: who opens messages, and which desks and states may be told something.
import type { AgencyKind, Id, NodeCode } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AtDesk } from "@simpul/features/victims/contract.ts";
import { DistressError, type Place, type Recipient } from "./contract.ts";
import { deskJob, ofTheDesk, standingOf, type EmergencyNode } from "./node.ts";
import type { Candidate } from "./rules.ts";

type Rows = Pick<Reader | Writer, "rows">;
interface PlaceRow {
  id: Id;
  use: Place["use"];
  desk_id: Id | null;
  state: NodeCode | null;
  why: string;
  put_by: Id;
  agreed_by: Id | null;
}

const toOf = (row: Pick<PlaceRow, "desk_id" | "state">): Recipient =>
  row.desk_id === null ? { kind: "state", id: row.state! } : { kind: "desk", id: row.desk_id };

export async function listPlaces(node: EmergencyNode, who: AtDesk): Promise<Place[]> {
  const because = ofTheDesk(node, who);
  const rows = await node.store.read(standingOf(who), async (db) => {
    db.allowed(because);
    db.noteRead("distress.places-listed", {});
    const found = await sql<PlaceRow>`select id, use, desk_id, state, why, put_by, agreed_by
      from simpul.distress_places where ended_at is null order by use, put_at limit 500`.execute(db.rows);
    return found.rows;
  });
  const people = await node.directory.officers(
    rows.flatMap((row) => [row.put_by, row.agreed_by ?? row.put_by]),
  );
  const desks = await node.directory.desks(rows.flatMap((row) => row.desk_id ?? []));
  const agrees = mayAgree(node, who);
  return rows.map((row) => ({
    ...{ id: row.id, use: row.use, to: toOf(row), why: row.why },
    name: row.desk_id === null ? "" : (desks.get(row.desk_id)?.name ?? ""),
    agency: row.desk_id === null ? "" : (desks.get(row.desk_id)?.agency.name ?? ""),
    putBy: people.get(row.put_by)?.name ?? "",
    agreedBy: row.agreed_by === null ? null : (people.get(row.agreed_by)?.name ?? ""),
    may: [...(row.agreed_by === null && agrees(row) ? (["agree"] as const) : []), ...(["end"] as const)],
  }));
}

/** Whether she could be the second person, with a factor shown. */
const mayAgree =
  (node: EmergencyNode, who: AtDesk) =>
  (row: Pick<PlaceRow, "id" | "put_by">): boolean => {
    const decision = node.policy.decide({
      ...{ officer: who.officer, purpose: who.purpose, now: node.clock.now() },
      act: "distress.place",
      record: { kind: "order", id: row.id, author: row.put_by },
    });
    return decision.allowed || decision.needs === "step-up";
  };

export async function putPlace(
  node: EmergencyNode,
  who: AtDesk,
  ask: { use: Place["use"]; to: Recipient; why: string },
): Promise<Id> {
  const because = ofTheDesk(node, who);
  if (ask.to.kind === "desk" && !(await node.directory.desks([ask.to.id])).has(ask.to.id))
    throw new DistressError("NOT_FOUND", ask.to.id);
  return node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    const desk = ask.to.kind === "desk" ? ask.to.id : null;
    const state = ask.to.kind === "state" ? ask.to.id : null;
    const put = await sql`insert into simpul.distress_places (id, use, desk_id, state, why, put_by, put_at)
      values (${id}, ${ask.use}, ${desk}, ${state}, ${ask.why}, ${who.officer.id}, ${tx.at})
      on conflict do nothing`.execute(tx.rows);
    if (put.numAffectedRows !== 1n) throw new DistressError("SETTLED");
    tx.note("distress.place-put", { id, use: ask.use, ...(state === null ? { desk: desk! } : { state }) });
    return id;
  });
}

/** The second person's word, with her factor. Throws `NOT_FOUND`, `Denied`. */
export async function agreePlace(node: EmergencyNode, who: AtDesk, id: Id): Promise<void> {
  ofTheDesk(node, who);
  await node.store.write(standingOf(who), async (tx) => {
    const { rows } = await sql<PlaceRow>`select id, use, desk_id, state, why, put_by, agreed_by
      from simpul.distress_places where id = ${id} and ended_at is null and agreed_by is null for update`.execute(
      tx.rows,
    );
    if (rows[0] === undefined) throw new DistressError("NOT_FOUND", id);
    tx.allowed(
      demand(node.policy, {
        ...{ officer: who.officer, purpose: who.purpose, now: node.clock.now() },
        act: "distress.place",
        record: { kind: "order", id, author: rows[0].put_by },
        proof: await node.proofs.take(tx, { act: "distress.place", record: id }),
      }),
    );
    await sql`update simpul.distress_places set agreed_by = ${who.officer.id}, agreed_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("distress.place-agreed", { id });
  });
}

/** One person is enough to take a place off: nobody has to wait who doubts it. */
export async function endPlace(node: EmergencyNode, who: AtDesk, id: Id, why: string): Promise<void> {
  const because = ofTheDesk(node, who);
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    const ended =
      await sql`update simpul.distress_places set ended_by = ${who.officer.id}, ended_at = ${tx.at},
      ended_why = ${why} where id = ${id} and ended_at is null`.execute(tx.rows);
    if (ended.numAffectedRows !== 1n) throw new DistressError("NOT_FOUND", id);
    tx.note("distress.place-ended", { id });
  });
}

/** A recipient of the list as the rule about suspected ones needs it. */
export interface ListedRecipient extends Candidate {
  to: Recipient;
  name: string;
  agencyName: string;
}

/** Whom something may be told, agreed by two persons and not ended. */
export function recipients(node: EmergencyNode): Promise<ListedRecipient[]> {
  return node.store.read(deskJob, (db) => listedRecipients(node, db));
}
export async function listedRecipients(node: EmergencyNode, db: Rows): Promise<ListedRecipient[]> {
  const { rows } = await sql<{
    desk_id: Id | null;
    state: NodeCode | null;
    name: string | null;
    agency: Id | null;
    agency_name: string | null;
    agency_kind: AgencyKind | null;
    officers: Id[] | null;
  }>`select p.desk_id, p.state, d.name, a.id as agency, a.name as agency_name, a.kind as agency_kind,
      (select array_agg(m.officer_id) from simpul.memberships m where m.desk_id = d.id and m.ended_at is null) as officers
    from simpul.distress_places p left join simpul.desks d on d.id = p.desk_id
      left join simpul.agencies a on a.id = d.agency_id
    where p.use = 'told' and p.agreed_at is not null and p.ended_at is null order by p.put_at limit 500`.execute(
    db.rows,
  );
  return rows.map((row) => ({
    to: toOf(row),
    state: row.state ?? node.code,
    desk: row.desk_id,
    agency: row.agency,
    agencyKind: row.agency_kind,
    officers: row.officers ?? [],
    name: row.name ?? "",
    agencyName: row.agency_name ?? "",
  }));
}
