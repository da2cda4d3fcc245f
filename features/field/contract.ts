// What others may see of the field phones: their shapes, their terms, what goes wrong, and what the server passes in.
import { SimpulError, type Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import type { DeskKey } from "../victims/contract.ts";

export type FieldCode =
  | "NOT_FOUND"
  | "NO_DESK_KEY"
  | "PHONE_REVOKED_ALREADY"
  | "PHONE_NOT_PROVEN"
  | "TOO_MUCH_TODAY"
  | "TOO_MANY_PHONES"
  | "NOT_FOR_THIS_PURPOSE";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const fieldRefusals: Readonly<Record<FieldCode, 403 | 404 | 409 | 422 | 429>> = {
  NOT_FOUND: 404,
  NO_DESK_KEY: 409,
  PHONE_REVOKED_ALREADY: 409,
  PHONE_NOT_PROVEN: 403,
  TOO_MUCH_TODAY: 429,
  TOO_MANY_PHONES: 409,
  NOT_FOR_THIS_PURPOSE: 403,
};

export class FieldError extends SimpulError<FieldCode> {}

/** The state's own rules for phones in the field (features/field/field.json); versioned data. */
export interface FieldTerms {
  version: string;
  /** Fewest digits or letters of a PIN. */
  pinLength: number;
  /** Wrong PINs after which what is being worked on is destroyed. */
  attempts: number;
  /** Hours without a PIN after which what is being worked on is destroyed. */
  wipeAfterHours: number;
  /** Minutes after which an untouched phone locks itself. */
  lockAfterMinutes: number;
  /** Screenings sent at once. */
  batch: number;
  /** Entries that one phone may leave in a day. */
  perDay: number;
  /** Phones that one officer may have at once. */
  phones: number;
}

/** An EC P-256 public key as JWK (RFC 7518). */
export interface JsonWebKeyLike {
  kty: string;
  crv?: string;
  x?: string;
  y?: string;
}

/** What a phone says when it becomes one of this node's. */
export interface AskPhone {
  name: string;
  /** Its own ECDSA P-256 public key; the private half never leaves it. */
  key: JsonWebKeyLike;
}

/** What it is given. */
export interface Enrolled {
  id: Id;
  node: { code: string; name: string; exercise: boolean };
  officer: { id: Id; name: string };
  sealTo: DeskKey;
  terms: FieldTerms;
}

/** One sealed entry as it leaves the phone; `person` is an id that says nothing. */
export interface SealedEntry {
  id: Id;
  person: Id;
  jwe: string;
}

/** What a phone says at each contact; signed by its key (rules.ts `contactMessage`). */
export interface AskContact {
  phone: Id;
  /** The phone's own time. */
  at: string;
  entries: SealedEntry[];
  /** The phone destroyed what it held, on order. */
  wiped?: boolean;
}

/** What it hears back. */
export interface Contact {
  taken: Id[];
  /** Came before; nothing was doubled. */
  known: Id[];
  /** Destroy what is being worked on, and forget this node. */
  wipe: boolean;
  sealTo: DeskKey | null;
  terms: FieldTerms;
}

/** A phone as the victim desk's list shows it. */
export interface Phone {
  id: Id;
  name: string;
  officer: { id: Id; name: string };
  since: string;
  lastContact: string | null;
  /** How many entries it left, in all. */
  left: number;
  revoked: { at: string; by: string; wiped: string | null; after: number } | null;
  may: "revoke"[];
}

export type { DeskKey };
export { fieldKinds, metKind } from "./kinds.ts";
export type { Met } from "./kinds.ts";

/** What the compartment does for phones; the server passes it in. */
export interface FieldIntake {
  /** Null: the desk has no key yet. */
  sealTo(): Promise<DeskKey | null>;
  /** Leaves what was sealed; idempotent on the entry's id. */
  leave(tx: Writer, sealed: readonly SealedEntry[]): Promise<{ taken: Id[]; known: Id[] }>;
}
