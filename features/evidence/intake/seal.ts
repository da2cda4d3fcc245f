// Sealing: one pass hashes and encrypts the staged bytes, the written file is read back, and only then there is an item.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import {
  AgeIdentity,
  ageWriter,
  acquisitionOf,
  openAge,
  openConcealed,
  readStatement,
  statementDigest,
  type PlainSource,
} from "@simpul/evidence";
import { Evaluation, Handling, actorName, type Digest, type Id } from "@simpul/model";
import { countersign, parseSignedStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { BlobError } from "@simpul/store/blobs";
import { EvidenceRoomError } from "../contract.ts";
import { payloadOf, signEvent } from "../custody.ts";
import { nodeAge } from "../engine.ts";
import { hex, jobStanding, tables, unhex, usualEvaluation, type EvidenceNode } from "../node.ts";

/** Where the uploaded bytes of an intake lie; its id is a UUID, so it is no path of its own. */
export const stagedFile = (node: Pick<EvidenceNode, "staging">, id: Id): string =>
  path.join(node.staging, id);
/** What the upload server keeps beside them. */
export const stagedFiles = (node: Pick<EvidenceNode, "staging">, id: Id): string[] => [
  stagedFile(node, id),
  `${stagedFile(node, id)}.json`,
];

export async function dropStaged(node: Pick<EvidenceNode, "staging">, id: Id): Promise<void> {
  for (const file of stagedFiles(node, id)) await rm(file, { force: true });
}

/** Opens a sealed file of this node for reading from anywhere in it. */
export function openSealed(
  node: Pick<EvidenceNode, "blobs">,
  identity: AgeIdentity,
  digest: Digest,
  size: number,
): Promise<PlainSource> {
  return openAge(nodeAge, identity, {
    size,
    range: async (start, end) => {
      const parts: Uint8Array[] = [];
      for await (const part of await node.blobs.open(digest, { start, end })) parts.push(part);
      return Buffer.concat(parts);
    },
  });
}

/** What the item's key is wrapped for; another item's key does not open under it. */
export const keyContext = (item: Id): string => `item:${item}`;

/**
 * Seals an intake whose bytes are all there. May be called again after it was killed at any point, and does nothing
 * for one that is sealed. Throws `NOT_UPLOADED`, `SIZE_DIFFERS`, `DIGEST_DIFFERS`, `NOT_WRITTEN_AS_READ`, `NO_ROOM`;
 * then nothing of it is visible.
 */
export async function sealIntake(node: EvidenceNode, id: Id): Promise<void> {
  const standing = jobStanding("seal");
  const intake = await node.store.read(standing, (db) =>
    tables(db).selectFrom("simpul.evidence_intakes").selectAll().where("id", "=", id).executeTakeFirst(),
  );
  if (intake === undefined) throw new EvidenceRoomError("NOT_FOUND");
  if (intake.state === "sealed") return dropStaged(node, id);
  if (intake.state === "swept") throw new EvidenceRoomError("NOT_UPLOADED");
  const size = Number(intake.size);
  const there = await stat(stagedFile(node, id)).catch(() => null);
  if (there === null || there.size < size)
    throw new EvidenceRoomError("NOT_UPLOADED", { received: there?.size ?? 0, size });
  if (there.size !== size) throw new EvidenceRoomError("SIZE_DIFFERS", { received: there.size, size });

  const identity = AgeIdentity.make(nodeAge, node.random);
  const expected = hex(intake.digest);
  const sealed = await node.blobs
    .put(
      encrypting(
        node,
        createReadStream(stagedFile(node, id), { highWaterMark: 1024 * 1024 }),
        identity,
        expected,
      ),
      {
        most: size + 4 * 1024 * 1024 + Math.ceil(size / 1024),
      },
    )
    .catch((fault: unknown) => {
      if (fault instanceof BlobError && fault.code === "DISK_FULL")
        throw new EvidenceRoomError("NO_ROOM", {}, fault);
      throw fault;
    });
  await readBack(node, identity, sealed, expected);

  const device = parseSignedStatement(intake.statement);
  const acquisition = acquisitionOf(readStatement(payloadOf(device)));
  const signed = await countersign(device, node.signer, nodeVerifying);
  const first = statementDigest(nodeVerifying, payloadOf(signed));
  const wrapped = node.box.wrap(identity.scalar, keyContext(id));
  const unit = (await node.deskKey?.(intake.desk_id)) ?? null;
  const { sealTo } = await import("@simpul/store/keys");

  await node.store.write(standing, async (tx) => {
    const rows = tables(tx);
    const still = await rows
      .selectFrom("simpul.evidence_intakes")
      .select("state")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (still.state === "sealed") return;
    const event = await signEvent(
      node,
      { original: expected, "sealed-file": sealed.digest },
      {
        item: id,
        number: 1,
        event: "sealed",
        previous: first,
        at: tx.at.toISOString(),
        node: node.code,
        actor: actorName(standing.actor),
        purpose: standing.purpose,
        facts: { size, sealedSize: sealed.size, readBack: true },
      },
    );
    const second = statementDigest(nodeVerifying, payloadOf(event));
    await rows
      .insertInto("simpul.evidence_items")
      .values({
        id,
        case_id: intake.case_id,
        agency_id: intake.agency_id,
        desk_id: intake.desk_id,
        taken_in_by: intake.officer_id,
        origin: "here",
        state: "sealed",
        file_name: intake.file_name,
        media_type: acquisition.facts.mediaType,
        method: acquisition.facts.method,
        size,
        digest: intake.digest,
        sealed_digest: unhex(sealed.digest),
        disclosures: JSON.stringify(intake.disclosures),
        taken_at: new Date(acquisition.facts.takenAt),
        sealed_at: tx.at,
        handling: JSON.stringify(Handling.usual),
        evaluation: Evaluation.print(usualEvaluation),
        chain: 2,
        chain_head: unhex(second),
      })
      .execute();
    await rows
      .insertInto("simpul.evidence_statements")
      .values([
        {
          item_id: id,
          number: 0,
          event: "acquired",
          at: intake.started_at,
          actor: `officer:${intake.officer_id}`,
          digest: unhex(first),
          signed: JSON.stringify(signed),
        },
        {
          item_id: id,
          number: 1,
          event: "sealed",
          at: tx.at,
          actor: actorName(standing.actor),
          digest: unhex(second),
          signed: JSON.stringify(event),
        },
      ])
      .execute();
    const keys = [{ item_id: id, holder: "node", wrapped: Buffer.from(wrapped) }];
    if (unit !== null)
      keys.push({
        item_id: id,
        holder: `desk:${intake.desk_id}`,
        wrapped: Buffer.from(sealTo(unit, identity.scalar, keyContext(id))),
      });
    await rows.insertInto("simpul.evidence_keys").values(keys).execute();
    await rows
      .insertInto("simpul.evidence_readings")
      .values({ item_id: id, state: "waiting", changed_at: tx.at })
      .execute();
    await rows
      .updateTable("simpul.evidence_intakes")
      .set({ state: "sealed", refusal: null, changed_at: tx.at })
      .where("id", "=", id)
      .execute();
    tx.note("evidence.sealed", { id, digest: second, ...(intake.case_id && { case: intake.case_id }) });
    await tx.enqueue({ kind: "evidence.read", payload: { item: id }, key: id });
  });
  node.wake(`item:${id}`);
  // After the commit: killed before this line, the sweep finds them.
  await dropStaged(node, id);
}

/** The sealed file, piece by piece, while the plain bytes are hashed; ends in a refusal unless they are as signed. */
export async function* encrypting(
  node: Pick<EvidenceNode, "random">,
  plain: AsyncIterable<Uint8Array>,
  identity: AgeIdentity,
  expected: Digest,
): AsyncGenerator<Uint8Array> {
  const writer = ageWriter(nodeAge, node.random, [identity.point]);
  const hash = createHash("sha256");
  yield writer.head;
  for await (const piece of plain) {
    hash.update(piece);
    yield* writer.push(piece);
  }
  const last = writer.end();
  if (hash.digest("hex") !== expected) throw new EvidenceRoomError("DIGEST_DIFFERS");
  yield last;
}

/** Reads the written file as a stranger would: every chunk opened, the whole hashed again. */
export async function readBack(
  node: Pick<EvidenceNode, "blobs">,
  identity: AgeIdentity,
  sealed: { digest: Digest; size: number },
  expected: Digest,
): Promise<void> {
  if (!(await node.blobs.verify(sealed.digest))) throw new EvidenceRoomError("NOT_WRITTEN_AS_READ");
  const plain = await openSealed(node, identity, sealed.digest, sealed.size);
  const hash = createHash("sha256");
  const window = 4 * 1024 * 1024;
  for (let at = 0; at < plain.size; at += window) hash.update(await plain.range(at, at + window));
  if (hash.digest("hex") !== expected) throw new EvidenceRoomError("NOT_WRITTEN_AS_READ");
}

/** What an intake's concealed facts say; the statement was checked when it was announced. */
export const hiddenOf = (statement: string, disclosures: readonly string[]) =>
  openConcealed(
    nodeVerifying.hash,
    acquisitionOf(readStatement(payloadOf(parseSignedStatement(statement)))),
    disclosures,
  );
