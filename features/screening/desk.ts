// The victim desk reads all conversations with one person together, and an officer of it decides by the rule's reasons.
import type { Id } from "@simpul/model";
import { entriesOf, statusKind } from "../victims/contract.ts";
import type { AtDesk, Entry, OpenDesk, Person } from "../victims/contract.ts";
import { ScreeningError } from "./contract/desk.ts";
import type { AskDecide, Led, ScreeningsView } from "./contract/desk.ts";
import type { Presumption, QuestionSet } from "./contract/set.ts";
import { conversations } from "./contract/told.ts";
import type { Conversation, Told } from "./contract/told.ts";
import { ruledKind, toldKind } from "./kinds.ts";
import type { ScreeningNode } from "./node.ts";
import { presume } from "./rules.ts";
import { together } from "./sets.ts";

interface Read {
  person: Person;
  all: Conversation[];
  set: QuestionSet;
  presumption: Presumption;
}

/** What she told here, and what she told in another state before that desk handed her over: nobody asks it again. */
const toldIn = (node: Pick<ScreeningNode, "brought">, person: Person): Entry<Told>[] =>
  [...entriesOf(person, toldKind), ...node.brought(person, toldKind)].sort((one, two) =>
    one.at < two.at ? -1 : one.at > two.at ? 1 : 0,
  );

function read(node: ScreeningNode, desk: OpenDesk, id: Id): Read {
  const person = desk.person(id);
  if (person === null) throw new ScreeningError("NOT_FOUND");
  const all = conversations(toldIn(node, person).map(({ data }) => data));
  const set = together(node.sets, new Set(all.map((one) => one.set)));
  return { person, all, set, presumption: presume(all, set) };
}

/** Methods of control in the codes of HTCDS 2.0 that her answers show. */
export function controlsOf(node: Pick<ScreeningNode, "sets" | "brought">, person: Person): string[] {
  const all = conversations(toldIn(node, person).map(({ data }) => data));
  const set = together(node.sets, new Set(all.map((one) => one.set)));
  const seen = new Set(presume(all, set).seen.map(({ indicator }) => indicator));
  return [
    ...new Set(
      set.indicators.flatMap(({ id, htcds }) => (seen.has(id) && htcds !== undefined ? [htcds] : [])),
    ),
  ];
}

/** Everything that was asked of her, side by side. Throws `NOT_FOUND`, `DESK_CLOSED`. */
export async function viewScreenings(node: ScreeningNode, who: AtDesk, id: Id): Promise<ScreeningsView> {
  const desk = await node.compartment.open(who);
  await node.looked(desk, who, read(node, desk, id).person.id);
  const { person, all, set, presumption } = read(node, desk, id);
  const entries = toldIn(node, person);
  const ruled = entriesOf(person, ruledKind).at(-1);
  const officers = [...entries, ...(ruled === undefined ? [] : [ruled])].flatMap(
    ({ by }) => by.officer ?? [],
  );
  const names = await node.directory.officers([...new Set(officers)]);
  const nameOf = (officer: Id | null): string | null =>
    officer === null ? null : (names.get(officer)?.name ?? null);
  const ledBy = (screening: string): Led => {
    const { by } = entries.find((one: Entry<{ screening: string }>) => one.data.screening === screening)!;
    return { node: by.node, officer: by.officer, name: nameOf(by.officer), door: by.door };
  };
  return {
    person: person.id,
    pseudonym: person.pseudonym,
    conversations: all.map((one) => ({ ...one, by: ledBy(one.id) })),
    presumption,
    set,
    decided:
      ruled === undefined
        ? null
        : { at: ruled.at, status: ruled.data.status, name: nameOf(ruled.by.officer) },
  };
}

/**
 * Her decision, in her name: the status, and beside it what the rule said at that moment. Throws `RULE_SAYS_LESS` when
 * the answers do not carry it, `NOT_FOUND`, `DESK_CLOSED`.
 */
export async function decide(node: ScreeningNode, who: AtDesk, id: Id, ask: AskDecide): Promise<void> {
  const desk = await node.compartment.open(who);
  const { person, all, set, presumption } = read(node, desk, id);
  const carried = presumption.kind === "presumed" || presumption.kind === ask.status;
  if (!carried) throw new ScreeningError("RULE_SAYS_LESS");
  const say = (key: string, values?: Record<string, string | number>): string =>
    node.say(ask.language, `screening.${key}`, values);
  const reasons = [
    ...presumption.reasons.map((one) => say(`reason.${one.code}`, { ...one.facts })),
    ...presumption.seen.map((one) => say(`indicator.${one.indicator}`)),
  ];
  const authority = (await node.directory.desks([who.officer.desk])).get(who.officer.desk)?.name;
  await desk.act(async (tx) => {
    // That somebody was screened, and not who: how long people waited for it is counted by this leaf.
    tx.note("screening.decided", {});
    await tx.append(person.id, ruledKind, {
      ...{ set: set.version, status: ask.status, age: presumption.age },
      reasons: presumption.reasons.map((one) => one.code),
      indicators: presumption.seen.map((one) => one.indicator),
      interviews: all.map((one) => one.id),
    });
    await tx.append(person.id, statusKind, {
      ...{ state: who.officer.node, authority: authority ?? who.officer.desk, status: ask.status },
      basis: say("decide.basis", { set: set.version }),
      reason: [reasons.join(" · "), ask.note.trim()]
        .filter((line) => line !== "")
        .join("\n")
        .slice(0, 4000),
      appeal: "",
    });
  });
}
