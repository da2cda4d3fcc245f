// The refusals of the blob store, by name.
import { SimpulError } from "@simpul/model";

export type BlobCode = "NO_BLOB" | "TOO_LARGE" | "DISK_FULL" | "DAMAGED" | "WRONG_DIGEST" | "BAD_RANGE";

/** Bytes cannot be taken in, are not there, or are not what they were. */
export class BlobError extends SimpulError<BlobCode> {}
