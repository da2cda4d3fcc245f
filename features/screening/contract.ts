// What others may know of screening: sets of questions, answers, what the rule says; the flow lies in contract/flow.tsx.
export * from "./contract/desk.ts";
export * from "./contract/set.ts";
export * from "./contract/told.ts";
export { presume, standing } from "./rules.ts";
