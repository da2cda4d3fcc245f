// Rooms whose records cannot be made by chance: whoever may do none of a room's acts does not come in by any of its doors,
// asked as the doors' own schemas want it, about things that are there.
import { systemClock } from "@simpul/store/keys";
import { acts, type Act, type Policy, type RecordFacts } from "../../packages/policy/index.ts";
import type { Chance } from "./chance.ts";
import type { Operation, Schema } from "./interface.ts";
import { encoded, valueFor } from "./random-request.ts";
import type { Answer } from "./stage.ts";
import { nodeFacts, type Actor, type World } from "./world.ts";

/** Values that exist here, so that a request is refused for whose it is, and not for how it is written. */
const known = (world: World): string[] => [
  ...Object.values(world.targets).flatMap((all) => all.flatMap((one) => Object.values(one.of.ids))),
  ...world.cases.map((one) => String(one.facts.id)),
  ...[world.desk, world.agency, world.spare].map(String),
  ...["kh", "id", "en", "km", "main", "case", "subject", "1", "2031-03-04", "2031-W10", "2031-03"],
  ...["EXERCISE reason enough", "+62 854-0000-1702", "a".repeat(64), "A".repeat(43), "A".repeat(86)],
];

const facts = (act: Act, world: World): RecordFacts =>
  (acts[act] as readonly string[]).includes("order")
    ? { kind: "order", id: world.spare, author: null }
    : nodeFacts;

/** Whether one of these acts is hers at the node, be it that she still has to show her passkey. */
export const comesIn = (policy: Policy, world: World, gate: readonly Act[], actor: Actor): boolean =>
  gate.some((act) => {
    const { officer, purpose } = actor;
    const record = facts(act, world) as never;
    const said = policy.decide({ officer, act: act as "case.view", record, purpose, now: systemClock.now() });
    return said.allowed || said.needs !== undefined;
  });

/** What stands in an address where no schema says its form. */
const usual: Readonly<Record<string, string>> = {
  ...{ code: "kh", state: "kh", node: "kh", unit: "kh", kind: "case", log: "main", about: "space" },
  ...{ week: "2031-W10", nth: "1", number: "1", part: "1", script: "latin", act: "seen" },
};

/** A door's address and body, as its own schemas want them. */
export interface Written {
  where: string;
  body: string | undefined;
}

/** A request to a door, written as its schema wants it, of what is known here or of these ids. */
export function written(
  { path, parameters, body }: Operation,
  world: World,
  dice: Chance,
  ids: Readonly<Record<string, string>> = {},
): Written {
  const own = Object.values(ids);
  const pool = own.length > 0 ? own : known(world);
  // Everything that may be given is given, from what is known; a text without a form of its own says something.
  const tame: Chance = {
    ...dice,
    odds: (share) => share >= 0.5,
    pick: <T>(of: readonly T[]) => (of === (pool as unknown) ? ("EXERCISE: enough" as T) : dice.pick(of)),
  };
  const said = (of: Schema): string => String(valueFor(of, tame, pool));
  const named = (name: string, of: Schema): string =>
    ids[name] ??
    (of.enum !== undefined || of.pattern !== undefined || of.format !== undefined
      ? said(of)
      : (usual[name] ?? (of.type === "integer" || of.type === "number" ? "1" : String(world.spare))));
  let where = path;
  const query: string[] = [];
  for (const { name, in: place, required, schema } of parameters)
    if (place === "path") where = where.replace(`{${name}}`, encoded(named(name, schema)));
    else if (required === true) query.push(`${name}=${encoded(named(name, schema))}`);
  return {
    where: query.length === 0 ? where : `${where}?${query.join("&")}`,
    body: body === null ? undefined : JSON.stringify(valueFor(body, tame, pool)),
  };
}

export function knock(world: World, operation: Operation, actor: Actor, dice: Chance): Promise<Answer> {
  const { where, body } = written(operation, world, dice);
  return world.at.ask(actor.player, operation.method, where, body, { "content-type": "application/json" });
}
