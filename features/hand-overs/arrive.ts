// What arrives from the other state: offers, words on them, and what is handed over, each held against what was signed.
import { EnvelopeRefused, readWords, signedWith, type Envelope } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { HolderRole } from "@simpul/model";
import type { Content } from "./contract.ts";
import { hand } from "./hand.ts";
import { change, findRow, json, rests, type HandOverRow, type HandOversNode } from "./node.ts";
import { say } from "./offer.ts";
import { heard } from "./rules.ts";
import { Accepted, digestOf, Handed, Offered, read, types, type Wire } from "./wire.ts";

/** The longest that an offer may wait, in milliseconds, whatever its owner says. */
const longest = 120 * 86_400_000;
const wrong = (why: string) => new EnvelopeRefused("BAD_BODY", why);

/** A hand-over with the state that sent this; one of another is as unknown as one that never was. */
async function known(
  tx: Writer,
  envelope: Envelope,
  id: Id,
  direction: HandOverRow["direction"],
): Promise<HandOverRow> {
  const row = await findRow(tx, id, { lock: true });
  if (row === null || row.peer !== envelope.from || row.direction !== direction)
    throw new EnvelopeRefused("UNKNOWN_RECORD", "hand-over");
  return row;
}

export async function takeOffered(
  node: HandOversNode,
  tx: Writer,
  envelope: Envelope,
): Promise<HandOverRow | null> {
  const body = read("hand-over.offered", envelope.body);
  const said = readWords(types.offered, Offered, body.offered);
  const own = said.handOver === body.handOver && said.from === envelope.from && said.to === node.code;
  if (!own || !(await signedWith(await node.keysOf(envelope.from), body.offered)))
    throw wrong("not signed by its owner");
  const due = new Date(said.due);
  if (due.getTime() - Date.parse(said.at) > longest) throw wrong("due");
  const there = await findRow(tx, body.handOver);
  if (there !== null) {
    // Taken back before it came: the mark that was left stops the late copy (COR-3).
    if (there.peer !== envelope.from || there.direction !== "incoming")
      throw new EnvelopeRefused("NOT_ALLOWED", "another's");
    tx.note("hand-over.late-copy", { id: body.handOver, peer: envelope.from });
    return null;
  }
  await sql`insert into simpul.hand_overs (id, direction, peer, state, reference, offer, offered, due_at, created_at,
      changed_at)
    values (${body.handOver}, 'incoming', ${envelope.from}, 'pending', ${said.reference}, ${json(said.offer)},
      ${body.offered}, ${due}, ${tx.at}, ${tx.at})`.execute(tx.rows);
  tx.note("hand-over.arrived", { id: body.handOver, peer: envelope.from });
  return findRow(tx, body.handOver);
}

export async function takeSaid(
  node: HandOversNode,
  tx: Writer,
  envelope: Envelope,
): Promise<HandOverRow | null> {
  const body = read("hand-over.said", envelope.body);
  if (body.step === "accepted") return hearAccepted(node, tx, envelope, body);
  if (body.step === "declined") {
    const row = await known(tx, envelope, body.handOver, "outgoing");
    if (row.state === "pending")
      await change(tx, row, {
        ...{ state: "declined", content: null, code: body.code },
        answer: { text: body.text, ground: body.code, desk: "", lead: "" },
      });
    tx.note("hand-over.said", { id: row.id, peer: envelope.from, step: "declined" });
    return row;
  }
  return hearTakenBack(node, tx, envelope, body);
}

/** The owner decides on the acceptance, here and once: handed over in this transaction, or not at all. */
async function hearAccepted(
  node: HandOversNode,
  tx: Writer,
  envelope: Envelope,
  body: Wire<"hand-over.said">,
): Promise<HandOverRow> {
  const row = await known(tx, envelope, body.handOver, "outgoing");
  if (body.accepted === null) throw wrong("an acceptance that nobody signed");
  const said = readWords(types.accepted, Accepted, body.accepted);
  const signed = await signedWith(await node.keysOf(envelope.from), body.accepted);
  const same = said.handOver === row.id && said.by === envelope.from;
  if (!signed || !same || row.offered === null || said.offered !== digestOf(row.offered))
    throw wrong("an acceptance of something else");
  const resting = await rests(tx, row.id);
  const proven = await oursHanded(node, row, body);
  const what = heard(row, tx.at, { rests: resting, proven });
  if (what === "hand" || what === "again") {
    const { text, desk, lead } = body;
    await change(tx, row, { accepted: body.accepted, answer: { text, ground: null, desk, lead } });
    await hand(node, tx, { ...row, accepted: body.accepted }, what === "hand");
  } else if (what === "return") {
    const code = resting ? "frozen" : "silence";
    await change(tx, row, { state: "returned", code });
    await say(tx, row, { step: "returned", code });
  } else await say(tx, row, { step: row.state === "taken-back" ? "taken-back" : "returned", code: row.code });
  tx.note("hand-over.said", { id: row.id, peer: envelope.from, step: "accepted", then: what });
  return row;
}

