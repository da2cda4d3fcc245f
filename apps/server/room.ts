// What one room of the house gives its node, and how all of them become one.
import type { Env, OpenAPIHono, Refusals } from "@simpul/doors/http";
import type { PeerPart } from "@simpul/exchange";
import type { InboxSource } from "@simpul/features/inbox/contract.ts";
import type { JobHandler } from "@simpul/store";

export type Door = readonly [path: string, routes: OpenAPIHono<Env>];

export interface Chore {
  name: string;
  everySeconds: number;
  run(): Promise<unknown>;
}

export interface Room {
  /** For officers who signed in; of two addresses the longer one stands first. */
  doors?: readonly Door[];
  /** Open before anybody signed in, or with a guard of their own. */
  openDoors?: readonly Door[];
  /** What waits for an officer. */
  inbox?: readonly InboxSource[];
  /** What it takes from other nodes, sends them and answers. */
  peer?: readonly PeerPart[];
  /** By kind of job. */
  jobs?: Readonly<Record<string, JobHandler>>;
  /** What is due by the clock. */
  chores?: readonly Chore[];
  /** What begins with the node and listens as long as it runs; each gives how to stop. */
  watches?: readonly (() => () => void)[];
  refusals?: Refusals;
}

/** All rooms as one. Throws where two rooms claim one kind of job, or answer one refusal differently: a fault of ours. */
export function together(rooms: readonly Room[]): Required<Room> {
  return {
    doors: rooms.flatMap((room) => room.doors ?? []),
    openDoors: rooms.flatMap((room) => room.openDoors ?? []),
    inbox: rooms.flatMap((room) => room.inbox ?? []),
    peer: rooms.flatMap((room) => room.peer ?? []),
    jobs: merged(rooms.map((room) => room.jobs ?? {})),
    chores: rooms.flatMap((room) => room.chores ?? []),
    watches: rooms.flatMap((room) => room.watches ?? []),
    refusals: merged(rooms.map((room) => room.refusals ?? {})),
  };
}

function merged<T>(tables: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const all = new Map<string, T>();
  for (const [name, value] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(name) && all.get(name) !== value) throw new Error(`two rooms answer to ${name}`);
    all.set(name, value);
  }
  return Object.fromEntries(all);
}
