// Screening at this node: what it is given of the compartment, and how a look at answers is noted.
import { wordsFromFiles } from "@simpul/doors/i18n/node";
import { pickLocale, type Locale, type Words } from "@simpul/doors/i18n";
import { broughtOf } from "@simpul/features/referrals/brought.ts";
import type { ScreeningNode } from "@simpul/features/screening/node.ts";
import { readSets } from "@simpul/features/screening/sets.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import { entriesOf } from "@simpul/features/victims/contract.ts";
import { seenKind } from "@simpul/features/victims/kinds.ts";
import type { VictimsNode } from "@simpul/features/victims/node.ts";
import { screeningRefusals } from "@simpul/features/screening/contract.ts";
import { screeningRoutes } from "@simpul/features/screening/routes.ts";
import type { Room } from "./room.ts";

/** Within which a second look of the same officer is the same look, in milliseconds. */
const sameLook = 3_600_000;
const folder = new URL("../../features/screening/words/", import.meta.url);

export function screeningNode(victims: VictimsNode): ScreeningNode {
  const read = new Map<Locale, Words>();
  const wordsIn = (locale: Locale): Words => {
    const words = read.get(locale) ?? wordsFromFiles(locale, [folder]);
    read.set(locale, words);
    return words;
  };
  return {
    compartment: compartmentOf(victims),
    sets: readSets(),
    directory: victims.directory,
    brought: broughtOf,
    async looked(desk, who, id) {
      const person = desk.person(id);
      if (person === null) return;
      const since = new Date(victims.clock.now().getTime() - sameLook).toISOString();
      const before = entriesOf(person, seenKind).some(
        ({ at, by, data }) => at > since && by.officer === who.officer.id && data.what.includes("screenings"),
      );
      if (!before)
        await desk.act((tx) => tx.append(person.id, seenKind, { what: ["screenings"], reason: "" }));
    },
    say: (locale, key, values) => wordsIn(pickLocale([locale])).say(key, values),
  };
}

export const screeningRoom = (screening: ScreeningNode): Room => ({
  doors: [["/api/screening", screeningRoutes(screening)]],
  refusals: screeningRefusals,
});
