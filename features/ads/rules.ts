// Decisions about adverts from values alone: which labels count, how a source is doing, what columns a file has.
import type { Finding, Mapping } from "./contract.ts";

export interface Label {
  advert: string;
  officer: string;
  source: string;
  found: Finding;
  second: boolean;
  telling: number;
}

/** So many labels before anything is said about a reviewer, and the share of one label that is too much. */
const fewest = 30;
const oneSided = 0.97;
/** Where second readers looked so often, and agreed less than this, her labels wait for theirs. */
const seconds = 10;
const agreeing = 0.5;

export interface Reviewed {
  officer: string;
  labels: number;
  most: Finding;
  share: number;
  second: number;
  agreed: number;
  noticed: boolean;
}

/** How each reviewer labels; who gives one label alone, or is seldom agreed with, is noticed. */
export function reviewers(labels: readonly Label[]): Reviewed[] {
  const seconded = new Map(labels.filter((one) => one.second).map((one) => [one.advert, one]));
  const byOfficer = new Map<string, Label[]>();
  for (const one of labels)
    if (!one.second) byOfficer.set(one.officer, [...(byOfficer.get(one.officer) ?? []), one]);
  return [...byOfficer].map(([officer, own]) => {
    const counts = new Map<Finding, number>();
    for (const { found } of own) counts.set(found, (counts.get(found) ?? 0) + 1);
    const [most, count] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
    const read = own.filter(({ advert }) => seconded.has(advert));
    const agreed = read.filter(({ advert, found }) => seconded.get(advert)!.found === found).length;
    const share = count / own.length;
    return {
      ...{ officer, labels: own.length, most, share, second: read.length, agreed },
      noticed:
        (own.length >= fewest && share > oneSided) ||
        (read.length >= seconds && agreed / read.length < agreeing),
    };
  });
}

/**
 * Labels from which is learned what a score means: of each advert one. A noticed reviewer's counts where a second reader
 * said the same; "unclear", and what two readers see differently, teaches nothing.
 */
export function countedLabels(labels: readonly Label[]): (Label & { yes: boolean })[] {
  const noticed = new Set(reviewers(labels).flatMap((one) => (one.noticed ? [one.officer] : [])));
  const seconded = new Map(labels.filter((one) => one.second).map((one) => [one.advert, one]));
  const first = new Map(labels.filter((one) => !one.second).map((one) => [one.advert, one]));
  return [...first.values()].flatMap((one) => {
    const second = seconded.get(one.advert);
    if (one.found === "unclear" || (second !== undefined && second.found !== one.found)) return [];
    if (noticed.has(one.officer) && second === undefined) return [];
    return [{ ...one, yes: one.found === "recruitment" }];
  });
}

/**
 * How much each reviewer's labels count when wording is learned, from 0 to 1: nothing for who is noticed, as much as second
 * readers agreed for the others; and no reviewer weighs more than all the others together, where there are others.
 */
export function reviewerWeights(labels: readonly Label[]): Map<string, number> {
  const all = reviewers(labels).map((one) => ({
    ...one,
    // Four imagined agreements: a single second reading neither makes nor breaks her.
    weight: one.noticed ? 0 : (one.agreed + 4) / (one.second + 4),
  }));
  const whole = all.reduce((sum, one) => sum + one.weight * one.labels, 0);
  return new Map(
    all.map(({ officer, weight, labels: count }) => {
      const others = whole - weight * count;
      const most = others > 0 ? others / count : weight;
      return [officer, Math.min(weight, most)];
    }),
  );
}

/**
 * Labels from which wording is learned: of each advert one, "unclear" and what two readers see differently left out. False
 * offers of any kind are worded alike, so recruitment and other fraud are learned together.
 */
export function wordingLabels(
  labels: readonly Label[],
): { advert: string; officer: string; source: string; yes: boolean; weight: number }[] {
  const weights = reviewerWeights(labels);
  const second = new Map(labels.filter((one) => one.second).map((one) => [one.advert, one.found]));
  return labels.flatMap(({ advert, officer, source, found, second: again }) => {
    const other = second.get(advert);
    if (again || found === "unclear" || (other !== undefined && other !== found)) return [];
    // What a second reader saw the same counts whole, whoever saw it first.
    const weight = other === undefined ? weights.get(officer)! : 1;
    return [{ advert, officer, source, yes: found !== "legitimate", weight }];
  });
}

