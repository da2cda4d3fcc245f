// Sealed facts that this room keeps about a person: her consent, what was shared on it, who took her over (VIC-3, VIC-4).
import { anId, aNodeCode, clean } from "@simpul/doors/http";
import { z } from "zod";
import type { EntryKind } from "../victims/contract.ts";
import {
  dataSets,
  overrideReasons,
  rejections,
  serviceKinds,
  sharePurposes,
  ways,
  type Consent,
  type Override,
  type Referred,
} from "./contract.ts";

const said = (most: number) => clean(most).refine((value) => value.trim() !== "", "REASON_NEEDED");
export const recipient = z.union([
  z.strictObject({ kind: z.literal("service"), id: anId }),
  z.strictObject({ kind: z.literal("state"), state: aNodeCode }),
]);
const data = z
  .array(z.enum([...dataSets, "file"]))
  .min(1)
  .max(13);
const language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$/);
const guardian = z.strictObject({ name: said(200), relation: said(200) }).nullable();

export const ConsentShape = z.strictObject({
  recipient,
  recipientName: said(200),
  purpose: z.enum(sharePurposes),
  data,
  onward: z.boolean(),
  answer: z.enum(["given", "refused"]),
  language,
  text: z.string().min(1).max(40),
  how: z.enum(["read", "heard", "interpreter"]),
  interpreter: clean(200),
  guardian,
});
export const consentKind: EntryKind<Consent> = { kind: "referrals.consent", schema: ConsentShape };

const Withdrawn = z.strictObject({
  consent: anId,
  how: clean(500),
});
export const withdrawnKind: EntryKind<z.infer<typeof Withdrawn>> = {
  kind: "referrals.withdrawn",
  schema: Withdrawn,
};

export const OverrideShape = z.strictObject({
  recipient,
  recipientName: said(200),
  purpose: z.enum(sharePurposes),
  data,
  because: z.enum(overrideReasons),
  reason: said(4000),
});
export const overrideKind: EntryKind<Override> = { kind: "referrals.override", schema: OverrideShape };

const Reviewed = z.strictObject({ override: anId, upheld: z.boolean(), reason: said(4000) });
export const reviewedKind: EntryKind<z.infer<typeof Reviewed>> = {
  kind: "referrals.reviewed",
  schema: Reviewed,
};

export const ReferredShape = z.strictObject({
  kind: z.enum(serviceKinds),
  purpose: z.enum(sharePurposes),
  urgent: z.boolean(),
  data: z.partialRecord(z.enum(dataSets), said(4000)),
  note: clean(2000),
  onward: z.boolean(),
  desk: clean(300),
});

const basis = z.strictObject({ kind: z.enum(["consent", "override", "onward"]), id: anId });
const Shared = z.strictObject({
  share: anId,
  thread: anId,
  way: z.enum(ways),
  recipient,
  recipientName: said(200),
  basis,
});
/** `link`: its key, so that the desk reads the answer; outside this entry it stands in the link alone. */
const ReferralShape = Shared.extend({ given: ReferredShape, link: z.string().max(60).nullable() });
export const referralKind: EntryKind<z.infer<typeof ReferralShape> & { given: Referred }> = {
  kind: "referrals.referral",
  schema: ReferralShape,
};
export type Referral = z.infer<typeof ReferralShape>;

export const transferKind: EntryKind<z.infer<typeof Shared>> = { kind: "referrals.transfer", schema: Shared };

/** She came from another desk, or something about her did. */
const Taken = z.strictObject({
  share: anId,
  thread: anId,
  from: aNodeCode,
  what: z.enum(["referral", "transfer", "proposal"]),
});
export const takenKind: EntryKind<z.infer<typeof Taken>> = { kind: "referrals.taken", schema: Taken };

/** What another desk knew of her when it handed her over, as it came; its author stays its author. */
const Brought = z.strictObject({
  from: aNodeCode,
  kind: z
    .string()
    .regex(/^[a-z-]+(\.[a-z-]+)+$/)
    .max(80),
  at: z.iso.datetime(),
  data: z.unknown(),
});
export type BroughtEntry = z.infer<typeof Brought>;
export const broughtKind: EntryKind<BroughtEntry> = { kind: "referrals.brought", schema: Brought };

/** How it goes on: a step of its track, or a word about it. */
const Step = z.strictObject({
  share: anId,
  step: z.string().regex(/^[a-z-]{1,40}$/),
  code: z.enum(rejections).nullable(),
  text: clean(2000),
});
export const stepKind: EntryKind<z.infer<typeof Step>> = { kind: "referrals.step", schema: Step };

export const referralsKinds: readonly EntryKind[] = [
  consentKind,
  withdrawnKind,
  overrideKind,
  reviewedKind,
  referralKind,
  transferKind,
  takenKind,
  broughtKind,
  stepKind,
] as readonly EntryKind[];
