// What a feature may ask of the store: reading and writing in somebody's name, blobs, jobs, outgoing envelopes.
import type { Actor, Digest, Id, NodeCode, Purpose } from "@simpul/model";
import type { Kysely } from "kysely";

/** In whose name, what for, and (where there is one) in which case. */
export interface Standing {
  actor: Actor;
  purpose: Purpose;
  case?: Id;
}

/** Names the record a leaf or a read note is about; only identifiers and plain facts, never content. */
export interface About {
  /** The record itself. */
  id?: Id;
  /** The case it belongs to; by this the activity of a case is found. */
  case?: Id;
  [fact: string]: string | number | boolean | null | undefined | string[];
}

/**
 * Sees what row security shows this actor, and cannot change a row. A feature names its own tables with
 * `db.rows.withTables<CaseTables>()`.
 */
export interface Reader {
  readonly rows: Kysely<unknown>;
  /**
   * The same rows, for a statement whose text never changes and which is asked all the time: each connection plans it
   * once, for any values, and keeps the plan. Where row security joins many tables, planning takes longer than running
   * (the inbox: 40 ms of 45). What follows in this look is planned for any values too, so lists that live by their
   * values (a limit, an array) are asked by `rows` in a look of their own.
   */
  readonly kept: Kysely<unknown>;
  readonly standing: Standing;
  /**
   * Says why the policy allows it (message ids of packages/policy/words): every note of this look carries it as
   * `because`, so that oversight later reads the reason and not only the act.
   */
  allowed(because: readonly string[]): void;
  /** Says what was read (`case.viewed`); kept in the read log before any row is handed out (AUD-1). */
  noteRead(kind: string, about: About): void;
}

/** The only handle that can change rows. */
export interface Writer {
  readonly rows: Kysely<unknown>;
  readonly standing: Standing;
  /** The time of this transaction, the same for all its rows. */
  readonly at: Date;
  newId(): Id;
  /** Says why the policy allows it; every leaf of this transaction carries it as `because`. */
  allowed(because: readonly string[]): void;
  /**
   * Notes a leaf (`case.opened`): kept in this transaction, given its place in the ledger by the sequencer.
   * `digest` binds the leaf to a signed statement where there is one.
   */
  note(kind: string, about: About & { digest?: Digest }): void;
  /** Puts a job into the queue, in this transaction. */
  enqueue(job: NewJob): Promise<void>;
  /** Puts an outgoing envelope into the outbox, in this transaction. */
  send(out: NewOutgoing): Promise<void>;
}

export interface NewJob {
  kind: string;
  payload: unknown;
  /** One waiting job per key: a second one with the same key changes nothing. */
  key?: string;
  runAfter?: Date;
}

/** An envelope before it is sealed: exchange signs and encrypts it just before sending. */
export interface NewOutgoing {
  id: Id;
  to: NodeCode;
  kind: string;
  body: unknown;
  /** Attachments by digest of their plain bytes. */
  attachments?: Digest[];
  /** Leaves before what waits without a number. */
  urgent?: boolean;
}

export interface Store {
  /**
   * Runs `fn` under the actor's row security in a read-only transaction, keeps its read notes, then gives its
   * result, or throws what it threw. Throws `StoreError("NO_READ_NOTE")` when an officer or a peer read without noting what.
   */
  read<T>(standing: Standing, fn: (db: Reader) => Promise<T>): Promise<T>;
  /**
   * Runs `fn` in one transaction and commits it with its leaves, or not at all. Throws
   * `StoreError("NO_LEAF")` when rows changed and no leaf was noted. Serialisation failures and deadlocks are tried
   * again, so `fn` may run more than once and changes nothing but rows.
   */
  write<T>(standing: Standing, fn: (tx: Writer) => Promise<T>): Promise<T>;
}
