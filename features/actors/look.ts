// Looking: all who stand in two or more cases, the key players among all, and one of them with what is near; computed at each read.
import { setImmediate } from "node:timers/promises";
import {
  addDependencies,
  betweennessFrom,
  cutOf,
  keyPlayers,
  nearRows,
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
import { ActorsError } from "./contract.ts";
import type {
  Actor,
  ActorSource,
  ActorsView,
  ActorView,
  NearEdge,
  NearNode,
  SeenLink,
  Stop,
} from "./contract.ts";
import { gather, type Gathered, type Gathering } from "./gather.ts";
import { daysNamed, daysOf, keyPlayersFrom } from "./rules.ts";

export interface ActorsNode {
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  sources: readonly ActorSource[];
}

/** So many of each sort of key player are named. */
const most = 20;
/** So many are drawn at each step away. */
const nearMost = 24;

type Link = SeenLink & Statement & Grounds;

interface Whole {
  gathering: Gathering;
  network: Network<Link>;
  more: boolean;
}

async function read(node: ActorsNode, standing: Standing, kind: string, about: { id?: Id }): Promise<Whole> {
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

/** In slices, so that others are served meanwhile. */
async function playersOf(network: Network<Link>): Promise<KeyPlayers> {
  const near = nearRows(network);
  const twice = new Float64Array(near.count);
  const slice = Math.max(1, Math.floor(2_000_000 / (near.ends.length + near.count + 1)));
  for (let from = 0; from < near.count; from += slice) {
    addDependencies(near, from, Math.min(from + slice, near.count), twice);
    await setImmediate();
  }
  return keyPlayers(network, most, { between: betweennessFrom(near, twice), cut: cutOf(network, most) });
}

const linkedIn = (network: Network<Link>): number =>
  network.nodes.reduce((sum, _, v) => sum + Number(network.starts[v + 1]! > network.starts[v]!), 0);
const none: KeyPlayers = { players: [], before: 0, after: 0 };

async function keys(network: Network<Link>): Promise<{ all: KeyPlayers; firmly: ReadonlySet<string> }> {
  if (linkedIn(network) < keyPlayersFrom) return { all: none, firmly: new Set() };
  const all = await playersOf(network);
  const firm = network.edges.filter((edge) => suretyOfAll(edge.stated) !== "weak");
  const without =
    firm.length === network.edges.length
      ? all
      : await playersOf(
          networkOf(
            network.nodes,
            firm.flatMap((edge) => edge.stated),
          ),
        );
  return { all, firmly: new Set(without.players.map((one) => one.node)) };
}

/** Who stands in most cases first. */
export async function listActors(node: ActorsNode, standing: Standing): Promise<ActorsView> {
  const whole = await read(node, standing, "actors.listed", {});
  const key = await keys(whole.network);
  const named = new Set(key.all.players.map((one) => one.node));
  const actors = whole.gathering.all
    .map((one) => actorOf(whole, key, one))
    .filter((one) => one.seen.length > 1 || named.has(one.id));
  actors.sort((a, b) => b.seen.length - a.seen.length || rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1));
  const { gathering, network, more } = whole;
  return {
    ...{ actors: actors.slice(0, 500), things: gathering.all.length, links: network.edges.length, more },
    linked: linkedIn(network),
  };
}
const rankOf = ({ broker, parts }: Actor): number => Math.min(broker?.rank ?? 99, parts?.rank ?? 99);

function actorOf(
  { gathering, network }: Whole,
  { all, firmly }: { all: KeyPlayers; firmly: ReadonlySet<string> },
  group: Gathered,
): Actor {
  const player = all.players.find((one) => one.node === group.id);
  const { broker, parts } = player ?? { broker: null, parts: null };
  const stated = statedOf(network, group.id);
  const days = daysNamed(stated.flatMap((edge) => edge.stated));
  const links = { firm: 0, supported: 0, weak: 0 };
  for (const edge of stated) links[suretyOfAll(edge.stated)]++;
  return {
    id: group.id,
    ...face(group),
    roles: [...new Set(group.things.flatMap((one) => (one.role === null ? [] : [one.role])))],
    seen: [...new Set(group.things.map((one) => one.in))].flatMap((id) => gathering.whence.get(id) ?? []),
    same: group.same,
    links,
    broker: broker === null ? null : { rank: broker.rank, percent: Math.round(broker.share * 1000) / 10 },
    parts: parts === null ? null : { rank: parts.rank, alone: parts.alone },
    firmly: player === undefined ? null : firmly.has(group.id),
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
  };
}

/** What it is called: by the first of its records that has a name. */
function face({ things }: Gathered): Pick<Actor, "kind" | "name"> {
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

function statedOf(network: Network<Link>, id: string): { other: string; stated: Link[] }[] {
  const v = placeOf(network, id);
  const found = [];
  for (let slot = network.starts[v]!; slot < network.starts[v + 1]!; slot++)
    found.push({
      other: network.nodes[network.ends[slot]!]!,
      stated: network.edges[network.through[slot]!]!.stated,
    });
  return found;
}

/** One actor by any of its records. Throws `NOT_FOUND` for what she does not see, and for what stands in no picture. */
export async function viewActor(node: ActorsNode, standing: Standing, record: Id): Promise<ActorView> {
  const whole = await read(node, standing, "actors.viewed", { id: record });
  const { gathering, network } = whole;
  const group = gathering.of.get(record);
  if (group === undefined) throw new ActorsError("NOT_FOUND");
  const actor = actorOf(whole, await keys(network), group);
  const steps = new Map<string, 0 | 1 | 2>([[group.id, 0]]);
  let left = 0;
  for (const step of [1, 2] as const) {
    const next = new Set<string>();
    for (const [id, at] of steps)
      if (at === step - 1)
        for (const { other } of statedOf(network, id)) if (!steps.has(other)) next.add(other);
    // The most connected first, then by name: the same at every look.
    const ordered = [...next].sort(
      (a, b) => statedOf(network, b).length - statedOf(network, a).length || (a < b ? -1 : 1),
    );
    for (const id of ordered.slice(0, nearMost)) steps.set(id, step);
    left += Math.max(0, ordered.length - nearMost);
  }
  const groupOf = (id: string): Gathered => gathering.of.get(id as Id)!;
  const nodes = [...steps].map(([id, at]): NearNode => {
    const one = groupOf(id);
    return { id: one.id, ...face(one), steps: at, seen: new Set(one.things.map((each) => each.in)).size };
  });
  const edges: NearEdge[] = [];
  for (const [id] of steps)
    for (const { other, stated } of statedOf(network, id))
      if (id < other && steps.has(other))
        edges.push({
          ...{ from: id as Id, to: other as Id, surety: suretyOfAll(stated) },
          stated: stated.map(({ from: _from, to: _to, origin: _origin, in: within, ...one }) => ({
            ...one,
            in: gathering.whence.get(within)!,
          })),
        });
  return {
    ...actor,
    records: group.things.map(({ record: at, in: within, kind }) => ({
      ...{ record: at, kind },
      in: gathering.whence.get(within)!,
    })),
    near: { nodes, edges, left },
    ...movesOf(group.id, nodes, edges, groupOf),
  };
}

/** Where it was, and where those it is linked to were: that is how an organisation that moves is followed. */
function movesOf(
  self: Id,
  nodes: readonly NearNode[],
  edges: readonly NearEdge[],
  groupOf: (id: string) => Gathered,
): Pick<ActorView, "stops" | "raids"> {
  const at = new Map(nodes.map((one) => [one.id, one]));
  const stops: Stop[] = [];
  const raids = new Set<string>();
  for (const edge of edges) {
    const ends = [at.get(edge.from)!, at.get(edge.to)!];
    const place = ends.find((one) => one.kind === "place");
    const by = ends.find((one) => one !== place);
    if (place === undefined || by === undefined || by.kind === "place") continue;
    for (const one of edge.stated) {
      if (one.words === "cases.event.kind.raid" && one.began !== null) raids.add(daysOf(one.began).from);
      if (by.steps > 1 || place.id === self) continue;
      stops.push({
        place: { id: place.id, name: place.name },
        country: groupOf(place.id).things[0]!.country,
        ...{ began: one.began, ended: one.ended, words: one.words, in: one.in },
        by: by.id === self ? null : { id: by.id, name: by.name },
      });
    }
  }
  // What nobody dated stands last.
  const day = (one: Stop): string => (one.began === null ? "9999" : daysOf(one.began).from);
  stops.sort((a, b) => (day(a) === day(b) ? (a.place.id < b.place.id ? -1 : 1) : day(a) < day(b) ? -1 : 1));
  return { stops, raids: [...raids].sort() };
}
