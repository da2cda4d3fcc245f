// Reading a long text piece by piece, in flat memory, with offsets into the whole.
import { DetectError, longestText } from "./errors.ts";
import { find, type Found, type FindOptions } from "./find.ts";

/** Below this a piece is not worth its cuts; above `longestText` it would be refused. */
export const usualPiece = 65_536;

/** Where to cut: behind an empty line, else behind a line, else behind a space; -1 when there is none. */
function cut(text: string, size: number): number {
  for (const mark of ["\n\n", "\n", " "]) {
    const at = text.lastIndexOf(mark, size);
    // An MRZ is two or three lines: never between lines of it.
    if (at > size / 2 && !(mark === "\n" && /<<[^\n]*$/.test(text.slice(Math.max(0, at - 60), at))))
      return at + mark.length;
  }
  return -1;
}

/**
 * `find` over a text that arrives in parts. Findings come in order; `start` and `end` count from the beginning of the
 * whole text. Something that stands across a cut (only in a text without line breaks and spaces) is missed.
 */
export async function* findInPieces(
  parts: AsyncIterable<string> | Iterable<string>,
  options: FindOptions & { piece?: number } = {},
): AsyncGenerator<Found> {
  const size = options.piece ?? usualPiece;
  if (size < 1_024 || size > longestText) throw new DetectError("PIECE_TOO_SMALL", String(size));
  let held = "";
  let offset = 0;
  const read = function* (text: string): Generator<Found> {
    for (const one of find(text, options)) yield { ...one, start: one.start + offset, end: one.end + offset };
    offset += text.length;
  };
  for await (const part of parts) {
    held += part;
    while (held.length > size) {
      let at = cut(held, size);
      if (at < 0) {
        if (held.length < 4 * size) break;
        at = size;
      }
      yield* read(held.slice(0, at));
      held = held.slice(at);
    }
  }
  if (held !== "") yield* read(held);
}
