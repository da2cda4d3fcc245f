// Letters about something that was given, or came, by an earlier letter: that it is called back, or a question for permission.
import type { Digest, Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { Outcome, RecallKind, ThingKind } from "../../recalls/contract.ts";
import type { AskPermission, PermissionState, SharedRecord } from "../../requests/contract.ts";
import type { AnswerWay, Correspondent } from "../contract.ts";

export const letterSubjects = ["request", "recall", "permission"] as const;
export type LetterSubject = (typeof letterSubjects)[number];

/** One thing of an earlier letter, as the other side finds it there: nothing of what it says is repeated. */
export interface EarlierThing {
  record: Id;
  version: Digest;
  what: ThingKind;
  /** E.g. `5.2`, as the form of that letter counts; null where it came from them. */
  entry: string | null;
  /** Theirs alone: how the file is called here. */
  title: string;
  /** With `correct`: what takes its place. */
  next: SharedRecord | null;
}

interface Earlier {
  /** The recall or the permission. */
  about: Id;
  request: Id;
  thread: Id;
  correspondent: Correspondent;
  /** Of this letter. */
  reference: string;
  /** The letter by which it went or came, and the day on which that was sent. */
  earlier: { reference: string; on: string | null };
  things: EarlierThing[];
  /** Of what an officer wrote freely. */
  language: string;
  reason: string;
  due: string;
  urgent: boolean;
  agency: Id | null;
  desk: Id | null;
  /** Who lets it go; null where the node passes on what another state called back. */
  by: Id | null;
}

export type FollowUp = Earlier &
  (
    | {
        kind: "recall";
        call: {
          kind: RecallKind;
          reasonCode: string;
          handling: Handling | null;
          evaluation: Evaluation | null;
          endsGrants: boolean;
        };
      }
    | {
        kind: "permission";
        ask: Pick<AskPermission, "action" | "recipients" | "court" | "legalBasis" | "purpose">;
      }
  );

/** What such a letter brings back, however it came. */
interface Said {
  way: AnswerWay;
  saidBy: string;
  saidAt: string;
  theirReference: string;
  text: string;
  language: string;
  /** Scans. */
  items: Id[];
}
export interface AskRecalled extends Said {
  outcome: Outcome;
  code: string | null;
}
export interface AskPermitted extends Said {
  /** One for each record asked about. What is granted needs a scan: that is its basis (HC-7). */
  decisions: { record: Id; grant: boolean; ground?: string }[];
  conditions: string;
  /** A day; null: no end. */
  notAfter: string | null;
}

/** What the letter is about, for noting its answer: the recall's kind, or what may be permitted. */
export type LetterAbout =
  | { kind: "request" }
  | { kind: "recall"; id: Id; recall: RecallKind }
  | {
      kind: "permission";
      id: Id;
      action: AskPermission["action"];
      records: { record: Id; title: string }[];
    };
export type LetterOutcome = Outcome | PermissionState;

type Db = Pick<Reader | Writer, "rows" | "standing">;
/** What recalls do for letters; made by the server. */
export interface RecallsForLetters {
  /** Whether this officer may note what a holder did (recall.draft). */
  mayNote(db: Db, recall: Id): Promise<boolean>;
  /** The holder's answer as an officer heard it; throws `NOT_A_LISTED_CODE`, `NOT_NOW`. */
  noted(
    tx: Writer,
    recall: Id,
    said: { holder: NodeCode; outcome: Outcome; code: string | null; text: string },
  ): Promise<void>;
}
/** What permissions do for letters; made by the server. */
export interface PermissionsForLetters {
  mayNote(db: Db, permission: Id): Promise<boolean>;
  /** Keeps the decision; what is granted becomes a permission with the scan as its basis. Gives how it stands now. */
  decided(
    tx: Writer,
    permission: Id,
    said: Pick<AskPermitted, "decisions" | "conditions" | "notAfter" | "text"> & {
      saidBy: string;
      saidAt: string;
      letter: string;
      scan: Digest | null;
    },
  ): Promise<PermissionState>;
}

/** Letters of one recall or permission, as its own page names them. */
export interface LetterOf {
  id: Id;
  reference: string;
  state: NodeCode;
  correspondent: string;
  standing: string;
  postedOn: string | null;
  overdue: boolean;
}
