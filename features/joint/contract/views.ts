// What the room shows: the list, one space, who is in, whose line is down.
import type { CaseNumber, Digest, Handling, Id, NodeCode } from "@simpul/model";
import type { LinkEnds } from "../../cases/contract.ts";
import type { Stop } from "../../requests/contract.ts";
import type { DocumentSignature, Evaluated } from "./agreement.ts";
import type { Ending, Note, Phase } from "./note.ts";
import type { NoteWord } from "./note-words.ts";
import type { Disclosure, Member, MemberRole, OwnFields, ThingKind, ThingView } from "./things.ts";

export interface SpaceHead {
  id: Id;
  title: string;
  phase: Phase;
  proposer: NodeCode;
  parties: NodeCode[];
  until: string;
  things: number;
  changedAt: string;
  /** A note, or its next version, waits for this state's word. */
  asksUs: boolean;
}

export const partyStates = ["asked", "in", "suspended", "declined", "withdrawn", "removed", "over"] as const;
export type PartyState = (typeof partyStates)[number];

/** How a party stands in the space, and how its line is. */
export interface PartyView {
  state: NodeCode;
  stands: PartyState;
  approved: { officer: string; office: string; version: number; at: string; digest: Digest }[];
  endings: Ending[];
  members: Member[];
  /** Null for this state's own node. */
  line: { away: boolean; since: string | null; waits: number } | null;
  confirmed: { officer: string; at: string; things: number } | null;
}

export interface Document {
  id: Id;
  party: NodeCode;
  name: string;
  mediaType: string;
  size: number;
  digest: Digest;
  officer: string;
  at: string;
  /** The version before it, where it takes another's place. */
  replaces: Id | null;
}
/** A file of the agreement as a reader sees it. */
export interface DocumentView extends Document {
  signatures: Pick<DocumentSignature, "party" | "officer" | "office" | "at">[];
  /** A later version took its place. */
  replaced: boolean;
  /** She may sign it for this state. */
  asksUs: boolean;
}

export const spaceActs = [
  "edit",
  "send",
  "approve",
  "decline",
  "extend",
  "contribute",
  "members",
  "remark",
  "clear",
  "suspend",
  "resume",
  "withdraw",
  "remove",
  "confirm",
  "document",
  "evaluate",
] as const;
export type SpaceAct = (typeof spaceActs)[number];

export interface SpaceView {
  id: Id;
  own: NodeCode;
  phase: Phase;
  /** The note in force for this state; the newest known where none is. */
  note: Note;
  digest: Digest;
  /** A newer version that is not in force here yet: ours still in draft, or asked of us. */
  next: { note: Note; digest: Digest; sent: boolean; approvedBy: NodeCode[] } | null;
  /** The version before the one to be read now: what is new is marked against it. Null for the first. */
  before: Note | null;
  /** What was said of the note's parts, and who cleared it; oldest first. */
  words: NoteWord[];
  parties: PartyView[];
  counts: { kind: ThingKind; count: number }[];
  documents: DocumentView[];
  evaluations: Evaluated[];
  /** By when each party confirms; null while it runs. */
  purgeBy: string | null;
  purgedAt: string | null;
  because: string[];
  may: SpaceAct[];
}

export interface Page {
  things: ThingView[];
  next: string | null;
}

/** What can be drawn: where, when, who with whom, and what falls due. */
export const pictureKinds: readonly ThingKind[] = [
  ...(["subject", "selector", "site", "event", "link"] as const),
  ...(["task", "decision", "date"] as const),
];
/** For timeline, map, chart and calendar. */
export interface Picture {
  things: ThingView[];
  /** How many more stand there that are not drawn. */
  left: number;
}

/** Something of a case that could be put in, or what stops it. */
export interface SpaceChoice {
  id: Id;
  kind: ThingKind;
  /** A link's is the code of its kind. */
  title: string;
  about: string;
  ends?: LinkEnds;
  originator: NodeCode;
  handling: Handling;
  evaluation: { source: "A" | "B" | "C" | "X"; information: "1" | "2" | "3" | "4" };
  stop: Stop | null;
  /** The note does not name its kind. */
  forbidden: boolean;
  /** It lies in the space already. */
  there: boolean;
}

export interface AskPut {
  /** Of which case the records and items are. */
  case: CaseNumber | Id | null;
  records: PutRecord[];
  items: (PutRecord & { disclosure: Disclosure })[];
  own: PutOwn[];
}
export interface PutRecord {
  id: Id;
  handling: Handling;
  evaluation: { source: "A" | "B" | "C" | "X"; information: "1" | "2" | "3" | "4" };
  link: string;
}
export type PutOwn = {
  [K in keyof OwnFields]: { kind: K; fields: OwnFields[K]; handling: Handling };
}[keyof OwnFields];

export interface AskMember {
  officer: Id;
  role: Exclude<MemberRole, "administrator">;
}

/*
 * Doors, all below /api/joint.
 *
 *   GET    /                            { spaces: SpaceHead[] }
 *   GET    /codes                       { own, states, offences, kinds }
 *   POST   /                            NoteDraft -> { id }: a draft that only this state knows
 *   PUT    /{id}                        NoteDraft -> 204
 *   POST   /{id}/send                   204: this state's own yes, and the note to each party; joint.sign, step-up on {id}
 *   POST   /{id}/approve                { version, digest }; joint.sign, step-up on {id}
 *   POST   /{id}/decline                { reason }; joint.sign, step-up on {id}
 *   POST   /{id}/extend                 NoteDraft -> 204: the next version, in draft
 *   GET    /{id}/paper                  the note as PDF, with who signed it, in the reader's language
 *   GET    /{id}/things/{thing}/certificate  the certificate page of an exhibit as PDF (JIT-6)
 *   POST   /{id}/remarks                { version, digest, part, of, text } -> 204: to every party of a note that was sent
 *   POST   /{id}/clear                  { version, digest, text } -> 204; joint.clear, step-up on {id}
 *   POST   /{id}/suspend                { reason }, POST /{id}/resume { reason }; joint.sign, step-up on {id}
 *   POST   /{id}/withdraw               { reason }; joint.sign, step-up on {id}
 *   POST   /{id}/remove                 { party, reason }; joint.sign, step-up on {id}
 *   GET    /{id}                        SpaceView
 *   GET    /{id}/things?kind&before     Page
 *   GET    /{id}/picture                Picture
 *   GET    /{id}/choices?case           { choices: SpaceChoice[], case }
 *   POST   /{id}/things                 AskPut -> { ids }; with records or items joint.release, step-up on {id}
 *   PUT    /{id}/things/{thing}         { content, handling?, reason } -> 204
 *   POST   /{id}/things/{thing}/withdraw { reason } -> 204
 *   POST   /{id}/members                AskMember -> { id }; DELETE /{id}/members/{member}
 *   GET    /{id}/export                 everything, with its hash list: what winding down confirms
 *   POST   /{id}/confirm                { digest }; joint.sign, step-up on {id}
 *   POST   /{id}/things/{thing}/keep    { proceeding } -> 204: of a party that is out (JIT-5)
 *   POST   /{id}/documents/{document}/sign { digest } -> 204; joint.sign, step-up on {id}
 *   POST   /{id}/evaluation             Assessment -> 204; joint.sign, step-up on {id}
 *   POST   /{id}/documents              { name, mediaType, bytes, replaces? } -> { id }; GET /{id}/documents/{document}
 *
 * Live topics: `joint`, `joint:<id>`.
 */
