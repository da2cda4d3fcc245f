// Who may do what, and why: Cedar policies in words of the work, asked one act at a time.
export * from "./acts.ts";
export * from "./decide.ts";
export * from "./demand.ts";
export * from "./errors.ts";
export type { CedarEngine } from "./load.ts";
export * from "./others.ts";
export * from "./purposes.ts";
export * from "./records.ts";
export * from "./two-persons.ts";
