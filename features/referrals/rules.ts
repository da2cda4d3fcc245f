// Decisions about consent and about what passes between desks, from values alone (VIC-3, VIC-4).
import type { Id, NodeCode } from "@simpul/model";
import type {
  Consent,
  DataSet,
  Override,
  Recipient,
  ServiceKind,
  SharePurpose,
  ShareKind,
  ShareState,
} from "./contract.ts";
import type { Age } from "../victims/contract.ts";
import type { Terms } from "./terms.ts";

const hour = 3_600_000;

/** The clock of an offer: 2 h where somebody needs a bed tonight, otherwise what the terms say for its kind. */
export function dueAt(
  terms: Terms,
  ask: { what: ShareKind; kind?: ServiceKind; urgent?: boolean },
  now: Date,
): Date {
  const { hours } = terms;
  const clock =
    ask.what === "referral"
      ? ask.urgent === true
        ? hours[ask.kind === "shelter" ? "urgent-shelter" : "urgent"]
        : hours.referral
      : hours[ask.what];
  return new Date(now.getTime() + clock.hours * hour);
}

/** Times in the clear tell the hour and no more. */
export const toHour = (at: Date): Date => new Date(Math.floor(at.getTime() / hour) * hour);

/** What each side may do to a share, and what that makes of it; anything else is refused. */
const steps: Readonly<
  Record<ShareStep, { by: "giver" | "taker"; from: readonly ShareState[]; to: ShareState }>
> = {
  accepted: { by: "taker", from: ["pending"], to: "accepted" },
  rejected: { by: "taker", from: ["pending"], to: "rejected" },
  done: { by: "taker", from: ["accepted"], to: "done" },
  revoked: { by: "giver", from: ["pending", "accepted"], to: "revoked" },
  returned: { by: "giver", from: ["pending"], to: "returned" },
  withdrawn: {
    by: "giver",
    from: ["pending", "accepted", "done", "rejected", "returned", "revoked"],
    to: "withdrawn",
  },
};
export const shareSteps = ["accepted", "rejected", "done", "revoked", "returned", "withdrawn"] as const;
export type ShareStep = (typeof shareSteps)[number];

/**
 * What becomes of a share when somebody takes a step. `ignored`: it crossed with something that stands (an acceptance that
 * was given before a recall of a transfer arrived stands, for at the taker both meet). Null: not theirs to take.
 */
export function moved(
  share: { what: ShareKind; state: ShareState },
  step: ShareStep,
  by: "giver" | "taker",
): { state: ShareState } | "ignored" | null {
  const rule = steps[step];
  if (rule.by !== by) return null;
  if (share.state === rule.to) return "ignored";
  // A person who was taken over is not taken back by a recall; her new desk offers her, or nobody does.
  if (step === "revoked" && share.what === "transfer" && share.state === "accepted") return "ignored";
  return rule.from.includes(share.state) ? { state: rule.to } : "ignored";
}

/**
 * An answer that reached the giver. It was given in time by the taker's word: then it stands, also where silence was
 * noticed first because the line was down. A recall of a referral stands against it; of a transfer it does not.
 */
export function answered(
  share: { what: ShareKind; state: ShareState; due: Date | null },
  step: "accepted" | "rejected" | "done",
  at: Date,
): { state: ShareState } | "ignored" | "late" {
  const rule = steps[step];
  if (rule.from.includes(share.state)) return { state: rule.to };
  if (share.state === "returned")
    return share.due === null || at <= share.due
      ? { state: rule.to }
      : step === "accepted"
        ? "late"
        : "ignored";
  if (share.state === "revoked" && share.what === "transfer" && step === "accepted")
    return { state: "accepted" };
  return "ignored";
}

/** Two desks offer each other the same person: on both sides the offer with the smaller id stands. */
export const stands = (mine: Id, theirs: Id): "mine" | "theirs" => (mine < theirs ? "mine" : "theirs");

export interface ConsentFact {
  id: Id;
  at: string;
  consent: Consent;
}
export interface Facts {
  consents: readonly ConsentFact[];
  /** Ids of consents that she took back. */
  withdrawn: ReadonlyMap<string, string>;
  overrides: readonly {
    id: Id;
    at: string;
    by: string;
    override: Override;
    review: { upheld: boolean } | null;
  }[];
}

const same = (one: Recipient, other: Recipient): boolean =>
  one.kind === "service"
    ? other.kind === "service" && one.id === other.id
    : other.kind === "state" && one.state === other.state;

export interface Sharing {
  recipient: Recipient;
  purpose: SharePurpose;
  data: readonly (DataSet | "file")[];
}

export type Basis =
  | { kind: "consent"; id: Id }
  | { kind: "override"; id: Id }
  | { kind: "none"; because: "NO_CONSENT" | "CONSENT_WITHDRAWN" };

/**
 * What covers this sharing (VIC-3): the latest word about exactly this recipient and purpose counts, and only for the
 * data it names. An override that a second officer did not uphold covers nothing.
 */
export function basisFor(facts: Facts, ask: Sharing): Basis {
  const about = facts.consents
    .filter(({ consent }) => same(consent.recipient, ask.recipient) && consent.purpose === ask.purpose)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const latest = about[0];
  const withdrawn = latest !== undefined && facts.withdrawn.has(latest.id);
  const covers = (data: readonly string[]) =>
    data.includes("file") || ask.data.every((one) => data.includes(one));
  if (latest !== undefined && !withdrawn && latest.consent.answer === "given" && covers(latest.consent.data))
    return { kind: "consent", id: latest.id };
  const override = facts.overrides.find(
    ({ override: one, review }) =>
      review?.upheld !== false &&
      same(one.recipient, ask.recipient) &&
      one.purpose === ask.purpose &&
      covers(one.data),
  );
  if (override !== undefined) return { kind: "override", id: override.id };
  return { kind: "none", because: withdrawn ? "CONSENT_WITHDRAWN" : "NO_CONSENT" };
}

/** Data that this kind of help does not need; empty when the set is limited as it must be. */
export const notNeeded = (terms: Terms, kind: ServiceKind, data: readonly DataSet[]): DataSet[] =>
  data.filter((one) => !terms.kinds[kind].data.includes(one));

/** A child decides with a guardian; one whose age is in doubt counts as a child. */
export const needsGuardian = (age: Age): boolean => age === "child" || age === "doubt";

/** Who looks after her by what was accepted: the last transfer that another state took over, else this state. */
export function ownerBy(
  transfers: readonly { at: string; state: ShareState; to: NodeCode | null; ours: boolean }[],
): NodeCode | null {
  const over = transfers
    .filter((one) => one.state === "accepted")
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  return over?.ours === true ? over.to : null;
}
