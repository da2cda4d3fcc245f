// Work of this room that waits in the queue or is due by the clock: opening what came over, its files, silence.
import { Id } from "@simpul/model";
import { sql } from "kysely";
import { EvidenceRoomError, failedCheck, type ArrivingItem, type ItemProof } from "../evidence/contract.ts";
import type { SharedItem } from "../requests/contract.ts";
import type { AttachmentRef } from "@simpul/exchange";
import type { Content } from "./contract.ts";
import { departWithItems } from "./hand.ts";
import { change, jobStanding, rowOf, wakeSoon, type HandOverRow, type HandOversNode } from "./node.ts";
import { say } from "./offer.ts";

interface Job {
  payload: unknown;
}
const idIn = (job: Job): Id => Id.parse((job.payload as { handOver: string }).handOver);

/** Handlers for the node's worker. Each may run twice. */
export const handOversJobs = (node: HandOversNode) => ({
  "hand-overs.open": { run: (job: Job) => openCase(node, idIn(job)), tries: 30 },
  "hand-overs.close": { run: (job: Job) => closeCase(node, idIn(job)), tries: 30 },
  "hand-overs.depart": {
    run: async (job: Job) => {
      const { envelope } = job.payload as { envelope: string };
      await node.store.write(jobStanding, (tx) => departWithItems(node, tx, idIn(job), Id.parse(envelope)));
      node.send();
    },
    tries: 30,
  },
  "hand-overs.fetch": {
    run: (job: Job) => fetchItem(node, idIn(job), Id.parse((job.payload as { item: string }).item)),
    // A peer that is away for days is waited for.
    tries: 60,
  },
});

/** Our case of it, once. */
async function openCase(node: HandOversNode, id: Id): Promise<void> {
  const row = await node.store.write(jobStanding, async (tx) => {
    const found = await rowOf(tx, id, { lock: true });
    tx.note("hand-over.opened", { id, peer: found.peer });
    if (found.case_id !== null) return found;
    const offer = found.offer!;
    const { records, items } = JSON.parse(found.content!) as Content;
    const opened = await node.cases.open(tx, {
      ...{ from: found.peer, reference: found.reference, title: offer.title, crimeType: offer.crimeType },
      ...{ covert: offer.covert, summary: offer.summary, language: offer.language },
      ...{ agency: found.agency_id!, desk: found.desk_id!, lead: found.lead_id!, by: found.approved_by! },
      task: node.taskOf(found.reference),
      records,
    });
    await sql`update simpul.hand_overs set case_id = ${opened.id} where id = ${id}`.execute(tx.rows);
    for (const item of items)
      await tx.enqueue({
        ...{ kind: "hand-overs.fetch", payload: { handOver: id, item: item.id } },
        key: `${id} ${item.id}`,
      });
    return { ...found, case_id: opened.id };
  });
  wakeSoon(node, row);
}

async function closeCase(node: HandOversNode, id: Id): Promise<void> {
  const row = await node.store.write(jobStanding, async (tx) => {
    const found = await rowOf(tx, id, { lock: true });
    if (found.state === "handed") await node.cases.closed(tx, found.case_id!, true);
    tx.note("hand-over.closed", { id, case: found.case_id! });
    return found;
  });
  wakeSoon(node, row);
}

interface ItemRow {
  arriving: SharedItem & { proof: ItemProof };
  fetching: { envelope: Id; ref: AttachmentRef } | null;
  state: string;
}

/** Fetches a file's bytes, checks its whole story, and seals it in the case; what does not hold is refused in the open. */
async function fetchItem(node: HandOversNode, id: Id, item: Id): Promise<void> {
  const found = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<ItemRow>`select * from simpul.hand_over_items
      where hand_over_id = ${id} and item_id = ${item}`.execute(db.rows);
    return { row: await rowOf(db, id), one: rows[0] };
  });
  const { row, one } = found;
  if (one?.state !== "fetching" || one.fetching === null) return;
  const { envelope, ref } = one.fetching;
  const keep =
    (state: "sealed" | "refused", code: string | null) =>
    async (tx: Parameters<Parameters<HandOversNode["store"]["write"]>[1]>[0]) => {
      await sql`update simpul.hand_over_items set state = ${state}, code = ${code}, fetching = null
      where hand_over_id = ${id} and item_id = ${item}`.execute(tx.rows);
      tx.note(`hand-over.item-${state}`, { id, item, case: row.case_id! });
    };
  try {
    await node.items.takeInFromPeer(
      arrivingIn(row, one.arriving),
      node.fetching.fetch(row.peer, envelope, ref),
      keep("sealed", null),
    );
  } catch (fault) {
    // Fetching again would not change it.
    if (!(fault instanceof EvidenceRoomError) || failedCheck(fault) === null) throw fault;
    await node.store.write(jobStanding, keep("refused", fault.code));
  }
  await node.fetching.forget(row.peer, envelope, ref);
  wakeSoon(node, row);
}

const arrivingIn = (row: HandOverRow, arriving: ItemRow["arriving"]): ArrivingItem => ({
  ...arriving,
  ...{ from: row.peer, case: row.case_id, agency: row.agency_id!, desk: row.desk_id!, agencyOnly: false },
});

/** HC-8: silence is never consent. Past its day an offer returns; both sides see that it did. */
export async function returnSilent(node: HandOversNode): Promise<number> {
  const now = node.clock.now();
  const { rows } = await node.store.read(jobStanding, (db) =>
    sql<{
      id: Id;
    }>`select id from simpul.hand_overs where state = 'pending' and due_at < ${now} limit 200`.execute(
      db.rows,
    ),
  );
  for (const { id } of rows) {
    const row = await node.store.write(jobStanding, async (tx) => {
      const found = await rowOf(tx, id, { lock: true });
      tx.note("hand-over.returned", { id, peer: found.peer });
      if (found.state !== "pending") return found;
      await change(tx, found, { state: "returned", code: "silence" });
      if (found.direction === "outgoing") await say(tx, found, { step: "returned", code: "silence" });
      return found;
    });
    wakeSoon(node, row);
  }
  return rows.length;
}
