// What others may know of requests: their shapes, states, clocks, terms and refusals.
import { SimpulError } from "@simpul/model";

export * from "./contract/codes.ts";
export * from "./contract/states.ts";
export * from "./contract/shared.ts";
export * from "./contract/requests.ts";
export * from "./contract/answers.ts";
export * from "./contract/held.ts";
export * from "./contract/awake.ts";
export * from "./contract/evidences.ts";
export * from "./contract/roster.ts";
export * from "./contract/statistics.ts";
export * from "./contract/override.ts";
export * from "./contract/formal.ts";
export * from "./contract/translations.ts";

/*
 * Doors, all below /api/requests; every answer with officers or desks in it carries `names`.
 *
 *   GET    /codes                        Codes: every list a form offers, and the states that can be asked
 *   GET    /?box&state&text&case&cursor  { requests: RequestHead[], next, counts: BoxCounts, names }
 *   GET    /choices?case&to              { records: Choice[], items: Choice[] }: what may be put in, and what may not and why
 *   POST   /                             AskDraft -> { id }
 *   GET    /{id}                         RequestView & { names }; the first look at a new one opens it
 *   PUT    /{id}                         AskDraft & Saving -> Saved<AskDraft>            (draft)
 *   POST   /{id}/beside                  { beside, take } -> Saved: one of two values is chosen, in the draft or its answer
 *   POST   /{id}/submit                  204: to the liaison desk for approval           (draft)
 *   POST   /{id}/return                  { reason }: back to its author                  (submitted)
 *   GET    /{id}/preview                 Preview, one page for each state asked
 *   POST   /{id}/approve                 { reason } request.approve, second person, step-up on {id}
 *   POST   /{id}/withdraw                { thread?, reason }
 *   POST   /{id}/clarification           { thread, text }: answers what they asked back
 *   POST   /{id}/close                   { thread, usefulness, text? }
 *   POST   /{id}/assign                  { desk, note? }                                 (incoming from here on)
 *   POST   /{id}/clarify                 { text }: asks back, stops the clock
 *   POST   /{id}/suspend                 { reason, until }; POST /{id}/resume
 *   POST   /{id}/refuse                  { ground, text? }
 *   POST   /{id}/transfer                { authority, text? }: lies elsewhere now; ends the clock
 *   PUT    /{id}/answer                  AskAnswer & Saving -> { id } & Saved<AskAnswer>; DELETE drops the draft
 *   GET    /{id}/answer/preview          Preview of the answer
 *   POST   /{id}/answer/submit           204; POST /{id}/answer/return { reason }
 *   POST   /{id}/answer/release          { reason } release, second person, step-up on the ANSWER's id
 *   POST   /{id}/called                  { notice, text }: somebody of the phone list was called
 *   GET    /statistics?from&to           Statistics: counts alone, for the contact point and oversight
 *   GET    /duty                         DutyView & { names }; PUT /duty/phones { phones }
 *   POST   /duty/absences                { from, until, standIn } -> { id }; DELETE /duty/absences/{id}
 *   POST   /{id}/override                AskOverride -> { state } override.make, step-up on {id} (draft; HC-9)
 *   GET    /overrides?request            { overrides: OverrideView[], names }
 *   POST   /overrides/{id}/review        { finding, text? }: somebody else says whether it was right
 *   GET    /{id}/activity                { activity: RequestAct[], names }
 *   GET    /received?case&request        { records: ReceivedRecord[], items: ReceivedItem[], names }
 *   GET    /received/{id}                ReceivedRecord & { answer, names }
 *   GET    /permissions?box&state&cursor { permissions: PermissionView[], next, names }
 *   POST   /permissions                  AskPermission -> { id }: leaves at once
 *   GET    /permissions/{id}             PermissionView & { names }
 *   POST   /permissions/{id}/decide      AskDecision, permission.decide, step-up on {id}
 *   POST   /permissions/{id}/withdraw    204
 *
 *   POST   /language                     { text } -> { language }: a guess, null where nothing tells
 *   GET    /{id}/translations            Translations & { names }
 *   POST   /{id}/translations            AskTranslation -> { id }: by this officer, beside the original
 *   POST   /{id}/translations/machine    AskTranslation without its text -> { id }
 *
 * Live topics: `request:<id>` (also for its answers), `permission:<id>`; a case hears `case:<id>` when something arrives.
 */

export type RequestsCode =
  /** The state of the request does not allow it; `state`. */
  | "NOT_NOW"
  /** `missing`: fields by name, separated by commas. */
  | "INCOMPLETE"
  | "NOT_A_LISTED_CODE"
  /** `node`: not a state that can be asked. */
  | "NOT_A_STATE"
  | "URGENCY_NEEDS_REASON"
  /** A victim's, witness's or relative's selector is never put before another state (HIT-1, VIC-7). */
  | "PROTECTED_PERSON"
  | "NOT_OF_THIS_CASE"
  | "TOO_MUCH"
  /** H0 takes its own confirming step (HC-3). */
  | "CONFIRM_H0"
  /** `originator`, `record`, `what` (`onward` or `court`), `title`: stopped by another state's terms (HC-6). */
  | "NEEDS_PERMISSION"
  /** The same where no permission can help: a condition of H3, e.g. its period is over. */
  | "TERMS_FORBID"
  | "EMPTY_ANSWER"
  /** "None held" names what was searched (RFI-6). */
  | "SOURCES_NEEDED"
  /** A judicial suspension needs the date that is expected (RFI-4). */
  | "DATE_NEEDED"
  | "DATE_PASSED"
  | "REASON_NEEDED"
  /** Permission is asked of the state whose it is; this is our own. */
  | "OURS_ALREADY"
  | "NO_LONGER_HELD"
  /** `originator`, `recall`: its originator called it back; take it out. */
  | "CALLED_BACK"
  /** Somebody saved a later version; `version`. */
  | "NEWER_DRAFT"
  /** `because`: `off`, `victim`, `terms`: no machine may have this text. */
  | "NO_MACHINE"
  /** `because`: the service for translation is `silent`, `refused`, `unreadable`. */
  | "NO_TRANSLATION";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const requestsRefusals: Readonly<Record<RequestsCode, 403 | 409 | 410 | 422 | 502>> = {
  NOT_NOW: 409,
  INCOMPLETE: 422,
  NOT_A_LISTED_CODE: 422,
  NOT_A_STATE: 422,
  URGENCY_NEEDS_REASON: 422,
  PROTECTED_PERSON: 422,
  NOT_OF_THIS_CASE: 422,
  TOO_MUCH: 422,
  CONFIRM_H0: 422,
  NEEDS_PERMISSION: 403,
  TERMS_FORBID: 403,
  EMPTY_ANSWER: 422,
  SOURCES_NEEDED: 422,
  DATE_NEEDED: 422,
  DATE_PASSED: 422,
  REASON_NEEDED: 422,
  OURS_ALREADY: 422,
  NO_LONGER_HELD: 410,
  CALLED_BACK: 410,
  NEWER_DRAFT: 409,
  NO_MACHINE: 403,
  NO_TRANSLATION: 502,
};

/**
 * A refusal of the requests room. Beside these codes its doors answer `NOT_FOUND`, `NOT_ALLOWED`, `STEP_UP`,
 * `SECOND_PERSON`, `NOT_A_HANDLING_SET`, `NOT_AN_EVALUATION` and `BAD_INPUT`.
 */
export class RequestsError extends SimpulError<RequestsCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: RequestsCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
