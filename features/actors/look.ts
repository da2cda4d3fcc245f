// Looking: all who stand in two or more cases, the key players among all, and one of them with what is near; computed at each read.
import { suretyOfAll } from "@simpul/match/network";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { ActorsError } from "./contract.ts";
import type { Actor, ActorsView, ActorView, NearEdge, NearNode, Stop } from "./contract.ts";
import type { Gathered } from "./gather.ts";
import { daysNamed, daysOf } from "./rules.ts";
import {
  face,
  keysOf,
  linkedIn,
  readWhole,
  statedOf,
  type ActorsNode,
  type Keys,
  type Whole,
} from "./whole.ts";

/** So many are drawn at each step away. */
const nearMost = 24;

/** Who stands in most cases first. */
export async function listActors(node: ActorsNode, standing: Standing): Promise<ActorsView> {
  const whole = await readWhole(node, standing, "actors.listed", {});
  const key = await keysOf(whole.network);
  const named = new Set(key.all.players.map((one) => one.node));
  const actors = whole.gathering.all
    .map((one) => actorOf(whole, key, one))
    .filter((one) => one.seen.length > 1 || named.has(one.id));
  actors.sort((a, b) => b.seen.length - a.seen.length || rankOf(a) - rankOf(b) || (a.id < b.id ? -1 : 1));
  const { gathering, network, more } = whole;
  return {
    ...{ actors: actors.slice(0, 500), things: gathering.all.length, links: network.edges.length, more },
    ...{ linked: linkedIn(network), counted: key.counted },
  };
}
const rankOf = ({ broker, parts }: Actor): number => Math.min(broker?.rank ?? 99, parts?.rank ?? 99);

function actorOf({ gathering, network }: Whole, { all, firmly }: Keys, group: Gathered): Actor {
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

/** One actor by any of its records. Throws `NOT_FOUND` for what she does not see, and for what stands in no picture. */
export async function viewActor(node: ActorsNode, standing: Standing, record: Id): Promise<ActorView> {
  const whole = await readWhole(node, standing, "actors.viewed", { id: record });
  const { gathering, network } = whole;
  const group = gathering.of.get(record);
  if (group === undefined) throw new ActorsError("NOT_FOUND");
  const actor = actorOf(whole, await keysOf(network), group);
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
