// Every route x every role x every place x every purpose x every record, made from the routes themselves: no more than
// the policy says, and what she may not know answers like what is not there.
import { systemClock, systemRandom } from "@simpul/store/keys";
import { Id } from "@simpul/model";
import { acts, loadPolicy, type Act, type Decision, type RecordFacts } from "../../packages/policy/index.ts";
import { cedar } from "../../packages/policy/cedar.ts";
import { beforeAll, expect, test } from "vitest";
import { chance } from "./chance.ts";
import { comesIn, knock, written } from "./gates.ts";
import type { Operation } from "./interface.ts";
import { isAsked, type Of, type Rule } from "./rights-rule.ts";
import { rules } from "./rights-table.ts";
import { isTried } from "./rights-tried.ts";
import type { Answer } from "./stage.ts";
import { nodeFacts, world, type Actor, type Target, type World } from "./world.ts";
import { whole } from "../whole.ts";

const policy = loadPolicy(cedar);
const seed = Number(process.env["SIMPUL_SEED"] ?? Math.floor(Math.random() * 1e9));
const dice = chance(seed);
let w: World;
beforeAll(async () => {
  w = await world();
}, 240_000);

const decide = (actor: Actor, act: Act, record: RecordFacts): Decision =>
  policy.decide({
    officer: actor.officer,
    act: act as "case.view",
    record: record as never,
    purpose: actor.purpose,
    now: systemClock.now(),
  });

type Asked = Extract<Rule, { kind: "act" }>;

function send(actor: Actor, operation: Operation, rule: Asked, of: Of): Promise<Answer> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    // The log's entries are named by the same word as officers are.
    if (operation.path.includes("/log/") && name === "id") return of.ids["entry"] ?? of.ids["id"]!;
    return of.ids[name] ?? of.ids["id"]!;
  });
  const query = rule.query === undefined ? "" : `?${rule.query(of)}`;
  const body =
    rule.body === undefined ? written(operation, w, dice, of.ids).body : JSON.stringify(rule.body(of, w));
  return w.at.ask(actor.player, operation.method, path + query, body, { "content-type": "application/json" });
}

/** The same request about something that is not there. */
function nowhere(of: Of): Of {
  const none = (): string => Id.make({ clock: systemClock, random: systemRandom });
  const fixed = new Set(["kind", "segment", "log"]);
  const ids = Object.fromEntries(
    Object.entries(of.ids).map(([name, value]) => [
      name,
      fixed.has(name)
        ? value
        : name === "ref"
          ? "ID-2031-999999"
          : name === "code" || name === "node"
            ? "xx"
            : none(),
    ]),
  );
  return { ids, case: { id: none(), number: "ID-2031-999999" } };
}

const codeOf = ({ status, text }: Answer): string => {
  try {
    return `${status} ${(JSON.parse(text) as { error?: { code?: string } }).error?.code ?? ""}`;
  } catch {
    return String(status);
  }
};

/** The doors that are tried, of the rooms that are asked for. */
const doors = (): Operation[] => w.at.operations.filter(({ path }) => isAsked(path.split("/")[2] ?? ""));

/** The words that this officer may read nowhere, for she sees none of the cases they stand in. */
const forbidden = new Map<Actor, string[]>();
function wordsHiddenFrom(actor: Actor): string[] {
  const known = forbidden.get(actor);
  if (known !== undefined) return known;
  const words = w.cases.flatMap((one) =>
    decide(actor, "case.view", one.facts).allowed ? [] : [...one.words],
  );
  forbidden.set(actor, words);
  return words;
}

/** What an answer tells that its reader may not know; null when it tells nothing. */
function leak(actor: Actor, { text }: Answer): string | null {
  for (const word of wordsHiddenFrom(actor)) if (text.includes(word)) return `tells "${word}"`;
  return null;
}

const safe = (method: string): boolean => method === "GET";

/** What she may, by the policy and the room's own word, and whether she may know of it at all. */
function expected(actor: Actor, rule: Asked, target: Target): { may: Decision; sees: boolean } {
  if (rule.or !== undefined && decide(actor, rule.or, nodeFacts).allowed)
    return { may: { allowed: true, because: [] }, sees: true };
  const said = rule.any.map((act) => decide(actor, act, ruled(act, target)));
  const may = said.find(({ allowed }) => allowed) ?? said.find((one) => "needs" in one) ?? said[0]!;
  const only = rule.only?.(actor, target) ?? true;
  const { seen } = target;
  const sees =
    seen === null || (typeof seen === "function" ? seen(actor) : decide(actor, seen.act, seen.facts).allowed);
  return { may: only ? may : { allowed: false, because: [] }, sees };
}

