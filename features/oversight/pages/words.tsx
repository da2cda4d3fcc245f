// An entry in words: who, what, why; the same on the list, beside it, on its page and in the CSV.
import type { ReactNode } from "react";
import { NameText, useWords } from "@simpul/doors/web";
import type { LogEntry } from "../contract.ts";
import { actorOf } from "../rules.ts";

export interface EntryWords {
  who(entry: LogEntry): string;
  what(entry: LogEntry): string;
  why(entry: LogEntry): string[];
}

/** Texts of an entry in the page's language. A kind without words shows its own name: nothing is left out. */
export function useEntryWords(): EntryWords {
  const { say, sayOne, state } = useWords();
  return {
    who(entry) {
      const actor = actorOf(entry.actor);
      if (actor.kind === "job") return say("oversight.who.job");
      if (actor.kind === "peer") return say("oversight.who.peer", { state: state(actor.of) });
      return entry.officer?.name ?? say("oversight.who.unknown");
    },
    what: (entry) => sayOne([`activity.${entry.kind}`]) ?? entry.kind,
    why(entry) {
      if (entry.because.length > 0) return entry.because.map((id) => sayOne([id]) ?? id);
      const actor = actorOf(entry.actor);
      if (actor.kind === "job") return [say("oversight.why.job")];
      if (entry.log === "reads") return [say("oversight.why.row")];
      return [say(entry.kind.startsWith("session.") ? "oversight.why.session" : "oversight.why.unnamed")];
    },
  };
}

export function Who({ entry }: { entry: LogEntry }): ReactNode {
  const { who } = useEntryWords();
  return entry.officer === null ? (
    <span>{who(entry)}</span>
  ) : (
    <NameText text={entry.officer.name} romanised={entry.officer.nameLatin} />
  );
}
