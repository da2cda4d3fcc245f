// Work of the requests room that waits in the queue: items leaving with their custody, items fetched and sealed here.
import { ExchangeError, type AttachmentRef } from "@simpul/exchange";
import { Evaluation, Id, type Handling, type NodeCode } from "@simpul/model";
import { SimpulError } from "@simpul/model";
import { sql } from "kysely";
import { closingKinds } from "../recalls/contract.ts";
import { EvidenceRoomError, failedCheck, type ItemProof } from "../evidence/contract.ts";
import type { SharedRecord } from "./contract.ts";
import { reportItem } from "./item-reports.ts";
import { hexOf, jobStanding, type RequestsNode, type Shared } from "./node.ts";
import { departWithItems, type Leaving } from "./leave.ts";
import { Digest } from "@simpul/model";

interface Job {
  payload: unknown;
  signal: AbortSignal;
}

/** Handlers for the node's worker, by kind of job. Each may run twice. */
export const requestsJobs = (node: RequestsNode) => ({
  "requests.depart": { run: (job: Job) => runDepart(node, job.payload as Leaving<"answer.released">) },
  "requests.fetch": {
    run: (job: Job) => {
      const { thread, item } = job.payload as { thread: string; item: string };
      return runFetch(node, Id.parse(thread), Id.parse(item), job.signal);
    },
    // A peer that is away for days is waited for.
    tries: 60,
  },
  "requests.look-out": {
    run: (job: Job) => lookOut(node, Id.parse((job.payload as { request: string }).request)),
  },
});

/** Whether a request names what nobody could know who did not guess. */
async function lookOut(node: RequestsNode, request: Id): Promise<void> {
  const found = await node.store.read(jobStanding("requests-look-out"), async (db) => {
    const { rows } = await sql<{ peer: NodeCode; reference: string; shared: Shared }>`
      select t.peer, t.reference, r.shared from simpul.requests r
      join simpul.request_threads t on t.request_id = r.id where r.id = ${request}`.execute(db.rows);
    return rows[0]!;
  });
  const named = found.shared.records.flatMap((one) =>
    one.kind === "selector" ? [(one as SharedRecord<"selector">).fields] : [],
  );
  await node.checks.lookOut(found.peer, { request, reference: found.reference }, named);
}

/** Custody and envelope in one transaction; done once, however often it runs. */
async function runDepart(node: RequestsNode, leaving: Leaving<"answer.released">): Promise<void> {
  await node.store.write(jobStanding("requests-depart"), async (tx) => {
    const { rows } = await sql`select 1 from simpul.outbox where peer = ${leaving.to}
      and id = ${leaving.envelope}`.execute(tx.rows);
    if (rows.length === 0) await departWithItems(node, tx, leaving);
    tx.note("request.departed", { envelope: leaving.envelope, peer: leaving.to });
  });
  node.send();
}

interface Row {
  item_id: Id;
  thread_id: Id;
  request_id: Id;
  case_id: Id | null;
  agency_id: Id | null;
  desk_id: Id | null;
  from_node: NodeCode;
  originator: NodeCode;
  file_name: string;
  media_type: string;
  size: string;
  digest: Buffer;
  handling: Handling;
  evaluation: string;
  proof: ItemProof;
  fetching: { envelope: Id; ref: AttachmentRef } | null;
  case_wide: boolean;
  state: string;
}

/** Fetches an item's bytes, checks its whole story, and seals it here; what does not hold is refused in the open. */
async function runFetch(node: RequestsNode, thread: Id, item: Id, signal: AbortSignal): Promise<void> {
  const standing = jobStanding("requests-fetch");
  const row = await node.store.read(standing, async (db) => {
    const { rows } = await sql<Row>`select * from simpul.received_items
      where thread_id = ${thread} and item_id = ${item}`.execute(db.rows);
    return rows[0];
  });
  if (row?.state !== "fetching" || row.fetching === null) return;
  const { envelope, ref } = row.fetching;
  const home = row.agency_id === null ? await contactDesk(node) : null;
  const digest = Digest.parse(hexOf(row.digest));
  const reported = {
    ...{ thread, request: row.request_id, item, digest, to: row.from_node },
    agency: row.agency_id ?? home!.agency,
  };
  try {
    await node.items.takeInFromPeer(
      {
        id: item,
        from: row.from_node,
        originator: row.originator,
        case: row.case_id,
        agency: row.agency_id ?? home!.agency,
        desk: row.desk_id ?? home!.desk,
        fileName: row.file_name,
        mediaType: row.media_type,
        size: Number(row.size),
        digest,
        handling: row.handling,
        evaluation: Evaluation.parse(row.evaluation),
        proof: row.proof,
        agencyOnly: !row.case_wide,
      },
      aborting(node.fetching.fetch(row.from_node, envelope, ref, { progress: telling(node, row) }), signal),
      async (tx) => {
        // Called back while its bytes were on their way: then nothing of it stays.
        const back = await node.recalls.among(tx, [item]);
        if (back.some((one) => closingKinds.includes(one.kind))) throw new EvidenceRoomError("CALLED_BACK");
        await sql`update simpul.received_items set state = 'sealed', fetching = null
          where thread_id = ${thread} and item_id = ${item}`.execute(tx.rows);
        await reportItem(node, tx, reported, null);
        tx.note("request.item-sealed", { id: row.request_id, item });
      },
    );
  } catch (fault) {
    const code: string = fault instanceof SimpulError ? String(fault.code) : "";
    const ours = fault instanceof EvidenceRoomError || fault instanceof ExchangeError;
    const failed = ours ? failedCheck(fault) : null;
    // Fetching again would change neither.
    if (failed === null && code !== "CALLED_BACK") throw fault;
    await node.store.write(standing, async (tx) => {
      await sql`update simpul.received_items set state = 'refused', code = ${code}
        where thread_id = ${thread} and item_id = ${item}`.execute(tx.rows);
      if (failed !== null) await reportItem(node, tx, reported, failed);
      tx.note("request.item-refused", { id: row.request_id, item, code });
    });
  }
  node.send();
  await node.fetching.forget(row.from_node, envelope, ref);
  node.wake(`request:${row.request_id}`);
  if (row.case_id !== null) node.wake(`case:${row.case_id}`);
}

/** Tells the row at most once a second how much has come. */
function telling(node: RequestsNode, row: Row): (done: number, whole: number) => void {
  let last = 0;
  return (done) => {
    const now = Date.now();
    if (now - last < 1_000) return;
    last = now;
    node.store
      .chore("fetch", ({ rows }) =>
        sql`update simpul.received_items set fetched = ${done}
          where thread_id = ${row.thread_id} and item_id = ${row.item_id}`.execute(rows),
      )
      .then(() => node.wake(`request:${row.request_id}`))
      .catch(() => undefined);
  };
}

async function* aborting(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    signal.throwIfAborted();
    yield piece;
  }
}

/** An item that came with a request belongs to nobody's case yet: it lies with the contact point. */
async function contactDesk(node: RequestsNode): Promise<{ agency: Id; desk: Id }> {
  return node.store.read(jobStanding("requests-fetch"), async (db) => {
    const { rows } = await sql<{
      agency: Id;
      desk: Id;
    }>`select a.id as agency, d.id as desk from simpul.agencies a
      join simpul.desks d on d.agency_id = a.id order by a.kind <> 'liaison', a.id, d.id limit 1`.execute(
      db.rows,
    );
    return rows[0]!;
  });
}
