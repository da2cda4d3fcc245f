// Answers: being written, previewed, released, arrived.
import type { Digest, Handling, Id, NodeCode } from "@simpul/model";
import type { Evidence } from "./evidences.ts";
import type { AskDraft, Repeat } from "./requests.ts";
import type { Beside, Chosen, Paragraph, SharedItem, SharedRecord, Stop } from "./shared.ts";
import type { ProofCheck } from "../../evidence/contract.ts";
import type { AnswerKind } from "./states.ts";
export interface AskAnswer {
  /** The own case from which it is answered; null when none holds it. */
  case: string | null;
  kind: AnswerKind;
  narrative: Paragraph[];
  records: Chosen[];
  items: Chosen[];
  /** Parts of the request not answered, each with its ground: numbers of questions from 0 (RFI-5). */
  refused: { question: number; ground: string; text: string }[];
  /** RFI-6, RFI-9: which were searched, by whom and when. */
  searched: { source: string; by: Id; on: string }[];
  /** H0 anywhere takes this (HC-3). */
  confirmH0?: boolean;
}

export interface AnswerDraft extends Omit<AskAnswer, "confirmH0"> {
  id: Id;
  version: number;
  state: "draft" | "submitted";
  author: Id;
  savedAt: string;
  returned: { reason: string; by: Id; at: string } | null;
  stops: Stop[];
  beside: Beside[];
}

/** An answer that left, on both sides. */
export interface AnswerView {
  id: Id;
  kind: AnswerKind;
  at: string;
  narrative: Paragraph[];
  records: SharedRecord[];
  items: TravelledItem[];
  refused: { question: number; ground: string; text: string }[];
  searched: { source: string; on: string; count: number }[];
  handling: Handling;
  /** States whose information is in it (HC-4). */
  originators: NodeCode[];
  state: "queued" | "delivered" | "undelivered";
  evidences: Evidence[];
  /** Where nobody was to sign for it (it came on paper, say) it counts as opened. */
  opened: boolean;
}

/** An item beside how far it came and what its receivers found. */
export interface TravelledItem extends SharedItem {
  arrival: Arrival;
  reports: ItemReport[];
}

/** What a receiver's node found as it checked an item by itself, as it signed it (MLA-10). */
export interface ItemReport {
  thread: Id;
  request: Id;
  reference: string;
  /** The other state of the thread. */
  peer: NodeCode;
  by: NodeCode;
  /** The first check that did not hold; null: verified. */
  failed: ProofCheck | null;
  /** Ours: the code with which the giver's node refused to be told; null while nothing speaks against it. */
  untold: string | null;
  at: string;
}

/** An item's way into this node's evidence room. `refused` carries why its proof or bytes did not hold. */
export interface Arrival {
  state: "sent" | "fetching" | "sealed" | "refused";
  code: string | null;
  /** Between 0 and 1 while it is fetched. */
  progress: number;
  /** Bytes that are here, and of the whole. */
  fetched: number;
  size: number;
}

/** The record of what left, to whom, on what terms; kept on both sides. */
export interface Release {
  id: Id;
  thread: Id;
  what: "request" | "answer";
  at: string;
  by: Id | null;
  author: Id | null;
  to: NodeCode;
  reason: string | null;
  records: number;
  items: number;
  handling: Handling;
  originators: NodeCode[];
  /** Hash of the exact body that left. */
  digest: Digest;
}

/** Exactly what they will see. */
export interface Preview {
  pages: {
    to: NodeCode;
    /** Who gets it as a letter; null where it goes to the state's node. */
    letter: string | null;
    /** The request's text as it leaves; null for an answer. */
    request: Omit<AskDraft, "case" | "hit" | "to" | "letters" | "records" | "items"> | null;
    answer: Pick<AnswerView, "kind" | "narrative" | "refused" | "searched"> | null;
    records: SharedRecord[];
    items: SharedItem[];
    handling: Handling;
    originators: NodeCode[];
    stops: Stop[];
  }[];
  author: Id | null;
  repeats: Repeat[];
}
