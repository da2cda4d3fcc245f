// What the private check refuses, by name.
import { SimpulError } from "@simpul/model";

export type OprfCode =
  | "NOT_AN_ELEMENT"
  | "NOT_A_SCALAR"
  | "BAD_LENGTH"
  | "BAD_PROOF"
  | "TOO_MANY"
  | "TOO_LONG"
  | "EMPTY"
  | "KEY_UNUSABLE"
  | "ENGINE_UNFIT"
  | "NOT_A_FILTER"
  | "FILTER_ALTERED"
  | "NOT_A_FILTER_HEADER";

/** Something in the private check is not what it must be; the other side is not believed. */
export class OprfError extends SimpulError<OprfCode> {}
