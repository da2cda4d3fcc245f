// Matching without showing: normalising profiles and the private check.
export * from "./oprf/index.ts";
export * from "./profiles/index.ts";
