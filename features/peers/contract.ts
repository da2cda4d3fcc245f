// What others may know of peers: other states' nodes as people see and manage them, and the refusals of that room.
import { SimpulError } from "@simpul/model";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";

export type PeersCode =
  | "NOT_FOUND"
  | "OWN_CARD"
  | "EXERCISE_APART"
  | "NOT_A_CARD"
  | "STILL_CONFIRMED"
  | "NOT_PROPOSED"
  | "SAME_PERSON"
  | "FINGERPRINT_DIFFERS"
  | "NOTHING_TO_TRY"
  | "CHANGE_WAITS"
  | "NO_CHANGE"
  | "IN_THE_FUTURE";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const peersRefusals: Readonly<Record<PeersCode, 403 | 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  OWN_CARD: 422,
  EXERCISE_APART: 422,
  NOT_A_CARD: 422,
  STILL_CONFIRMED: 409,
  NOT_PROPOSED: 409,
  SAME_PERSON: 403,
  FINGERPRINT_DIFFERS: 422,
  NOTHING_TO_TRY: 409,
  CHANGE_WAITS: 409,
  NO_CHANGE: 409,
  IN_THE_FUTURE: 422,
};

/** A refusal of this room; `facts` travel to the page (which state). */
export class PeersError extends SimpulError<PeersCode> {
  readonly facts: Record<string, string>;
  constructor(code: PeersCode, facts: Record<string, string> = {}) {
    super(code, Object.values(facts).join(" ") || undefined);
    this.facts = facts;
  }
}

/** What one state hands another: its address and public keys. Nothing in it is secret; that it is unaltered matters. */
export interface Card {
  node: string;
  /** `host:port` of its node-to-node door. */
  address: string;
  /** SHA-256 of its certificate's public key, in hex. */
  pin: string;
  signing: string;
  sealing: string;
  agencies: { agency: string; key: string }[];
  oprf?: unknown[] | undefined;
  /** Statements about its keys that led to these; absent for a node's first keys. */
  number?: number | undefined;
  /** The node is part of an exercise. */
  exercise?: true | undefined;
}

export interface OwnCard {
  card: Card;
  /** Sixteen groups of four: what is read out on the telephone. */
  fingerprint: string[];
  exercise: boolean;
}

/** Somebody of this node who did something here; null where the node itself did. */
export interface Doer {
  id: Id | null;
  name: string | null;
  nameLatin: string | null;
}

export type HealthKind = "unknown" | "up" | "down" | "clock-off" | "refusing" | "behind" | "suspended";

/** How the line is, as facts that words are made of. */
export interface Health {
  kind: HealthKind;
  since: string | null;
  /** Of the last failure, e.g. `UNREACHABLE`; null while all is well. */
  code: string | null;
  failedAt: string | null;
  /** Minutes by which its clock was ahead of ours (behind: negative) when it said so. */
  minutes: number | null;
}

export interface PeerView {
  node: string;
  address: string;
  state: "proposed" | "confirmed" | "suspended" | "stopped";
  health: Health;
  heardAt: string | null;
  /** Envelopes numbered in each direction since the two nodes met. */
  sent: number;
  received: number;
  waiting: number;
  deadLetters: number;
  /** Letters that this node sent before it was restored and does not remember; the peer's receipts prove them. */
  lost: number;
  /** Kilobits a second that the line to it may carry; null where nothing limits it. */
  limit: number | null;
  /** Versions of the wire: the one in use, and the newest that each speaks. */
  version: { used: number; ours: number; theirs: number };
  /**
   * In groups of four. The last four groups are kept back from everybody but the one who entered the card until
   * it is confirmed, so that they can be heard and not copied.
   */
  fingerprint: string[];
  agencies: number;
  /** Its keys, the newest first. */
  keys: KeyView[];
  /** It knows the keys of this node. */
  knowsOurs: boolean;
  /** What was wrong with the last that it said about its keys, e.g. `KEYS_FORKED`; null where all is well. */
  keysFault: { code: string; at: string } | null;
  /** Its key was stolen then: what came from it since, until that was known here, is doubtful. */
  doubtful: { since: string; until: string; letters: number }[];
  /** Incidents that nobody closed yet. */
  incidents: number;
  /** Null: never yet. */
  compared: ComparedView | null;
  proposed: { by: Doer; at: string };
  confirmed: { by: Doer; at: string } | null;
  stopped: { by: Doer; at: string; because: string } | null;
  /** Exchange rests; `resume` is the first of the two who let it go on, `mine` where she is that person. */
  suspended: {
    by: Doer;
    at: string;
    because: string;
    resume: { by: Doer; at: string; mine: boolean } | null;
  } | null;
  /** She entered this card herself, so another must confirm it. */
  mine: boolean;
}