/** Judges one answer; null when it is as the policy says. */
async function judge(
  actor: Actor,
  operation: Operation,
  rule: Asked,
  target: Target,
): Promise<string | null> {
  const { may, sees } = expected(actor, rule, target);
  // What she may do is done by those whose work it is; here it would only change the world under the others.
  if (may.allowed && sees && !safe(operation.method)) return null;
  const answer = await send(actor, operation, rule, target.of);
  const said = codeOf(answer);
  const leaks = leak(actor, answer);
  if (leaks !== null) return leaks;
  if (!sees) {
    const other = await codeForNothing(actor, operation, rule, target.of);
    if (said !== other) return `answers ${said}, and ${other} for what is not there`;
    return [403, 404].includes(answer.status) ? null : `answers ${said} to one who may not know`;
  }
  if (may.allowed)
    return answer.status === 200 || answer.status === 409 ? null : `answers ${said} to one who may`;
  // A thing in the wrong state says so before it asks who wants to change it.
  if (![403, 404, 409].includes(answer.status)) return `answers ${said} to one who may not`;
  if ("needs" in may && answer.status === 404) return `answers ${said} where ${may.needs} is missing`;
  return null;
}

/**
 * Whom to try on this target: of all that are expected to be answered alike one of each role and purpose; on an ordinary
 * run one of all of them, and every twelfth of the others, lest the routes tell apart what the policy does not.
 */
function tryThese(rule: Asked, target: Target): readonly Actor[] {
  const kinds = new Map<string, Actor[]>();
  for (const actor of w.actors) {
    const who = whole ? [actor.officer.roles, actor.purpose] : [];
    const kind = JSON.stringify([expected(actor, rule, target), who]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), actor]);
  }
  const drawn = new Set([...kinds.values()].map((alike) => dice.pick(alike)));
  return w.actors.filter((actor) => drawn.has(actor) || (!whole && dice.odds(1 / 12)));
}

/** Three at a time: one waits for the database while another is decided. */
async function sideBySide<T>(all: readonly T[], one: (of: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const go = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await one(next);
  };
  await Promise.all(Array.from({ length: 3 }, go));
}

/** How a route answers her about what is not there; asked once. */
const answers = new Map<string, Promise<string>>();
function codeForNothing(actor: Actor, operation: Operation, rule: Asked, of: Of): Promise<string> {
  // The same officer with the same roles in force is told the same about nothing; only the purposes that forbid an act
  // (policy purpose.does-not-fit) could tell them apart.
  const apart = ["oversight", "administration", "victim-assistance"].includes(actor.purpose);
  const key = `${operation.name} ${actor.officer.id} ${apart ? actor.purpose : ""}`;
  const known = answers.get(key) ?? send(actor, operation, rule, nowhere(of)).then(codeOf);
  answers.set(key, known);
  return known;
}

/** The facts that an act is about, of those a record has. */
function ruled(act: Act, { name, facts }: Target): RecordFacts {
  const found = (acts[act] as readonly string[])
    .map((kind) => [...facts, nodeFacts].find((one) => one.kind === kind))
    .find((one) => one !== undefined);
  if (found === undefined) throw new Error(`${name} has no facts of what ${act} is about`);
  return found;
}

// A type, not an interface: Kysely asks for an index signature.
type LeafTable = {
  "simpul.leaves": { log: string; officer_id: string | null; kind: string };
};
/** What officers did, by kind; looking into an item is an event of its custody, by those who may look. */
async function changes(): Promise<string[]> {
  const kinds = await w.at.nation.node.store.chore("attack", ({ rows }) =>
    rows
      .withTables<LeafTable>()
      .selectFrom("simpul.leaves")
      .select("kind")
      .where("log", "=", "main")
      .where("officer_id", "is not", null)
      .execute(),
  );
  return kinds
    .map(({ kind }) => kind)
    .filter((kind) => !/^session\.|^evidence\.(viewed|copied)$/.test(kind))
    .sort();
}

