// The note's fields in a reader's words, one line each: the same on the page and on paper.
import type { Words } from "@simpul/doors/i18n";
import type { Note } from "./note.ts";
import type { noteFields } from "./note-words.ts";

export interface NoteLine {
  field: Exclude<(typeof noteFields)[number], "title" | "facts">;
  text: string;
}

/** All but title and facts, which stand above; fields that say nothing are left out. */
export function noteLines(
  note: Note,
  { say, state, list, date }: Pick<Words, "say" | "state" | "list" | "date">,
): NoteLine[] {
  const day = (text: string): string => date(`${text}T12:00:00Z`);
  const lines: NoteLine[] = [
    { field: "parties", text: list(note.parties.map((one) => state(one))) },
    { field: "coordination", text: list((note.coordination ?? []).map((one) => state(one))) },
    { field: "offences", text: list(note.offences.map((one) => say(`cases.crime.${one}`))) },
    { field: "period", text: say("joint.period", { from: day(note.from), until: day(note.until) }) },
    { field: "share", text: list(note.share.map((one) => say(`joint.kind.${one}`))) },
    { field: "court", text: say(note.court ? "joint.court.yes" : "joint.court.no") },
    { field: "backfill", text: say(`joint.backfill.${note.backfill}`) },
    { field: "leads", text: note.leads.map((one) => `${state(one.state)}: ${one.part}`).join("; ") },
    { field: "purgeDays", text: say("joint.days", { count: note.purgeDays }) },
    { field: "clearance", text: note.clearance === true ? say("joint.clearance.needed") : "" },
  ];
  return lines.filter(({ text }) => text !== "");
}

/** A clause as it is called; with its party where it is one party's. */
export const clauseLabel = (
  { name, state: of }: { name: string; state: string | null },
  { say, state }: Pick<Words, "say" | "state">,
): string => {
  const clause = say(`joint.clause.${name}`);
  return of === null ? clause : say("joint.clause.of", { clause, state: state(of) });
};
