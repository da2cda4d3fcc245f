// What a caseworker does with people: finds them, reads one (and is noted), writes down what is known, decides, joins, forgets.
import type { Id } from "@simpul/model";
import { compartmentOf } from "./compartment.ts";
import { VictimsError, entriesOf } from "./contract.ts";
import type {
  AskFacts,
  AskStatus,
  AtDesk,
  DueLine,
  Entry,
  Facts,
  OpenDesk,
  PeopleAsked,
  PeoplePage,
  Person,
  PersonLine,
  PersonView,
} from "./contract.ts";
import { daysOf } from "./due.ts";
import { finder } from "./finding.ts";
import { factsKind, seenKind, statusKind } from "./kinds.ts";
import { standingOf, type VictimsNode } from "./node.ts";
import { forgetReleases, releasesOf } from "./releases.ts";
import { alike, maskedFields, readBirth, type MaskedField } from "./rules.ts";
import { forgetTestimonies, testimoniesOf } from "./testimony.ts";

const open = (node: VictimsNode, who: AtDesk): Promise<OpenDesk> => compartmentOf(node).open(who);

const lastStatus = (person: Person): PersonLine["status"] =>
  person.statuses.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]?.status ?? "not-screened";

const lineOf = (person: Person): PersonLine => ({
  id: person.id,
  pseudonym: person.pseudonym,
  name: person.facts.names[0]?.text ?? null,
  age: person.age,
  languages: person.facts.languages,
  needs: person.facts.needs,
  risks: person.facts.risks,
  status: lastStatus(person),
  changed: person.changed,
});

/** Newest first, those who are only alike behind; every filter that is set must fit. */
export async function listPeople(node: VictimsNode, who: AtDesk, ask: PeopleAsked): Promise<PeoplePage> {
  const desk = await open(node, who);
  const question = ask.q === undefined ? "" : node.unicode(ask.q);
  const find = question.trim() === "" ? null : finder(question, node.clock.now());
  const alikeOnly = new Set<Id>();
  const found = (one: Person): boolean => {
    const how = find === null ? "exact" : find(one);
    if (how === "alike") alikeOnly.add(one.id);
    return how !== null;
  };
  const fits = [...desk.people()]
    .filter(
      (one) =>
        found(one) &&
        (ask.need === undefined || one.facts.needs.includes(ask.need)) &&
        (ask.risk === undefined || one.facts.risks.includes(ask.risk)) &&
        (ask.language === undefined || one.facts.languages.includes(ask.language)) &&
        (ask.status === undefined || lastStatus(one) === ask.status) &&
        (ask.age === undefined || one.age === ask.age),
    )
    .sort(
      (a, b) =>
        Number(alikeOnly.has(a.id)) - Number(alikeOnly.has(b.id)) ||
        (a.changed < b.changed ? 1 : a.changed > b.changed ? -1 : a.id < b.id ? -1 : 1),
    );
  const from = ask.after === undefined ? 0 : fits.findIndex(({ id }) => id === ask.after) + 1;
  const people = fits.slice(from, from + ask.limit);
  const more = from + ask.limit < fits.length;
  const away = await awayOf(node, who, people);
  return {
    people: people.map((one) => {
      const moved = away.get(one.id);
      return { ...lineOf(one), alike: alikeOnly.has(one.id), ...(moved !== undefined && { away: moved }) };
    }),
    total: fits.length,
    next: more ? (people.at(-1)?.id ?? null) : null,
  };
}

/** Pairs that may be one person; the desk decides. */
export async function listAlike(node: VictimsNode, who: AtDesk) {
  const desk = await open(node, who);
  return alike(desk.people())
    .slice(0, 200)
    .map(({ one, other, by }) => ({ one: lineOf(one), other: lineOf(other), by }));
}

/** What is due, the earliest first. */
export async function listDue(node: VictimsNode, who: AtDesk): Promise<DueLine[]> {
  const desk = await open(node, who);
  return [...desk.people()]
    .flatMap((person) => daysOf(node, person).map((day) => ({ ...day, pseudonym: person.pseudonym })))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.pseudonym < b.pseudonym ? -1 : 1))
    .slice(0, 500);
}

/** Milliseconds within which a second look of the same officer is the same look. */
const sameLook = 3_600_000;

function personOf(desk: OpenDesk, id: Id): Person {
  const person = desk.person(id);
  if (person === null) throw new VictimsError("NOT_FOUND");
  return person;
}

/** Her page; that it was looked at stands on it afterwards. Throws `NOT_FOUND`, `DESK_CLOSED`. */
export async function viewPerson(node: VictimsNode, who: AtDesk, id: Id): Promise<PersonView> {
  const desk = await open(node, who);
  const person = personOf(desk, id);
  const since = new Date(node.clock.now().getTime() - sameLook).toISOString();
  const looked = entriesOf(person, seenKind).some(
    ({ at, by, data }) => at > since && by.officer === who.officer.id && data.what.includes("page"),
  );
  if (!looked) await desk.act((tx) => tx.append(person.id, seenKind, { what: ["page"], reason: "" }));
  return viewOf(node, who, desk, personOf(desk, id));
}

const awayOf = (node: VictimsNode, who: AtDesk, people: readonly Person[]) =>
  node.store.read(standingOf(who), (db) => {
    db.noteRead("share.owner", {});
    return node.away(db, people);
  });

