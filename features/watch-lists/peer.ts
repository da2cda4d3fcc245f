// This room's side of the exchange: lists that another state gives, corrects and recalls; and its questions about ours that stay.
import {
  EnvelopeRefused,
  readBody,
  type Envelope,
  type Outgoing,
  type PeerPart,
  type Receipt,
} from "@simpul/exchange";
import { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { z } from "zod";
import { watchListLimits } from "./contract.ts";
import { jobStanding, type WatchListsNode } from "./node.ts";
import { answerStaying, stayingQuestion } from "./staying.ts";
import { readList } from "./statement.ts";

const given = z.strictObject({
  agency: z.uuid(),
  list: z.uuid(),
  version: z.number().int().min(1),
  statement: z.string().max(2_000_000),
});
const recalled = z.strictObject({ agency: z.uuid(), list: z.uuid(), reason: z.string().max(500) });

export function watchListsPart(node: WatchListsNode): PeerPart {
  const take = (tx: Writer, envelope: Envelope): Promise<void> => takeList(node, tx, envelope);
  const may = (out: Outgoing) => mayLeave(node, out);
  const receipted = (out: Outgoing, receipt: Receipt) => keepReceipt(node, out, receipt);
  return {
    takes: {
      "watch-list.given": take,
      "watch-list.changed": take,
      "watch-list.recalled": (tx, envelope) => takeRecall(node, tx, envelope),
    },
    leaves: {
      "watch-list.given": may,
      "watch-list.changed": may,
      "watch-list.recalled": () => Promise.resolve({ kind: "may" }),
    },
    receipted: {
      "watch-list.given": receipted,
      "watch-list.changed": receipted,
      "watch-list.recalled": receipted,
    },
    questions: { [stayingQuestion]: (peer, body) => answerStaying(node, peer, body) },
  };
}

/** What was recalled, ended or replaced while it waited does not leave any more. */
async function mayLeave(node: WatchListsNode, out: Outgoing) {
  const { list, version } = out.body as { list: string; version: number };
  const { rows } = await node.store.read(jobStanding, (db) =>
    sql`select 1 from simpul.watch_lists where id = ${list} and state = 'active' and version = ${version}
      and until > ${node.clock.now()}`.execute(db.rows),
  );
  return rows.length > 0
    ? ({ kind: "may" } as const)
    : ({ kind: "may-not", because: "replaced or over" } as const);
}

/** Takes a version that an authority of that very state signed. An older one that comes late changes nothing. */
async function takeList(node: WatchListsNode, tx: Writer, envelope: Envelope): Promise<void> {
  const said = readBody(given, envelope.body);
  const key = await node.agencyKey(envelope.from, envelope.agency);
  const list = key === null ? null : await readList(said.statement, { from: envelope.from, key });
  if (key === null || list === null) throw new EnvelopeRefused("BAD_SIGNATURE", "a watch list");
  if (list.list !== said.list || list.version !== said.version || list.agency !== envelope.agency)
    throw new EnvelopeRefused("BAD_BODY", "another list than it says");
  const longest = tx.at.getTime() + (watchListLimits.days + 1) * 86_400_000;
  if (Date.parse(list.until) > longest) throw new EnvelopeRefused("BAD_BODY", "until");
  await sql`insert into simpul.watch_lists (id, origin, ours, title, stays, agency_id, legal_basis, call, until, state,
      version, statement, signed_by, made_at, taken_at)
    values (${list.list}, ${envelope.from}, false, ${list.title}, ${list.stays !== null}, ${list.agency},
      ${list.legalBasis}, ${list.call}, ${list.until}, 'active', 0, ${said.statement}, ${Buffer.from(key)}, ${tx.at}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  const known = await sql<{ version: number; state: string }>`select version, state from simpul.watch_lists
    where id = ${list.list} and not ours and origin = ${envelope.from}`.execute(tx.rows);
  if (known.rows[0] === undefined) throw new EnvelopeRefused("BAD_BODY", "a list of somebody else");
  if (known.rows[0].state === "active" && known.rows[0].version < list.version)
    await sql`update simpul.watch_lists set title = ${list.title}, stays = ${list.stays !== null},
        agency_id = ${list.agency}, legal_basis = ${list.legalBasis}, call = ${list.call}, until = ${list.until},
        version = ${list.version}, statement = ${said.statement}, signed_by = ${Buffer.from(key)},
        taken_at = ${tx.at}
      where id = ${list.list} and origin = ${envelope.from}`.execute(tx.rows);
  tx.note("watch-list.arrived", {
    id: list.list,
    peer: envelope.from,
    version: list.version,
    entries: list.entries.length,
  });
  node.store.wakes.wake("watch-lists");
}

/** It is not used from now on, and what it said is gone from here. */
async function takeRecall(node: WatchListsNode, tx: Writer, envelope: Envelope): Promise<void> {
  const said = readBody(recalled, envelope.body);
  const id = Id.parse(said.list);
  await sql`update simpul.watch_lists set state = 'recalled', statement = null, ended_at = ${tx.at},
      end_reason = ${said.reason}
    where id = ${id} and not ours and origin = ${envelope.from} and state = 'active'`.execute(tx.rows);
  tx.note("watch-list.recalled-there", { id, peer: envelope.from });
  node.store.wakes.wake("watch-lists");
}

/** Their node signed that it took this version, or that it took the recall. */
async function keepReceipt(node: WatchListsNode, out: Outgoing, receipt: Receipt): Promise<void> {
  const { list, version = null } = out.body as { list: Id; version?: number };
  const taken = receipt.outcome === "accepted";
  await node.store.write(jobStanding, async (tx) => {
    if (!taken)
      await sql`update simpul.watch_list_holders set refused = ${receipt.code ?? "BAD_BODY"}
        where list_id = ${list} and peer = ${out.to}`.execute(tx.rows);
    else if (version === null)
      await sql`update simpul.watch_list_holders set recall_taken_at = ${receipt.at}
        where list_id = ${list} and peer = ${out.to}`.execute(tx.rows);
    else
      await sql`update simpul.watch_list_holders set taken_version = ${version}, taken_at = ${receipt.at}, refused = null
        where list_id = ${list} and peer = ${out.to} and coalesce(taken_version, 0) < ${version}`.execute(
        tx.rows,
      );
    tx.note("watch-list.acknowledged", { id: list, peer: out.to, version, taken });
  });
}
