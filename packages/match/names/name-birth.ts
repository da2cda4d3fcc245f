// Name and day of birth in one key, for comparing without showing either.
import { partsOf, skeleton } from "./romanise.ts";

/** The same whatever the order of the names and the script; null where either is missing. `birth` is an ISO day. */
export function nameBirthKey(name: string, birth: string | null): string | null {
  const bones = partsOf(name)
    .map(skeleton)
    .filter((one) => one.length >= 2)
    .sort();
  return birth === null || bones.length === 0 ? null : `${bones.join("+")} ${birth}`;
}
