// What others may know of evidence: items, readings, findings, their states and refusals.
export * from "./contract/refusals.ts";
export * from "./contract/reading.ts";
export * from "./contract/items.ts";
export * from "./contract/findings.ts";
export * from "./contract/custody.ts";
export * from "./contract/intake.ts";
export * from "./contract/exports.ts";
export * from "./contract/others.ts";
export * from "./contract/proof.ts";
