// How a value of a figure's axis is said in the reader's language.
import type { Words } from "@simpul/doors/i18n";
import { regionStates } from "@simpul/model";
import { sayArea } from "./areas.ts";
import { definitionOf, type Axis } from "./figures.ts";

/** Words of values that another room has already. */
const borrowed: Partial<Record<Axis, string>> = {
  crime: "cases.crime",
  place: "cases.place.kind",
  offence: "offences.kind",
  source: "ads.kind",
  found: "ads.found",
  gap: "charges.gapKind",
};

/** The message of a value that is neither a state nor an area. */
function keyOf(axis: Axis, value: string): string {
  if (axis === "other-state") return `picture.value.state.${value}`;
  const folder = borrowed[axis];
  if (folder === undefined || (axis === "crime" && value === "other"))
    return `picture.value.${axis}.${value}`;
  return `${folder}.${value}`;
}

type Speaks = Pick<Words, "say" | "state" | "list">;

/** What a row or a column is called: by a message, by the name of a state, or as an area with the states it lies in. */
export function sayLabel(axis: Axis, value: string, words: Speaks): string {
  const isState = axis === "state" || axis === "other-state";
  if (isState && (regionStates as readonly string[]).includes(value)) return words.state(value);
  const area = axis === "area" ? sayArea(value, words) : null;
  return area ?? words.say(keyOf(axis, value));
}

/** The same for a row of a figure by its definition; the value itself where nobody agreed on such a one. */
export function sayRow(
  { figure, definition }: { figure: string; definition: number },
  row: string,
  words: Speaks,
): string {
  const axis = definitionOf(figure, definition)?.rows;
  return axis === undefined ? row : sayLabel(axis, row, words);
}
