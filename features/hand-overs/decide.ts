// The receiving side decides: the contact point accepts for a desk and a lead investigator, or declines with a ground.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { HandOversError, type AskAccept, type AskDecline } from "./contract.ts";
import {
  change,
  officerOf,
  requireAct,
  rowOf,
  sign,
  wakeSoon,
  type HandOverRow,
  type HandOversNode,
} from "./node.ts";
import { say } from "./offer.ts";
import { digestOf } from "./wire.ts";

/** Signed, and on its way to the owner, whose word alone hands over; until then nothing is ours. */
export async function accept(node: HandOversNode, standing: Standing, id: Id, ask: AskAccept): Promise<void> {
  requireListed("crimeType", node.crimeTypes, ask.crimeType);
  const desk = (await node.directory.desks([ask.desk])).get(ask.desk);
  if (desk === undefined) throw new HandOversError("NOT_FOUND");
  const post = (await node.posts()).find((one) => one.officer === ask.lead && one.desk === ask.desk);
  const leads = post?.roles.some((role) => role === "investigator" || role === "supervisor") === true;
  if (!leads) throw new HandOversError("NOT_AT_THIS_DESK");
  const lead = (await node.directory.officers([ask.lead])).get(ask.lead);
  const done = await node.store.write(standing, async (tx) => {
    const row = waiting(await rowOf(tx, id, { lock: true }));
    await requireAct(node, tx, "hand-over.accept", row);
    if (row.due_at! < tx.at) throw new HandOversError("TOO_LATE");
    const accepted = await sign(node, "accepted", {
      ...{ v: 1, handOver: id, by: node.code, at: tx.at.toISOString() },
      offered: digestOf(row.offered!),
    });
    const names = { desk: desk.nameLatin ?? desk.name, lead: lead?.nameLatin ?? lead?.name ?? "" };
    await sql`update simpul.hand_overs set desk_id = ${ask.desk}, agency_id = ${desk.agency.id}, lead_id = ${ask.lead},
      approved_by = ${officerOf(standing).id}, offer = jsonb_set(offer, '{crimeType}', to_jsonb(${ask.crimeType}::text))
      where id = ${id}`.execute(tx.rows);
    await change(tx, row, {
      state: "accepting",
      accepted,
      answer: { text: ask.text, ground: null, ...names },
    });
    await say(tx, row, { step: "accepted", text: ask.text, ...names, accepted });
    tx.note("hand-over.accepted", { id, peer: row.peer });
    return row;
  });
  wakeSoon(node, done);
}

function waiting(row: HandOverRow): HandOverRow {
  if (row.direction !== "incoming" || row.state !== "pending")
    throw new HandOversError("NOT_NOW", { state: row.state });
  return row;
}

export async function decline(
  node: HandOversNode,
  standing: Standing,
  id: Id,
  ask: AskDecline,
): Promise<void> {
  requireListed("ground", node.codes.grounds, ask.ground);
  if (ask.ground === "other" && ask.text === "") throw new HandOversError("REASON_NEEDED");
  const done = await node.store.write(standing, async (tx) => {
    const row = waiting(await rowOf(tx, id, { lock: true }));
    await requireAct(node, tx, "request.refuse", row);
    const { ground, text } = ask;
    await change(tx, row, { state: "declined", answer: { text, ground, desk: "", lead: "" } });
    await say(tx, row, { step: "declined", code: ground, text });
    tx.note("hand-over.declined", { id, peer: row.peer, ground });
    return row;
  });
  wakeSoon(node, done);
}
