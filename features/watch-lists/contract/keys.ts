// By what somebody on a list is found, and which entries may alert: the same here and at the border.
import { partsOf, skeleton } from "@simpul/match/names";

/** EV-6: graded C, X or 4 it is shown to who keeps the list, and alone gives no alert. */
export const isWeak = (evaluation: string): boolean => /[CX4]/.test(evaluation);

/** A document's number under its issuer, whatever kind of paper it is on: `PHL:P1234567A`. */
export const documentKey = (canonical: string): string => canonical.split(":").slice(1).join(":");

/** Name and day of birth in one key, the same whatever the order of the names; null where either is missing. */
export function nameBirthKey(name: string, birth: string | null): string | null {
  const bones = partsOf(name)
    .map(skeleton)
    .filter((one) => one.length >= 2)
    .sort();
  return birth === null || bones.length === 0 ? null : `${bones.join("+")} ${birth}`;
}
