// What the letters room asks of its node, and its rows.
import type { Clock as TimeOf, Id, NodeCode } from "@simpul/model";
import type { OpenStore, Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory } from "../access/contract.ts";
import type { AnswerKind, Clock, RequestState } from "../requests/contract.ts";
import {
  LettersError,
  type AssistanceForLetters,
  type Channel,
  type Correspondent,
  type Correspondents,
  type FollowUp,
  type LetterOutcome,
  type LetterSubject,
  type PermissionsForLetters,
  type RecallsForLetters,
  type RequestsForLetters,
} from "./contract.ts";

export interface LettersNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  clock: TimeOf;
  correspondents: Correspondents;
  directory: Directory;
  requests: RequestsForLetters;
  recalls: RecallsForLetters;
  permissions: PermissionsForLetters;
  assistance: AssistanceForLetters;
  wake(topic: string): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;

// Types, not interfaces: rows are read by hand-written SQL.
export type LetterRow = {
  id: Id;
  request_id: Id;
  reference: string;
  correspondent: Correspondent;
  list_version: string;
  digest: Buffer;
  size: number;
  pages: number;
  filled: number;
  fields: number;
  made_at: Date;
  made_by: Id | null;
  about: LetterSubject;
  about_id: Id | null;
  thread_id: Id | null;
  said: FollowUp | null;
  posted_on: string | null;
  channel: Channel | null;
  sent_note: string;
  acknowledged_on: string | null;
  their_reference: string;
  subject: string;
  urgent: boolean;
  state: RequestState;
  outcome: AnswerKind | LetterOutcome | null;
  clock: Clock | null;
};

/** All but the paper itself. */
export const letterColumns = sql`l.id, l.request_id, l.reference, l.correspondent, l.list_version, l.digest,
  length(l.paper) as size, l.pages, l.filled, l.fields, l.made_at, l.made_by, l.posted_on::text, l.channel, l.sent_note,
  l.acknowledged_on::text, l.their_reference, l.about, l.about_id, l.thread_id, l.said,
  case when l.said is null then r.subject else l.said -> 'earlier' ->> 'reference' end as subject,
  coalesce((l.said ->> 'urgent')::boolean, (r.draft ->> 'urgent')::boolean, false) as urgent,
  coalesce(l.standing, t.state) as state, coalesce(l.outcome, t.outcome) as outcome, coalesce(l.clock, t.clock) as clock`;
/** A letter about something given has no thread of its own. */
export const letterTables = sql`simpul.letters l join simpul.requests r on r.id = l.request_id
  left join simpul.request_threads t on t.id = l.id`;

/** Throws `NOT_FOUND` where row security shows none. */
export async function letterRow(db: Db, id: Id, how: { lock?: true } = {}): Promise<LetterRow> {
  const { rows } = await sql<LetterRow>`select ${letterColumns} from ${letterTables} where l.id = ${id}
    ${how.lock === true ? sql`for update of l` : sql``}`.execute(db.rows);
  if (rows[0] === undefined) throw new LettersError("NOT_FOUND");
  return rows[0];
}
