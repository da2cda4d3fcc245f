// The searches of an open desk: ours with what came back, and whom of ours others look for.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { AtDesk, OpenDesk } from "../../victims/contract.ts";
import { statusOf } from "../compare.ts";
import { iso } from "../node.ts";
import type { SearchesView, SearchView, SoughtView } from "../contract/search.ts";
import { openQuestions, saidOf, type Asked } from "./hold.ts";
import { standingOf, type SearchNode } from "./node.ts";
import { readInside, type SearchRow } from "./rows.ts";

export async function viewSearches(node: SearchNode, who: AtDesk): Promise<SearchesView> {
  const desk = await node.compartment.open(who);
  const view = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victim-search.listed", {});
    const { rows } = await sql<SearchRow>`select * from simpul.victim_searches
      order by proposed_at desc limit 100`.execute(db.rows);
    const questions = await openQuestions(db, desk, { sent: true });
    return {
      ours: rows.map((row) => viewOf(desk, row, who.officer.id)),
      theirs: questions.flatMap((asked) => soughtOf(node, desk, asked)),
      waiting: questions.filter((one) => one.row.sent_at === null).length,
      states: await node.desks.states(db),
    };
  });
  const ids = [
    ...view.ours.flatMap((one) => [one.proposedBy, one.agreedBy]),
    ...view.theirs.map((one) => one.said?.by ?? null),
  ].flatMap((one) => one ?? []);
  const names = await node.directory.officers([...new Set(ids)]);
  return { ...view, names: Object.fromEntries([...names].map(([key, { name }]) => [key, name])) };
}

function viewOf(desk: OpenDesk, row: SearchRow, me: Id): SearchView {
  const inside = readInside(desk, row.sealed);
  const mayAgree = row.state === "proposed" && row.proposed_by !== me && inside !== null;
  const nameOf = (id: Id): string => {
    const person = desk.person(id);
    return person?.facts.names[0]?.text ?? person?.pseudonym ?? "";
  };
  return {
    id: row.id,
    peer: row.peer,
    state: row.state,
    purpose: inside?.purpose ?? "person",
    reason: inside?.reason ?? "",
    subjects: inside?.about.length ?? 0,
    known:
      inside?.known?.map(({ person, pseudonym, status, since }) => ({
        ...{ about: nameOf(person), pseudonym, status, since, person },
      })) ?? null,
    proposedBy: row.proposed_by,
    agreedBy: row.agreed_by,
    at: iso(row.proposed_at),
    answerAt: row.answer_at === null ? null : iso(row.answer_at),
    may: row.state !== "proposed" ? [] : mayAgree ? ["agree", "decline"] : ["decline"],
  };
}

function soughtOf(node: SearchNode, desk: OpenDesk, { row, question, work }: Asked): SoughtView[] {
  const people = new Set((work?.hits ?? []).map((one) => one.person));
  return [...people].flatMap((id) => {
    const person = desk.person(id);
    if (person === null) return [];
    const said = saidOf(person, row.id);
    return [
      {
        ...{ search: row.id, peer: row.peer, unit: question.unit, purpose: question.purpose },
        reason: question.reason,
        answerAt: iso(row.answer_at),
        sent: row.sent_at !== null,
        person: person.id,
        pseudonym: person.pseudonym,
        name: person.facts.names[0]?.text ?? "",
        status: statusOf(node, person)?.status ?? "not-screened",
        said:
          said === null
            ? null
            : { says: said.says, threat: said.threat, reason: said.reason, by: said.by, at: said.at },
      },
    ];
  });
}
