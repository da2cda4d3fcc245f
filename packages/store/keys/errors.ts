// The refusals of keys, by name.
import { SimpulError } from "@simpul/model";

export type KeyCode = "BAD_KEY" | "LOOSE_KEY_FILE" | "KEY_EXISTS" | "NO_KEY" | "WRONG_KEY";

/** A key is missing, damaged, readable by others, or not the one. */
export class KeyError extends SimpulError<KeyCode> {}
