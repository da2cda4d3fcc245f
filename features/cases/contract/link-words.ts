// What a link says: who is linked with whom, and how.
import type { Words } from "@simpul/doors/i18n";

/** What the two things of a link are called; null for one that is not named where the link is read. */
export interface LinkEnds {
  from: string | null;
  to: string | null;
}

/** In words; `kind` is the link's code. */
export function linkSays({ say }: Pick<Words, "say">, kind: string, ends: LinkEnds): string {
  const named = (end: string | null): string => end ?? say("cases.link.unnamed");
  return say("cases.link.says", {
    ...{ from: named(ends.from), to: named(ends.to) },
    how: say(`cases.link.kind.${kind}`),
  });
}
