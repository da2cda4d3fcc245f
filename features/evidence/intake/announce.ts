// Announcing a file: the node checks who signed what, and keeps it, before a single byte is taken.
import { acquisitionOf, openConcealed, payloadType, readStatement, statementDigest } from "@simpul/evidence";
import type { Id } from "@simpul/model";
import { fromBase64, keyName, verifyStatement, type SignedStatement } from "@simpul/seal";
import type { Reader, Standing, Writer } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { stat } from "node:fs/promises";
import { EvidenceRoomError, type AskIntake, type Intake } from "../contract.ts";
import { hex, officerOf, tables, unhex, type EvidenceNode } from "../node.ts";
import { refusedBeforehand, safeFileName } from "../rules.ts";
import { dropStaged, stagedFile } from "./seal.ts";

/** A device's clock may be off, a taking-in may lie years back; the future is a mistake. */
const ahead = 24 * 3_600_000;
/** Within it a key that comes again is a repetition; later it is the same file taken in anew. */
const repeatedMs = 24 * 3_600_000;

/**
 * Keeps the announcement. The same statement again changes nothing, so that a client that was cut off may repeat it; nor
 * does another one under the same key, from a client that does not know how far the first came: it is given that one.
 * Throws `NOT_SIGNED`, `NOT_AS_SIGNED`, `NO_DEVICE`, `EMPTY_FILE`, `FILE_TOO_LARGE`, `TOO_MANY_OPEN`, `NO_ROOM`,
 * `ALREADY_DIFFERENT`, `FORBIDDEN`, `NOT_FOUND`.
 */
export async function announceIntake(
  node: EvidenceNode,
  standing: Standing,
  ask: AskIntake,
): Promise<Intake> {
  const officer = officerOf(standing);
  const { facts, original, hidden } = readAsk(ask);
  if (facts.node !== node.code || facts.officer !== officer.id || facts.desk !== officer.desk)
    throw new EvidenceRoomError("NOT_AS_SIGNED");
  if (Date.parse(facts.takenAt) > node.clock.now().getTime() + ahead)
    throw new EvidenceRoomError("NOT_AS_SIGNED", { field: "takenAt" });
  const beforehand = refusedBeforehand(facts.size, node.limits);
  if (beforehand !== null)
    throw new EvidenceRoomError(beforehand, { size: facts.size, limit: node.limits.file });
  const device = await node.devices.keyOf(facts.device);
  if (device === null || device.officer !== officer.id || device.revokedAt !== null)
    throw new EvidenceRoomError("NO_DEVICE");
  const signed: SignedStatement = {
    payloadType,
    payload: ask.statement,
    signatures: [{ keyid: keyName(device.publicKey, nodeVerifying), sig: ask.signature }],
  };
  await verifyStatement(signed, [device.publicKey], nodeVerifying).catch((cause: unknown) => {
    throw new EvidenceRoomError("NOT_SIGNED", {}, cause);
  });
  const statement = JSON.stringify(signed);

  const keep = (tx: Writer) =>
    announced(node, tx, { ask, facts, original, fileName: hidden.fileName, statement });
  // Said twice at one time: the second looks again and finds the first.
  return node.store.write(standing, keep).catch((fault: unknown) => {
    if (!isSaidTwice(fault)) throw fault;
    return node.store.write(standing, keep);
  });
}

const isSaidTwice = (fault: unknown): boolean => {
  const { code, constraint } = (fault ?? {}) as { code?: string; constraint?: string };
  return code === "23505" && constraint === "evidence_intakes_once";
};

async function announced(
  node: EvidenceNode,
  tx: Writer,
  {
    ask,
    facts,
    original,
    fileName,
    statement,
  }: Pick<ReturnType<typeof readAsk>, "facts" | "original"> & {
    ask: AskIntake;
    fileName: string | undefined;
    statement: string;
  },
): Promise<Intake> {
  const officer = officerOf(tx.standing);
  const rows = tables(tx);
  await requireTakeIn(node, tx, ask.case ?? null);
  const before = await rows
    .selectFrom("simpul.evidence_intakes")
    .selectAll()
    .where("id", "=", facts.item)
    .executeTakeFirst();
  if (before !== undefined) {
    if (before.statement !== statement || before.state === "swept")
      throw new EvidenceRoomError("ALREADY_DIFFERENT");
    return intakeView(node, before);
  }
  const same = ask.key === undefined ? undefined : await repeated(tx, officer.id, ask, ask.key);
  if (same !== undefined) {
    if (hex(same.digest) !== original || Number(same.size) !== facts.size)
      throw new EvidenceRoomError("ALREADY_DIFFERENT");
    return intakeView(node, same);
  }
  await checkRoom(node, tx, facts.size);
  const row = await rows
    .insertInto("simpul.evidence_intakes")
    .values({
      id: facts.item,
      officer_id: officer.id,
      agency_id: officer.agency,
      desk_id: officer.desk,
      purpose: tx.standing.purpose,
      case_id: ask.case ?? null,
      device_id: facts.device,
      digest: unhex(original),
      size: facts.size,
      file_name: safeFileName(fileName ?? ""),
      statement,
      disclosures: JSON.stringify(ask.disclosures),
      state: "open",
      refusal: null,
      key: ask.key ?? null,
      started_at: tx.at,
      changed_at: tx.at,
    })
    .onConflict((on) => on.column("id").doNothing())
    .returningAll()
    .executeTakeFirst();
  // An id that somebody else announced is not shown to be there.
  if (row === undefined) throw new EvidenceRoomError("ALREADY_DIFFERENT");
  // The leaf binds her statement as she signed it, before any byte of the file was here.
  const digest = statementDigest(nodeVerifying, fromBase64(ask.statement));
  tx.note("evidence.announced", {
    id: facts.item,
    digest,
    size: facts.size,
    ...(ask.case && { case: ask.case }),
  });
  return intakeView(node, row);
}

