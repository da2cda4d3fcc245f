// The given adverts and messages as the figures of `bench detect` read them.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Example } from "@simpul/detect";

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
