// Every rule that code or tests cite by number is stated in docs/rules.md; every item of docs/asvs.md names a test that is there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./house.mjs";

const rule = /\b(?:HC|EV|MSG|RFI|HIT|JIT|OP|MLA|VIC|COR|RET|AUD|STAT)-\d{1,2}\b/g;
const stated = new Set(
  [...readFileSync(path.join(root, "docs/rules.md"), "utf8").matchAll(/^\| ([A-Z]+-\d+)\s*\|/gm)].map(
    (found) => found[1],
  ),
);
const missing = new Map();
for (const folder of ["packages", "features", "apps", "testing", "conformance", "bench"]) {
  for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(tsx?|sql|md)$/.test(entry.name) || /node_modules|dist/.test(entry.parentPath))
      continue;
    const file = path.join(entry.parentPath, entry.name);
    for (const [cited] of readFileSync(file, "utf8").matchAll(rule)) {
      if (!stated.has(cited) && !missing.has(cited)) missing.set(cited, path.relative(root, file));
    }
  }
}
for (const [cited, file] of missing) console.error(`${cited} (cited in ${file}) is not in docs/rules.md`);

/** `- **ITEM**: …`, and beneath it `  - [name](../file): “title”`, one or more. */
const untested = [];
const items = readFileSync(path.join(root, "docs/asvs.md"), "utf8")
  .split("Not met yet:")[0]
  .split(/^- \*\*/m)
  .slice(1);
for (const item of items) {
  const name = item.slice(0, item.indexOf("**"));
  const tests = [...item.matchAll(/^ {2}- \[[^\]]+\]\(\.\.\/([^)]+\.test\.ts)\):\s+“([^”]+)”$/gm)];
  if (tests.length === 0 || tests.length !== item.match(/^ {2}- /gm)?.length)
    untested.push(`${name} names no test`);
  for (const [, file, title] of tests) {
    const at = path.join(root, file);
    const titles = existsSync(at) ? readFileSync(at, "utf8") : "";
    if (!new RegExp(`["\`][^"\`\\n]*${title.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`).test(titles))
      untested.push(`${name}: ${file} has no test “${title}”`);
  }
}
if (items.length === 0) untested.push("docs/asvs.md names no item");
for (const one of untested) console.error(`docs/asvs.md, ${one}`);
process.exit(missing.size + untested.length > 0 ? 1 : 0);
