// What detect refuses: texts past its limits, bytes that are no model; everything else it reads as well as it can.
import { SimpulError } from "@simpul/model";

export type DetectCode = "TEXT_TOO_LONG" | "PIECE_TOO_SMALL" | "MODEL_UNREADABLE";
export class DetectError extends SimpulError<DetectCode> {}

/** UTF-16 units that one call reads; longer texts come in pieces (see `findInPieces`). */
export const longestText = 4_000_000;