/** Every tenth advert that was found something is read by a second officer; which ones follows from its id. */
export const readTwice = (advert: string): boolean => parseInt(advert.slice(-2), 16) < 26;

/** Between which shares the true one likely lies (Wilson's interval, 95 %), with so many of so many found in a sample. */
export function likely(found: number, of: number): { low: number; high: number } {
  const z2 = 1.96 ** 2;
  const share = found / of;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (1.96 * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** How long an act can be undone. */
export const undoMs = 10 * 60_000;

/** A day in UTC, by which the queue and quotas count. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const usualText = ["text", "message", "body", "content", "description", "caption", "post"];
const besides = ["title", "company_profile", "requirements", "benefits"];
const usualOrigin = ["url", "link", "permalink", "origin", "source_url"];
const usualDay = ["date", "posted_at", "created_at", "timestamp", "published", "time"];
const usualSaid = ["label", "fraudulent", "category", "class"];

/** The columns of a file by its beginning: a header line, the keys of the first object; none where there are none. */
export function columnsIn(head: string): string[] {
  const text = head.replace(/^\ufeff/, "").trimStart();
  if (text.startsWith("<")) return [];
  if (text.startsWith("{") || text.startsWith("[")) {
    const object = /\{(?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*\}?/u.exec(text)?.[0] ?? "";
    const keys = [...object.matchAll(/"((?:[^"\\]|\\.){1,60})"\s*:/gu)].map((hit) => hit[1]!);
    return [...new Set(keys)].slice(0, 60);
  }
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  const separator = [",", ";", "\t", "|"].find((one) => line.split(one).length > 1);
  if (separator === undefined) return [];
  return line
    .split(separator)
    .map((one) => one.trim().replace(/^"|"$/g, ""))
    .filter((one) => one !== "" && one.length <= 60)
    .slice(0, 60);
}

/** What the names of columns suggest; the officer sees it and may change it. */
export function suggest(columns: readonly string[]): Mapping {
  const plain = (name: string): string => name.toLowerCase().trim();
  const among = (wanted: readonly string[]): string | undefined =>
    columns.find((one) => wanted.includes(plain(one)));
  const main = among(usualText);
  const more = columns.filter((one) => besides.includes(plain(one)));
  const [origin, postedAt, said] = [among(usualOrigin), among(usualDay), among(usualSaid)];
  return {
    ...(main === undefined ? {} : { text: columns.filter((one) => one === main || more.includes(one)) }),
    ...(origin === undefined ? {} : { origin }),
    ...(postedAt === undefined ? {} : { postedAt }),
    ...(said === undefined ? {} : { said }),
  };
}

/** The text cut where signs and contacts begin and end, for marking; where two overlap the earlier one is marked. */
export function cutAt<Mark extends { start: number; end: number }>(
  text: string,
  marks: readonly Mark[],
): { text: string; mark: Mark | null }[] {
  const parts: { text: string; mark: Mark | null }[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mark.start < at || mark.end > text.length) continue;
    if (mark.start > at) parts.push({ text: text.slice(at, mark.start), mark: null });
    parts.push({ text: text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), mark: null });
  return parts;
}

/**
 * How far one spread over the same parts lies from another: the population stability index, 0 for the same. One imagined
 * advert in each part, so that an empty one does not decide.
 */
export function shifted(before: readonly number[], now: readonly number[]): number {
  const shares = (of: readonly number[]): number[] => {
    const all = of.reduce((sum, one) => sum + one + 1, 0);
    return of.map((one) => (one + 1) / all);
  };
  const [was, is] = [shares(before), shares(now)];
  return was.reduce((sum, share, nth) => sum + (is[nth]! - share) * Math.log(is[nth]! / share), 0);
}

/** Whether two shares (so many of so many) differ by more than chance gives once in a thousand times. */
export function beyondChance(before: readonly [number, number], now: readonly [number, number]): boolean {
  const [was, is] = [before[0] / before[1], now[0] / now[1]];
  const both = (before[0] + now[0]) / (before[1] + now[1]);
  const error = Math.sqrt(both * (1 - both) * (1 / before[1] + 1 / now[1]));
  return error > 0 && Math.abs(is - was) / error > 3.3;
}
