// Which acts an officer has before her on a request: what she may not do has no button.

import type { Act, RequestFacts } from "@simpul/policy";
import type { Reader, Standing } from "@simpul/store";
import type { MayDo } from "./contract.ts";
import {
  administering,
  codesOf,
  isAdministrative,
  officerOf,
  type AnswerRow,
  type RequestRow,
  type RequestsNode,
  type ThreadRow,
} from "./node.ts";
import { isOpen } from "./rules.ts";

export function decide(
  node: RequestsNode,
  standing: Standing,
  act: Extract<Act, `request.${string}`> | "assistance.follow",
  record: RequestFacts,
): { allowed: boolean; because: string[] } {
  const decision = node.policy.decide({
    officer: officerOf(standing),
    act: act as "request.view",
    record,
    purpose: standing.purpose,
    now: node.clock.now(),
  });
  // What only lacks a second factor is hers to begin; what needs another person is not.
  const steps = !decision.allowed && decision.needs === "step-up";
  return { allowed: decision.allowed || steps, because: decision.because };
}

/** Whether she may write requests in its case. */
export async function caseMay(
  node: RequestsNode,
  db: Pick<Reader, "rows" | "standing">,
  row: RequestRow,
): Promise<boolean> {
  if (row.case_id === null)
    return isAdministrative(row) && node.policy.decide(administering(node, db.standing)).allowed;
  const record = await node.caseFacts(db, row.case_id).catch(() => null);
  if (record === null) return false;
  return node.policy.decide({
    officer: officerOf(db.standing),
    act: "request.draft",
    record,
    purpose: db.standing.purpose,
    now: node.clock.now(),
  }).allowed;
}

/** What is done here with the way of a formal request; everything else is done in its own room. */
const formalActs: readonly MayDo[] = ["assign", "answer", "submit-answer", "return-answer", "release"];

/** What is done with a question alone. */
const asksOnly: readonly MayDo[] = ["suspend", "refuse", "transfer", "formal"];
/** And with a letter between desks. */
const answered: readonly MayDo[] = ["answer", "submit-answer", "return-answer", "release", "close"];

export function mayDo(
  node: RequestsNode,
  standing: Standing,
  row: RequestRow,
  facts: RequestFacts,
  threads: readonly ThreadRow[],
  answer: AnswerRow | null,
  drafts: boolean,
): MayDo[] {
  const officer = officerOf(standing);
  const may = (act: Extract<Act, `request.${string}`>): boolean => decide(node, standing, act, facts).allowed;
  const open = threads.filter((one) => isOpen(one.state));
  const list: [MayDo, boolean][] = [];
  if (row.direction === "outgoing") {
    const asksBack = open.some((one) => one.state === "clarification");
    const done = threads.some((one) => ["answered", "refused", "transferred"].includes(one.state));
    list.push(
      ["edit", row.state === "draft" && drafts],
      ["submit", row.state === "draft" && drafts],
      ["return", row.state === "submitted" && (row.author_id === officer.id || may("request.approve"))],
      ["approve", row.state === "submitted" && may("request.approve")],
      [
        "withdraw",
        row.state !== "withdrawn" && (row.state !== "sent" || open.length > 0) && may("request.withdraw"),
      ],
      ["clarification", asksBack && drafts],
      ["close", done && drafts],
      ["formal", row.state === "sent" && drafts],
    );
  } else {
    const state = threads[0]?.state;
    const works = state !== undefined && isOpen(state);
    const writes = works && state !== "clarification" && may("request.answer");
    list.push(
      ["assign", works && may("request.assign")],
      ["clarify", works && !["clarification", "judicial"].includes(state) && may("request.answer")],
      ["suspend", works && state !== "clarification" && may("request.answer")],
      ["resume", works && ["clarification", "judicial"].includes(state) && may("request.answer")],
      ["refuse", works && may("request.refuse")],
      ["transfer", works && may("request.assign")],
      ["take-note", writes && state !== "judicial"],
      ["answer", writes && (answer === null || answer.state === "draft")],
      ["submit-answer", writes && answer?.state === "draft"],
      ["return-answer", writes && answer?.state === "submitted"],
      ["release", writes && answer?.state === "submitted" && mayRelease(node, standing, facts, answer)],
    );
  }
  const here = (name: MayDo): boolean =>
    row.draft.unasked !== undefined
      ? !asksOnly.includes(name) && (isAdministrative(row) || !answered.includes(name))
      : name !== "take-note" && (row.formal === null || formalActs.includes(name));
  return list.filter(([name, yes]) => yes && here(name)).map(([name]) => name);
}

/** Others' terms are told by the preview; here only whether she is one who may let it go. */
function mayRelease(node: RequestsNode, standing: Standing, facts: RequestFacts, answer: AnswerRow): boolean {
  const decision = node.policy.decide({
    officer: officerOf(standing),
    act: "release",
    record: {
      kind: "release",
      id: answer.id,
      request: facts,
      author: answer.author_id!,
      terms: { codes: [], foreign: false, permitted: [] },
      codes: codesOf([...answer.content.narrative, ...answer.content.records, ...answer.content.items]),
    },
    purpose: standing.purpose,
    now: node.clock.now(),
  });
  return decision.allowed || decision.needs === "step-up";
}
