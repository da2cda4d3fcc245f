// This room's side of the exchange: another state tells what became of a request between us.
import { EnvelopeRefused, type Envelope, type PeerPart } from "@simpul/exchange";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ChargesNode } from "./node.ts";
import { readTold } from "./wire.ts";

/** As many as one request can bring: states that repeat themselves fill no table. */
const mostOfThread = 200;

export const chargesPart = (node: Pick<ChargesNode, "wake">): PeerPart => ({
  takes: {
    "outcome.told": async (tx, envelope) => {
      await takeTold(tx, envelope);
      setImmediate(() => node.wake("outcome:arrived"));
    },
  },
  leaves: { "outcome.told": () => Promise.resolve({ kind: "may" }) },
});

async function takeTold(tx: Writer, envelope: Envelope): Promise<void> {
  const told = readTold(envelope.body);
  // Row security shows a peer its own threads and no others.
  const found = await sql<{ known: number }>`select (select count(*)::int from simpul.outcomes_arrived
      where thread_id = t.id) as known
    from simpul.request_threads t where t.id = ${told.thread} and t.peer = ${envelope.from}`.execute(tx.rows);
  if (found.rows[0] === undefined) throw new EnvelopeRefused("UNKNOWN_RECORD");
  if (found.rows[0].known >= mostOfThread) throw new EnvelopeRefused("NOT_ALLOWED");
  await sql`insert into simpul.outcomes_arrived (id, peer, thread_id, outcome, offences, began, ended, on_day, at)
    values (${envelope.id}, ${envelope.from}, ${told.thread}, ${told.outcome}, ${JSON.stringify(told.offences)}::jsonb,
      ${told.began}::date, ${told.ended}::date, ${told.on}::date, ${tx.at}) on conflict do nothing`.execute(
    tx.rows,
  );
  tx.note("outcome.arrived", { id: envelope.id, peer: envelope.from, outcome: told.outcome });
}
