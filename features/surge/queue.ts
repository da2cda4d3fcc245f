// Queues by language, with several teams at work at once: children first, then in the order of the list; a team takes one
// person in hand and hands her back, and the board tells how far it is.
import { Wristband, type Id } from "@simpul/model";
import { metKind } from "../field/contract.ts";
import { entriesOf, type AtDesk, type Person } from "../victims/contract.ts";
import { SurgeError } from "./contract.ts";
import { listedKind } from "./kinds.ts";
import { open, type SurgeNode } from "./node.ts";
import { usualLanguage } from "./reading/languages.ts";
import { joinMet, wristbandsOf } from "./wearers.ts";

/** Milliseconds after which a person in hand of whom nothing was heard goes back to the queue. */
const heldFor = 2 * 60 * 60_000;

/** Screened by whichever door: a phone met her, or the desk asked her. */
export const isScreened = (person: Person): boolean =>
  entriesOf(person, metKind).length > 0 || person.entries.some((one) => one.kind.startsWith("screening."));

/** BCP 47: hers first; else what is usually spoken where she is from; `?` where nobody knows. */
export function queueOf({ facts }: Person): { language: string; said: boolean } {
  const [first] = facts.languages;
  if (first !== undefined) return { language: first, said: true };
  return { language: usualLanguage[facts.nationalities[0] ?? ""] ?? "?", said: false };
}

export interface QueueLine {
  language: string;
  waiting: number;
  /** Of those who wait. */
  children: number;
  inHand: number;
  screened: number;
}
export interface InHand {
  person: Id;
  pseudonym: string;
  name: string;
  language: string;
  child: boolean;
  wristband: string | null;
  team: string;
  by: string;
  since: string;
  hers: boolean;
}
export interface Board {
  people: number;
  screened: number;
  queues: QueueLine[];
  inHand: InHand[];
}

/** Everybody on a list or met under a wristband. */
const inSurge = (person: Person): boolean =>
  entriesOf(person, listedKind).length > 0 || entriesOf(person, metKind).length > 0;

const isChild = ({ age }: Person): boolean => age === "child" || age === "doubt";

export async function board(node: SurgeNode, who: AtDesk): Promise<Board> {
  await joinMet(node, who);
  const desk = await open(node, who);
  const now = node.store.clock.now().getTime();
  const lines = new Map<string, QueueLine>();
  const inHand: InHand[] = [];
  let people = 0;
  let screened = 0;
  for (const person of desk.people()) {
    if (!inSurge(person)) continue;
    people += 1;
    const { language } = queueOf(person);
    const line = lines.get(language) ?? { language, waiting: 0, children: 0, inHand: 0, screened: 0 };
    lines.set(language, line);
    const claim = held(node, person.id, now);
    if (isScreened(person)) {
      screened += 1;
      line.screened += 1;
      node.memory.claims.delete(person.id);
    } else if (claim !== null) {
      line.inHand += 1;
      inHand.push(shown(person, language, claim, who));
    } else {
      line.waiting += 1;
      if (isChild(person)) line.children += 1;
    }
  }
  return {
    people,
    screened,
    queues: [...lines.values()].sort((a, b) => b.waiting - a.waiting || (a.language < b.language ? -1 : 1)),
    inHand: inHand.sort((a, b) => (a.since < b.since ? -1 : 1)),
  };
}

function held(node: SurgeNode, person: Id, now: number) {
  const claim = node.memory.claims.get(person);
  if (claim === undefined) return null;
  if (now - claim.at < heldFor) return claim;
  node.memory.claims.delete(person);
  return null;
}

const shown = (
  person: Person,
  language: string,
  claim: { officer: Id; name: string; team: string; at: number },
  who: AtDesk,
): InHand => {
  const code = wristbandsOf(person).at(-1);
  return {
    ...{ person: person.id, pseudonym: person.pseudonym, language, child: isChild(person) },
    name: person.facts.names[0]?.text ?? "",
    wristband: code === undefined ? null : Wristband.print(code),
    ...{ team: claim.team, by: claim.name, since: new Date(claim.at).toISOString() },
    hers: claim.officer === who.officer.id,
  };
};

/** Takes the next person of a queue in hand. Between the look and the taking nothing waits, so no two get one person. */
export async function takeNext(
  node: SurgeNode,
  who: AtDesk,
  ask: { language: string; team: string },
): Promise<InHand> {
  const names = await node.directory.officers([who.officer.id]);
  const desk = await open(node, who);
  const now = node.store.clock.now().getTime();
  let next: Person | null = null;
  for (const person of desk.people()) {
    if (!inSurge(person) || isScreened(person) || held(node, person.id, now) !== null) continue;
    if (queueOf(person).language !== ask.language) continue;
    if (isChild(person)) {
      next = person;
      break;
    }
    next ??= person;
  }
  if (next === null) throw new SurgeError("NOBODY_WAITS");
  const claim = {
    officer: who.officer.id,
    name: names.get(who.officer.id)?.name ?? "",
    team: ask.team,
    at: now,
  };
  node.memory.claims.set(next.id, claim);
  node.wake(`victims:${node.code}`);
  return shown(next, ask.language, claim, who);
}

/** By whoever has her in hand, or a supervisor. Throws `NOT_YOURS`. */
export async function handBack(node: SurgeNode, who: AtDesk, person: Id): Promise<void> {
  await open(node, who);
  const claim = node.memory.claims.get(person);
  if (claim === undefined) return;
  if (claim.officer !== who.officer.id && !who.officer.roles.includes("supervisor"))
    throw new SurgeError("NOT_YOURS");
  node.memory.claims.delete(person);
  node.wake(`victims:${node.code}`);
}
