// Every rule that code or tests cite by number is stated in docs/rules.md.
import { readdirSync, readFileSync } from "node:fs";
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
process.exit(missing.size > 0 ? 1 : 0);
