// What a reader is: it takes a source of bytes and yields parts, one after the other, never the whole file.
import type { PartKind, ReadingKind, ReadingWarning } from "../contract.ts";
import { ReadingError } from "../contract.ts";
import type { ReadingLimits } from "./limits.ts";

/** The bytes of a file, wherever they lie. */
export interface Source {
  readonly size: number;
  range(start: number, end: number): Promise<Uint8Array>;
}

/** A part before it has its number and place. */
export interface RawPart {
  kind: PartKind;
  label?: string;
  at?: string;
  sender?: string;
  text: string;
}

export interface Ask {
  source: Source;
  /** The file's name; its extension says what the file claims to be. */
  name: string;
  limits: ReadingLimits;
  warn(warning: ReadingWarning): void;
  /** Between 0 and 1. */
  progress(done: number): void;
  /** How deep in an archive or a mail we are; nothing is opened below 1. */
  depth: number;
}

export interface Opened {
  kind: ReadingKind;
  encoding: string | null;
  parts: AsyncIterable<RawPart>;
}

export type Read = (ask: Ask) => Promise<Opened>;

export const sourceOf = (bytes: Uint8Array): Source => ({
  size: bytes.length,
  range: (start, end) => Promise.resolve(bytes.subarray(start, Math.min(end, bytes.length))),
});

const window = 1024 * 1024;

/** The whole file in windows of a megabyte, one of them fetched ahead. */
export async function* pieces(source: Source, progress?: (done: number) => void): AsyncGenerator<Uint8Array> {
  let next = source.size > 0 ? source.range(0, window) : null;
  for (let at = 0; next !== null;) {
    const piece: Uint8Array = await next;
    at += piece.length;
    next = at < source.size && piece.length > 0 ? source.range(at, at + window) : null;
    // A refusal of the fetch ahead is thrown when it is awaited, not before.
    next?.catch(() => undefined);
    progress?.(at / source.size);
    yield piece;
  }
}

/** The whole file at once, where a format leaves no other way. */
export async function whole({ source, limits }: Pick<Ask, "source" | "limits">): Promise<Uint8Array> {
  if (source.size > limits.whole)
    throw new ReadingError("TOO_LARGE_TO_READ", { size: source.size, limit: limits.whole });
  return source.range(0, source.size);
}