async function viewOf(node: VictimsNode, who: AtDesk, desk: OpenDesk, person: Person): Promise<PersonView> {
  const away = (await awayOf(node, who, [person])).get(person.id) ?? null;
  const officers = [...new Set(person.entries.map(({ by }) => by.officer))].filter((one) => one !== null);
  const names = await node.directory.officers(officers);
  const facts: Facts = { ...person.facts };
  const masked = maskedFields.filter((field) => facts[field].length > 0);
  for (const field of masked) facts[field] = (typeof facts[field] === "string" ? "" : []) as never;
  const shown = (entry: Entry) => ({
    ...{ id: entry.id, kind: entry.kind, at: entry.at, unfit: entry.unfit === true },
    by: { ...entry.by, name: entry.by.officer === null ? null : (names.get(entry.by.officer)?.name ?? null) },
  });
  const { id, pseudonym, age, statuses, since, changed } = person;
  return {
    ...{ id, pseudonym, age, statuses: [...statuses], since, changed, facts, masked },
    elsewhere: away !== null && !away.pending ? away.state : null,
    offered: away?.pending === true ? away : null,
    ageSaid: person.facts.ageSaid,
    merged: person.merged.map((one) => ({
      id: one,
      name: entriesName(person, one),
    })),
    alike: alike(desk.people())
      .filter(({ one, other }) => one.id === id || other.id === id)
      .map(({ one, other, by }) => ({ ...lineOf(one.id === id ? other : one), by })),
    releases: releasesOf(person),
    testimonies: testimoniesOf(person),
    history: person.entries.filter(({ kind }) => kind !== seenKind.kind).map(shown),
    seen: entriesOf(person, seenKind)
      .map((one) => ({ ...shown(one), what: one.data.what, reason: one.data.reason }))
      .toReversed()
      .slice(0, 200),
  };
}

/** The name that stood on the record which was merged. */
const entriesName = (person: Person, part: Id): string | null =>
  entriesOf(person, factsKind)
    .filter((one) => one.person === part)
    .flatMap(({ data }) => data.names ?? [])
    .at(-1)?.text ?? null;

/** What stood masked, for a reason that stays on her page. */
export async function revealFields(
  node: VictimsNode,
  who: AtDesk,
  id: Id,
  ask: { fields: readonly MaskedField[]; reason: string },
): Promise<Partial<Facts>> {
  const desk = await open(node, who);
  const person = personOf(desk, id);
  await desk.act((tx) => tx.append(person.id, seenKind, { what: [...ask.fields], reason: ask.reason }));
  return Object.fromEntries(ask.fields.map((field) => [field, person.facts[field]]));
}

/** She put the page on paper. */
export async function notePrint(node: VictimsNode, who: AtDesk, id: Id, reason: string): Promise<void> {
  const desk = await open(node, who);
  const person = personOf(desk, id);
  await desk.act((tx) => tx.append(person.id, seenKind, { what: ["print"], reason }));
}

/** A date as it was written becomes one that can be counted with. */
const withBirth = ({ born, ...facts }: AskFacts, now: Date): Partial<Facts> =>
  born === undefined ? facts : { ...facts, born: born === "" ? null : readBirth(born, now) };

export async function addPerson(node: VictimsNode, who: AtDesk, ask: AskFacts): Promise<Id> {
  const desk = await open(node, who);
  return desk.act((tx) => tx.create(withBirth(ask, node.clock.now())));
}

/** One writer per record: since she was handed over it is the other desk. Its own authorities this state still has. */
export async function changeFacts(node: VictimsNode, who: AtDesk, id: Id, ask: AskFacts): Promise<void> {
  const desk = await open(node, who);
  const person = personOf(desk, id);
  await desk.act(async (tx) => {
    const away = (await node.away(tx, [person])).get(person.id);
    if (away?.pending === false) throw new VictimsError("MOVED_AWAY", { state: away.state });
    await tx.append(person.id, factsKind, withBirth(ask, node.clock.now()));
  });
}

/** A decision of this state's authority; a peer's comes sealed from its own desk. */
export async function sayStatus(node: VictimsNode, who: AtDesk, id: Id, ask: AskStatus): Promise<void> {
  const desk = await open(node, who);
  const person = personOf(desk, id);
  await desk.act((tx) => tx.append(person.id, statusKind, { ...ask, state: node.code }));
}

export async function mergePeople(
  node: VictimsNode,
  who: AtDesk,
  id: Id,
  ask: { other: Id; reason: string; undo: boolean },
): Promise<void> {
  const desk = await open(node, who);
  await desk.act((tx) =>
    ask.undo ? tx.part(id, ask.other, ask.reason) : tx.merge(id, ask.other, ask.reason),
  );
}

/** Nothing of her can be read any more, by anybody. Throws `NOT_FOUND` for whoever does not supervise the desk. */
export async function forgetPerson(node: VictimsNode, who: AtDesk, id: Id): Promise<void> {
  const desk = await open(node, who);
  if (!who.officer.roles.includes("supervisor")) throw new VictimsError("NOT_FOUND");
  const person = personOf(desk, id);
  await desk.act(async (tx) => {
    await forgetReleases(tx, person);
    await forgetTestimonies(tx, person);
    await tx.forget(person.id);
  });
}
