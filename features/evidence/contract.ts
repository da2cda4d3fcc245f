// What others may know of evidence: items, readings, findings, their states and refusals.
import { SimpulError } from "@simpul/model";
import type { ConcealedName, CustodyEventName, Method } from "@simpul/evidence";
import type { Reader, Writer } from "@simpul/store";
import type { Rests } from "@simpul/features/oversight/contract.ts";
import type { Kysely } from "kysely";
import type {
  Digest,
  Evaluation,
  Handling,
  HolderRole,
  Id,
  NodeCode,
  Purpose,
  SelectorType,
} from "@simpul/model";

export type EvidenceRefusal =
  // Taking in.
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "EMPTY_FILE"
  | "FILE_TOO_LARGE"
  | "TOO_MANY_OPEN"
  | "NO_ROOM"
  | "NO_DEVICE"
  | "NOT_SIGNED"
  | "NOT_AS_SIGNED"
  | "DIGEST_DIFFERS"
  | "SIZE_DIFFERS"
  | "NOT_UPLOADED"
  | "ALREADY_DIFFERENT"
  | "NOT_WRITTEN_AS_READ"
  | "PROOF_DOES_NOT_HOLD"
  // Reading.
  | "NOT_READ_YET"
  | "NO_SUCH_PART"
  // Findings.
  | "NOT_A_SELECTOR"
  | "ROLE_NEEDED"
  | "CHANGED_MEANWHILE"
  | "NOTHING_TO_UNDO"
  | "TOO_MANY"
  | "KEY_DESTROYED"
  /** `originator`, `at`, `recall`, `items`: the state that gave it called it back. */
  | "CALLED_BACK"
  // Letting a bundle out.
  | "NOTHING_TO_EXPORT"
  | "PERMISSION_NEEDED"
  | "NOT_READY"
  | "NOT_WAITING"
  | "SWEPT"
  | "DAMAGED";

/** A refusal of the evidence room. `facts` are numbers and codes for the message on the screen. */
export class EvidenceRoomError extends SimpulError<EvidenceRefusal> {
  readonly facts: Record<string, string | number>;
  constructor(code: EvidenceRefusal, facts: Record<string, string | number> = {}, cause?: unknown) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts), cause);
    this.facts = facts;
  }
}

/** Why a file could not be read; it stays sealed evidence all the same. */
export const readingRefusals = [
  "TORN",
  "TOO_LARGE_TO_READ",
  "MISLABELLED",
  "ZIP_BOMB",
  "PASSWORD_PROTECTED",
  "NOTHING_IN_IT",
  "NOT_A_KNOWN_KIND",
  "NOT_TEXT",
  "TOO_SLOW",
  "TOO_MUCH_MEMORY",
  "READER_FAILED",
] as const;
export type ReadingRefusal = (typeof readingRefusals)[number];

export class ReadingError extends SimpulError<ReadingRefusal> {
  readonly facts: Record<string, string | number>;
  constructor(code: ReadingRefusal, facts: Record<string, string | number> = {}, cause?: unknown) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts), cause);
    this.facts = facts;
  }
}

export const readingKinds = [
  "whatsapp",
  "telegram",
  "line",
  "mail",
  "table",
  "json-lines",
  "json",
  "text",
  "pdf",
  "image",
  "page",
  "web-archive",
  "archive",
] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** Something the reader had to decide or leave out; shown above the text. */
export interface ReadingWarning {
  code:
    | "GUESSED_ENCODING"
    | "DAMAGED_TEXT"
    | "ZAWGYI_CONVERTED"
    | "ROWS_UNEVEN"
    | "LINES_NOT_JSON"
    | "NO_TEXT_IN_PAGES"
    | "ATTACHMENT_NOT_READ"
    | "PART_SPLIT"
    | "TIMES_WITHOUT_ZONE"
    | "DAY_OR_MONTH_FIRST"
    | "FIELDS_REMOVED"
    | "CUT_OFF";
  facts?: Record<string, string | number>;
}

export const partKinds = ["message", "page", "row", "text", "field", "note"] as const;
export type PartKind = (typeof partKinds)[number];

/** One message, page, row or paragraph; `start` and `end` count UTF-16 units in the text of the whole reading. */
export interface Part {
  number: number;
  kind: PartKind;
  /** Where it stood: `Sheet1 5`, `page 3`, an address, the name of an attachment. */
  label?: string;
  /** As written: with a zone when the file has one, else local time of the phone. */
  at?: string;
  sender?: string;
  text: string;
  start: number;
  end: number;
}

/** Readings are kept and fetched in segments, so that a chat of 200 MB opens like one of two lines. */
export interface SegmentPlace {
  number: number;
  firstPart: number;
  parts: number;
  /** Place in the plain bytes of the derived file. */
  offset: number;
  length: number;
}

