// What an officer may ask to do: every act that a policy decides on, by the kind of record it is about.

/** Acts and the kinds of record each may be about; the Cedar schema is written from it. */
export const acts = {
  "case.view": ["case"],
  "case.open": ["desk"],
  "case.edit": ["case"],
  "case.note": ["case"],
  "case.task": ["case"],
  "case.assign": ["case"],
  "case.close": ["case"],
  "case.search": ["node"],
  "case.emergency": ["case"],
  "case.review-emergency": ["case"],
  "evidence.take-in": ["desk", "case"],
  "evidence.view": ["item"],
  "evidence.confirm": ["item"],
  "evidence.export": ["case", "item"],
  "check.ask": ["case"],
  "check.agree": ["case"],
  "check.watch": ["node"],
  "check.switch": ["node"],
  "request.draft": ["case"],
  "request.view": ["request"],
  "request.approve": ["request"],
  "request.assign": ["request"],
  "request.answer": ["request"],
  "request.refuse": ["request"],
  "request.withdraw": ["request"],
  "duty.manage": ["node"],
  "override.make": ["request"],
  "override.alone": ["request"],
  "override.agree": ["request"],
  "override.review": ["request"],
  "override.review-told": ["request"],
  "permission.ask": ["case", "request"],
  "permission.decide": ["request"],
  release: ["release"],
  "recall.draft": ["request"],
  "recall.approve": ["request"],
  "recall.answer": ["request"],
  "review.open": ["case", "desk"],
  "review.rule": ["node"],
  "retention.decide": ["case", "item", "request"],
  "retention.delete": ["case", "item", "request"],
  "assistance.draft": ["case"],
  "assistance.review": ["request"],
  "assistance.send": ["request"],
  "assistance.freeze": ["request"],
  "assistance.follow": ["request"],
  "assistance.handle": ["request"],
  "assistance.execute": ["request"],
  "assistance.keep": ["request"],
  "access.manage": ["node"],
  "access.own": ["belonging"],
  "access.vouch": ["order"],
  "peers.read": ["node"],
  "peers.enter": ["node"],
  "peers.confirm": ["node"],
  "peers.stop": ["node"],
  "peers.suspend": ["node"],
  "peers.resume": ["node"],
  "keys.change": ["node"],
  "exclusion.order": ["node"],
  "exclusion.agree": ["order"],
  "oversight.read": ["node"],
  "oversight.mark": ["node"],
  "freeze.order": ["node"],
  "subject.enter": ["node"],
  "subject.agree": ["order"],
  "freeze.lift": ["order"],
  "ledger.read": ["node"],
  "victims.open": ["node"],
  "victims.share": ["order"],
} as const satisfies Record<string, readonly RecordKind[]>;

export type Act = keyof typeof acts;
export type RecordKind = "case" | "desk" | "item" | "request" | "release" | "node" | "belonging" | "order";

/** What can stand between an officer and an act that she may otherwise do. */
export const needs = ["permission", "second-person", "step-up"] as const;
export type Need = (typeof needs)[number];

/** The acts that ask for a fresh passkey assertion bound to the act: things leave, terms loosen, a state is let in or shut out. */
export const stepUpActs = [
  "evidence.export",
  "check.switch",
  "request.approve",
  "permission.decide",
  "override.make",
  "release",
  "recall.approve",
  "assistance.send",
  "assistance.freeze",
  "retention.delete",
  "peers.confirm",
  "peers.stop",
  "freeze.lift",
  "access.vouch",
  "peers.suspend",
  "peers.resume",
  "keys.change",
  "subject.agree",
  "victims.share",
  "exclusion.agree",
] as const satisfies readonly Act[];
export type StepUpAct = (typeof stepUpActs)[number] | "access.manage";

/** Seconds within which a proof made for one act must be used for it. */
export const proofLasts = 180;
/** Seconds for which a shown second factor is fresh enough to manage access. */
export const factorLasts = 900;
