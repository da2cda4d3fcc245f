// From parts to segments: numbered, placed, split where too long, Zawgyi turned, gathered and packed, with caps.
import { gunzipSync, gzipSync } from "node:zlib";
import { unicodeBurmese } from "@simpul/detect";
import {
  ReadingError,
  type Part,
  type ReadingKind,
  type ReadingWarning,
  type SegmentPlace,
} from "../contract.ts";
import { openReading } from "./open.ts";
import type { Ask, RawPart } from "./reader.ts";

export interface Summary {
  kind: ReadingKind;
  encoding: string | null;
  parts: number;
  characters: number;
  warnings: ReadingWarning[];
  segments: SegmentPlace[];
}

const segmentCharacters = 128 * 1024;
const segmentParts = 2_000;

/** Reads a file and hands over its segments, each waited for, so that nothing piles up. */
export async function readSegments(
  given: Omit<Ask, "warn" | "depth">,
  keep: (segment: Uint8Array, parts: readonly Part[]) => Promise<void>,
): Promise<Summary> {
  const warnings = new Map<string, ReadingWarning>();
  const warn = (warning: ReadingWarning): void => {
    if (warnings.size < 100) warnings.set(JSON.stringify(warning), warning);
  };
  const ask: Ask = { ...given, warn, depth: 0 };
  const { limits } = ask;
  const opened = await openReading(ask);
  const segments: SegmentPlace[] = [];
  let held: Part[] = [];
  let heldCharacters = 0;
  let number = 0;
  let characters = 0;
  let offset = 0;
  let zawgyi = 0;
  let split = 0;
  let first = 0;

  const flush = async (): Promise<void> => {
    if (held.length === 0) return;
    const packed = gzipSync(JSON.stringify(held), { level: 4 });
    segments.push({
      number: segments.length,
      firstPart: first,
      parts: held.length,
      offset,
      length: packed.length,
    });
    const parts = held;
    held = [];
    heldCharacters = 0;
    offset += packed.length;
    first = number;
    await keep(packed, parts);
  };
  const add = async (raw: RawPart): Promise<void> => {
    // A null character cannot be kept in the database and shows nothing.
    const unicode = unicodeBurmese(raw.text.replaceAll("\u0000", ""));
    const { text } = unicode;
    zawgyi += Number(unicode.zawgyi);
    const pieces = splitLong(text, limits.part);
    if (pieces.length > 1) split += 1;
    for (const piece of pieces) {
      if (number >= limits.parts || characters + piece.length > limits.characters)
        throw new ReadingError("TOO_LARGE_TO_READ", { parts: number, characters });
      held.push({ ...raw, text: piece, number, start: characters, end: characters + piece.length });
      number += 1;
      // One for the line end between two parts.
      characters += piece.length + 1;
      heldCharacters += piece.length;
      if (heldCharacters >= segmentCharacters || held.length >= segmentParts) await flush();
    }
  };
  for await (const raw of opened.parts) await add(raw);
  await flush();
  if (number === 0 && warnings.size === 0) throw new ReadingError("NOTHING_IN_IT");
  if (zawgyi > 0) warn({ code: "ZAWGYI_CONVERTED", facts: { parts: zawgyi } });
  if (split > 0) warn({ code: "PART_SPLIT", facts: { parts: split } });
  return {
    kind: opened.kind,
    encoding: opened.encoding,
    parts: number,
    characters,
    warnings: [...warnings.values()],
    segments,
  };
}

/** Cuts where there is a line end or a space, so that no number is cut in two. */
function splitLong(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const window = rest.slice(0, most);
    const at = Math.max(window.lastIndexOf("\n"), window.lastIndexOf(" "));
    let cut = at > most / 2 ? at + 1 : most;
    // Never between the halves of one character.
    if ((rest.charCodeAt(cut - 1) & 0xfc00) === 0xd800) cut -= 1;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  pieces.push(rest);
  return pieces;
}

export const unpackSegment = (packed: Uint8Array): Part[] =>
  JSON.parse(gunzipSync(packed, { maxOutputLength: 64 * 1024 * 1024 }).toString("utf8")) as Part[];
