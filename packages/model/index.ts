// Records, codes, identifiers and clocks of the law: the words of the house as types.
export * from "./actors.ts";
export * from "./clock.ts";
export * from "./codes.ts";
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./states.ts";
export { afterWorked, isWorked, workedBetween, type WorkCalendar } from "./workdays.ts";
export { Wristband } from "./wristband.ts";
