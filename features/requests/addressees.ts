// Everybody to whom a request goes: states by their nodes, and those who get it as a letter.
import { NodeCode } from "@simpul/model";
import type { AskDraft } from "./contract.ts";

type Asked = Pick<AskDraft, "to" | "letters">;

/** Everybody it goes to: by node, or as a letter. */
export function addresseesOf(draft: Asked): { peer: NodeCode; correspondent: string | null }[] {
  return [
    ...draft.to.map((peer) => ({ peer, correspondent: null })),
    ...(draft.letters ?? []).map((code) => ({ peer: NodeCode.parse(code.slice(0, 2)), correspondent: code })),
  ];
}

/** The states that will know of it, however it reaches them: terms bind towards all of them alike (HC-6). */
export const recipientsOf = (draft: Asked): NodeCode[] => [
  ...new Set(addresseesOf(draft).map((one) => one.peer)),
];
