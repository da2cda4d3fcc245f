// Making a bundle as work that waits: for the ledger to place its statements, for other states to cosign, then packing.
import type { Id } from "@simpul/model";
import { keyName } from "@simpul/seal";
import type { Head, JobHandler, RunningJob } from "@simpul/store";
import { BlobError } from "@simpul/store/blobs";
import { nodeVerifying } from "@simpul/store/keys";
import { EvidenceRoomError, type Export } from "../contract.ts";
import { openSealed } from "../intake/seal.ts";
import { jobStanding, unhex } from "../node.ts";
import { identityOf } from "../reading/job.ts";
import { bundleEntries, type Making } from "./bundle.ts";
import { exportRow } from "./exports.ts";
import { gather, sizeNeeded, type GatheredItem } from "./gather.ts";
import { bundleContext, exportsIn, type ExportNode, type ExportRow } from "./node.ts";
import { pack } from "./pack.ts";
import { trustPolicy, type ReadPolicy } from "./policy.ts";

const standing = jobStanding("export");
const tries = 4;
/** Until it looks again whether other states have cosigned: often in the first minute, then now and then. */
const lookAgain = (waited: number): number => (waited < 60_000 ? 2_000 : 15_000);
const window = 4 * 1024 * 1024;

/** Handlers for the node's worker. */
export const exportJobs = (node: ExportNode): Record<string, JobHandler> => ({
  "evidence.export": {
    tries,
    run: (job) =>
      runExport(node, (job.payload as { export: Id }).export, job).catch((fault: unknown) => {
        if (job.signal.aborted) throw fault;
        return failOrAgain(node, (job.payload as { export: Id }).export, fault, job.attempt >= tries);
      }),
  },
});

/** The head under which the proofs are made; null while there is none yet. */
async function headFor(
  node: ExportNode,
  row: ExportRow,
  policy: ReadPolicy,
  needed: number,
): Promise<{ head: Head; proven: boolean } | null> {
  // A log that nobody else cosigns proves nothing to a foreign court: only a reason lets it go.
  const proven = policy.needed === 0 ? null : await node.ledger.provenHead("main", policy.policy, needed);
  if (proven !== null) return { head: proven, proven: true };
  if (row.unproven === null) return null;
  const head = await node.ledger.head("main");
  return head === null || head.size < needed ? null : { head, proven: false };
}

/** Where keys were stolen: what they signed is proven by what others cosigned before, so it goes under such a head. */
async function headsBefore(
  node: ExportNode,
  { policy, peers }: ReadPolicy,
): Promise<ReadonlyMap<string, Head>> {
  const heads = new Map<string, Head>();
  for (const { main, since } of [...node.earlierLogs().stolen, ...peers.flatMap(({ stolen }) => stolen)]) {
    const head = await node.ledger.provenHead("main", policy, 0, since);
    if (head !== null) heads.set(keyName(main.publicKey, nodeVerifying), head);
  }
  return heads;
}

/** May run twice: what is ready stays as it is. */
async function runExport(node: ExportNode, id: Id, { signal }: Pick<RunningJob, "signal">): Promise<void> {
  const { row, items } = await node.store.read(standing, async (db) => {
    const found = await exportRow(db, id);
    const over = !["waiting", "packing"].includes(found.state);
    return { row: found, items: over ? null : await gather(node, db, found) };
  });
  if (items === null) return;
  const policy = await trustPolicy(node);
  const head = await headFor(node, row, policy, sizeNeeded(items));
  if (head === null) {
    await node.store.chore("export", ({ enqueue, at }) =>
      enqueue({
        kind: "evidence.export",
        payload: { export: id },
        key: id,
        runAfter: new Date(at.getTime() + lookAgain(at.getTime() - row.started_at.getTime())),
      }),
    );
    return;
  }
  if (!(await beginPacking(node, id))) return;
  node.wake(`export:${id}`);
  const at = node.clock.now();
  const making: Making = {
    row,
    items,
    policy,
    ...head,
    headsBefore: await headsBefore(node, policy),
    said: await node.saidOfKeys(),
    at,
    names: await namesIn(node, items),
    original: (item) => originalOf(node, item),
  };
  const whole = items.reduce((sum, item) => sum + item.size, 0) + 1;
  const packed = await pack(node, bundleEntries(node, making), at, telling(node, id, whole), signal);
  const wrapped = node.box.wrap(packed.identity.scalar, bundleContext(id));
  await node.store.write(standing, async (tx) => {
    await exportsIn(tx)
      .updateTable("simpul.evidence_exports")
      .set({
        state: "ready",
        progress: 1,
        size: packed.size,
        digest: unhex(packed.digest),
        proven: head.proven,
        blob: unhex(packed.blob),
        blob_size: packed.blobSize,
        wrapped: Buffer.from(wrapped),
        ready_at: tx.at,
        changed_at: tx.at,
      })
      .where("id", "=", id)
      .execute();
    tx.note("evidence.exported", {
      id,
      case: row.case_id,
      bundle: packed.digest,
      to: row.recipient_state,
      proven: head.proven,
    });
  });
  node.wake(`export:${id}`);
}

