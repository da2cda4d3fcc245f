// What this node tells peers before they ask: its signed keys of the month, its filters in pieces, and the log it keeps.
import { ExchangeError } from "@simpul/exchange";
import type { NodeCode, SelectorType } from "@simpul/model";
import { signStatement, utf8 } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { iso, jobStanding, type ChecksNode } from "../node.ts";
import {
  AskCompare,
  AskFilter,
  keysType,
  pieceBytes,
  print,
  readAs,
  rootOf,
  type KeysStatement,
} from "../wire.ts";

interface IndexRow {
  epoch: string;
  type: SelectorType;
  key_id: string;
  public_key: string;
  profile: string;
  digest: string;
  size: number;
}

/** Our keys of the newest month that has an index, with the filters on offer; one signed statement. */
export async function tellKeys(node: ChecksNode): Promise<Uint8Array> {
  const rows = await node.store.read(jobStanding, async (db) => {
    const found = await sql<IndexRow>`
      select epoch, type, key_id, public_key, profile, digest, length(file) as size from simpul.check_indexes
      where epoch = (select max(i.epoch) from simpul.check_indexes i join simpul.check_epochs e using (epoch)
        where e.seed is not null)
      order by type`.execute(db.rows);
    return found.rows;
  });
  // A node that has no index yet is asked again later.
  if (rows[0] === undefined) throw new ExchangeError("UNAVAILABLE", "no index yet");
  const statement: KeysStatement = {
    v: 1,
    node: node.code,
    epoch: rows[0].epoch,
    madeAt: iso(node.clock.now()),
    keys: rows.map((row) => ({ type: row.type, id: row.key_id, publicKey: row.public_key })),
    filters: rows.map(({ type, digest, size, profile }) => ({ type, digest, size, profile })),
  };
  const body = utf8(JSON.stringify(statement));
  return print(await signStatement(keysType, body, [node.signer], nodeVerifying));
}

/** The holder's switch, as it stands for a peer (HIT-5). */
export const isStopped = (node: ChecksNode, peer: NodeCode): Promise<boolean> =>
  node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ stopped: boolean }>`
      select stopped from simpul.check_peers where peer = ${peer}`.execute(db.rows);
    return rows[0]?.stopped ?? false;
  });

/** One piece of a filter. Throws `NOT_FOUND` when it was made anew meanwhile, `PEER_STOPPED` for a peer that is off. */
export async function tellFilter(node: ChecksNode, peer: NodeCode, body: Uint8Array): Promise<Uint8Array> {
  const ask = readAs(AskFilter, body);
  if (await isStopped(node, peer)) throw new ExchangeError("PEER_STOPPED");
  const piece = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ piece: Buffer }>`
      select substring(file from ${ask.offset + 1} for ${pieceBytes}) as piece from simpul.check_indexes
      where epoch = ${ask.epoch} and type = ${ask.type} and digest = ${ask.digest}`.execute(db.rows);
    return rows[0]?.piece;
  });
  if (piece === undefined || piece.length === 0)
    throw new ExchangeError("NOT_FOUND", "another filter by now");
  return piece;
}

/** HIT-11: how much this peer asked in a month by our log, and the hash of its entries. */
export async function tellCompared(node: ChecksNode, peer: NodeCode, body: Uint8Array): Promise<Uint8Array> {
  const { month } = readAs(AskCompare, body);
  const entries = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ entry: string }>`
      select entry from simpul.check_answered
      where peer = ${peer} and outcome = 'evaluated' and to_char(at at time zone 'UTC', 'YYYY-MM') = ${month}`.execute(
      db.rows,
    );
    return rows.map((row) => row.entry);
  });
  return print({ count: entries.length, root: rootOf(entries) });
}
