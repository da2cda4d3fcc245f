// What it takes to check a proof, and nothing more: the part of the ledger that the offline verifier reaches.
export * from "./checkpoint.ts";
export * from "./errors.ts";
export * from "./leaf.ts";
export * from "./merkle.ts";
export * from "./policy.ts";
export * from "./policy-keys.ts";
export * from "./proof-file.ts";