/** False when somebody gave it up meanwhile. */
const beginPacking = (node: ExportNode, id: Id): Promise<boolean> =>
  node.store.write(standing, async (tx) => {
    const done = await exportsIn(tx)
      .updateTable("simpul.evidence_exports")
      .set({ state: "packing", progress: 0, changed_at: tx.at })
      .where("id", "=", id)
      .where("state", "in", ["waiting", "packing"])
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return false;
    tx.note("evidence.export-packing", { id });
    return true;
  });

/** Tells the row at most twice a second how far it is. */
function telling(node: ExportNode, id: Id, whole: number): (bytes: number) => void {
  let last = 0;
  return (bytes) => {
    const now = Date.now();
    if (now - last < 500) return;
    last = now;
    const progress = Math.min(0.99, bytes / whole);
    node.store
      .chore("export", ({ rows, at }) =>
        exportsIn({ rows })
          .updateTable("simpul.evidence_exports")
          .set({ progress, changed_at: at })
          .where("id", "=", id)
          .where("state", "=", "packing")
          .execute(),
      )
      .then(() => node.wake(`export:${id}`))
      // How far it is may be missed; what it comes to is not told here.
      .catch(() => undefined);
  };
}

async function* originalOf(node: ExportNode, item: GatheredItem): AsyncGenerator<Uint8Array> {
  const identity = await node.store.read(standing, (db) => identityOf(node, db, item.id));
  const size = (await node.blobs.size(item.sealedDigest)) ?? 0;
  const plain = await openSealed(node, identity, item.sealedDigest, size);
  for (let from = 0; from < plain.size; from += window) yield await plain.range(from, from + window);
}

async function namesIn(node: ExportNode, items: readonly GatheredItem[]): Promise<Map<Id, string>> {
  const officers = items.flatMap((item) =>
    item.statements.flatMap(({ actor }) => (actor.startsWith("officer:") ? [actor.slice(8) as Id] : [])),
  );
  const named = await node.directory.officers([...new Set(officers)]);
  return new Map([...named].map(([id, { name }]) => [id, name]));
}

const toldAtOnce: readonly string[] = [
  "DAMAGED",
  "KEY_DESTROYED",
  "CALLED_BACK",
  "NO_DEVICE",
  "PERMISSION_NEEDED",
  "VERIFIER_NOT_BUILT",
];

/** What trying again would not change is told at once; the rest after the last try. */
async function failOrAgain(node: ExportNode, id: Id, fault: unknown, last: boolean): Promise<void> {
  const failure: Export["failure"] =
    fault instanceof EvidenceRoomError && toldAtOnce.includes(fault.code)
      ? { code: fault.code, facts: fault.facts }
      : fault instanceof BlobError && fault.code === "DISK_FULL"
        ? { code: "NO_ROOM", facts: {} }
        : null;
  if (failure === null && !last) throw fault;
  await node.store.write(standing, async (tx) => {
    const done = await exportsIn(tx)
      .updateTable("simpul.evidence_exports")
      .set({
        state: "failed",
        failure: JSON.stringify(failure ?? { code: "FAULT", facts: {} }),
        changed_at: tx.at,
      })
      .where("id", "=", id)
      .where("state", "in", ["waiting", "packing"])
      .executeTakeFirst();
    if (done.numUpdatedRows > 0n) tx.note("evidence.export-failed", { id, code: failure?.code ?? "FAULT" });
  });
  node.wake(`export:${id}`);
  if (failure === null) throw fault;
}
