// What a thing is called on the page: its own title; a link, who is linked with whom.
import type { Words } from "@simpul/doors/i18n";
import { linkSays } from "../../cases/contract.ts";
import type { ThingView } from "../contract.ts";

export function titleIn(words: Words, of: Pick<ThingView, "kind" | "title" | "ends">): string {
  if (of.title === "") return words.say(`joint.kind.${of.kind}`);
  if (of.kind !== "link") return of.title;
  // Taken back, it names nobody any more.
  return of.ends === undefined
    ? words.say(`cases.link.kind.${of.title}`)
    : linkSays(words, of.title, of.ends);
}
