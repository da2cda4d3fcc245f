// What the private search asks of its node beyond reviews: the oblivious function, other desks' keys, the exchange.
import type { OprfEngine } from "@simpul/match/oprf";
import type { NodeCode } from "@simpul/model";
import type { Reader, Standing, Writer } from "@simpul/store";
import type { KeyBox } from "@simpul/store/keys";
import type { JWK } from "jose";
import type { AtDesk, OpenDesk } from "../../victims/contract.ts";
import type { ReviewsNode } from "../node.ts";

/** Keys of other states' victim desks, as they were told and compared; made by the server from the room that keeps them. */
export interface OtherDesks {
  /** States whose desk has a key in force. */
  states(db: Pick<Reader | Writer, "rows">): Promise<NodeCode[]>;
  /** Null: none yet. May throw as long as a new one waits to be compared. */
  keyOf(db: Pick<Reader | Writer, "rows">, peer: NodeCode): Promise<{ kid: string; key: JWK } | null>;
}

export interface SearchNode extends ReviewsNode {
  engine: OprfEngine;
  /** Wraps the seed of a search while it runs. */
  box: KeyBox;
  desks: OtherDesks;
  /** Throws `ExchangeError`. */
  askPeer(node: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
  send(): void;
}

export const jobStanding: Standing = {
  actor: { kind: "job", name: "victim-search" },
  purpose: "victim-assistance",
};
export const standingOf = ({ officer, purpose }: AtDesk): Standing => ({ actor: officer, purpose });

const use = "simpul victim search v1";
export const secretsFor = (desk: OpenDesk): readonly Uint8Array[] => desk.secrets(use);
export const searchLabel = "simpul/victim-search/1";
export const searchBytes = 32_768;
export const seedContext = (search: string): string => `victim-search:${search}`;
