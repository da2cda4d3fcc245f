// Doors of other features by which a script's events come in, exactly as such an event would come in earnest.
import {
  answerWays,
  dangers,
  howMany,
  longest,
  pageLanguages,
  type Said,
} from "@simpul/features/distress/contract.ts";
import { keepSaid } from "@simpul/features/distress/keep.ts";
import type { DistressNode } from "@simpul/features/distress/node.ts";
import type { Door } from "@simpul/features/exercises/scripts.ts";

const isOne = <T extends string>(of: readonly T[], text: string | undefined): text is T =>
  (of as readonly (string | undefined)[]).includes(text);

type What = Readonly<Record<string, string>>;

/** What a held person writes; null where it says what the page could not send. */
function saidIn({ language, where = "", more = "", many, danger, answer }: What): Said | null {
  const sound =
    isOne(pageLanguages, language) &&
    where !== "" &&
    where.length <= longest.where &&
    more.length <= longest.more &&
    (many === undefined || isOne(howMany, many)) &&
    (danger === undefined || isOne(dangers, danger)) &&
    (answer === undefined || isOne(answerWays, answer));
  if (!sound) return null;
  return {
    ...{ language, where, more, many: many ?? null, danger: danger ?? null, answer: answer ?? "code" },
    ...{ child: false, contact: "", not: [], notOther: "", for: "me", call: null },
  };
}

/** The page for a held person: sealed to the emergency desk, with its clock and its number. */
export const callDoor = (distress: DistressNode): Door => ({
  fits: (what) => saidIn(what) !== null,
  async enter(what, once) {
    const said = saidIn(what);
    if (said === null) return "NO_DOOR_FOR_IT";
    if ((await distress.sealTo()) === null) return "NO_DESK_KEY";
    return (await keepSaid(distress, { said, cut: false, slowed: false, once })) === null ? "BUSY" : null;
  },
});