/** Her intake under this key, from the last day, whose item is not gone again; older ones give the key up. */
async function repeated(tx: Writer, officer: Id, ask: AskIntake, key: string) {
  const into = ask.case ?? null;
  const found = await tables(tx)
    .selectFrom("simpul.evidence_intakes as i")
    .leftJoin("simpul.evidence_items as e", "e.id", "i.id")
    .selectAll("i")
    .select("e.state as item_state")
    .where("i.officer_id", "=", officer)
    .where("i.key", "=", key)
    .where("i.case_id", "is not distinct from", into)
    .where("i.state", "!=", "swept")
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const old = found.started_at.getTime() < tx.at.getTime() - repeatedMs;
  if (!old && (found.state !== "sealed" || found.item_state === "sealed")) return found;
  await tables(tx)
    .updateTable("simpul.evidence_intakes")
    .set({ key: null })
    .where("id", "=", found.id)
    .execute();
  return undefined;
}

function readAsk(ask: AskIntake) {
  try {
    const acquisition = acquisitionOf(readStatement(fromBase64(ask.statement)));
    return { ...acquisition, hidden: openConcealed(nodeVerifying.hash, acquisition, ask.disclosures) };
  } catch (cause) {
    throw new EvidenceRoomError("NOT_AS_SIGNED", {}, cause);
  }
}

async function requireTakeIn(
  node: EvidenceNode,
  tx: Pick<Reader, "rows" | "standing" | "allowed">,
  into: Id | null,
): Promise<void> {
  const officer = officerOf(tx.standing);
  const record =
    into === null
      ? ({ kind: "desk", id: officer.desk, agency: officer.agency } as const)
      : await node.caseFacts(tx, into);
  const { allowed, because } = node.policy.decide({
    officer,
    act: "evidence.take-in",
    record,
    purpose: tx.standing.purpose,
    now: node.clock.now(),
  });
  if (!allowed) throw new EvidenceRoomError("FORBIDDEN");
  tx.allowed(because);
}

async function checkRoom(node: EvidenceNode, tx: Pick<Reader, "rows">, size: number): Promise<void> {
  const { open, bytes } = await tables(tx)
    .selectFrom("simpul.evidence_intakes")
    .select((at) => [at.fn.countAll<string>().as("open"), at.fn.sum<string | null>("size").as("bytes")])
    .where("state", "in", ["open", "sealing", "refused"])
    .executeTakeFirstOrThrow();
  if (Number(open) >= node.limits.open)
    throw new EvidenceRoomError("TOO_MANY_OPEN", { open: Number(open), limit: node.limits.open });
  if (Number(bytes ?? 0) + size > node.limits.officer)
    throw new EvidenceRoomError("TOO_MANY_OPEN", {
      bytes: Number(bytes ?? 0) + size,
      limit: node.limits.officer,
    });
}

export async function intakeView(
  node: EvidenceNode,
  row: {
    id: Id;
    state: Intake["state"];
    file_name: string;
    size: string;
    digest: Buffer;
    case_id: Id | null;
    refusal: Intake["refusal"] | { code: string; facts: Record<string, string | number> } | null;
    started_at: Date;
  },
): Promise<Intake> {
  const staged = row.state === "sealed" ? null : await stat(stagedFile(node, row.id)).catch(() => null);
  return {
    id: row.id,
    item: row.id,
    state: row.state,
    fileName: row.file_name,
    size: Number(row.size),
    received: row.state === "sealed" ? Number(row.size) : (staged?.size ?? 0),
    digest: hex(row.digest),
    case: row.case_id,
    refusal: row.refusal as Intake["refusal"],
    startedAt: row.started_at.toISOString(),
  };
}

/** The officer's files on their way in, and those sealed in the last hours: what the tray shows. */
export function listIntakes(node: EvidenceNode, standing: Standing): Promise<Intake[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("evidence.intakes", {});
    const rows = await tables(db)
      .selectFrom("simpul.evidence_intakes")
      .selectAll()
      .where("state", "!=", "swept")
      .where((at) =>
        at.or([
          at("state", "!=", "sealed"),
          at("changed_at", ">", new Date(node.clock.now().getTime() - 12 * 3_600_000)),
        ]),
      )
      .orderBy("started_at", "desc")
      .limit(500)
      .execute();
    return Promise.all(rows.map((row) => intakeView(node, row)));
  });
}

export function findIntake(node: EvidenceNode, standing: Standing, id: Id): Promise<Intake> {
  return node.store.read(standing, async (db) => {
    db.noteRead("evidence.intake", { id });
    const row = await tables(db)
      .selectFrom("simpul.evidence_intakes")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (row === undefined) throw new EvidenceRoomError("NOT_FOUND");
    return intakeView(node, row);
  });
}

/** Gives up a file that is not sealed yet; its bytes go at once. */
export async function giveUp(node: EvidenceNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const done = await tables(tx)
      .updateTable("simpul.evidence_intakes")
      .set({ state: "swept", changed_at: tx.at })
      .where("id", "=", id)
      .where("state", "in", ["open", "refused"])
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) throw new EvidenceRoomError("NOT_FOUND");
    tx.note("evidence.given-up", { id });
  });
  await dropStaged(node, id);
}
