// What the room of mutual legal assistance asks of this one: a formal request goes, is answered and comes back as a request.
import type { CaseNumber, Id, NodeCode } from "@simpul/model";
import type { RequestFacts } from "@simpul/policy";
import type { Reader, Standing, Writer } from "@simpul/store";
import type { AskDraft } from "./requests.ts";
import type { Choice, Paragraph, SharedItem, SharedRecord, Stop } from "./shared.ts";
import type { RequestState } from "./states.ts";

/** `preservation`: data is frozen, police to police; `formal`: assistance for court (MLA-2). */
export const formalKinds = ["preservation", "formal"] as const;
export type FormalKind = (typeof formalKinds)[number];

type Db = Pick<Reader | Writer, "rows" | "standing">;

/** A request with what came back on it, as far as this officer sees it. */
export interface FormalSource {
  id: Id;
  case: CaseNumber;
  draft: AskDraft;
  threads: { peer: NodeCode; reference: string; narrative: { answer: Id; paragraph: Paragraph }[] }[];
}

export interface FormalHeld {
  record: SharedRecord | null;
  item: SharedItem | null;
  title: string;
  reference: string;
  /** What stops it in a formal request to this state; empty where it may go. */
  stops: Stop[];
}

/** What came back on it. */
export interface CameBack {
  answers: { id: Id; final: boolean; at: string }[];
  items: { id: Id; title: string; sealed: boolean; court: boolean; text: string | null }[];
  records: { id: Id; copy: Id; title: string; court: boolean; text: string | null }[];
}

/** An envelope of another room that goes right behind the request, also where that waits for the custody of its items. */
export interface Follows {
  kind: string;
  body: object;
  urgent: boolean;
}

/** What of a request is seen before and after it leaves. */
export interface FormalShown {
  records: SharedRecord[];
  /** Attached; `sealed`: its bytes are here and hold. */
  items: (SharedItem & { sealed: boolean })[];
  stops: Stop[];
}

export interface RequestsForAssistance {
  /** Throws `NOT_FOUND` where row security shows none. */
  facts(db: Db, id: Id): Promise<RequestFacts>;
  /** Throws `NOT_FOUND` for what is no request of a case she sees. */
  source(standing: Standing, request: Id): Promise<FormalSource>;
  /** Records and items of the case that may be named or attached, and what stands against each. */
  choices(db: Db, ask: { case: string; to: NodeCode }): Promise<{ records: Choice[]; items: Choice[] }>;
  /** What of other states came with this request, and whether it may go into one to this state (MLA-8, HC-6). */
  held(db: Db, ask: { request: Id; to: NodeCode; kind: FormalKind }): Promise<FormalHeld[]>;
  /** A draft in the officer's case. Throws `PROTECTED_PERSON`. */
  begin(tx: Writer, kind: FormalKind, draft: AskDraft): Promise<{ id: Id; case: Id }>;
  save(tx: Writer, id: Id, draft: AskDraft): Promise<void>;
  shown(db: Db, id: Id): Promise<FormalShown>;
  /** Of one that went by letter: the letter. Null before, and for one that went from node to node. */
  letter(db: Db, id: Id): Promise<Id | null>;
  /**
   * Lets it go to its one state, from node to node with what follows it, or as a letter; throws `NEEDS_PERMISSION` or
   * `TERMS_FORBID` where others' terms stop it.
   */
  open(
    tx: Writer,
    id: Id,
    approval: { by: Id; reason: string },
    follows: Follows,
  ): Promise<{ reference: string }>;
  drop(tx: Writer, id: Id): Promise<void>;
  /** The request follows where the formal one stands; nothing is sent. */
  moves(tx: Writer, id: Id, to: RequestState, said: { text: string; theirs: boolean }): Promise<void>;
  /** Throws `NOT_FOUND` for a desk that is none. */
  assign(tx: Writer, id: Id, desk: Id): Promise<void>;
  /** As it came from this state, for the envelope that follows it; null where there is none. */
  arrived(tx: Writer, id: Id, from: NodeCode): Promise<{ kind: FormalKind; reference: string } | null>;
  cameBack(db: Db, id: Id): Promise<CameBack>;
  /** Items that go from here: attached to what we ask, or in our answers to what is asked of us, written or gone. */
  exhibits(db: Db, id: Id): Promise<SharedItem[]>;
  /** Whether an answer left on it, or came. */
  answered(db: Pick<Db, "rows">, id: Id): Promise<boolean>;
}
