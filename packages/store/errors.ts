// The refusals of the store and of its database server, by name.
import { SimpulError } from "@simpul/model";

export type StoreCode =
  | "NO_LEAF"
  | "NO_READ_NOTE"
  | "READ_ONLY"
  | "NOT_IN_HERE"
  | "TRANSACTION_LOST"
  | "BUSY"
  | "UNREACHABLE"
  | "CLOSED"
  | "TOO_OLD_DATABASE"
  | "MIGRATION_CHANGED"
  | "MIGRATION_MISSING"
  | "MIGRATION_FAILED"
  | "BAD_MIGRATION"
  | "TOO_LARGE"
  | "NUMBER_TOO_LARGE"
  | "NO_JOB"
  | "BAD_JOB"
  | "BAD_QUERY"
  | "FROZEN";

/** A refusal or a broken promise of the store. */
export class StoreError extends SimpulError<StoreCode> {}

export type LauncherCode =
  "NO_BINARIES" | "NO_ACCOUNT" | "NO_PLACE" | "NOT_OURS" | "OTHER_VERSION" | "DID_NOT_START" | "BAD_NAME";

/** The database server that ships with Simpul cannot run here; the message says why. */
export class LauncherError extends SimpulError<LauncherCode> {}
