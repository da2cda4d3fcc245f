// What a letter says of each person, number, place, event, relation and item that goes with it.
import type { SharedFields, SharedItem, SharedRecord } from "../requests/contract.ts";
import type { Speaker } from "./words-of.ts";

export interface Described {
  id: string;
  /** `kind.<kind>`, then a role or a type. */
  kind: string;
  sort: [list: string, code: string] | null;
  title: string;
  /** Free of words: birth, states, when. */
  details: string[];
  link: string;
}

const namesOf = (names: readonly { text: string; alias?: boolean }[]): string =>
  names.map((one) => one.text).join(" / ");

/** Codes stay codes: each language of the letter has its own words for them. */
export function describe(record: SharedRecord, all: readonly SharedRecord[]): Described {
  const base = { id: record.id, kind: record.kind, link: record.link, sort: null, details: [] };
  switch (record.kind) {
    case "subject": {
      const { names, pseudonym, birth, nationalities, role } = record.fields as SharedFields["subject"];
      const details = [birth === null ? "" : `* ${birth}`, nationalities.join(", ").toUpperCase()].filter(
        (one) => one !== "",
      );
      return { ...base, sort: ["holder", role], title: namesOf(names) || (pseudonym ?? ""), details };
    }
    case "selector": {
      const { type, written, canonical } = record.fields as SharedFields["selector"];
      const details = written !== "" && written !== canonical ? [canonical] : [];
      return { ...base, sort: ["selector", type], title: written === "" ? canonical : written, details };
    }
    case "place": {
      const { names, country, province } = record.fields as SharedFields["place"];
      const where = [province, country.toUpperCase()].filter((one) => one !== "");
      return { ...base, title: namesOf(names), details: where };
    }
    case "event": {
      const { title, began, ended } = record.fields as SharedFields["event"];
      return { ...base, title, details: [began, ended].filter((one) => one !== null) };
    }
    case "link": {
      const { from, to } = record.fields as SharedFields["link"];
      const called = (id: string): string => {
        const found = all.find((one) => one.id === id);
        return found === undefined ? "?" : describe(found, []).title;
      };
      return { ...base, title: `${called(from)} – ${called(to)}` };
    }
  }
}

export const describeItem = (item: SharedItem): Described => ({
  id: item.id,
  kind: "item",
  sort: null,
  title: item.fileName,
  details: [`${String(item.size)} B`, `SHA-256 ${item.digest}`],
  link: item.link,
});

/** `Person or organisation, suspect`, in one of the letter's languages. */
export function kindWords(of: Described, { say, code }: Speaker): string {
  const sort = of.sort === null ? null : (code(...of.sort) ?? of.sort[1]);
  return sort === null ? say(`kind.${of.kind}`) : `${say(`kind.${of.kind}`)}, ${sort}`;
}
