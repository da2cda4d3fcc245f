// How a thing without a title is called, and where it stands by its newest figures.
import type { Id } from "@simpul/model";
import type { About, CoordinatedHead, Figures, Told } from "./contract.ts";

const letters: Readonly<Record<About, string>> = { space: "S", operation: "O", exercise: "X" };
/** E.g. `S-7F3A90C2`: the last digits of the id, which are random. */
export const codeOf = (about: About, id: Id): string => `${letters[about]}-${id.slice(-8).toUpperCase()}`;

const span = (of: Figures): Pick<CoordinatedHead, "states" | "begins" | "ends" | "stands"> => {
  switch (of.kind) {
    case "space":
      return { states: of.parties, begins: of.from, ends: of.until, stands: of.phase };
    case "operation":
      return { states: of.parties, begins: of.starts, ends: of.ends, stands: of.state };
    case "exercise":
      return {
        ...{ states: of.states, begins: of.startsAt, ends: of.endedAt },
        stands: of.endedAt === null ? "running" : "ended",
      };
  }
};

/** Null where every state took its figures back. */
export function headOf(about: About, id: Id, told: readonly Told[]): CoordinatedHead | null {
  const [newest] = told.filter((one) => one.figures !== null).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (newest === undefined) return null;
  return { about, id, code: codeOf(about, id), ...span(newest.figures!), newest: newest.at };
}
