// The rows of spaces: what was said about one, who works in it, and the things that lie in it.
import { EnvelopeRefused } from "@simpul/exchange";
import { Digest, Evaluation, type Handling, type Id, type NodeCode } from "@simpul/model";
import type { SpaceFacts as PolicyFacts } from "@simpul/policy";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import {
  JointError,
  type Approval,
  type Because,
  type Content,
  type Ending,
  type Member,
  type MemberRole,
  type Note,
  type ThingKind,
} from "./contract.ts";
import { jobStanding, type Db, type JointNode } from "./node.ts";
import { phaseOf, type SpaceFacts } from "./rules.ts";

export const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
export const bytesOf = (digest: string): Buffer => Buffer.from(digest, "hex");
export const hexOf = (digest: Uint8Array): Digest => Digest.parse(Buffer.from(digest).toString("hex"));
export const iso = (at: Date): string => at.toISOString();

// Types, not interfaces: rows are read by hand-written SQL.
export type SpaceRow = {
  id: Id;
  title: string;
  proposer: NodeCode;
  agency_id: Id | null;
  created_at: Date;
  changed_at: Date;
  closed_at: Date | null;
  purged_at: Date | null;
};
export type NoteRow = { version: number; note: Note; digest: Digest; signed: string | null; at: string };
export type MemberRow = Member & { party: NodeCode; officer: Id | null };

/** All that this node holds of one space but for its things. */
export interface Held {
  row: SpaceRow;
  notes: NoteRow[];
  approvals: Approval[];
  endings: Ending[];
  members: MemberRow[];
  /** What was sent and said: drafts of ours are no part of it. */
  facts: SpaceFacts;
}

/**
 * Throws `NOT_FOUND` where row security shows none. `lock`: nobody changes the space meanwhile; "shared", many may hold it so
 * at once, as those do who put things in by what its note says.
 */
export async function heldOf(
  db: Pick<Db, "rows">,
  id: Id,
  how: { lock?: true | "shared" } = {},
): Promise<Held> {
  const lock = how.lock === undefined ? sql`` : how.lock === true ? sql`for update` : sql`for share`;
  const found = await sql<SpaceRow>`select * from simpul.joint_spaces where id = ${id} ${lock}`.execute(
    db.rows,
  );
  const row = found.rows[0];
  if (row === undefined) throw new JointError("NOT_FOUND");
  const [held] = await alongside(db, [row]);
  return held!;
}

