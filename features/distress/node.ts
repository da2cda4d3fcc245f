// What the page, the intake and the emergency desk are given of a node.
import type { Clock, NodeCode, Random } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import type { JWK } from "jose";
import type { ReplyKeys } from "./number.ts";

/** What the public page needs: it can seal and never open. */
export interface DistressNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  clock: Clock;
  random: Random;
  /** The desk key to which everything is sealed; null: this node has none yet. */
  sealTo(): Promise<{ kid: string; key: JWK } | null>;
  /** A secret outside the database, from which numbers are computed. */
  secret: Uint8Array;
  /** Null when too many wait for it already. */
  replyKeys(number: string): Promise<ReplyKeys> | null;
  wake(topic: string): void;
}
