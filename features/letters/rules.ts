// Which notes a letter takes as it stands.
import type { RequestState } from "../requests/contract.ts";
import type { LetterAct, LetterSubject } from "./contract.ts";

/** What brings the answer to each, likeliest first. A refusal of a recall or a permission is one of its answers. */
const answers: Readonly<Record<LetterSubject, LetterAct[]>> = {
  request: ["answer", "refused"],
  recall: ["recalled"],
  permission: ["permitted"],
};

/** An answer may come to a letter that nobody acknowledged; to a request more may come after it, until it is closed. */
export function mayOf({ about, state }: { about: LetterSubject; state: RequestState }): LetterAct[] {
  switch (state) {
    case "queued":
      return ["posted"];
    case "posted":
      return ["acknowledged", ...answers[about]];
    case "delivered":
      return answers[about];
    case "answered":
    case "refused":
      return about === "request" ? ["answer"] : [];
    default:
      return [];
  }
}
