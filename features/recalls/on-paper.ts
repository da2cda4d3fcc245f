// A holder without a node is told and answers on paper: an officer notes what it did, under her own name.
import type { Id, NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { RecallsForLetters } from "../letters/contract.ts";
import { requireListed } from "./codes.ts";
import { RecallsError, type AskAnswer, type Outcome } from "./contract.ts";
import { factsOf, officerOf, recallRow, requireAct, type RecallsNode } from "./node.ts";
import { contactAgency } from "./tell.ts";
import { sign, type Report } from "./wire.ts";

/** Throws `NOT_FOUND` for a holder that is none of this recall, `NOT_NOW` for one that answers by its node or has answered. */
export async function noteOnPaper(
  node: RecallsNode,
  standing: Standing,
  id: Id,
  ask: AskAnswer & { holder: NodeCode },
): Promise<void> {
  if (ask.text.trim() === "") throw new RecallsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    // Where a letter was written the answer is noted at it, with its scan.
    const letter = (await node.copies.lettersOf(tx, id)).find((one) => one.state === ask.holder);
    if (letter !== undefined || (await node.isPeer(ask.holder)))
      throw new RecallsError("NOT_NOW", { holder: ask.holder });
    await keepNoted(node, tx, id, { ...ask, code: ask.code ?? null });
  });
  node.send();
  node.wake(`recall:${id}`);
}

interface Noted {
  holder: NodeCode;
  outcome: Outcome;
  code: string | null;
  text: string;
}

async function keepNoted(node: RecallsNode, tx: Writer, id: Id, ask: Noted): Promise<void> {
  const grounds = node.codes.answers.filter((one) => one.outcome === ask.outcome).map((one) => one.code);
  const code = ask.outcome === "complied" ? null : requireListed("code", grounds, ask.code ?? "");
  const row = await recallRow(tx, id, { lock: true });
  if (row.ours && row.state !== "sent") throw new RecallsError("NOT_NOW", { state: row.state });
  await requireAct(node, tx, "recall.draft", await factsOf(node, tx, row));
  const officer = officerOf(tx.standing);
  const named = (await node.directory.officers([officer.id])).get(officer.id);
  const said = { ...ask, code, text: ask.text.trim(), officer: named?.name ?? null };
  const { numAffectedRows } =
    await sql`update simpul.recall_holders set taken_at = coalesce(taken_at, ${tx.at}),
      outcome = ${said.outcome}, code = ${code}, text = ${said.text}, officer = ${said.officer},
      answered_at = ${tx.at}
    where recall_id = ${id} and holder = ${ask.holder} and answered_at is null`.execute(tx.rows);
  if (numAffectedRows !== 1n) throw new RecallsError("NOT_FOUND");
  if (!row.ours) await tellUp(node, tx, id, said);
  tx.note("recall.noted-on-paper", { id, holder: ask.holder, outcome: ask.outcome });
}

/** Whoever told us hears what it answered; for want of its own signature it goes under ours (COR-1). */
async function tellUp(
  node: RecallsNode,
  tx: Writer,
  recall: Id,
  said: Noted & { officer: string | null },
): Promise<void> {
  const { rows } = await sql<{ peer: NodeCode }>`select peer from simpul.recall_tellers
    where recall_id = ${recall} and peer <> ${said.holder}`.execute(tx.rows);
  const words: Report = {
    ...{ v: 1, recall, holder: said.holder, stage: "answered", at: tx.at.toISOString(), onward: [] },
    ...{ outcome: said.outcome, code: said.code, text: said.text },
    ...{ officer: said.officer?.slice(0, 200) ?? null, tombstones: [] },
  };
  const report = await sign(node, "report", words);
  const agency = await contactAgency(tx);
  for (const { peer } of rows)
    await tx.send({
      id: tx.newId(),
      to: peer,
      kind: "recall.reported",
      body: { agency, recall, report },
    });
}

/** Grave first: what a state did is what its slowest authority did. */
const gravest: readonly Outcome[] = ["refused", "partly", "complied"];

function sumOf(said: Noted, before: Noted | null): Noted {
  if (before === null) return said;
  const later = gravest.indexOf(said.outcome) <= gravest.indexOf(before.outcome);
  const text = [before.text, said.text].filter((one) => one !== "").join("\n");
  return { ...(later ? said : before), text: text.slice(0, 4000) };
}

/** What its other authorities have answered, while one is still awaited. */
async function soFar(tx: Writer, recall: Id, holder: NodeCode): Promise<Noted | null> {
  const { rows } = await sql<Omit<Noted, "outcome"> & { outcome: Outcome | null }>`
    select holder, outcome, code, coalesce(text, '') as text from simpul.recall_holders
    where recall_id = ${recall} and holder = ${holder}`.execute(tx.rows);
  const { outcome = null, ...rest } = rows[0] ?? {};
  return outcome === null ? null : { ...(rest as Noted), outcome };
}

async function keepSoFar(tx: Writer, recall: Id, sum: Noted): Promise<void> {
  await sql`update simpul.recall_holders set taken_at = coalesce(taken_at, ${tx.at}), outcome = ${sum.outcome},
      code = ${sum.code}, text = ${sum.text}
    where recall_id = ${recall} and holder = ${sum.holder}`.execute(tx.rows);
}

/** What letters ask of this room: a state answers once every authority that was written to has answered. */
export const recallsForLetters = (node: RecallsNode): RecallsForLetters => ({
  async mayNote(db, id) {
    const row = await recallRow(db, id).catch(() => null);
    if (row === null || db.standing.actor.kind !== "officer") return false;
    const record = await factsOf(node, db, row);
    const { purpose } = db.standing;
    return node.policy.decide({
      ...{ officer: officerOf(db.standing), act: "recall.draft", record, purpose, now: node.clock.now() },
    }).allowed;
  },
  async noted(tx, id, said) {
    const grounds = node.codes.answers.filter((one) => one.outcome === said.outcome).map((one) => one.code);
    if (said.outcome !== "complied") requireListed("code", grounds, said.code ?? "");
    const letters = (await node.copies.lettersOf(tx, id)).filter((one) => one.state === said.holder);
    // This one answers now; it still stands as it was.
    const waiting = letters.filter((one) => ["queued", "posted", "delivered"].includes(one.standing));
    // Its node answers for it; what an authority says on paper stays at its letter.
    if (await node.isPeer(said.holder)) return;
    const sum = sumOf(said, await soFar(tx, id, said.holder));
    if (waiting.length > 1) await keepSoFar(tx, id, sum);
    else await keepNoted(node, tx, id, sum);
    node.send();
    node.wake(`recall:${id}`);
  },
});
