// Whether the file that is said to try who may use a route calls it at all.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Rule } from "./rights-rule.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const texts = new Map<string, string>();

/** A test with the pieces of tests that it imports. */
function textOf(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const own = readFileSync(file, "utf8");
  const pieces = [...own.matchAll(/from "(\.[^"]+\.ts)"/g)]
    .map(([, from]) => path.resolve(path.dirname(file), from!))
    .filter((one) => one.includes("test") && existsSync(one));
  const text = [own, ...pieces.map((one) => readFileSync(one, "utf8"))].join("\n");
  texts.set(file, text);
  return text;
}

/** True also where nothing is said of a file: then the rule itself is tried, or its gate. */
export function isTried(route: string, rule: Rule): boolean {
  if (rule.kind !== "elsewhere") return true;
  if (rule.file === null) return rule.gate !== undefined;
  const file = path.join(root, rule.file);
  if (!existsSync(file)) return false;
  if (rule.by !== undefined) return textOf(file).includes(`${rule.by}(`);
  const last = route.split("/").findLast((part) => !part.startsWith("{"))!;
  return new RegExp(`[/"'\`}]${last}\\b`).test(textOf(file));
}
