// The whole network that a reader sees, computed at each read: its things, its links, its key players.
import {
  keyPlayers,
  networkOf,
  suretyOfAll,
  type Grounds,
  type KeyPlayers,
  type Network,
  type Statement,
} from "@simpul/match/network";
import type { Clock, Id } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import type { Actor, ActorSource, SeenLink } from "./contract.ts";
import { countPlayers } from "./count/count.ts";
import { gather, type Gathered, type Gathering } from "./gather.ts";
import { keyPlayersFrom } from "./rules.ts";

export interface ActorsNode {
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  sources: readonly ActorSource[];
}

/** So many of each sort of key player are named. */
const most = 20;
export type Link = SeenLink & Statement & Grounds;

/** All that a reader sees, as one network. */
export interface Whole {
  gathering: Gathering;
  network: Network<Link>;
  more: boolean;
}

/** In one read, noted under `kind`. */
export async function readWhole(
  node: ActorsNode,
  standing: Standing,
  kind: string,
  about: { id?: Id },
): Promise<Whole> {
  const seen = await node.store.read(standing, async (db) => {
    // Row security shows what she may see; the policy says why.
    if (standing.actor.kind === "officer") {
      const asking = { officer: standing.actor, purpose: standing.purpose, now: node.clock.now() };
      const record = { kind: "node", id: standing.actor.node } as const;
      db.allowed(node.policy.decide({ ...asking, act: "case.search", record }).because);
    }
    const all = [];
    for (const source of node.sources) all.push(await source.seen(db));
    db.noteRead(kind, about);
    return all;
  });
  const gathering = gather(seen);
  const links = gathering.links.map((one): Link => {
    const [from, to] = [gathering.of.get(one.from)!.id, gathering.of.get(one.to)!.id];
    return { ...one, from, to, origin: originOf(one) };
  });
  const names = gathering.all.map((one) => one.id);
  return { gathering, network: networkOf(names, links), more: seen.some((one) => one.more) };
}

/** Two statements from one item, or of one case's officers, are one voice. */
function originOf({ source, in: within }: SeenLink): string {
  return source.kind === "item" ? `item ${source.item}` : `officers ${within}`;
}

/** How many things have a link. */
export const linkedIn = (network: Network<Link>): number =>
  network.nodes.reduce((sum, _, v) => sum + Number(network.starts[v + 1]! > network.starts[v]!), 0);
const none: KeyPlayers = { players: [], before: 0, after: 0 };

/** The key players of all; `firmly`, those who would be that too if weak links did not count. */
export interface Keys {
  all: KeyPlayers;
  firmly: ReadonlySet<string>;
  /** False when counting took longer than anybody waits: then nobody is named. */
  counted: boolean;
}

export async function keysOf(network: Network<Link>): Promise<Keys> {
  if (linkedIn(network) < keyPlayersFrom) return { all: none, firmly: new Set(), counted: true };
  const firm = network.edges.filter((edge) => suretyOfAll(edge.stated) !== "weak");
  const without =
    firm.length === network.edges.length
      ? network
      : networkOf(
          network.nodes,
          firm.flatMap((edge) => edge.stated),
        );
  const all = await playersOf(network);
  const firmly = all === null || without === network ? all : await playersOf(without);
  if (all === null || firmly === null) return { all: none, firmly: new Set(), counted: false };
  return { all, firmly: new Set(firmly.players.map((one) => one.node)), counted: true };
}

async function playersOf(network: Network<Link>): Promise<KeyPlayers | null> {
  const counted = await countPlayers(network, most);
  return counted === null ? null : keyPlayers(network, most, counted);
}

/** What it is called: by the first of its records that has a name. */
export function face({ things }: Gathered): Pick<Actor, "kind" | "name"> {
  const named = things.find((one) => one.names.length > 0) ?? things[0]!;
  return { kind: named.kind, name: named.names[0] ?? { text: "–", language: "und" } };
}

function placeOf(network: Network<Link>, id: string): number {
  let [low, high] = [0, network.nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (network.nodes[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The links at a node, by its neighbours. */
export function statedOf(network: Network<Link>, id: string): { other: string; stated: Link[] }[] {
  const v = placeOf(network, id);
  const found = [];
  for (let slot = network.starts[v]!; slot < network.starts[v + 1]!; slot++)
    found.push({
      other: network.nodes[network.ends[slot]!]!,
      stated: network.edges[network.through[slot]!]!.stated,
    });
  return found;
}
