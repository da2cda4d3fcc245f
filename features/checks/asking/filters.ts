// A peer's filter of one type: fetched in pieces when it is new, proven before it is kept, in memory while it is used.
import { ExchangeError } from "@simpul/exchange";
import { OprfError, readFilter, type TagSet } from "@simpul/match/oprf";
import type { NodeCode, SelectorType } from "@simpul/model";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { jobStanding, type ChecksNode } from "../node.ts";
import { AskFilter, print, questions, sha256 } from "../wire.ts";
import type { OfferedFilter, PeerKeys } from "./peer-keys.ts";

/** Filters opened last, by digest; ten million tags take 80 MB, so only a few. */
const opened = new Map<string, { tags: TagSet; notAfter: Date }>();
const mostOpened = 24;

/** Tags of the peer's filter as offered. Throws `OprfError` for one that is not what it must be. */
export async function filterOf(
  node: ChecksNode,
  peer: NodeCode,
  type: SelectorType,
  of: { keys: PeerKeys; offered: OfferedFilter },
): Promise<TagSet> {
  const name = `${peer} ${type} ${of.offered.digest}`;
  const kept = opened.get(name);
  if (kept !== undefined && kept.notAfter > node.clock.now()) return kept.tags;
  const stored = await cached(node, peer, type, of.offered);
  const bytes = stored ?? (await fetched(node, peer, type, of));
  const { header, tags } = await readFilter(
    bytes,
    { key: of.keys.keys.get(type)!, type, signedBy: of.keys.signedBy, now: node.clock.now() },
    nodeVerifying,
  );
  if (header.profile !== of.offered.profile) throw new OprfError("FILTER_ALTERED", "its profile");
  if (stored === null) await keep(node, peer, type, of, bytes);
  opened.delete(name);
  opened.set(name, { tags, notAfter: new Date(header.notAfter) });
  if (opened.size > mostOpened) opened.delete(opened.keys().next().value!);
  return tags;
}

const cached = (node: ChecksNode, peer: NodeCode, type: SelectorType, offered: OfferedFilter) =>
  node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ file: Buffer }>`select file from simpul.check_peer_filters
      where peer = ${peer} and type = ${type} and digest = ${offered.digest}`.execute(db.rows);
    return rows[0]?.file ?? null;
  });

async function fetched(
  node: ChecksNode,
  peer: NodeCode,
  type: SelectorType,
  { keys, offered }: { keys: PeerKeys; offered: OfferedFilter },
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  while (offset < offered.size) {
    const ask = AskFilter.parse({ v: 1, type, epoch: keys.epoch, digest: offered.digest, offset });
    const piece = await node.asking.ask(peer, questions.filter, print(ask)).catch((fault: unknown) => {
      // It was made anew between two pieces: the next try asks for the new one.
      if (fault instanceof ExchangeError && fault.code === "NOT_FOUND")
        throw new ExchangeError("UNAVAILABLE", "another filter by now", fault);
      throw fault;
    });
    offset += piece.length;
    if (piece.length === 0 || offset > offered.size) throw new OprfError("NOT_A_FILTER", "its length");
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  if (sha256(bytes) !== offered.digest) throw new OprfError("FILTER_ALTERED", "its digest");
  return bytes;
}

async function keep(
  node: ChecksNode,
  peer: NodeCode,
  type: SelectorType,
  { keys, offered }: { keys: PeerKeys; offered: OfferedFilter },
  bytes: Uint8Array,
): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    await sql`insert into simpul.check_peer_filters (peer, type, epoch, digest, file, fetched_at)
      values (${peer}, ${type}, ${keys.epoch}, ${offered.digest}, ${Buffer.from(bytes)}, ${tx.at})
      on conflict (peer, type) do update set epoch = excluded.epoch, digest = excluded.digest,
        file = excluded.file, fetched_at = excluded.fetched_at`.execute(tx.rows);
    tx.note("check.filter-kept", { peer, type, epoch: keys.epoch });
  });
}
