// Guidance stands beside every step of the victim rooms: whoever fills something in reads what is good to know at it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const features = fileURLToPath(new URL("..", import.meta.url));
const rooms = "victims screening field surge referrals returns reviews distress standards".split(" ");
const fields =
  /<(?:(?:Text|LongText|Choice|Choices|Radio|Tick|Number|Texts|Secret)Field|FileInput|FileButton|Checkbox)\b/;

/** Where a field stands without it, and what says it instead. */
const otherwise: Readonly<Record<string, string>> = {
  "distress/pages/shared.tsx": "a field of forms that have it",
  "distress/pages/tell.tsx": "beside it in the list of acts",
  "field/pages/app/gate.tsx": "the PIN: its own text",
  "field/pages/app/scan.tsx": "one code: its hint",
  "referrals/pages/desk-keys.tsx": "digits heard by telephone: its own text",
  "reviews/pages/results.tsx": "the key's passphrase: its own text",
  "screening/pages/screenings.tsx": "a filter of a list",
  "surge/pages/wearer.tsx": "one code: its hint",
  "surge/pages/wristbands.tsx": "how many: its own text",
  "victims/pages/desk.tsx": "keys of the desk: a text at each",
  "victims/pages/gate.tsx": "the passphrase: its own text",
  "victims/pages/joined.tsx": "forgetting her: what it means",
  "victims/pages/list.tsx": "a search: its hint",
  "victims/pages/person.tsx": "a reason: its hint",
  "victims/pages/reveal.tsx": "a reason: its hint",
};

test("every form of the victim rooms has its guidance beside it", () => {
  const pages = rooms.flatMap((room) =>
    readdirSync(path.join(features, room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .map((file) => `${room}/${file}`),
  );
  const without = pages.filter((page) => {
    const text = readFileSync(path.join(features, page), "utf8");
    return fields.test(text) && !/<Guided\b|screening\.(?:setup\.)?guide/.test(text);
  });
  expect(without.toSorted()).toEqual(Object.keys(otherwise));
});