export interface Reading {
  item: Id;
  state: "waiting" | "reading" | "ready" | "refused";
  kind: ReadingKind | null;
  encoding: string | null;
  parts: number;
  characters: number;
  /** Between 0 and 1 while it is being read. */
  progress: number;
  refusal: { code: ReadingRefusal; facts: Record<string, string | number> } | null;
  warnings: ReadingWarning[];
  segments: number;
  detection: "waiting" | "done";
}

export const itemStates = ["sealed", "key-destroyed"] as const;
export type ItemState = (typeof itemStates)[number];

export interface Item {
  id: Id;
  case: Id | null;
  /** As its officers call the case; null where there is none, or none that the reader sees. */
  caseNumber: string | null;
  agency: Id;
  desk: Id;
  takenInBy: Id | null;
  origin: "here" | "peer";
  state: ItemState;
  fileName: string;
  mediaType: string;
  size: number;
  digest: Digest;
  method: Method;
  takenAt: string;
  sealedAt: string;
  handling: Handling;
  evaluation: Evaluation;
  reading: Reading;
  findings: { open: number; confirmed: number };
  /** It came from a state while that state's key was in other hands, since then. */
  doubt: { state: string; since: string } | null;
}

/** Which items a list shows: hers, those of her desk. */
export const itemScopes = ["mine", "desk"] as const;
export type ItemScope = (typeof itemScopes)[number];
/** How far an item's reading is, as a list asks for it: `waiting` also while it is being read. */
export const readingStages = ["waiting", "ready", "refused"] as const;
export type ReadingStage = (typeof readingStages)[number];

/** Names for the officers and desks of an answer; whoever is missing stays an id. */
export interface NamesOfItems {
  officers: Record<string, string>;
  desks: Record<string, string>;
}
export interface ListedItems {
  items: Item[];
  next: string | null;
  names: NamesOfItems;
}
/** One item with its names, and whether this officer decides about its findings. */
export interface ItemView extends Item {
  names: NamesOfItems;
  may: { confirm: boolean };
  /** Oversight has ordered that it rests; null when not. */
  rests: Rests | null;
}

export const findingStates = ["candidate", "confirmed", "corrected", "rejected"] as const;
export type FindingState = (typeof findingStates)[number];

/** Something that may be a selector, where it stands, and what an officer decided about it. */
export interface Finding {
  id: Id;
  item: Id;
  part: number;
  /** Within the part's text; both 0 where it stands in who sent the part, once for each sender. */
  start: number;
  end: number;
  type: SelectorType;
  written: string;
  canonical: string;
  profile: string;
  valid: boolean;
  /** Why it is not valid, or what is doubtful about it; a code. */
  doubt: string | null;
  state: FindingState;
  role: HolderRole | null;
  decidedBy: Id | null;
  decidedAt: string | null;
}

/** One value of an item, wherever it stands in it; the finding is its first place. */
export interface FindingGroup extends Finding {
  times: number;
  /** Its places were decided alike when there is one. */
  states: FindingState[];
  roles: HolderRole[];
}

/** Which values of an item are asked for. */
export const findingStages = ["open", "decided"] as const;
export type FindingStage = (typeof findingStages)[number];

/** A page of values, and how many there are of each stage. */
export interface FoundValues {
  findings: FindingGroup[];
  total: number;
  open: number;
  decided: number;
}

/** One place of a value in its item. */
export type FindingPlace = Pick<Finding, "id" | "part" | "start" | "end" | "state">;

export const decisions = ["confirm", "correct", "reject", "reopen"] as const;
export type DecisionKind = (typeof decisions)[number];

export interface AskDecide {
  findings: Id[];
  decision: DecisionKind;
  role?: HolderRole;
  /** With `correct`: what it really is. */
  correction?: { type: SelectorType; value: string };
  /** Decide every finding of this item with the same value at once. */
  alike?: boolean;
}

/** One event of an item's custody, as its story tells it. */
export interface StoryLine {
  number: number;
  event: CustodyEventName | "acquired";
  at: string;
  actor: string;
  purpose: string | null;
  facts: Record<string, string | number | boolean>;
  digest: Digest;
  /** `kept`: in this node's database. `logged`: its leaf has a place in the ledger. `cosigned`: under a head that others signed. */
  proof: "kept" | "logged" | "cosigned";
  cosigners: string[];
}

/** How it was taken in, as the officer's device signed it, with the concealed facts opened for who may see the item. */
export interface AcquisitionTold {
  method: Method;
  takenAt: string;
  mediaType: string;
  size: number;
  tool: string;
  /** Milliseconds by which the device was ahead of the node. */
  clockOffset: number;
  hidden: Partial<Record<ConcealedName, string>>;
}

