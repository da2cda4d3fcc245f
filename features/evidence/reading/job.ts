// Reading an item as a job: decrypt, read in a process of its own, keep the reading under the item's key, search it.
import { AgeIdentity, ageWriter } from "@simpul/evidence";
import { profileOf } from "@simpul/match/profiles";
import type { Digest, Id } from "@simpul/model";
import { sql } from "kysely";
import { EvidenceRoomError, ReadingError, type Part, type SegmentPlace } from "../contract.ts";
import { nodeAge } from "../engine.ts";
import { addEvent } from "../custody.ts";
import { keyContext, openSealed } from "../intake/seal.ts";
import { hex, jobStanding, tables, unhex, type EvidenceNode } from "../node.ts";
import type { Reader } from "@simpul/store";
import { runDetection, runReader, type FoundInPart } from "./run.ts";
import { unpackSegment } from "./segments.ts";

const standing = jobStanding("read");

/** The item's own key. Throws `KEY_DESTROYED` when no wrapped copy is left. */
export async function identityOf(node: EvidenceNode, db: Pick<Reader, "rows">, id: Id): Promise<AgeIdentity> {
  const row = await tables(db)
    .selectFrom("simpul.evidence_keys")
    .select("wrapped")
    .where("item_id", "=", id)
    .where("holder", "=", "node")
    .executeTakeFirst();
  if (row === undefined) throw new EvidenceRoomError("KEY_DESTROYED");
  return AgeIdentity.of(nodeAge, node.box.unwrap(row.wrapped, keyContext(id)));
}

/** A queue of one: who writes waits until who reads has taken it. */
function channel(): {
  push(bytes: Uint8Array): Promise<void>;
  end(): void;
  fail(fault: unknown): void;
  out: AsyncGenerator<Uint8Array>;
} {
  let give: ((next: Uint8Array | null) => void) | null = null;
  let broken: unknown;
  let failing: ((fault: unknown) => void) | null = null;
  let ready: () => void = () => undefined;
  let waiting = new Promise<void>((resolve) => (ready = resolve));
  async function* out(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (broken !== undefined) throw broken as Error;
      const next = await new Promise<Uint8Array | null>((resolve, reject) => {
        give = resolve;
        failing = reject;
        ready();
      });
      if (next === null) return;
      yield next;
    }
  }
  return {
    async push(bytes) {
      await waiting;
      waiting = new Promise<void>((resolve) => (ready = resolve));
      give!(bytes);
    },
    end: () => void waiting.then(() => give!(null)),
    fail(fault) {
      broken = fault;
      failing?.(fault);
    },
    out: out(),
  };
}

/** Reads one item; does nothing for one that is read already. */
export async function runReading(node: EvidenceNode, id: Id, signal?: AbortSignal): Promise<void> {
  const found = await node.store.read(standing, async (db) => {
    const item = await tables(db)
      .selectFrom("simpul.evidence_items")
      .select(["file_name", "sealed_digest", "state"])
      .where("id", "=", id)
      .executeTakeFirst();
    const reading = await tables(db)
      .selectFrom("simpul.evidence_readings")
      .select("state")
      .where("item_id", "=", id)
      .executeTakeFirst();
    if (item === undefined || reading === undefined) return null;
    if (reading.state === "ready" || reading.state === "refused") return null;
    return { item, identity: await identityOf(node, db, id) };
  });
  if (found === null) return;
  const { item, identity } = found;
  const digest = hex(item.sealed_digest);
  const source = await openSealed(node, identity, digest, (await node.blobs.size(digest)) ?? 0);

  const writer = ageWriter(nodeAge, node.random, [identity.point]);
  const pipe = channel();
  const most = 8 * source.size + 64 * 1024 * 1024;
  const put = node.blobs.put(pipe.out, { most });
  put.catch(() => undefined);
  let told = 0;
  try {
    await Promise.race([pipe.push(writer.head), put]);
    const summary = await runReader({
      source,
      name: item.file_name,
      limits: node.reading,
      ...(signal && { signal }),
      progress(done) {
        // Told at most every half second: it is for the eye.
        if (Date.now() - told < 500) return;
        told = Date.now();
        void tellProgress(node, id, done);
      },
      async keep(segment) {
        for (const piece of writer.push(segment)) await Promise.race([pipe.push(piece), put]);
      },
    });
    await Promise.race([pipe.push(writer.end()), put]);
    pipe.end();
    const stored = await put;
    await node.store.write(standing, async (tx) => {
      await tables(tx)
        .updateTable("simpul.evidence_readings")
        .set({
          state: "ready",
          kind: summary.kind,
          encoding: summary.encoding,
          parts: summary.parts,
          characters: summary.characters,
          progress: 1,
          refusal: null,
          warnings: JSON.stringify(summary.warnings),
          blob: unhex(stored.digest),
          places: JSON.stringify(summary.segments),
          detection: "waiting",
          changed_at: tx.at,
        })
        .where("item_id", "=", id)
        .execute();
      await addEvent(node, tx, id, "analysed", { how: "read", kind: summary.kind, parts: summary.parts });
      await tx.enqueue({ kind: "evidence.detect", payload: { item: id }, key: id });
    });
  } catch (fault) {
    pipe.fail(fault);
    await put.catch(() => undefined);
    if (!(fault instanceof ReadingError)) throw fault;
    await node.store.write(standing, async (tx) => {
      await tables(tx)
        .updateTable("simpul.evidence_readings")
        .set({
          state: "refused",
          refusal: JSON.stringify({ code: fault.code, facts: fault.facts }),
          detection: "done",
          changed_at: tx.at,
        })
        .where("item_id", "=", id)
        .execute();
      tx.note("evidence.not-read", { id, code: fault.code });
    });
  }
  node.wake(`item:${id}`);
}

