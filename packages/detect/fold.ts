// A text made plain for reading by rules, with the way back: every place in it points into the original.
import { lookalike, plainPoint, plainUnit } from "@simpul/match/profiles";
import { DetectError, longestText } from "./errors.ts";

/** All offsets count UTF-16 units, as JavaScript strings do. */
export interface Folded {
  original: string;
  /** Digits, widths, dashes, spaces and defanged dots made plain; look-alike letters inside Latin words made Latin. */
  text: string;
  /** The same without the look-alikes, for host names: there the other letter is another host. Same length. */
  exact: string;
  /** Where the unit of `text` at this place begins in the original. `at` runs from 0 to the length of `text`. */
  from(at: number): number;
  /** Where the unit of `text` before this place ends in the original. */
  to(at: number): number;
  /** The part of the original that units `start` to `end` stand for, also where the direction was turned round. */
  span(start: number, end: number): { start: number; end: number };
}

/** Collects pieces of the new text with the span of the original that each stands for. */
class Map {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  length = 0;
  constructor(size: number) {
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
  }
  add(units: number, start: number, end: number): void {
    for (let i = 0; i < units; i++) {
      this.starts[this.length] = start;
      this.ends[this.length++] = end;
    }
  }
}

/**
 * Text under a right-to-left override is stored backwards so that it shows forwards (Unicode UAX 9, RLO): a number
 * or a word hidden so is read as it is seen. Returns null where nothing is turned.
 */
function facing(original: string): { text: string; map: Map } | null {
  if (!original.includes("\u202e")) return null;
  const map = new Map(original.length);
  const out: string[] = [];
  let kept = 0;
  const straight = (to: number): void => {
    out.push(original.slice(kept, to));
    for (; kept < to; kept++) map.add(1, kept, kept + 1);
  };
  for (const hit of original.matchAll(/\u202e[^\u202c\n]*/g)) {
    straight(hit.index);
    let at = hit.index + hit[0].length;
    kept = at;
    for (const point of Array.from(hit[0]).reverse()) {
      at -= point.length;
      out.push(point);
      map.add(point.length, at, at + point.length);
    }
  }
  straight(original.length);
  return { text: out.join(""), map };
}

/** Undoing a defanged dot, at or scheme separator; each alternative is bounded, so the search stays linear. */
const defanged =
  / ?[[({] ?(?:\.|dot) ?[\])}] ?| ?[[({] ?(?:@|at) ?[\])}] ?|[[({]:(?:\/\/)?[\])}]|\[\/\/?\]/gi;
const maybeDefanged = /[[({] ?(?:\.|dot|@|at|:|\/)/i;

function refanged(hit: string): string {
  if (/[.]|dot/i.test(hit)) return ".";
  if (/@|at/i.test(hit)) return "@";
  return hit.replace(/[[\](){}]/g, "");
}

function letters(text: string): { text: string; map: Map | null } {
  const first = firstChange(text);
  if (first < 0) return { text, map: null };
  // One code point becomes at most four letters ("⑩⑩" two, "㏇"-like signs are left alone).
  const map = new Map(text.length * 4);
  const out: string[] = [text.slice(0, first)];
  for (let i = 0; i < first; i++) map.add(1, i, i + 1);
  let kept = first;
  for (let at = first; at < text.length;) {
    const unit = text.charCodeAt(at);
    const high = unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length;
    const size = high && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00 ? 2 : 1;
    const to = size === 2 ? plainPoint(text.codePointAt(at)!) : plainUnit(unit);
    if (to === null) for (let i = 0; i < size; i++) map.add(1, at + i, at + i + 1);
    else {
      out.push(text.slice(kept, at), to.slice(0, 4));
      map.add(Math.min(to.length, 4), at, at + size);
      kept = at + size;
    }
    at += size;
  }
  out.push(text.slice(kept));
  return { text: out.join(""), map };
}

function firstChange(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (plainUnit(unit) !== null) return i;
    if ((unit & 0xfc00) === 0xd800 && plainPoint(text.codePointAt(i)!) !== null) return i;
  }
  return -1;
}

const cyrillicOrGreek = /[\u0370-\u03ff\u0400-\u052f\u0251\u0261\u0131]/;

/** Look-alikes count as disguise only in words that also hold Latin letters: Russian and Greek stay what they are. */
function undisguise(text: string): string {
  if (!cyrillicOrGreek.test(text)) return text;
  return text.replace(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d_]+/gu, (word) =>
    /[a-z]/i.test(word) && cyrillicOrGreek.test(word)
      ? Array.from(word, (one) => lookalike(one) ?? one).join("")
      : word,
  );
}

function identity(size: number): Map {
  const map = new Map(size);
  for (let i = 0; i < size; i++) map.add(1, i, i + 1);
  return map;
}

/** An advert is folded three times in a row: for its signs, its contacts and its campaign. Long texts are not held on to. */
let last: Folded | null = null;
const held = 20_000;

/** Throws `TEXT_TOO_LONG` past {@link longestText}. */
export function fold(original: string): Folded {
  if (last?.original === original) return last;
  const folded = foldAnew(original);
  last = original.length <= held ? folded : null;
  return folded;
}

function foldAnew(original: string): Folded {
  if (original.length > longestText) throw new DetectError("TEXT_TOO_LONG", String(original.length));
  const seen = facing(original);
  const plain = letters(seen?.text ?? original);
  let exact = plain.text;
  let map = plain.map;
  if (seen !== null) {
    map ??= identity(exact.length);
    for (let i = 0; i < exact.length; i++) {
      map.ends[i] = seen.map.ends[map.ends[i]! - 1]!;
      map.starts[i] = seen.map.starts[map.starts[i]!]!;
      if (map.starts[i]! >= map.ends[i]!)
        [map.starts[i], map.ends[i]] = [map.ends[i]! - 1, map.starts[i]! + 1];
    }
  }
  if (maybeDefanged.test(exact)) {
    const next = new Map(exact.length);
    const start = (i: number): number => map?.starts[i] ?? i;
    const end = (i: number): number => map?.ends[i] ?? i + 1;
    const out: string[] = [];
    let kept = 0;
    for (const hit of exact.matchAll(defanged)) {
      for (let i = kept; i < hit.index; i++) next.add(1, start(i), end(i));
      const to = refanged(hit[0]);
      out.push(exact.slice(kept, hit.index), to);
      next.add(to.length, start(hit.index), end(hit.index + hit[0].length - 1));
      kept = hit.index + hit[0].length;
    }
    for (let i = kept; i < exact.length; i++) next.add(1, start(i), end(i));
    out.push(exact.slice(kept));
    exact = out.join("");
    map = next;
  }
  const text = undisguise(exact);
  const length = exact.length;
  const from = (at: number): number => (map === null ? at : at < length ? map.starts[at]! : original.length);
  const to = (at: number): number => (map === null ? at : at > 0 ? map.ends[at - 1]! : 0);
  return {
    original,
    text,
    exact,
    from,
    to,
    span(start, end) {
      if (map === null || seen === null || start >= end) return { start: from(start), end: to(end) };
      let [low, high] = [original.length, 0];
      for (let i = start; i < end; i++) {
        low = Math.min(low, map.starts[i]!);
        high = Math.max(high, map.ends[i]!);
      }
      return { start: low, end: high };
    },
  };
}