export interface Story {
  item: Id;
  acquisition: AcquisitionTold;
  original: Digest;
  sealedFile: Digest;
  intact: boolean;
  problems: string[];
  lines: StoryLine[];
}

/** Limits of taking in; a node may set its own. */
export interface IntakeLimits {
  /** Bytes of one file. */
  file: number;
  /** Bytes that one officer may have in staging. */
  officer: number;
  /** Bytes that all staging together may hold. */
  staging: number;
  /** Files that one officer may have open at once. */
  open: number;
  /** Days after which an unfinished intake is swept. */
  days: number;
}
export const usualLimits: IntakeLimits = {
  file: 2 ** 31,
  officer: 2 ** 33,
  staging: 2 ** 35,
  open: 200,
  days: 7,
};

export const intakeStates = ["open", "sealing", "sealed", "refused", "swept"] as const;
export type IntakeState = (typeof intakeStates)[number];

/** A file on its way in; it is found again in the tray until it is sealed or given up. */
export interface Intake {
  id: Id;
  item: Id;
  state: IntakeState;
  fileName: string;
  size: number;
  received: number;
  digest: Digest;
  case: Id | null;
  refusal: { code: EvidenceRefusal; facts: Record<string, string | number> } | null;
  startedAt: string;
}

/** What a client needs to know before it writes the acquisition statement. */
export interface IntakeStart {
  /** The node's time, by which the client tells how far its own clock is off. */
  now: string;
  node: NodeCode;
  officer: Id;
  desk: Id;
  /** The device of this session; null where it has none. */
  device: Id | null;
  limits: IntakeLimits;
}

/** The statement that her device signed, and what opens its concealed fields. */
export interface AskIntake {
  /** The exact bytes of the statement, base64. */
  statement: string;
  /** Ed25519 by the device key over their DSSE pre-authentication encoding, base64. */
  signature: string;
  disclosures: string[];
  case?: Id;
  /** The same for the same bytes taken in the same way: said again within a day, it is the same intake. */
  key?: string;
}

/** How refusals answer over HTTP; the server adds them to its one table. */
export const evidenceRefusals: Readonly<
  Record<EvidenceRefusal, 403 | 404 | 409 | 410 | 413 | 422 | 429 | 507>
> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  EMPTY_FILE: 422,
  FILE_TOO_LARGE: 413,
  TOO_MANY_OPEN: 429,
  NO_ROOM: 507,
  NO_DEVICE: 403,
  NOT_SIGNED: 422,
  NOT_AS_SIGNED: 422,
  DIGEST_DIFFERS: 422,
  SIZE_DIFFERS: 422,
  NOT_UPLOADED: 409,
  ALREADY_DIFFERENT: 409,
  NOT_WRITTEN_AS_READ: 422,
  PROOF_DOES_NOT_HOLD: 422,
  NOT_READ_YET: 409,
  NO_SUCH_PART: 404,
  NOT_A_SELECTOR: 422,
  ROLE_NEEDED: 422,
  CHANGED_MEANWHILE: 409,
  NOTHING_TO_UNDO: 409,
  TOO_MANY: 413,
  KEY_DESTROYED: 410,
  CALLED_BACK: 410,
  NOTHING_TO_EXPORT: 422,
  PERMISSION_NEEDED: 403,
  NOT_READY: 409,
  NOT_WAITING: 409,
  SWEPT: 410,
  DAMAGED: 409,
};

export const exportStates = ["waiting", "packing", "ready", "failed", "given-up", "swept"] as const;
/** `waiting`: for other states to cosign. `packing`: the zip is being written. `swept`: the file is gone, the row stays. */
export type ExportState = (typeof exportStates)[number];

/** What an officer asks to let out; left out, `items` are all of the case. */
export interface AskExport {
  case: Id;
  items?: Id[];
  /** Who receives it, in words. */
  recipient: string;
  recipientState: NodeCode;
  reason: string;
  /** The concealed facts that are shown; all others stay hidden. */
  fields: ConcealedName[];
  /** Do not wait for cosigners, and why: a foreign outage must not defeat a court's deadline. */
  unproven?: string;
}

/** A bundle, from its asking to its sweeping. */
export interface Export {
  id: Id;
  case: Id;
  caseNumber: string;
  officer: Id;
  purpose: Purpose;
  recipient: string;
  recipientState: NodeCode;
  reason: string;
  items: Id[];
  fields: ConcealedName[];
  unproven: string | null;
  state: ExportState;
  /** 0 to 1. */
  progress: number;
  failure: { code: string; facts: Record<string, string | number> } | null;
  /** Bytes and SHA-256 of the zip; null until it is ready. */
  size: number | null;
  digest: Digest | null;
  /** Was it cosigned by the quorum when it was packed? Null until then. */
  proven: boolean | null;
  startedAt: string;
  readyAt: string | null;
  /** Until when it can be fetched; null unless it is ready. */
  until: string | null;
}