test("every route has its expectation, and no expectation is left over", () => {
  const names = w.at.operations.map((one) => one.name);
  expect(names.filter((name) => rules[name] === undefined)).toEqual([]);
  expect(Object.keys(rules).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.entries(rules).filter(([name, rule]) => !isTried(name, rule))).toEqual([]);
});

test("without a session every door but the open ones answers 401", async () => {
  for (const operation of doors()) {
    if (rules[operation.name]?.kind === "open") continue;
    const path = operation.path.replaceAll(/\{\w+\}/g, w.spare);
    const body = safe(operation.method) || operation.method === "HEAD" ? undefined : "{}";
    const answer = await w.at.ask(null, operation.method, path, body, { "content-type": "application/json" });
    expect(`${operation.name} ${answer.status}`).toBe(`${operation.name} 401`);
  }
});

test("lists, searches and counts tell nobody of a case that she does not see", async () => {
  const faults: string[] = [];
  for (const operation of doors()) {
    const rule = rules[operation.name];
    if (rule?.kind !== "lists") continue;
    const query = rule.query === undefined ? "" : `?${rule.query(w)}`;
    await sideBySide(whole ? w.actors : w.actors.filter(() => dice.odds(1 / 3)), async (actor) => {
      const answer = await w.at.ask(actor.player, operation.method, operation.path + query);
      const fault = leak(actor, answer) ?? (answer.status >= 500 ? codeOf(answer) : null);
      if (fault !== null) faults.push(`${operation.name} by ${actor.name}: ${fault}`);
    });
  }
  expect(faults, `seed ${seed}`).toEqual([]);
}, 300_000);

/** One of each role and purpose, wherever she sits; on an ordinary run one or two of all. */
function standFor(all: readonly Actor[]): readonly Actor[] {
  if (all.length === 0) return [];
  const alike = new Map<string, Actor[]>();
  for (const actor of all) {
    const key = `${actor.officer.roles.join()} ${actor.purpose}`;
    alike.set(key, [...(alike.get(key) ?? []), actor]);
  }
  const each = [...alike.values()].map((some) => dice.pick(some));
  const one = dice.pick(each);
  return whole ? each : each.filter((actor) => actor === one || dice.odds(1 / 24));
}

test("who may do none of a room's acts does not come in by any of its doors, to any role for any purpose", async () => {
  const faults: string[] = [];
  const unread = new Set<string>();
  let [knockedAt, tried] = [0, 0];
  for (const operation of doors()) {
    const rule = rules[operation.name];
    if (rule?.kind !== "elsewhere" || rule.gate === undefined) continue;
    const { gate } = rule;
    const outside = w.actors.filter((actor) => !comesIn(policy, w, gate, actor));
    knockedAt += 1;
    await sideBySide(standFor(outside), async (actor) => {
      tried += 1;
      const answer = await knock(w, operation, actor, dice);
      const said = codeOf(answer);
      if (answer.status === 422) unread.add(operation.name);
      const leaks = leak(actor, answer);
      if (leaks !== null || ![403, 404, 414, 422].includes(answer.status))
        faults.push(`${operation.name} by ${actor.name}: ${leaks ?? said}`);
    });
  }
  process.stdout.write(
    `${tried} knocks at ${knockedAt} doors, seed ${seed}; ${unread.size} wanted more than their schema says (422)\n`,
  );
  expect(faults.slice(0, 60), `${faults.length} faults, seed ${seed}`).toEqual([]);
}, 600_000);

test("no route does or shows more than the policy says, to any role for any purpose", async () => {
  const before = await changes();
  const faults: string[] = [];
  let tried = 0;
  for (const operation of doors()) {
    const rule = rules[operation.name];
    if (rule?.kind !== "act") continue;
    for (const target of w.targets[rule.about]!)
      await sideBySide(tryThese(rule, target), async (actor) => {
        tried += 1;
        const fault = await judge(actor, operation, rule, target);
        if (fault !== null) faults.push(`${operation.name} on ${target.name} by ${actor.name}: ${fault}`);
      });
  }
  process.stdout.write(`${tried} combinations of ${w.actors.length} officers with a purpose, seed ${seed}\n`);
  expect(faults.slice(0, 60), `${faults.length} faults, seed ${seed}`).toEqual([]);
  // Whatever was refused left nothing behind.
  expect(await changes()).toEqual(before);
}, 600_000);
