// What a wrong setting is refused with.
import { SimpulError } from "@simpul/model";

/** A setting that is missing or wrong; the message names it and says what it should be. */
export class SettingsError extends SimpulError<"BAD_SETTING"> {}
