// What peers asks of its node, and who may do what in this room.
import type { Bandwidths, Carried, PeerCard } from "@simpul/exchange";
import type { Clock, NodeCode, Officer } from "@simpul/model";
import { demand, Denied, type Policy, type Proof } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import type { Directory, Proofs } from "../access/contract.ts";
import { PeersError } from "./contract.ts";

export interface PeersNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  proofs: Proofs;
  directory: Directory;
  /** This node's own card. */
  card(): PeerCard;
  /** What the lines may carry, as whoever runs this node set it. */
  limits: Bandwidths;
  keys: OwnKeys;
  /** Asks a peer for its numbers now; its standing is fresh afterwards. Throws `ExchangeError`. */
  compare(peer: NodeCode): Promise<unknown>;
  /** Confirmed peers. */
  peers(): Promise<NodeCode[]>;
  ask(peer: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
  /** Signed evidences that letters carried, as the room of their letters keeps them. */
  carried: Carried;
  /** Looks at once whether something waits to be sent. */
  wake(): void;
}

/** The keys of this node, as its process holds them. */
export interface OwnKeys {
  /** What was said about them, from the first statement on. */
  statements(): readonly { kind: "changed" | "revoked"; at: string; since: string | null; old: string }[];
  /** The signing key of now, raw in base64url. */
  signing(): string;
  /** When the keys of before stop counting; null where they do not count any more. */
  overlap(): Date | null;
  /** Makes keys that nobody has seen, and signs the statement about them; nothing is others yet. */
  sign(how: { until: Date } | { revokedSince: Date }): Promise<SignedKeys>;
  /** From now on its keys are those of this node, and peers are told. */
  take(signed: SignedKeys): Promise<void>;
}
export interface SignedKeys {
  number: number;
  text: string;
}

type Act =
  | "peers.read"
  | "peers.enter"
  | "peers.confirm"
  | "peers.stop"
  | "peers.suspend"
  | "peers.resume"
  | "keys.change";

function officerOf({ actor }: Standing): Officer {
  if (actor.kind !== "officer") throw new PeersError("NOT_FOUND");
  return actor;
}

const asking = (node: PeersNode, standing: Standing, act: Act, record: NodeCode, proof: Proof | null) => ({
  officer: officerOf(standing),
  act,
  record: { kind: "node", id: record } as const,
  purpose: standing.purpose,
  now: node.clock.now(),
  proof,
});

/** To whoever neither keeps the lines, nor sends over them, nor oversees, the room does not exist. */
export function mayRead(node: PeersNode, standing: Standing): void {
  try {
    demand(node.policy, asking(node, standing, "peers.read", node.code, null));
  } catch (error) {
    throw error instanceof Denied ? new PeersError("NOT_FOUND") : error;
  }
}

/** Throws `NOT_FOUND` to whoever may not know the room, `Denied` to whoever only reads here, or lacks a proof. */
export function may(
  node: PeersNode,
  standing: Standing,
  act: Act,
  record: NodeCode,
  proof: Proof | null = null,
): string[] {
  mayRead(node, standing);
  return demand(node.policy, asking(node, standing, act, record, proof));
}

/** Whether she is offered the acts of this room. */
export const manages = (node: PeersNode, standing: Standing): boolean =>
  node.policy.decide(asking(node, standing, "peers.enter", node.code, null)).allowed;

/** A card as it was entered: only those of our own kind are, live or of an exercise. */
export const inWorld = <C extends PeerCard>(node: { exercise: boolean }, card: C): C =>
  node.exercise ? { ...card, exercise: true } : card;
