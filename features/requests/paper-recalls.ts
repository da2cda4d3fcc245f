// Calling back what went by letter: one letter to each authority that has it, naming the earlier letter and the entry.
import { language as guess } from "@simpul/detect";
import { Digest, type Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Correspondent, EarlierThing, FollowUp } from "../letters/contract.ts";
import type { RecallOnPaper, ThingToTell } from "../recalls/contract.ts";
import { hexOf, requestRow, type RequestsNode } from "./node.ts";
import { sharedRecord } from "./shapes.ts";
import { nextReference } from "./thread.ts";

interface Row {
  thread_id: Id;
  request_id: Id;
  reference: string;
  correspondent: Correspondent;
  posted_on: string | null;
  record_id: Id;
  version: Buffer;
  what: EarlierThing["what"];
  place: number | null;
}

/** As the form of that letter counts: the field's number, then the thing's within it. */
function entryOf({ what, place, correspondent }: Row): string | null {
  if (place === null) return null;
  const field = correspondent.fields.indexOf(what === "item" ? "annexes" : "named") + 1;
  return field === 0 ? null : `${String(field)}.${String(place)}`;
}

/** In the transaction that tells the holders. A letter that was written already is not written again. */
export async function tellOnPaper(
  node: RequestsNode,
  tx: Writer,
  recall: RecallOnPaper,
  things: readonly ThingToTell[],
  to: NodeCode,
): Promise<void> {
  const { rows } = await sql<Row>`select * from simpul.letters_with(
    ${things.map((one) => one.record)}::uuid[], ${to})`.execute(tx.rows);
  const about = (row: Row) =>
    things.find((one) => one.record === row.record_id && one.version === hexOf(row.version));
  const told = rows.filter((row) => about(row) !== undefined);
  const written = new Set((await node.letters.lettersOf(tx, recall.id)).map((one) => one.correspondent));
  for (const code of new Set(told.map((row) => row.correspondent.code))) {
    if (written.has(code)) continue;
    const theirs = told.filter((row) => row.correspondent.code === code);
    const first = theirs[0]!;
    const request = recall.request ?? first.request_id;
    const { agency_id: agency, desk_id: desk, draft } = await requestRow(tx, request);
    const heard = guess(recall.reason);
    const write: FollowUp = {
      kind: "recall",
      about: recall.id,
      request,
      thread: first.thread_id,
      correspondent: first.correspondent,
      reference: await nextReference(node, tx, to, "letter"),
      earlier: { reference: first.reference, on: first.posted_on },
      things: theirs.map((row) => ({
        record: row.record_id,
        version: Digest.parse(hexOf(row.version)),
        what: row.what,
        // By another letter to the same authority: that is named too.
        entry: row.thread_id === first.thread_id ? entryOf(row) : `${row.reference}, ${entryOf(row) ?? "–"}`,
        title: "",
        next: readNext(about(row)!.next),
      })),
      language: heard.code === "und" || heard.confidence < 0.5 ? draft.language : heard.code,
      reason: recall.reason,
      due: recall.due.toISOString(),
      urgent: recall.safety,
      ...{ agency, desk, by: recall.by, call: recall.call },
    };
    await node.letters.followUp(tx, write);
  }
}

const readNext = (next: ThingToTell["next"]): EarlierThing["next"] => {
  const read = sharedRecord.safeParse(next);
  return read.success ? read.data : null;
};