/** One item as the recipient will get it, and what stands against it. */
export interface ExportedItem {
  id: Id;
  fileName: string;
  mediaType: string;
  size: number;
  digest: Digest;
  takenAt: string;
  /** Statements that go along, the disclosure not yet counted. */
  statements: number;
  handling: Handling;
  /** The state whose it is. */
  originator: NodeCode;
  /** What its originator must still permit for this recipient (HC-6). */
  missing: TermUse[];
  /** Its period is over: no permission helps, it stays (H3). */
  over: boolean;
  /** Facts that can be shown or withheld, with their values. */
  fields: { name: ConcealedName; value: string }[];
}

export interface ExportPreview {
  items: ExportedItem[];
  /** Bytes of all originals together. */
  size: number;
  codes: Handling;
  /** States whose signatures the bundle waits for, and how many of them it needs; none: nobody cosigns this log. */
  cosigners: NodeCode[];
  needed: number;
}

/** Uses of what is another state's that only its permission opens (HC-6): a court file, and passing on. */
export type TermUse = "court" | "onward";

/** What an originator has allowed with one item; the signed permissions travel in the bundle (HC-7). */
export interface GrantedTerms {
  permitted: readonly TermUse[];
  /** DSSE as JSON, signed by the originator. */
  permissions: readonly { id: Id; signed: string }[];
  /** The period for which it was given is over; no permission helps. */
  over?: boolean;
}

/** Implemented where permissions are kept; the server hands it in. Without it nothing is granted. */
export interface GrantsForItems {
  /** `to`: the state whose court receives it; a permission names its recipients. */
  termsOf(db: { readonly rows: Kysely<unknown> }, item: Id, to: NodeCode): Promise<GrantedTerms>;
}

/** What `GET /api/evidence/trust-policy` gives: the text, and its SHA-256 to read out over the phone. */
export interface TrustPolicy {
  text: string;
  digest: Digest;
  cosigners: NodeCode[];
  needed: number;
}

/** What proves an item's story in another state: its signed statements (DSSE, JSON text), oldest first. */
export interface ItemProof {
  statements: string[];
  /** Only those that the originator shows: how the file is called, and under which authority it was taken. */
  disclosures: string[];
  /** The originator's signed word for the device that acquired it (DSSE, JSON text). */
  device: string;
}

/** An item that another state handed over, before its bytes are here. */
export interface ArrivingItem {
  id: Id;
  from: NodeCode;
  originator: NodeCode;
  case: Id | null;
  agency: Id;
  desk: Id;
  fileName: string;
  mediaType: string;
  size: number;
  digest: Digest;
  handling: Handling;
  evaluation: Evaluation;
  proof: ItemProof;
  /** Under H2 without "this case": only the agency that asked sees it (HC-3). */
  agencyOnly: boolean;
}

/** What evidence does with items for other rooms; the server hands it over. */
export interface ItemsForOthers {
  /** Items that this actor sees: those of a case, or those named. */
  itemsOf(db: Pick<Reader, "rows">, ask: { case: Id } | { ids: readonly Id[] }): Promise<Item[]>;
  /**
   * It is the scan of what another state answered on paper: from now on that state's, under its terms (HC-11). Throws
   * `NOT_FOUND`, and `ALREADY_DIFFERENT` where it is a state's already.
   */
  givenOnPaper(
    tx: Writer,
    item: Id,
    facts: { by: NodeCode; handling: Handling; evaluation: Evaluation },
  ): Promise<void>;
  /** In the job that sends it: `transferred-out` is added to its chain, which is then its proof. */
  depart(tx: Writer, item: Id, facts: { to: NodeCode; envelope: Id }): Promise<ItemProof>;
  /**
   * Seals the bytes of a peer's item here and adds `received` to its chain; `also` runs in the same transaction. May be
   * called again. Throws `PROOF_DOES_NOT_HOLD`, `DIGEST_DIFFERS`, `SIZE_DIFFERS`, `ALREADY_DIFFERENT`, `NO_ROOM`; then
   * nothing of it is visible.
   */
  takeInFromPeer(
    arriving: ArrivingItem,
    bytes: AsyncIterable<Uint8Array>,
    also: (tx: Writer) => Promise<void>,
  ): Promise<void>;
  /** Plain bytes by their digest, for the peers to whom an envelope offers them; null when they are not held. */
  openForPeers(
    digest: Digest,
  ): Promise<{ size: number; read(start: number, end: number): Promise<Uint8Array> } | null>;
}
