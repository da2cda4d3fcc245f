// What enters the log: a salted hash, provable for ever and forgettable by destroying salt and record (decision 6).
import { concat } from "@simpul/seal";
import type { Hash } from "./merkle.ts";

/** Bytes of salt; the store draws them afresh for each leaf. */
export const saltBytes = 32;

/** SHA-256(salt || SHA-256(record)): 32 bytes that tell nothing without the salt. */
export const saltedLeaf = (salt: Uint8Array, record: Uint8Array, { hash }: Hash): Uint8Array =>
  hash(concat(salt, hash(record)));
