// Bundles after they were asked for: seen, not waited for any longer, given up, fetched, swept.
import { AgeIdentity, type PlainSource } from "@simpul/evidence";
import type { Id } from "@simpul/model";
import { StoreError, type Reader, type Standing, type Writer } from "@simpul/store";
import { EvidenceRoomError, type Export } from "../contract.ts";
import { nodeAge } from "../engine.ts";
import { openSealed } from "../intake/seal.ts";
import { hex, jobStanding, officerOf, type EvidenceNode } from "../node.ts";
import { refuseCalledBack } from "../called-back.ts";
import { bundleContext, exportsIn, exportView, keptDays, type ExportNode, type ExportRow } from "./node.ts";

export async function exportRow(db: Pick<Reader | Writer, "rows">, id: Id): Promise<ExportRow> {
  const row = await exportsIn(db)
    .selectFrom("simpul.evidence_exports")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new EvidenceRoomError("NOT_FOUND");
  return row;
}

export const findExport = (node: EvidenceNode, standing: Standing, id: Id): Promise<Export> =>
  node.store.read(standing, async (db) => {
    db.noteRead("evidence.export", { id });
    return exportView(await exportRow(db, id));
  });

/** Of one case, or (without one) all that this officer may see; newest first, at most 200. */
export const listExports = (node: EvidenceNode, standing: Standing, of: Id | null): Promise<Export[]> =>
  node.store.read(standing, async (db) => {
    db.noteRead("evidence.exports", of === null ? {} : { case: of });
    const all = exportsIn(db).selectFrom("simpul.evidence_exports").selectAll();
    const rows = await (of === null ? all : all.where("case_id", "=", of))
      .orderBy("started_at", "desc")
      .limit(200)
      .execute();
    return rows.map((row) => exportView(row as ExportRow));
  });

/** Only who asked for it changes it; to others it is there to be seen. */
async function ownWaiting(tx: Writer, id: Id): Promise<ExportRow> {
  const row = await exportRow(tx, id);
  if (row.officer_id !== officerOf(tx.standing).id) throw new EvidenceRoomError("FORBIDDEN");
  if (row.state !== "waiting") throw new EvidenceRoomError("NOT_WAITING", { state: row.state });
  return row;
}

/** Does not wait for other states any longer; the bundle will say so, with the reason. */
export async function goUnproven(
  node: EvidenceNode,
  standing: Standing,
  id: Id,
  why: string,
): Promise<Export> {
  return node.store.write(standing, async (tx) => {
    const row = await ownWaiting(tx, id);
    await exportsIn(tx)
      .updateTable("simpul.evidence_exports")
      .set({ unproven: why, changed_at: tx.at })
      .where("id", "=", id)
      .execute();
    tx.note("evidence.export-not-waited", { id, case: row.case_id });
    await tx.enqueue({ kind: "evidence.export", payload: { export: id }, key: id });
    return exportView({ ...row, unproven: why });
  });
}

/** Gives up a bundle that still waits; the disclosure stays in the items' custody, and the row says it never left. */
export async function giveUpExport(node: EvidenceNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await ownWaiting(tx, id);
    await exportsIn(tx)
      .updateTable("simpul.evidence_exports")
      .set({ state: "given-up", changed_at: tx.at })
      .where("id", "=", id)
      .execute();
    tx.note("evidence.export-given-up", { id, case: row.case_id });
  });
  node.wake(`export:${id}`);
}

/** The finished zip for who asked for it; every fetching is noted. Throws `NOT_READY`, `SWEPT`, `FORBIDDEN`, `FROZEN`. */
export async function fetchExport(
  node: ExportNode,
  standing: Standing,
  id: Id,
): Promise<{ source: PlainSource; fileName: string }> {
  const row = await node.store.write(standing, async (tx) => {
    const found = await exportRow(tx, id);
    if (found.officer_id !== officerOf(standing).id) throw new EvidenceRoomError("FORBIDDEN");
    if (found.state === "swept") throw new EvidenceRoomError("SWEPT", { days: keptDays });
    if (found.state !== "ready") throw new EvidenceRoomError("NOT_READY", { state: found.state });
    await refuseCalledBack(
      tx,
      found.items.map((one) => one.id),
    );
    await refuseResting(node, tx, found);
    tx.note("evidence.export-fetched", { id, case: found.case_id });
    return found;
  });
  const identity = AgeIdentity.of(nodeAge, node.box.unwrap(row.wrapped!, bundleContext(id)));
  const source = await openSealed(node, identity, hex(row.blob!), Number(row.blob_size));
  const day = row.ready_at!.toISOString().slice(0, 10);
  return { source, fileName: `${node.exercise ? "EXERCISE-" : ""}${row.case_number}-bundle-${day}.zip` };
}

/** AUD-2: what rests is not handed over, also not as a bundle that was packed before. Throws `FROZEN`. */
async function refuseResting(node: EvidenceNode, tx: Writer, row: ExportRow): Promise<void> {
  const parts = [["case", row.case_id] as const, ...row.items.map((one) => ["item", one.id] as const)];
  for (const [what, id] of parts)
    if (await node.rests?.of(tx, what, id)) throw new StoreError("FROZEN", `${what} ${id}`);
}

/** Destroys finished bundles after their days; the row stays for oversight. Gives how many. */
export async function sweepExports(node: EvidenceNode): Promise<number> {
  const before = new Date(node.clock.now().getTime() - keptDays * 86_400_000);
  const swept = await node.store.write(jobStanding("sweep"), async (tx) => {
    const rows = await exportsIn(tx)
      .selectFrom("simpul.evidence_exports")
      .select(["id", "case_id", "blob"])
      .where("state", "=", "ready")
      .where("ready_at", "<", before)
      .execute();
    for (const { id, case_id: of } of rows) {
      await exportsIn(tx)
        .updateTable("simpul.evidence_exports")
        .set({ state: "swept", blob: null, wrapped: null, changed_at: tx.at })
        .where("id", "=", id)
        .execute();
      tx.note("evidence.export-swept", { id, case: of });
    }
    return rows;
  });
  // After the commit, which destroyed the key: bytes that a crash leaves here open for nobody.
  for (const { blob } of swept) if (blob !== null) await node.blobs.remove(hex(blob));
  return swept.length;
}
