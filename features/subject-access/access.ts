// A subject's access (AUD-3): entered with her identity checked, agreed to by a second person, each record decided, answered.
import type { Directory, Proofs } from "@simpul/features/access/contract.ts";
import type { CaseNumbers } from "@simpul/features/oversight/contract.ts";
import type { Id, NodeCode, Officer, Purpose } from "@simpul/model";
import { demand, type Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import {
  SubjectAccessError,
  type AccessHead,
  type AccessView,
  type AskAccess,
  type Hit,
} from "./contract.ts";
import type { ProtectedAsk } from "./contract.ts";
import { referenceOf } from "./rules.ts";
import { searchNode } from "./search.ts";

export interface SubjectAccessNode {
  code: NodeCode;
  name: string;
  store: OpenStore;
  policy: Policy;
  proofs: Proofs;
  directory: Directory;
  cases: CaseNumbers;
}
export type OfOfficer = Standing & { actor: Officer; purpose: Purpose };

const job: Standing = { actor: { kind: "job", name: "subject-access" }, purpose: "oversight" };

const asking = (node: SubjectAccessNode, standing: OfOfficer) => ({
  officer: standing.actor,
  purpose: standing.purpose,
  now: node.store.clock.now(),
});

/** Oversight enters and decides; to everybody else the room does not exist. */
function mayEnter(node: SubjectAccessNode, standing: OfOfficer): readonly string[] {
  const record = { kind: "node", id: node.code } as const;
  const decision = node.policy.decide({ ...asking(node, standing), act: "subject.enter", record });
  if (!decision.allowed) throw new SubjectAccessError("NOT_FOUND");
  return decision.because;
}

export async function enterAccess(node: SubjectAccessNode, standing: OfOfficer, ask: AskAccess): Promise<Id> {
  const because = mayEnter(node, standing);
  if (ask.names.length === 0 && ask.identifiers.length === 0) throw new SubjectAccessError("NOT_FOUND_BY");
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    await sql`insert into simpul.subject_accesses (id, names, birth, identifiers, language, contact, asked_on,
        checked_how, checked_by, entered_by, entered_at)
      values (${id}, ${JSON.stringify(ask.names)}::jsonb, ${ask.birth}, ${JSON.stringify(ask.identifiers)}::jsonb,
        ${ask.language}, ${ask.contact}, ${ask.askedOn}::date, ${ask.checkedHow}, ${ask.checkedBy},
        ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    tx.note("subject-access.entered", { id });
    return id;
  });
}

interface Row {
  id: Id;
  names: string[];
  birth: string | null;
  identifiers: AskAccess["identifiers"];
  language: AskAccess["language"];
  contact: string;
  asked_on: string;
  checked_how: string;
  checked_by: string;
  entered_by: Id;
  agreed_by: Id | null;
  answered_at: Date | null;
}
const columns = sql`id, names, birth, identifiers, language, contact, asked_on::text, checked_how, checked_by,
  entered_by, agreed_by, answered_at`;

/** The second person: the search happens with her word, and what it finds is kept for deciding. Throws `NOT_FOUND`, `Denied`. */
export async function agreeToAccess(node: SubjectAccessNode, standing: OfOfficer, id: Id): Promise<void> {
  const row = await node.store.write(standing, async (tx) => {
    const { rows } = await sql<Row>`select ${columns} from simpul.subject_accesses
      where id = ${id} and agreed_by is null for update`.execute(tx.rows);
    if (rows[0] === undefined) throw new SubjectAccessError("NOT_FOUND", id);
    tx.allowed(
      demand(node.policy, {
        ...asking(node, standing),
        act: "subject.agree",
        record: { kind: "order", id, author: rows[0].entered_by },
        proof: await node.proofs.take(tx, { act: "subject.agree", record: id }),
      }),
    );
    await sql`update simpul.subject_accesses set agreed_by = ${standing.actor.id}, agreed_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("subject-access.agreed", { id });
    return rows[0];
  });
  // What is protected is numbered last: a gap between the numbers that oversight sees would tell of it.
  const found = (await node.store.read(job, (db) => searchNode(db, node.code, row))).toSorted(
    (a, b) => Number(a.protected) - Number(b.protected),
  );
  await node.store.write(job, async (tx) => {
    for (const [nth, one] of found.entries())
      await sql`insert into simpul.subject_hits (access_id, nth, kind, record_id, case_id, found_by, birth_fits, role,
          since, recipients, originator, protected)
        values (${id}, ${nth}, ${one.kind}, ${one.record}, ${one.case}, ${one.foundBy}, ${one.birthFits}, ${one.role},
          ${one.since}, ${one.recipients}, ${one.originator}, ${one.protected})`.execute(tx.rows);
    // How many it found would tell of what is protected.
    tx.note("subject-access.searched", { id });
  });
}

