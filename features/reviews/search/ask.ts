// Asking another state's victim desk whether it knows somebody: one officer proposes, another agrees, then it leaves sealed.
import { evaluateOwn, searchKey, searchTag } from "@simpul/match/oprf";
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { AtDesk, OpenDesk } from "../../victims/contract.ts";
import { personOf } from "../compare.ts";
import { iso } from "../node.ts";
import { reviewRows } from "../look.ts";
import { sealed } from "../sealed.ts";
import type { ReviewedPerson } from "../contract.ts";
import { SearchError, type AskSearch } from "../contract/search.ts";
import { inputOf, searchKeys } from "./keys.ts";
import { searchBytes, searchLabel, secretsFor, seedContext, standingOf, type SearchNode } from "./node.ts";
import { readInside, rowOf, type Inside } from "./rows.ts";
import { mostSubjects, questionBytes, sealFixed, subjectStep, tagsOfSubject, type Question } from "./wire.ts";

/** Throws `NOBODY_TO_ASK` for a state whose desk has no key in force, `NOTHING_TO_ASK`. */
export async function proposeSearch(node: SearchNode, who: AtDesk, ask: AskSearch): Promise<Id> {
  const desk = await node.compartment.open(who);
  const secret = secretsFor(desk)[0]!;
  const id = await node.store.write(standingOf(who), async (tx) => {
    if ((await node.desks.keyOf(tx, ask.peer)) === null) throw new SearchError("NOBODY_TO_ASK");
    const about =
      ask.about.kind === "person"
        ? [{ person: requirePerson(node.code, desk, ask.about.person), review: null }]
        : await pendingReviews(node, tx);
    if (about.length === 0) throw new SearchError("NOTHING_TO_ASK");
    const made = tx.newId();
    const inside: Inside = {
      ...{ v: 1, purpose: ask.about.kind, reason: ask.reason, about, known: null },
      nonce: Buffer.from(node.random.bytes(32)).toString("hex"),
    };
    const bytes = sealed(node.random, secret, searchLabel, inside, searchBytes);
    await sql`insert into simpul.victim_searches (id, peer, state, sealed, proposed_by, proposed_at)
      values (${made}, ${ask.peer}, 'proposed', ${bytes}, ${who.officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("victim-search.proposed", { id: made, peer: ask.peer });
    return made;
  });
  return id;
}

function requirePerson(code: NodeCode, desk: OpenDesk, id: Id): Id {
  const person = desk.person(id);
  if (person === null) throw new SearchError("NOT_FOUND");
  if (searchKeys(personOf(code, person)).length === 0) throw new SearchError("NOTHING_TO_ASK");
  return person.id;
}

/** Those that can be looked for at all, the next to end first. */
async function pendingReviews(
  node: SearchNode,
  tx: Parameters<typeof reviewRows>[0],
): Promise<Inside["about"]> {
  const since = new Date(node.clock.now().getTime() - node.law.pendingHours * 3_600_000);
  const rows = (await reviewRows(tx, { since, limit: 5000 })).filter(
    (one) => one.withdrawn_at === null && searchKeys(one.person).length > 0,
  );
  return rows
    .toSorted((a, b) => a.due_at.getTime() - b.due_at.getTime())
    .slice(0, mostSubjects)
    .map((one) => ({ person: null, review: one.id }));
}

/** A second officer agrees, and it leaves. Throws `OWN_SEARCH`, `SEARCH_MOVED`, `NOBODY_TO_ASK`. */
export async function agreeSearch(node: SearchNode, who: AtDesk, id: Id): Promise<void> {
  const desk = await node.compartment.open(who);
  const unit = (await node.directory.desks([who.officer.desk])).get(who.officer.desk)?.name ?? "";
  await node.store.write(standingOf(who), async (tx) => {
    const row = await rowOf(tx, id);
    if (row.state !== "proposed") throw new SearchError("SEARCH_MOVED");
    if (row.proposed_by === who.officer.id) throw new SearchError("OWN_SEARCH");
    const inside = readInside(desk, row.sealed);
    const to = await node.desks.keyOf(tx, row.peer);
    if (inside === null || to === null) throw new SearchError("NOBODY_TO_ASK");
    const people = await peopleOf(node.code, desk, tx, inside);
    const seed = node.random.bytes(32);
    const answerAt = new Date(tx.at.getTime() + node.law.search.answerHours * 3_600_000);
    const question = questionOf(node, { id, seed, unit, inside, people });
    await sql`update simpul.victim_searches set state = 'asked', agreed_by = ${who.officer.id}, agreed_at = ${tx.at},
        answer_at = ${answerAt}, seed = ${Buffer.from(node.box.wrap(seed, seedContext(id)))} where id = ${id}`.execute(
      tx.rows,
    );
    const jwe = await sealFixed(to, question, questionBytes(question.subjects.length));
    const body = { search: id, answerAt: iso(answerAt), question: jwe };
    await tx.send({ id: tx.newId(), to: row.peer, kind: "victim-search.asked", body });
    tx.note("victim-search.asked", { id, peer: row.peer });
  });
  node.send();
}

export async function declineSearch(node: SearchNode, who: AtDesk, id: Id): Promise<void> {
  await node.compartment.open(who);
  await node.store.write(standingOf(who), async (tx) => {
    const row = await rowOf(tx, id);
    if (row.state !== "proposed") throw new SearchError("SEARCH_MOVED");
    await sql`update simpul.victim_searches set state = 'declined' where id = ${id}`.execute(tx.rows);
    tx.note("victim-search.declined", { id, peer: row.peer });
  });
}

async function peopleOf(
  code: NodeCode,
  desk: OpenDesk,
  tx: Parameters<typeof reviewRows>[0],
  inside: Inside,
): Promise<(ReviewedPerson | null)[]> {
  const rows = inside.purpose === "review" ? await reviewRows(tx, { limit: 20_000 }) : [];
  const byId = new Map(rows.map((one) => [one.id, one.person]));
  return inside.about.map(({ person, review }) => {
    if (review !== null) return byId.get(review) ?? null;
    const found = person === null ? null : desk.person(person);
    return found === null ? null : personOf(code, found);
  });
}

/** Tags under a key of this search alone, filled up so that neither people nor their keys can be counted. */
function questionOf(
  node: SearchNode,
  of: { id: Id; seed: Uint8Array; unit: string; inside: Inside; people: readonly (ReviewedPerson | null)[] },
): Question {
  const keys = searchKey(node.engine, of.seed, of.id);
  const filler = (): string => Buffer.from(node.random.bytes(16)).toString("hex");
  const steps = Math.max(1, Math.ceil(of.people.length / subjectStep)) * subjectStep;
  const subjects = Array.from({ length: steps }, (_, nth) => {
    const person = of.people[nth] ?? null;
    const inputs = person === null ? [] : searchKeys(person).map(inputOf);
    const tags =
      inputs.length === 0 ? [] : evaluateOwn(node.engine, "voprf", keys.secretKey, inputs).map(searchTag);
    while (tags.length < tagsOfSubject) tags.push(filler());
    // In no order that says which of them is filled in.
    return tags.toSorted();
  });
  const { purpose, reason, nonce } = of.inside;
  return {
    ...{ v: 1, search: of.id, nonce, purpose, reason, subjects },
    unit: of.unit.slice(0, 200),
    publicKey: Buffer.from(keys.publicKey).toString("hex"),
  };
}
