// What came back to a letter about something given: what its holder did with it, or what its originator permits.
import { Handling, type Evaluation, type Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import {
  LettersError,
  spokenWays,
  type AskPermitted,
  type AskRecalled,
  type LetterAct,
  type LetterOutcome,
} from "./contract.ts";
import type { LetterRow, LettersNode } from "./node.ts";
import { keepAnswer, move, note, requirePast, requireScans } from "./note.ts";

// HC-3, EV-3: what came with no codes of its own, and what nobody has graded.
const evaluation: Evaluation = { source: "X", information: "4" };
const terms = { handling: Handling.usual, evaluation };

/** One answer ends it: kept with its scans, in the transaction in which the recall or the permission hears of it. */
async function ended<A extends AskRecalled | AskPermitted>(
  node: LettersNode,
  standing: Standing,
  id: Id,
  act: LetterAct,
  ask: A,
  hear: (tx: Writer, row: LetterRow, scans: Scans) => Promise<LetterOutcome>,
): Promise<void> {
  requirePast(node, ask.saidAt);
  const items = spokenWays.includes(ask.way) ? [] : [...new Set(ask.items)];
  await note(node, standing, id, act, async (tx, row) => {
    await requireScans(node, tx, row, items);
    const at = { request: row.request_id, thread: row.thread_id!, from: row.correspondent.state };
    const scans = await node.requests.keepScans(tx, at, items, terms);
    const outcome = await hear(tx, row, scans);
    const answer = tx.newId();
    const { text, language } = ask;
    const narrative = text.trim() === "" ? [] : [{ text, language, ...terms }];
    const shared = { items: scans.map((one) => ({ id: one.id, fileName: one.fileName, ...terms })) };
    await keepAnswer(tx, id, answer, ask, items, { content: { kind: outcome, narrative }, shared });
    const clock = node.requests.end(row.clock, tx.at);
    await move(
      node,
      tx,
      row,
      { state: "answered", outcome, clock },
      {
        ...{ kind: "answered", side: "theirs", text: null },
      },
    );
    tx.note("letter.answered", {
      ...{ id: row.request_id, letter: id, answer, way: ask.way, items },
      ...{ spoken: spokenWays.includes(ask.way), outcome, about: row.about_id },
    });
  });
}
type Scans = Awaited<ReturnType<LettersNode["requests"]["keepScans"]>>;

/** COR-1: what a holder without a node did, taken in with its scan, or as it was said. */
export const recalled = (node: LettersNode, standing: Standing, id: Id, ask: AskRecalled): Promise<void> =>
  ended(node, standing, id, "recalled", ask, async (tx, row) => {
    const { outcome, code } = ask;
    const text = [ask.saidBy, ask.theirReference, ask.text]
      .map((one) => one.trim())
      .filter((one) => one !== "")
      .join(" · ");
    const holder = row.correspondent.state;
    await node.recalls.noted(tx, row.about_id!, { holder, outcome, code, text });
    return outcome;
  });

/** HC-7, HC-8: what is granted counts from its scan on; what was only said permits nothing. Throws `SCAN_NEEDED`. */
export const permitted = (node: LettersNode, standing: Standing, id: Id, ask: AskPermitted): Promise<void> =>
  ended(node, standing, id, "permitted", ask, async (tx, row, scans) => {
    const [scan] = scans;
    if (scan === undefined && ask.decisions.some((one) => one.grant)) throw new LettersError("SCAN_NEEDED");
    const { decisions, conditions, notAfter, text, saidBy, saidAt } = ask;
    return node.permissions.decided(tx, row.about_id!, {
      ...{ decisions, conditions, notAfter, text, saidBy: saidBy.trim(), saidAt },
      ...{ letter: row.reference, scan: scan?.digest ?? null },
    });
  });
