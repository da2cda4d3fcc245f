// Which notes a letter takes as it stands.
import type { RequestState } from "../requests/contract.ts";
import type { LetterAct } from "./contract.ts";

/** An answer may come to a letter that nobody acknowledged; more may come after an answer, until it is closed. */
export function mayOf(state: RequestState): LetterAct[] {
  switch (state) {
    case "queued":
      return ["posted"];
    case "posted":
      return ["acknowledged", "answer", "refused"];
    case "delivered":
      return ["answer", "refused"];
    case "answered":
    case "refused":
      return ["answer"];
    default:
      return [];
  }
}