const headOf = (node: SubjectAccessNode, standing: OfOfficer, row: Row): AccessHead => {
  const state = row.answered_at !== null ? "answered" : row.agreed_by !== null ? "searched" : "entered";
  const record = { kind: "order", id: row.id, author: row.entered_by } as const;
  const agree = node.policy.decide({ ...asking(node, standing), act: "subject.agree", record });
  const enters = node.policy.decide({
    ...asking(node, standing),
    act: "subject.enter",
    record: { kind: "node", id: node.code },
  }).allowed;
  return {
    id: row.id,
    reference: referenceOf(row.id, row.asked_on),
    names: row.names,
    askedOn: row.asked_on,
    state,
    may: [
      ...(state === "entered" && (agree.allowed || agree.needs === "step-up") ? ["agree" as const] : []),
      ...(state === "searched" && enters ? ["decide" as const, "answer" as const] : []),
    ],
  };
};

/** All for oversight; for the supervisors of the contact point what waits for the second person. */
export async function listAccesses(node: SubjectAccessNode, standing: OfOfficer): Promise<AccessHead[]> {
  const rows = await node.store.read(standing, async (db) => {
    const found = await sql<Row>`select ${columns} from simpul.subject_accesses
      where simpul.oversees() or (agreed_by is null and simpul.agrees_with_oversight())
      order by answered_at is not null, entered_at desc limit 200`.execute(db.rows);
    db.noteRead("subject-access.listed", { shown: found.rows.length });
    return found.rows;
  });
  return rows.map((row) => headOf(node, standing, row));
}

interface HitRow {
  nth: number;
  kind: Hit["kind"];
  record_id: Id;
  case_id: Id | null;
  found_by: string;
  birth_fits: boolean | null;
  role: string | null;
  since: Date;
  recipients: string[];
  originator: string | null;
  decision: "tell" | "hold-back" | "not-hers" | null;
  ground: string | null;
  note: string | null;
  decided_by: Id | null;
}

/** Throws `NOT_FOUND`. What is protected is not among the records, for anybody who reads this. */
export async function viewAccess(node: SubjectAccessNode, standing: OfOfficer, id: Id): Promise<AccessView> {
  const { row, hits } = await node.store.read(standing, async (db) => {
    db.noteRead("subject-access.viewed", { id });
    const found = await sql<Row>`select ${columns} from simpul.subject_accesses where id = ${id}
      and simpul.agrees_with_oversight()`.execute(db.rows);
    if (found.rows[0] === undefined) throw new SubjectAccessError("NOT_FOUND", id);
    return { row: found.rows[0], hits: await hitsOf(db, id) };
  });
  const people = await node.directory.officers(
    [row.entered_by, row.agreed_by, ...hits.map((one) => one.decided_by)].filter((one) => one !== null),
  );
  const numbers = await node.cases.of(hits.flatMap((one) => one.case_id ?? []));
  const person = (one: Id): string => people.get(one)?.name ?? one;
  return {
    ...headOf(node, standing, row),
    birth: row.birth,
    identifiers: row.identifiers,
    language: row.language,
    contact: row.contact,
    checkedHow: row.checked_how,
    checkedBy: row.checked_by,
    enteredBy: person(row.entered_by),
    agreedBy: row.agreed_by === null ? null : person(row.agreed_by),
    answeredAt: row.answered_at?.toISOString() ?? null,
    hits: hits.map((one) => ({
      nth: one.nth,
      kind: one.kind,
      record: one.record_id,
      case: one.case_id === null ? null : (numbers.get(one.case_id) ?? null),
      foundBy: one.found_by,
      birthFits: one.birth_fits,
      role: one.role,
      since: one.since.toISOString(),
      recipients: one.recipients,
      originator: one.originator,
      decision:
        one.decision === null
          ? null
          : {
              decision: one.decision,
              ground: one.ground,
              note: one.note ?? "",
              by: person(one.decided_by!),
            },
    })),
  };
}