export const doubtFindings = ["genuine", "forged", "unclear"] as const;
export type DoubtFinding = (typeof doubtFindings)[number];

/** Something of a request passed while a key was stolen. */
export interface Doubt {
  /** The state it passed to or from. */
  peer: NodeCode;
  /** Whose key: that state's, or our own. */
  whose: NodeCode;
  since: string;
  until: string;
  received: number;
  /** Only under our own key. */
  sent: number;
  review: { finding: DoubtFinding; text: string; by: string; at: string } | null;
}

export interface DoubtListed extends Doubt {
  request: Id;
  subject: string;
  reference: string;
  /** She may say what she found. */
  reviews: boolean;
}

/** Asked by features for the marks of their own records, in the reader's own transaction. */
export interface DoubtsOf {
  among(db: Pick<Reader, "rows">, requests: readonly Id[]): Promise<Map<Id, Doubt[]>>;
}

/** A key of a state as it stands on record here. */
export interface KeyView {
  /** The first letters of its signing key, for people to tell it from others. */
  name: string;
  since: string | null;
  /** When another took its place; null for the key of now. */
  endedAt: string | null;
  /** Until when it still counts on the line; null where it does not, or is the key of now. */
  countsUntil: string | null;
  /** It was stolen: nothing that it signed from then on is believed. */
  stolenSince: string | null;
}

export type KeyChangeKind = "change" | "stolen";

/** The keys of this node: what they are, what was, and what one person has proposed. */
export interface OwnKeysView {
  keys: KeyView[];
  /** Since when the keys of now stand; null for the first keys of a node whose start nobody wrote down. */
  since: string | null;
  /** Keys of before count until then, or until every state knows the new ones; null where none count. */
  overlapUntil: string | null;
  /** States that do not know the keys of now yet. */
  untold: string[];
  proposed: {
    id: Id;
    kind: KeyChangeKind;
    by: Doer;
    at: string;
    because: string;
    since: string | null;
    mine: boolean;
  } | null;
  manages: boolean;
}

/** What each side held of a letter's evidences: we lack one, they lack one, or the two are not the same. */
export type IncidentKind = "missing-here" | "missing-there" | "differs";

/** Evidences of letters that follow each other differed when they were compared (MSG-4). */
export interface IncidentView {
  id: Id;
  /** Whose letters, from which number to which. */
  sender: NodeCode;
  kind: IncidentKind;
  from: number;
  until: number;
  foundAt: string;
  closed: { by: string; at: string; because: string } | null;
}
export interface Incidents {
  incidents: IncidentView[];
  /** She may close them. */
  closes: boolean;
}

/** The last daily comparison of evidences; `able` false: the node there is too old to be asked. */
export interface ComparedView {
  at: string;
  letters: number;
  able: boolean;
}

export interface PeerList {
  peers: PeerView[];
  /** She administers: the acts are offered. */
  manages: boolean;
}

/** An envelope to a peer that has not arrived; never what it says. */
export interface LetterView {
  id: string;
  kind: string;
  /** `lost`: it arrived, and a restore of this node forgot what it said. */
  state: "waiting" | "sending" | "refused" | "dead" | "lost";
  since: string;
  tries: number;
  nextTry: string | null;
  /** Code of the last error, and what belongs to it where our own policy said it. */
  code: string | null;
  detail: string | null;
  sequence: number | null;
  endedAt: string | null;
  files: number;
  /** Its second try. */
  again: string | null;
}

/** An envelope of a peer that we refused. */
export interface RefusedView {
  id: string;
  sequence: number;
  kind: string | null;
  at: string;
  code: string;
}

export interface Letters {
  outgoing: LetterView[];
  refused: RefusedView[];
}
