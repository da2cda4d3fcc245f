// What others may know of cases: their shapes, refusals, and the acts that features hand each other.
export * from "./contract/refusals.ts";
export * from "./contract/records.ts";
export * from "./contract/case.ts";
export * from "./contract/between.ts";
export * from "./contract/link-words.ts";
