// The transparency log as formats and arithmetic; keeping it durable is the store's work.
export * from "./checkpoint.ts";
export * from "./consistency.ts";
export * from "./cosign.ts";
export * from "./cosigner.ts";
export * from "./entry-file.ts";
export * from "./errors.ts";
export * from "./leaf.ts";
export * from "./merkle.ts";
export * from "./policy.ts";
export * from "./policy-keys.ts";
export * from "./proof-file.ts";
export * from "./proof-print.ts";
export * from "./prove.ts";
export * from "./tiles.ts";