async function hitsOf(db: Pick<Reader, "rows">, id: Id): Promise<HitRow[]> {
  const { rows } = await sql<HitRow>`select h.*, d.decision, d.ground, d.note, d.decided_by
    from simpul.subject_hits h left join lateral (select * from simpul.subject_decisions s
      where s.access_id = h.access_id and s.nth = h.nth order by s.decided_at desc limit 1) d on true
    where h.access_id = ${id} and not h.protected order by h.nth`.execute(db.rows);
  return rows;
}

/** Tells it, holds it back on a ground of the law, or says that it is another person's. Throws `NOT_FOUND`, `ANSWERED`. */
export async function decideHit(
  node: SubjectAccessNode,
  standing: OfOfficer,
  of: { id: Id; nth: number },
  ask: { decision: "tell" | "hold-back" | "not-hers"; ground: string | null; note: string },
): Promise<void> {
  const because = mayEnter(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ answered: boolean }>`select a.answered_at is not null as answered
      from simpul.subject_hits h join simpul.subject_accesses a on a.id = h.access_id
      where h.access_id = ${of.id} and h.nth = ${of.nth}`.execute(tx.rows);
    if (rows[0] === undefined) throw new SubjectAccessError("NOT_FOUND", of.id);
    if (rows[0].answered) throw new SubjectAccessError("ANSWERED", of.id);
    const id = tx.newId();
    await sql`insert into simpul.subject_decisions (id, access_id, nth, decision, ground, note, decided_by, decided_at)
      values (${id}, ${of.id}, ${of.nth}, ${ask.decision}, ${ask.decision === "hold-back" ? ask.ground : null},
        ${ask.note}, ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    tx.note("subject-access.decided", { id: of.id, decision: ask.decision, ground: ask.ground });
  });
}

/** The letter is final: every record is decided. Throws `NOT_FOUND`, `NOT_SEARCHED`, `UNDECIDED`, `ANSWERED`. */
export async function answerAccess(node: SubjectAccessNode, standing: OfOfficer, id: Id): Promise<void> {
  const because = mayEnter(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } =
      await sql<Row>`select ${columns} from simpul.subject_accesses where id = ${id} for update`.execute(
        tx.rows,
      );
    if (rows[0] === undefined) throw new SubjectAccessError("NOT_FOUND", id);
    if (rows[0].agreed_by === null) throw new SubjectAccessError("NOT_SEARCHED", id);
    if (rows[0].answered_at !== null) throw new SubjectAccessError("ANSWERED", id);
    const hits = await hitsOf(tx, id);
    if (hits.some((one) => one.decision === null)) throw new SubjectAccessError("UNDECIDED", id);
    await sql`update simpul.subject_accesses set answered_by = ${standing.actor.id}, answered_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    const told = hits.filter((one) => one.decision === "tell").length;
    tx.note("subject-access.answered", { id, told });
  });
}

/** VIC-1: what the victim desk answers by itself, to her alone. Nothing to anybody else. */
export async function protectedAsks(node: SubjectAccessNode, standing: OfOfficer): Promise<ProtectedAsk[]> {
  const rows = await node.store.read(standing, async (db) => {
    db.noteRead("subject-access.protected-listed", {});
    const found = await sql<Row & { record_id: Id; case_id: Id | null }>`
      select a.id, a.names, a.contact, a.language, a.asked_on::text, h.record_id, h.case_id
      from simpul.subject_hits h join simpul.subject_accesses a on a.id = h.access_id
      where h.protected and simpul.protects_victims() order by a.entered_at desc, h.nth limit 500`.execute(
      db.rows,
    );
    return found.rows;
  });
  const numbers = await node.cases.of(rows.flatMap((one) => one.case_id ?? []));
  const asks = new Map<Id, ProtectedAsk>();
  for (const row of rows) {
    const ask = asks.get(row.id) ?? {
      ...{
        id: row.id,
        names: row.names,
        contact: row.contact,
        language: row.language,
        askedOn: row.asked_on,
      },
      records: [],
    };
    ask.records.push({
      record: row.record_id,
      case: row.case_id === null ? null : (numbers.get(row.case_id) ?? null),
    });
    asks.set(row.id, ask);
  }
  return [...asks.values()];
}
