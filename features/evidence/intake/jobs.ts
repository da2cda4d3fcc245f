// Sealing as work that waits: asked for when the bytes are there, tried again after a crash, refused in the open.
import { readdir, stat, statfs } from "node:fs/promises";
import { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { EvidenceRoomError, type EvidenceRefusal } from "../contract.ts";
import { jobStanding, tables, type EvidenceNode } from "../node.ts";
import { dropStaged, sealIntake, stagedFile } from "./seal.ts";

/** The officer's bytes are there: seals them as soon as a worker is free. */
export async function askSeal(node: EvidenceNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const done = await tables(tx)
      .updateTable("simpul.evidence_intakes")
      .set({ state: "sealing", refusal: null, changed_at: tx.at })
      .where("id", "=", id)
      .where("state", "in", ["open", "refused"])
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return;
    tx.note("evidence.uploaded", { id });
    await tx.enqueue({ kind: "evidence.seal", payload: { intake: id }, key: id });
  });
  node.wake(`intake:${id}`);
}

/** Refusals that trying again at once would not change; each stands before its officer, in words. */
const final: readonly EvidenceRefusal[] = [
  "DIGEST_DIFFERS",
  "SIZE_DIFFERS",
  "NOT_UPLOADED",
  "NOT_FOUND",
  "NO_ROOM",
];

/** Runs one sealing. What cannot be sealed is back with its officer, with the reason; the rest is tried again. */
export async function runSeal(node: EvidenceNode, id: Id): Promise<void> {
  try {
    await sealIntake(node, id);
  } catch (fault) {
    if (!(fault instanceof EvidenceRoomError) || !final.includes(fault.code)) throw fault;
    // Bytes that are not those she signed are of no use to anybody: she sends the right ones.
    if (fault.code === "DIGEST_DIFFERS" || fault.code === "SIZE_DIFFERS") await dropStaged(node, id);
    await node.store.write(jobStanding("seal"), async (tx) => {
      const done = await tables(tx)
        .updateTable("simpul.evidence_intakes")
        .set({
          state: "refused",
          refusal: JSON.stringify({ code: fault.code, facts: fault.facts }),
          changed_at: tx.at,
        })
        .where("id", "=", id)
        .where("state", "=", "sealing")
        .executeTakeFirst();
      if (done.numUpdatedRows > 0n) tx.note("evidence.refused", { id, code: fault.code });
    });
  }
  node.wake(`intake:${id}`);
}

/** Seals what waits only for room, once there is some: nobody has to be at her desk for it. Gives how many it asked for. */
export async function sealWhatFits(node: EvidenceNode): Promise<number> {
  const standing = jobStanding("seal");
  const waiting = await node.store.read(standing, (db) =>
    tables(db)
      .selectFrom("simpul.evidence_intakes")
      .select(["id", "size"])
      .where("state", "=", "refused")
      .where(sql<boolean>`refusal ->> 'code' = 'NO_ROOM'`)
      .orderBy("changed_at")
      .limit(20)
      .execute(),
  );
  let asked = 0;
  for (const { id, size } of waiting) {
    const disk = await statfs(node.staging);
    // The sealed file is hardly larger than the bytes; without room for it, trying would only fill the disk once more.
    if (disk.bavail * disk.bsize < Number(size) + 4 * 1024 * 1024) continue;
    await askSeal(node, standing, id);
    asked += 1;
  }
  return asked;
}

/** Sweeps what nobody finished in time, and staged bytes of what is sealed or unknown. Gives how many it swept. */
export async function sweepIntakes(node: EvidenceNode): Promise<number> {
  const before = new Date(node.clock.now().getTime() - node.limits.days * 86_400_000);
  const swept = await node.store.write(jobStanding("sweep"), async (tx) => {
    const rows = await tables(tx)
      .updateTable("simpul.evidence_intakes")
      .set({ state: "swept", changed_at: tx.at })
      .where("state", "in", ["open", "refused"])
      .where("changed_at", "<", before)
      .returning("id")
      .execute();
    for (const { id } of rows) tx.note("evidence.swept", { id });
    return rows.map((row) => row.id);
  });
  for (const id of swept) await dropStaged(node, id);
  const open = await node.store.read(jobStanding("sweep"), (db) =>
    tables(db)
      .selectFrom("simpul.evidence_intakes")
      .select("id")
      .where("state", "in", ["open", "sealing", "refused"])
      .execute(),
  );
  const wanted = new Set<string>(open.map((row) => row.id));
  for (const name of await readdir(node.staging).catch(() => [] as string[])) {
    if (!/^[0-9a-f-]{36}$/.test(name) || wanted.has(name)) continue;
    const about = await stat(stagedFile(node, Id.parse(name))).catch(() => null);
    // A minute is enough for the sealing that is just removing it.
    if (about !== null && about.mtimeMs < node.clock.now().getTime() - 60_000)
      await dropStaged(node, Id.parse(name));
  }
  return swept.length;
}
