// By what a person is looked for in a private search: exact forms alone, for an oblivious function knows no likeness.
import { searchInput, type SearchKind } from "@simpul/match/oprf";
import type { ReviewedPerson } from "../contract.ts";
import { nameKeys } from "../likeness.ts";
import { tagsOfSubject } from "./wire.ts";

export interface SearchKey {
  kind: SearchKind;
  value: string;
}

/**
 * Documents and phones first, then names as they may be spelled, each with the whole day of birth: so many people share
 * a name that alone it says nothing. At most as many as a question has room for.
 */
export function searchKeys(person: ReviewedPerson): SearchKey[] {
  const names = person.names.flatMap(({ text, romanised }) => [text, romanised ?? ""]);
  const birth = person.birth !== null && /^\d{4}-\d{2}-\d{2}$/.test(person.birth) ? person.birth : null;
  const all: SearchKey[] = [
    ...person.documents.map((value) => ({ kind: "document" as const, value })),
    ...person.phones.map((value) => ({ kind: "phone" as const, value })),
    ...(birth === null
      ? []
      : [...new Set(names.flatMap(nameKeys))].map((name) => ({
          kind: "name-birth" as const,
          value: `${name}|${birth}`,
        }))),
  ];
  return all.filter((one) => one.value.trim() !== "" && one.value.length <= 400).slice(0, tagsOfSubject);
}

export const inputOf = (key: SearchKey): Uint8Array => searchInput(key.kind, key.value);
