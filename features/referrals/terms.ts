// Clocks, kinds of help with the data each needs, and each state's track: configuration with its sources (VIC-4).
import { readFileSync } from "node:fs";
import { z } from "zod";
import { dataSets, serviceKinds, trackSteps, type ServiceKind } from "./contract.ts";

const Clock = z.strictObject({
  hours: z
    .number()
    .int()
    .min(1)
    .max(24 * 90),
  source: z.string().min(1).max(300),
  confirmed: z.boolean(),
});
/** Each has its word in every language. */
const step = z.enum(trackSteps);
/** By when a step of the track is taken, in hours from the service's yes. */
const TrackClocks = z.array(Clock.extend({ step }));
const Track = z.strictObject({
  hotline: z.string().max(60).exactOptional(),
  clocks: TrackClocks.exactOptional(),
  note: z
    .string()
    .regex(/^[a-z-]{1,60}$/)
    .exactOptional(),
  source: z.string().min(1).max(300),
  confirmed: z.boolean(),
});
const Terms = z
  .strictObject({
    version: z.string().min(1).max(40),
    source: z.string().min(1).max(500),
    hours: z.strictObject({
      referral: Clock,
      "urgent-shelter": Clock,
      urgent: Clock,
      transfer: Clock,
      proposal: Clock,
      missing: Clock,
      nationality: Clock,
      acknowledge: Clock,
      "review-override": Clock,
    }),
    kinds: z.record(
      z.enum(serviceKinds),
      z.strictObject({
        data: z.array(z.enum(dataSets)).min(1),
        steps: z.array(step).min(1),
        clocks: TrackClocks,
      }),
    ),
    states: z.record(
      z.string().regex(/^[a-z]{2}$/),
      z.strictObject({
        lead: z.string().max(300),
        tracks: z.partialRecord(z.enum(serviceKinds), Track),
      }),
    ),
  })
  .superRefine(({ kinds, states }, ctx) => {
    // A clock of a step that the track does not have would never run.
    const onTrack = (kind: ServiceKind, clocks: readonly { step: string }[], at: string[]): void => {
      const { steps } = kinds[kind];
      for (const [nth, clock] of clocks.entries())
        if (!(steps as readonly string[]).includes(clock.step))
          ctx.addIssue({
            code: "custom",
            path: [...at, "clocks", nth, "step"],
            message: `${clock.step} is no step of ${kind}`,
          });
    };
    for (const kind of serviceKinds) {
      onTrack(kind, kinds[kind].clocks, ["kinds", kind]);
      for (const [state, { tracks }] of Object.entries(states))
        onTrack(kind, tracks[kind]?.clocks ?? [], ["states", state, "tracks", kind]);
    }
  });
export type Terms = z.infer<typeof Terms>;

/** Reads the terms that ship with Simpul, or those that a node was given in their place. Throws on a gap. */
export const readReferralTerms = (file = new URL("terms.json", import.meta.url)): Terms =>
  Terms.parse(JSON.parse(readFileSync(file, "utf8")));
