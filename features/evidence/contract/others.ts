// What evidence does for other rooms, and what they tell it.
import type { Item } from "./items.ts";
import type { Digest, Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { Kysely } from "kysely";

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
