// The given adverts and messages as the figures of `bench detect` read them, and folds that keep near-duplicates together.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Example } from "@simpul/detect";
import { seeded } from "@simpul/testing/made-adverts";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = (name: string): Buffer =>
  readFileSync(path.resolve(root, process.env["SIMPUL_DATA"] ?? "../shared/data", name));

const parts = ["title", "company_profile", "description", "requirements", "benefits"] as const;
function adverts(name: string, yes: (row: Record<string, string | undefined>) => boolean): Example[] {
  return gunzipSync(file(name))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, string | undefined>)
    .map((row) => ({ text: parts.map((part) => row[part] ?? "").join("\n"), yes: yes(row) }));
}

/** Job adverts: 444 fraudulent, 347 legitimate. */
export const jobAdverts = (): Example[] => [
  ...adverts("ads/emscad_fraud_433.jsonl.gz", () => true),
  ...adverts("ads/emscad_random_358.jsonl.gz", (row) => row["fraudulent"] === "1"),
];

/** Thai text messages: fraud and advertising nobody asked for, beside ordinary ones. */
export const thaiMessages = (): Example[] =>
  ["scam", "spam", "ok"].flatMap((kind) =>
    file(`messages/thai_sms_${kind}.txt`)
      .toString("utf8")
      .split("\n")
      .filter((line) => line.includes("|"))
      .map((line) => ({ text: line.slice(line.indexOf("|") + 1), yes: kind !== "ok" })),
  );

/** English text messages of the UCI collection. */
export const englishMessages = (): Example[] =>
  file("messages/uci_sms_spam.tsv")
    .toString("utf8")
    .split("\n")
    .slice(1)
    .filter((line) => line.includes("\t"))
    .map((line) => ({ text: line.slice(line.indexOf("\t") + 1), yes: line.startsWith("spam") }));

/** Groups of texts that share at least half of their word triples (or, of short ones, letter fives): measured, not estimated. */
export function groups(texts: readonly string[]): number[] {
  const grams = texts.map((text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const own = new Set<string>();
    if (words.length >= 20)
      for (let i = 0; i + 3 <= words.length; i++) own.add(words.slice(i, i + 3).join(" "));
    else {
      const plain = words.join(" ").replace(/\d/g, "0");
      for (let i = 0; i + 5 <= Math.max(plain.length, 5); i++) own.add(plain.slice(i, i + 5));
    }
    return own;
  });
  const parent = texts.map((_, i) => i);
  const top = (i: number): number => (parent[i] === i ? i : (parent[i] = top(parent[i]!)));
  const holders = new Map<string, number[]>();
  const shared = new Map<number, number>();
  for (const [i, own] of grams.entries()) {
    shared.clear();
    for (const gram of own) {
      const before = holders.get(gram);
      if (before === undefined) holders.set(gram, [i]);
      else {
        for (const j of before) shared.set(j, (shared.get(j) ?? 0) + 1);
        before.push(i);
      }
    }
    for (const [j, count] of shared)
      if (count / (own.size + grams[j]!.size - count) >= 0.5) parent[top(i)] = top(j);
  }
  return parent.map((_, i) => top(i));
}

/** Five folds, whole groups in one fold each; by turns into the smallest, in an order that follows from the seed. */
export function folds(group: readonly number[], seed: number, count = 5): number[] {
  const random = seeded(seed);
  const sizes = new Map<number, number>();
  for (const one of group) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  const order = [...sizes].map(([one, size]) => ({ one, size, lot: random() }));
  order.sort((a, b) => b.size - a.size || a.lot - b.lot);
  const filled = Array.from({ length: count }, () => 0);
  const fold = new Map<number, number>();
  for (const { one, size } of order) {
    const least = Math.min(...filled);
    const free = filled.flatMap((held, nth) => (held === least ? [nth] : []));
    const to = free[Math.floor(random() * free.length)]!;
    filled[to]! += size;
    fold.set(one, to);
  }
  return group.map((one) => fold.get(one)!);
}
