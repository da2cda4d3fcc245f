// Every catalogue is whole: the same keys in en, id, km and fil, each message a sound ICU message with the same arguments.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { root } from "./house.mjs";

const languages = ["en", "id", "km", "fil"];

function* wordFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || ["node_modules", "dist", ".cache", ".git"].includes(entry.name)) continue;
    const inner = path.join(folder, entry.name);
    if (entry.name === "words" && readdirSync(inner).includes("en.json")) yield inner;
    else yield* wordFolders(inner);
  }
}

/** Names of what a message is given; tags count too. */
function given(elements, names = new Set()) {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    names.add(element.value);
    for (const option of Object.values(element.options ?? {})) given(option.value, names);
    if (element.children) given(element.children, names);
  }
  return names;
}

const faults = [];
const owners = new Map();
let messages = 0;
for (const folder of ["packages", "features", "apps"].flatMap((one) => [
  ...wordFolders(path.join(root, one)),
])) {
  const where = path.relative(root, folder);
  const read = (language) => JSON.parse(readFileSync(path.join(folder, `${language}.json`), "utf8"));
  const en = read("en");
  for (const key of Object.keys(en)) {
    if (owners.has(key)) faults.push(`${key} is in ${owners.get(key)} and in ${where}`);
    owners.set(key, where);
  }
  for (const language of languages) {
    let words;
    try {
      words = read(language);
    } catch (fault) {
      faults.push(`${where}/${language}.json: ${fault.message}`);
      continue;
    }
    for (const key of Object.keys(en))
      if (!(key in words)) faults.push(`${where}/${language}.json lacks ${key}`);
    for (const [key, text] of Object.entries(words)) {
      messages += 1;
      if (!(key in en)) {
        faults.push(`${where}/${language}.json has ${key}, English has not`);
        continue;
      }
      try {
        const expected = [...given(parse(en[key]))].sort().join(", ");
        const found = [...given(parse(text))].sort().join(", ");
        if (expected !== found)
          faults.push(`${where}/${language}.json ${key} is given {${found}}, English {${expected}}`);
      } catch (fault) {
        faults.push(`${where}/${language}.json ${key}: ${fault.message}`);
      }
    }
  }
}
for (const fault of faults) console.error(fault);
console.error(`${messages} messages in ${languages.length} languages`);
process.exit(faults.length > 0 ? 1 : 0);