/** For the eye only, so a failure of it stops nothing. */
async function tellProgress(node: EvidenceNode, id: Id, done: number): Promise<void> {
  await node.store
    .chore("reading", (keeper) =>
      sql`update simpul.evidence_readings set state = 'reading', progress = ${done}, changed_at = ${keeper.at}
          where item_id = ${id} and state in ('waiting', 'reading')`.execute(keeper.rows),
    )
    .then(
      () => node.wake(`item:${id}`),
      () => undefined,
    );
}

export interface OpenReading {
  places: SegmentPlace[];
  segment(number: number): Promise<Part[]>;
  range(start: number, end: number): Promise<Uint8Array>;
}

/** The kept reading of an item, segment by segment. Throws `NOT_READ_YET`, `NO_SUCH_PART`. */
export async function openReadingOf(
  node: EvidenceNode,
  db: Pick<Reader, "rows">,
  id: Id,
): Promise<OpenReading> {
  const row = await tables(db)
    .selectFrom("simpul.evidence_readings")
    .select(["blob", "places", "state"])
    .where("item_id", "=", id)
    .executeTakeFirst();
  if (row?.state !== "ready" || row.blob === null) throw new EvidenceRoomError("NOT_READ_YET");
  const identity = await identityOf(node, db, id);
  const digest: Digest = hex(row.blob);
  const source = await openSealed(node, identity, digest, (await node.blobs.size(digest)) ?? 0);
  const places = row.places as SegmentPlace[];
  return {
    places,
    range: (start, end) => source.range(start, end),
    async segment(number) {
      const place = places[number];
      if (place === undefined) throw new EvidenceRoomError("NO_SUCH_PART");
      return unpackSegment(await source.range(place.offset, place.offset + place.length));
    },
  };
}

/** How many findings of one item are kept; a list of a million numbers is no reading. */
const mostFindings = 300_000;

/** Searches a reading for selectors. What officers decided stays; the same place is found once. */
export async function runDetect(node: EvidenceNode, id: Id, signal?: AbortSignal): Promise<void> {
  const reading = await node.store.read(standing, (db) => openReadingOf(node, db, id).catch(() => null));
  if (reading === null) return;
  let kept = 0;
  await runDetection({
    places: reading.places,
    range: reading.range,
    region: node.code.toUpperCase(),
    limits: node.reading,
    ...(signal && { signal }),
    keep: async (found) => {
      const some = found.slice(0, mostFindings - kept);
      kept += some.length;
      for (let at = 0; at < some.length; at += 1000) await keepFindings(node, id, some.slice(at, at + 1000));
    },
  }).catch((fault: unknown) => {
    // Too much or too slow: what was found so far stays, and an officer reads on by eye.
    if (!(fault instanceof ReadingError)) throw fault;
  });
  await node.store.write(standing, async (tx) => {
    await tables(tx)
      .updateTable("simpul.evidence_readings")
      .set({ detection: "done", changed_at: tx.at })
      .where("item_id", "=", id)
      .execute();
    await addEvent(node, tx, id, "analysed", { how: "searched", findings: kept });
  });
  node.wake(`item:${id}`);
}

async function keepFindings(node: EvidenceNode, id: Id, found: readonly FoundInPart[]): Promise<void> {
  await node.store.write(standing, async (tx) => {
    await tables(tx)
      .insertInto("simpul.evidence_findings")
      .values(
        found.map((one) => ({
          item_id: id,
          id: tx.newId(),
          part: one.part,
          start_at: one.start,
          end_at: one.end,
          type: one.type,
          written: one.text.slice(0, 4096),
          canonical: one.canonical.slice(0, 4096),
          profile: profileOf(one.type),
          valid: one.valid,
          doubt: one.reason ?? null,
          state: "candidate" as const,
          role: null,
          found: null,
          act_id: null,
          decided_by: null,
          decided_at: null,
        })),
      )
      .onConflict((on) => on.doNothing())
      .execute();
    tx.note("evidence.findings-kept", { id, count: found.length });
  });
}
