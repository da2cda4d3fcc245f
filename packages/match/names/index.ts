// Names across the region's scripts: romanised, compared, keyed.
export { nameBirthKey } from "./name-birth.ts";
export { compareNames, compareParts, jaroWinkler, nameKeys } from "./compare.ts";
export type { Likeness, NameMatch } from "./compare.ts";
export { partsOf, romanise, skeleton } from "./romanise.ts";
export { nameIn } from "./in-text.ts";
