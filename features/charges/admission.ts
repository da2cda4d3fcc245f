// Admissibility from values alone: which needs each exhibit has before which court, what meets them by itself, who can give the rest.
import type { NodeCode } from "@simpul/model";
import { asksOf, exhibitNeeds, lawOf, type ExhibitNeed, type LawByState } from "../offences/contract.ts";
import type { Admission, Exhibit, GapKind } from "./contract.ts";

export type Written = Omit<Admission, "by" | "giver" | "stands"> & {
  stands: Exclude<Admission["stands"], "open">;
};
type Judged = Pick<Exhibit, "id" | "kind" | "originator" | "digest" | "disclosure">;

/** Two states whose courts read one language. */
const sameLanguage = (law: Pick<LawByState, "states">, one: NodeCode, other: NodeCode): boolean => {
  const read = lawOf(law, other)?.court.languages ?? [];
  return (lawOf(law, one)?.court.languages ?? []).some((each) => read.includes(each));
};

/** What a court of that state asks of what comes from here or there. */
function asked(
  law: Pick<LawByState, "states" | "asks">,
  court: NodeCode,
  of: Judged,
  from: NodeCode,
): ExhibitNeed[] {
  const foreign = from !== court;
  return exhibitNeeds.filter((need) => {
    const asks = asksOf(law, court, need);
    return asks === "all" || (asks === "items" && of.kind === "item") || (asks === "foreign" && foreign);
  });
}

/** Each need of each exhibit that is to be used; the newest that was written about one counts. */
export function admissionsOf(
  law: Pick<LawByState, "states" | "asks">,
  own: NodeCode,
  courts: readonly NodeCode[],
  exhibits: readonly Judged[],
  written: readonly Written[],
): Admission[] {
  return courts.flatMap((court) =>
    exhibits
      .filter((one) => one.disclosure !== "unused")
      .flatMap((one) => {
        const from = one.originator ?? own;
        return asked(law, court, one, from).map((need): Admission => {
          const giver = need === "translation" ? own : from;
          const newest = written.findLast(
            (each) => each.exhibit === one.id && each.court === court && each.need === need,
          );
          if (newest !== undefined) return { ...newest, by: "officer", giver };
          const by =
            need === "certificate" && one.digest !== null
              ? ("bundle" as const)
              : need === "translation" && sameLanguage(law, court, from)
                ? ("language" as const)
                : null;
          return {
            ...{ exhibit: one.id, court, need, stands: by === null ? "open" : "met", by, says: "", giver },
            ...{ state: null, task: null, due: null },
          };
        });
      }),
  );
}

/** What still stands between the exhibits and that court. */
export const openAdmissions = (all: readonly Admission[], court: NodeCode): Admission[] =>
  all.filter(
    (one) =>
      one.court === court && (one.stands === "open" || one.stands === "asked" || one.stands === "no-law"),
  );

/** As which gap of the law it counts that a need cannot be met (STAT: by kind alone). */
export const gapOfNeed = (need: ExhibitNeed): GapKind =>
  need === "certificate" ? "no-electronic-evidence" : need === "witness" ? "no-early-testimony" : "other";

/** Courts for which the file is looked at: our own, and those of states that gave or asked. */
export const courtsOf = (own: NodeCode, peers: readonly NodeCode[]): NodeCode[] => [
  ...new Set([own, ...peers]),
];
