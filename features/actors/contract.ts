// What others may know of main actors: what a source of things and links hands over, and how an actor is shown.
import { SimpulError } from "@simpul/model";
import type { Evaluation, Handling, HolderRole, Id, SelectorType } from "@simpul/model";
import type { Name, Position, Source } from "../cases/contract.ts";
import type { Kysely } from "kysely";

export type ActorKind = "person" | "organisation" | "place" | SelectorType;

/** Where something stands: a case, or a joint space. */
export interface Whence {
  id: Id;
  number: string;
  title: string;
  /** Its page. */
  to: string;
}

/** One thing as it stands in one case or space. */
export interface SeenThing {
  record: Id;
  in: Id;
  kind: ActorKind;
  /** Whose it is, or what it is to the case (HIT-1); null for a place. */
  role: HolderRole | null;
  names: Pick<Name, "text" | "language" | "romanised">[];
  /** Of a selector: equal for what is the same value; null for all others, and for a value that is not whole. */
  value: string | null;
  birth: string | null;
  country: string | null;
  position: Position | null;
  /** Of a selector: the subject that holds it, by its record. */
  holder: Id | null;
  /** Its originator forbids automated matching: it is left out. */
  apart: boolean;
}

/** One stated relation between two things of one case or space. */
export interface SeenLink {
  id: string;
  in: Id;
  from: Id;
  to: Id;
  /** Key of its words. */
  words: string;
  /** As far as it is known when: `2031`, `2031-04`, `2031-04-17`; null when nobody said. */
  began: string | null;
  ended: string | null;
  source: Source;
  evaluation: Evaluation;
  handling: Handling;
}

export interface Seen {
  whence: Whence[];
  things: SeenThing[];
  links: SeenLink[];
  /** More stands there than is looked at together. */
  more: boolean;
}

/** Hands over what its reader may see, in her own read: cases do, joint spaces may (decision 4: no pair is ever stored). */
export interface ActorSource {
  name: string;
  seen(db: { readonly rows: Kysely<unknown> }): Promise<Seen>;
}

/** On what two records are taken for one; a person looks at it and decides. */
export const sameBy = [
  "value",
  "document",
  "name-and-birth",
  "name",
  "name-and-country",
  "position",
] as const;
export type SameBy = (typeof sameBy)[number];

export type LinksBySurety = Record<"firm" | "supported" | "weak", number>;

export interface Actor {
  /** Of the first of its records: an address that goes on as long as one of them stands. */
  id: Id;
  kind: ActorKind;
  name: Pick<Name, "text" | "language" | "romanised">;
  roles: HolderRole[];
  seen: Whence[];
  same: SameBy[];
  links: LinksBySurety;
  /** Its place among those who stand between others, and through how many in a hundred pairs. */
  broker: { rank: number; percent: number } | null;
  /** Its place among those whose going parts the network; pairs that no longer reach each other when it alone goes. */
  parts: { rank: number; alone: number } | null;
  /** It would be a key player too if weak links did not count; null when it is none. */
  firmly: boolean | null;
  /** The first and the last day that anything stated about it names. */
  first: string | null;
  last: string | null;
}

export interface ActorsView {
  actors: Actor[];
  things: number;
  links: number;
  /** Things with a link; key players are named from `keyPlayersFrom` (rules) on. */
  linked: number;
  /** False when the count of key players took longer than anybody waits: nobody is named one. */
  counted: boolean;
  more: boolean;
}

/** What one picture holds. */
export const drawnMost = { nodes: 10_000, lines: 50_000 } as const;

/** All that is linked, as one picture. */
export interface NetworkView {
  nodes: {
    id: Id;
    kind: ActorKind;
    name: Actor["name"];
    seen: number;
    links: number;
    /** A key player. */
    key: boolean;
  }[];
  /** Between two of them, by their places in the list. */
  lines: { from: number; to: number; surety: keyof LinksBySurety; words: string[] }[];
  /** What is linked and not in the picture. */
  left: { nodes: number; lines: number };
  counted: boolean;
  more: boolean;
}

export interface Stated extends Omit<SeenLink, "from" | "to" | "in"> {
  in: Whence;
}
export interface NearNode {
  id: Id;
  kind: ActorKind;
  name: Actor["name"];
  /** Links away from the actor: 0 is itself. */
  steps: 0 | 1 | 2;
  seen: number;
}
export interface NearEdge {
  from: Id;
  to: Id;
  surety: keyof LinksBySurety;
  stated: Stated[];
}
/** Where it was, when, and by whose link. */
export interface Stop {
  place: Pick<NearNode, "id" | "name">;
  country: string | null;
  began: string | null;
  ended: string | null;
  words: string;
  /** The one through whom it was there; null when it itself was. */
  by: Pick<NearNode, "id" | "name"> | null;
  in: Whence;
}
export interface ActorView extends Actor {
  records: { record: Id; in: Whence; kind: ActorKind }[];
  near: { nodes: NearNode[]; edges: NearEdge[]; left: number };
  stops: Stop[];
  /** Days of raids among what is near, ascending. */
  raids: string[];
}

export type ActorsCode = "NOT_FOUND";
export class ActorsError extends SimpulError<ActorsCode> {}
export const actorsRefusals: Readonly<Record<ActorsCode, 404>> = { NOT_FOUND: 404 };
