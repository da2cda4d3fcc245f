// Freezing accounts and wallets: asked of whom, on what basis, until when an answer is due, what came, when it comes free.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import type { AskDraft } from "../requests/contract.ts";
import { sql } from "kysely";
import { targetLimits, TargetsError, type AskAnswer, type AskByRequest, type AskFreeze } from "./contract.ts";
import { mustWorkOn, officerOf, type TargetsNode } from "./node.ts";
import { freezesOf, lockedRow } from "./records.ts";

/** Roles whose accounts nobody freezes here: theirs is protected (HIT-1, VIC-7). */
const protectedRoles = ["victim", "witness", "family"];

/** Of what travels with it: on this case, and not on without asking (HC-1, HC-3). */
const usual = { codes: ["H1" as const, "H2" as const] };

/**
 * The request by which it goes out: urgent, with the account or wallet alone and not a word about the person. It is the
 * target's case, which is read in the act.
 */
const draftOf = (ask: AskFreeze, by: AskByRequest, due: Date): AskDraft => ({
  ...{
    case: "of the target",
    hit: null,
    subject: by.subject,
    offence: "",
    whyThere: "",
    facts: [],
    items: [],
  },
  ...("state" in by.to ? { to: [by.to.state] } : { to: [], letters: [by.to.letter] }),
  questions: [{ text: by.question, category: "wallets-and-accounts" }],
  ...{ purpose: "crime-investigation", legalBasis: "", legalBasisText: ask.basis },
  ...{
    urgent: true,
    urgencyReason: "flight-or-destruction",
    urgencyText: "",
    neededBy: due.toISOString().slice(0, 10),
  },
  ...{ evidenceForeseen: true, restrictions: "", language: by.language, languages: [by.language] },
  ...{ handling: usual, records: [] },
});

/**
 * Money is gone in hours, so this waits for no review: it holds property, and says nothing of a person. Gives its id.
 * Throws `NOT_FOUND`, `TARGET_OVER`, `LIMIT_REACHED`, `Denied`, and what a request's draft is refused for.
 */
export async function askFreeze(node: TargetsNode, standing: Standing, id: Id, ask: AskFreeze): Promise<Id> {
  const due = new Date(node.clock.now().getTime() + ask.hours * 3_600_000);
  const draft =
    ask.request === undefined ? null : await node.requests.prepare(draftOf(ask, ask.request, due));
  const made = await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (row.state !== "under-review" && row.state !== "standing") throw new TargetsError("TARGET_OVER");
    const { records } = await node.cases.recordsOf(tx, row.case_id, ["selector"]);
    const of = records.selector?.find((one) => one.id === ask.selector);
    if (
      of === undefined ||
      (of.type !== "account" && of.type !== "wallet") ||
      protectedRoles.includes(of.role)
    )
      throw new TargetsError("NOT_FOUND");
    if ((await freezesOf(tx, id)).length >= targetLimits.freezes) throw new TargetsError("LIMIT_REACHED");
    const freeze = tx.newId();
    const request =
      draft === null
        ? null
        : await node.requests.begin(tx, {
            ...{ ...draft, case: row.case_id },
            records: [{ id: of.id, handling: usual, evaluation: of.evaluation, link: ask.basis }],
          });
    await sql`insert into simpul.target_freezes (target_id, id, selector_id, type, value, recipient, basis, asked_by,
        asked_at, due_at, request_id)
      values (${id}, ${freeze}, ${of.id}, ${of.type}, ${of.canonical}, ${ask.recipient}, ${ask.basis},
        ${officerOf(standing).id}, ${tx.at}, ${due}, ${request})`.execute(tx.rows);
    tx.note("target.freeze-asked", { id, case: row.case_id, freeze, of: of.type });
    return freeze;
  });
  node.wake(`target:${id}`);
  return made;
}

/** What the recipient answered; one answer each. Throws `NOT_FOUND`, `FREEZE_ANSWERED`, `Denied`. */
export async function answerFreeze(
  node: TargetsNode,
  standing: Standing,
  id: Id,
  freeze: Id,
  ask: AskAnswer,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    const one = (await freezesOf(tx, id)).find((each) => each.id === freeze);
    if (one === undefined) throw new TargetsError("NOT_FOUND");
    if (one.state !== "asked") throw new TargetsError("FREEZE_ANSWERED");
    await sql`update simpul.target_freezes set state = ${ask.state}, answered_by = ${officerOf(standing).id},
        answered_at = ${tx.at}, answer = ${ask.answer}, amount = ${ask.amount},
        until_day = ${ask.state === "refused" ? null : ask.until}::date, escalated_at = null
      where target_id = ${id} and id = ${freeze}`.execute(tx.rows);
    tx.note("target.freeze-answered", { id, case: row.case_id, freeze, says: ask.state });
  });
  node.wake(`target:${id}`);
}