/** Whether this node signed, before its database was restored from an older copy, that it is handed over. */
async function oursHanded(
  node: HandOversNode,
  row: HandOverRow,
  body: Wire<"hand-over.said">,
): Promise<boolean> {
  if (body.handed === null || row.content === null) return false;
  const said = readWords(types.handed, Handed, body.handed);
  const own = said.handOver === row.id && said.by === node.code && said.accepted === digestOf(body.accepted!);
  return own && signedWith(await node.keysOf(node.code), body.handed);
}

async function hearTakenBack(
  node: HandOversNode,
  tx: Writer,
  envelope: Envelope,
  body: Wire<"hand-over.said">,
): Promise<HandOverRow | null> {
  const there = await findRow(tx, body.handOver, { lock: true });
  const state = body.step === "taken-back" ? "taken-back" : "returned";
  if (there === null) {
    await sql`insert into simpul.hand_overs (id, direction, peer, state, reference, created_at, changed_at)
      values (${body.handOver}, 'incoming', ${envelope.from}, ${state}, '', ${tx.at}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("hand-over.mark", { id: body.handOver, peer: envelope.from });
    return null;
  }
  const row = await known(tx, envelope, body.handOver, "incoming");
  if (row.state === "pending" || row.state === "accepting")
    await change(tx, row, {
      state,
      code: body.code,
      answer: { text: body.text, ground: null, desk: "", lead: "" },
    });
  // It is ours by its own signed word: that word goes back to whoever forgot it.
  if (row.state === "handed" && row.handed !== null)
    await say(tx, row, { step: "accepted", accepted: row.accepted, handed: row.handed });
  tx.note("hand-over.said", { id: row.id, peer: envelope.from, step: body.step });
  return row;
}

/** It is ours from this transaction on; a job opens the case, and fetches what belongs to it. */
export async function takeHanded(node: HandOversNode, tx: Writer, envelope: Envelope): Promise<HandOverRow> {
  const body = read("hand-over.handed", envelope.body);
  const row = await known(tx, envelope, body.handOver, "incoming");
  if (row.state === "handed") {
    tx.note("hand-over.late-copy", { id: row.id, peer: envelope.from });
    return row;
  }
  if (row.state !== "accepting" || row.accepted === null)
    throw new EnvelopeRefused("NOT_ALLOWED", "handed over without an acceptance");
  const said = readWords(types.handed, Handed, body.handed);
  const signed = await signedWith(await node.keysOf(envelope.from), body.handed);
  const same =
    said.handOver === row.id && said.by === envelope.from && said.accepted === digestOf(row.accepted);
  if (!signed || !same) throw wrong("not signed by its owner");
  if (readWords(types.offered, Offered, row.offered!).content !== digestOf(body.content))
    throw wrong("something else than was offered");
  const content = honest(node, envelope, body);
  for (const item of content.items) {
    const { proof } = body.proofs.find((one) => one.item === item.id)!;
    const ref = envelope.attachments.find((one) => one.digest === item.digest);
    await sql`insert into simpul.hand_over_items (hand_over_id, item_id, arriving, fetching, state)
      values (${row.id}, ${item.id}, ${json({ ...item, proof })}, ${json({ envelope: envelope.id, ref })}, 'fetching')`.execute(
      tx.rows,
    );
  }
  await change(tx, row, { state: "handed", handed: body.handed, content: body.content });
  await tx.enqueue({ kind: "hand-overs.open", payload: { handOver: row.id }, key: row.id });
  tx.note("hand-over.taken-over", { id: row.id, peer: envelope.from });
  return row;
}

const hidden: readonly HolderRole[] = ["victim", "witness", "family"];

/** Only the sender's own, each what its version says, nobody of whom the victim desks alone speak, files with their proof. */
function honest(node: HandOversNode, envelope: Envelope, body: Wire<"hand-over.handed">): Content {
  let given: Partial<Record<keyof Content, unknown>>;
  try {
    given = JSON.parse(body.content) as typeof given;
  } catch {
    throw wrong("content");
  }
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const records = list(given.records).map((one) => node.records.read(one));
  const items = list(given.items).map((one) => node.records.readItem(one));
  const all = [...records, ...items];
  const whole = all.every((one) => one !== null && one.originator === envelope.from);
  if (!whole || new Set(all.map((one) => one?.id)).size !== all.length) throw wrong("content");
  const content = { records, items } as Content;
  for (const one of content.records)
    if (hidden.includes((one.fields as { role?: HolderRole }).role ?? "unknown"))
      throw new EnvelopeRefused("NOT_ALLOWED", "a person of whom victim desks speak");
  for (const one of content.items)
    if (
      !body.proofs.some((proof) => proof.item === one.id) ||
      !envelope.attachments.some((file) => file.digest === one.digest && file.size === one.size)
    )
      throw wrong("an item without its file");
  return content;
}
