// The story of an item, event by event.
import type { ConcealedName, CustodyEventName, Method } from "@simpul/evidence";
import type { Digest, Id } from "@simpul/model";

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
