// The clocks of a track: by when a service that said yes has taken which step, as this state's terms have it (VIC-4).
import { entriesOf, type DueDay, type Person } from "../victims/contract.ts";
import type { NextOnTrack, ServiceKind, TrackClock } from "./contract.ts";
import { referralKind, stepKind } from "./kinds.ts";
import type { Terms } from "./terms.ts";

const hour = 3_600_000;

/** This state's clocks of a kind of help: its own in the place of those that stand for all, step by step of the track. */
export function clocksOf(terms: Terms, state: string, kind: ServiceKind): TrackClock[] {
  const { steps, clocks } = terms.kinds[kind];
  const own = terms.states[state]?.tracks[kind]?.clocks ?? [];
  return steps.flatMap(
    (step) => own.find((one) => one.step === step) ?? clocks.find((one) => one.step === step) ?? [],
  );
}

/** What is counted: which help, since when the service agreed, and the steps noted since. */
export interface OnTrack {
  kind: ServiceKind;
  acceptedAt: string;
  noted: readonly string[];
}

/** The next step with a clock; null once it, or a later one, was noted for each, and when the help is done. */
export function nextOnTrack(terms: Terms, state: string, on: OnTrack): NextOnTrack | null {
  if (on.noted.some((step) => ["done", "rejected", "told-to-stop"].includes(step))) return null;
  const steps: readonly string[] = terms.kinds[on.kind].steps;
  const furthest = Math.max(...on.noted.map((step) => steps.indexOf(step)), -1);
  const next = clocksOf(terms, state, on.kind).find(({ step }) => steps.indexOf(step) > furthest);
  if (next === undefined) return null;
  const { step, source, confirmed } = next;
  const due = new Date(new Date(on.acceptedAt).getTime() + next.hours * hour).toISOString();
  return { step, due, source, confirmed };
}

/** What her book alone says is due: of a service whose yes the desk wrote down. Who answered by a link stands on the board. */
export const tracksDue =
  (terms: Terms, state: string) =>
  (person: Person): DueDay[] => {
    const steps = entriesOf(person, stepKind);
    return entriesOf(person, referralKind).flatMap(({ data }) => {
      const of = steps.filter((one) => one.data.share === data.share);
      const agreed = of.find((one) => one.data.step === "accepted");
      if (agreed === undefined) return [];
      const noted = of.map((one) => one.data.step);
      const next = nextOnTrack(terms, state, { kind: data.given.kind, acceptedAt: agreed.at, noted });
      if (next === null) return [];
      return [{ on: next.due.slice(0, 10), words: "referrals.track.waits", to: `/referrals/${data.share}` }];
    });
  };