export async function keepNote(tx: Writer, note: Note, digest: Digest, signed: string | null): Promise<void> {
  await sql`insert into simpul.joint_notes (space_id, version, note, digest, signed, at)
    values (${note.space}, ${note.version}, ${json(note)}, ${bytesOf(digest)}, ${signed}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
}

/** The same for many spaces, in four questions. */
export async function alongside(db: Pick<Db, "rows">, spaces: readonly SpaceRow[]): Promise<Held[]> {
  const ids = spaces.map((one) => one.id);
  if (ids.length === 0) return [];
  const among = sql`space_id = any(${ids}::uuid[])`;
  const notes = await sql<{
    space_id: Id;
    version: number;
    note: Note;
    digest: Buffer;
    signed: string | null;
    at: Date;
  }>`
    select * from simpul.joint_notes where ${among} order by version`.execute(db.rows);
  const approvals = await sql<{ space_id: Id; says: Approval }>`
    select space_id, says from simpul.joint_approvals where ${among} order by version, says ->> 'at'`.execute(
    db.rows,
  );
  const endings = await sql<{ space_id: Id; says: Ending }>`
    select space_id, says from simpul.joint_endings where ${among} order by says ->> 'at'`.execute(db.rows);
  const members = await sql<{
    space_id: Id;
    party: NodeCode;
    id: Id;
    officer_id: Id | null;
    name: string;
    office: string;
    role: MemberRole;
    since: Date;
    ended_at: Date | null;
  }>`select * from simpul.joint_members where ${among} order by since, id`.execute(db.rows);
  return spaces.map((row) => {
    const of = <T extends { space_id: Id }>(list: readonly T[]) =>
      list.filter((one) => one.space_id === row.id);
    const kept = of(notes.rows).map((one) => ({
      ...{ version: one.version, note: one.note, signed: one.signed, at: iso(one.at) },
      digest: hexOf(one.digest),
    }));
    const said = of(approvals.rows).map((one) => one.says);
    const ended = of(endings.rows).map((one) => one.says);
    return {
      row,
      notes: kept,
      approvals: said,
      endings: ended,
      members: of(members.rows).map((one) => ({
        ...{ party: one.party, id: one.id, officer: one.officer_id, name: one.name, office: one.office },
        ...{ role: one.role, since: iso(one.since), ended: one.ended_at === null ? null : iso(one.ended_at) },
      })),
      facts: {
        notes: kept.filter((one) => one.signed !== null).map((one) => one.note),
        approvals: said,
        endings: ended,
        purged: row.purged_at !== null,
      },
    };
  });
}

/** The same as a peer that is named in its note meets it; throws the refusal `UNKNOWN_RECORD`. */
export async function knownSpace(tx: Writer, space: Id): Promise<Held> {
  try {
    return await heldOf(tx, space);
  } catch (fault) {
    if (fault instanceof JointError) throw new EnvelopeRefused("UNKNOWN_RECORD", "the space");
    throw fault;
  }
}

/** What the policy asks: who works in it here, and whether anything may be put in now. */
export function policyFacts(node: JointNode, held: Held): PolicyFacts {
  const now = held.members.filter(
    (one) => one.party === node.code && one.officer !== null && one.ended === null,
  );
  const ids = (list: readonly MemberRow[]): Id[] => list.map((one) => one.officer!);
  return {
    kind: "space",
    id: held.row.id,
    open: phaseOf(held.facts, node.code, node.clock.now()) === "open",
    members: ids(now),
    contributors: ids(now.filter((one) => one.role !== "reader")),
  };
}

export type ThingRow = {
  space_id: Id;
  id: Id;
  kind: ThingKind;
  party: NodeCode;
  version: number;
  state: "standing" | "withdrawn";
  by_member: Id;
  at: Date;
  first_at: Date;
  arrived_at: Date;
  reason: string;
  title: string;
  content: Content | null;
  handling: Handling;
  evaluation: string;
  originator: NodeCode;
  digest: Buffer;
  case_id: Id | null;
  ours: boolean;
  because: Because | null;
};

export interface NewThing {
  id: Id;
  kind: ThingKind;
  party: NodeCode;
  version: number;
  state: "standing" | "withdrawn";
  by: Id;
  at: string;
  firstAt: string;
  reason: string;
  title: string;
  content: Content | null;
  handling: Handling;
  evaluation: { source: string; information: string };
  originator: NodeCode;
  digest: Digest;
  case: Id | null;
  because?: Because;
}

/** Puts things in, or their newer versions over the older; what is not newer changes nothing. All in one statement. */
export async function keepThings(
  tx: Writer,
  space: Id,
  things: readonly NewThing[],
  ours: boolean,
): Promise<void> {
  if (things.length === 0) return;
  const rows = things.map((one) => ({
    ...{
      id: one.id,
      kind: one.kind,
      party: one.party,
      version: one.version,
      state: one.state,
      by_member: one.by,
    },
    ...{
      at: one.at,
      first_at: one.firstAt,
      reason: one.reason,
      title: one.title.slice(0, 600),
      content: one.content,
    },
    ...{ handling: one.handling, evaluation: Evaluation.print(one.evaluation as never) },
    ...{ originator: one.originator, digest: one.digest, case_id: one.case },
    because: one.because ?? null,
  }));
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, kind text, party text,
    version integer, state text, by_member uuid, at timestamptz, first_at timestamptz, reason text, title text,
    content jsonb, handling jsonb, evaluation text, originator text, digest text, case_id uuid, because text)`;
  await sql`insert into simpul.joint_before (space_id, thing_id, version, at, content, digest)
    select t.space_id, t.id, t.version, t.at, t.content, t.digest from simpul.joint_things t
    join ${given} on g.id = t.id where t.space_id = ${space} and g.version > t.version and g.state = 'standing'
    on conflict do nothing`.execute(tx.rows);
  await sql`insert into simpul.joint_things as t (space_id, id, kind, party, version, state, by_member, at, first_at,
      arrived_at, reason, title, content, handling, evaluation, originator, digest, case_id, ours, because)
    select ${space}, g.id, g.kind, g.party, g.version, g.state, g.by_member, g.at, g.first_at, ${tx.at}, g.reason, g.title,
      case when jsonb_typeof(g.content) = 'null' then null else g.content end, g.handling, g.evaluation, g.originator,
      decode(g.digest, 'hex'), g.case_id, ${ours}, g.because from ${given}
    on conflict (space_id, id) do update set version = excluded.version, state = excluded.state,
      by_member = excluded.by_member, at = excluded.at, arrived_at = excluded.arrived_at, reason = excluded.reason,
      title = case when excluded.because is not null then '' when excluded.state = 'withdrawn' then t.title
        else excluded.title end, content = excluded.content, because = excluded.because, called_at = null,
      handling = excluded.handling, evaluation = excluded.evaluation,
      originator = case when excluded.state = 'withdrawn' then t.originator else excluded.originator end,
      digest = excluded.digest
    where t.version < excluded.version`.execute(tx.rows);
}

/** Changed just now: its pages hear of it after the commit. */
export const touch = (tx: Writer, id: Id) =>
  sql`update simpul.joint_spaces set changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);

/** Under the node's own name, for what no person does. */
export const asJob = <T>(node: JointNode, fn: (tx: Writer) => Promise<T>): Promise<T> =>
  node.store.write(jobStanding, fn);
