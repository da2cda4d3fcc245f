// The one-page note of a space, and what each named party said to it: signed, sent to all, kept by every party's node.
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Clause } from "./clauses.ts";
import type { ThingKind } from "./things.ts";

export const backfills = ["all", "from-approval"] as const;
/** What a party that approves later is given of what was put in before (rule 12.4). */
export type Backfill = (typeof backfills)[number];

/** JIT-1 on one page. That note is the policy of its space: what it does not allow is refused by machine. */
export interface Note {
  space: Id;
  /** 1, 2, …: an extension is the next version, approved again. */
  version: number;
  /** Who wrote it: the one writer of all its versions. */
  proposer: NodeCode;
  parties: NodeCode[];
  title: string;
  facts: string;
  offences: string[];
  /** Days, both in UTC and both included. */
  from: string;
  until: string;
  /** Which kinds may be put in (JIT-4). */
  share: ThingKind[];
  backfill: Backfill;
  /** Among the parties H1 is lifted for what each contributes of its own: it may go to court there without asking. */
  court: boolean;
  /** Who leads where (JIT-1): a state, and its place or part in words. */
  leads: { state: NodeCode; part: string }[];
  /** Nodes of coordination units: each party tells them figures of its own part, nothing about anybody. Absent for none. */
  coordination?: NodeCode[];
  /** Clauses of a full agreement, in its order, none without words. Absent for none. */
  clauses?: Clause[];
  /** Each party's lawyer clears it before that party signs (JIT-2). Absent where none has to. */
  clearance?: true;
  /** Days after the end within which each party confirms what it keeps; then everything goes (JIT-8). */
  purgeDays: number;
}

export type NoteDraft = Omit<Note, "space" | "version" | "proposer">;

/** One party's yes: signed over the digest of the note by its node, in the name of a liaison officer. */
export interface Approval {
  space: Id;
  version: number;
  digest: Digest;
  party: NodeCode;
  officer: string;
  office: string;
  at: string;
}

export const outKinds = ["declined", "withdrawn", "removed"] as const;
/** JIT-2: a party's own part rests, and goes on. */
export const restKinds = ["suspended", "resumed"] as const;
export const endingKinds = [...outKinds, ...restKinds] as const;
export type EndingKind = (typeof endingKinds)[number];
/** One party says that a party is out: itself, or another (which takes two to count); or that its own part rests or goes on. */
export interface Ending {
  space: Id;
  party: NodeCode;
  by: NodeCode;
  kind: EndingKind;
  reason: string;
  officer: string;
  at: string;
}

/** What a party kept of a space, thing by thing, signed: after that its copy goes (JIT-8). */
export interface Confirmation {
  space: Id;
  party: NodeCode;
  officer: string;
  at: string;
  /** Identifier and digest of every thing that it downloaded. */
  list: { id: Id; digest: Digest }[];
}

/** A statement with its signature (DSSE, as text), the way it is stored, sent and shown for proof. */
export interface Signed<T> {
  says: T;
  signed: string;
}

export const phases = ["draft", "proposed", "open", "suspended", "ended", "purged", "archived"] as const;
/**
 * Suspended: our part rests, or too many others' do. Ended: over, withdrawn from, or not enough parties left; what lies in it
 * is read until it is wound down. Archived: wound down, and we evaluated it.
 */
export type Phase = (typeof phases)[number];
/** What lay in it is not there any more. */
export const isGone = (phase: Phase): boolean => phase === "purged" || phase === "archived";
