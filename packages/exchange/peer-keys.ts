// Taking in what a peer signed about its keys: the chain is followed from the key that is known here, and each change
// stands in the ledger; the keys of before go on counting on the line until their time is over.
import type { Clock, Digest, NodeCode } from "@simpul/model";
import { followKeys, KeyStatementError, readKeyStatement, type KeyStep } from "@simpul/seal";
import type { OpenStore, Reader, Writer } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { ExchangeError, type TransportCode } from "./errors.ts";
import { keepFormer, type Peer } from "./peers.ts";
import { tables } from "./rows.ts";

/** Statements of one node at most; a node changes its keys about once a year. */
const most = 200;
/** However long a peer asks for: so long at most its keys of before count on the line. */
const longestOverlap = 90 * 86_400_000;

/** Reads `{"statements":[…]}`; throws `KEYS_ALTERED`. */
export function readStatements(body: Uint8Array): { statements: string[]; settled: number } {
  try {
    const { statements, settled = 0 } = JSON.parse(Buffer.from(body).toString("utf8")) as Record<
      string,
      unknown
    >;
    const fits = Array.isArray(statements) && statements.length <= most && Number.isSafeInteger(settled);
    if (!fits || !statements.every((one) => typeof one === "string")) throw new Error("form");
    return { statements: statements, settled: settled as number };
  } catch (cause) {
    throw new ExchangeError("KEYS_ALTERED", "not a list of statements", cause);
  }
}

const codes = {
  ALTERED: "KEYS_ALTERED",
  FOREIGN: "KEYS_FOREIGN",
  OUT_OF_ORDER: "KEYS_OUT_OF_ORDER",
} as const satisfies Record<KeyStatementError["fault"], TransportCode>;

export interface TakenKeys {
  /** The last statement that is known here, with its digest; null where there is none. */
  number: number;
  digest: Digest | null;
  /** Whether anything was new. */
  changed: boolean;
}

/**
 * Takes a peer's statements in, those that are new in order; the same again changes nothing. Throws `KEYS_ALTERED`,
 * `KEYS_FOREIGN`, `KEYS_OUT_OF_ORDER`, and `KEYS_FORKED` for another statement under a number that was taken: then
 * somebody else signs with that node's key. What is refused is kept for the peers screen.
 */
export async function takeKeys(
  node: { store: OpenStore; clock: Clock },
  peer: NodeCode,
  statements: readonly string[],
): Promise<TakenKeys> {
  try {
    if (await nothingNew(node.store, peer, statements)) return await lastOf(node.store, peer, false);
    return await node.store.write(
      { actor: { kind: "job", name: "exchange" }, purpose: "administration" },
      async (tx) => take(node.clock, tx, peer, statements),
    );
  } catch (cause) {
    const error =
      cause instanceof KeyStatementError
        ? new ExchangeError(codes[cause.fault], cause.message, cause)
        : cause;
    if (error instanceof ExchangeError && error.code !== "NOT_A_PEER")
      await keepFault(node.store, peer, error);
    throw error;
  }
}

/** Whether its keys became others by a statement that is not held here, as with a card that came before the statement. */
export const lacksStatements = (store: OpenStore, { node, number }: Peer): Promise<boolean> =>
  store.chore("exchange", async ({ rows }) => {
    const { rows: found } = await sql<{ lacks: boolean }>`
      select ${number} > (select coalesce(min(k.number), 0) from simpul.peer_keys k where k.node = ${node})
        + (select count(*) from simpul.key_statements s where s.node = ${node}
          and s.number > (select coalesce(min(k.number), 0) from simpul.peer_keys k where k.node = ${node}))
        as lacks`.execute(rows);
    return found[0]!.lacks;
  });

const nothingNew = async (
  store: OpenStore,
  peer: NodeCode,
  statements: readonly string[],
): Promise<boolean> => {
  const known = await store.chore("exchange", ({ rows }) =>
    tables(rows).selectFrom("simpul.key_statements").select("signed").where("node", "=", peer).execute(),
  );
  const texts = new Set(known.map(({ signed }) => signed));
  return statements.every((one) => texts.has(one));
};

const lastOf = (store: OpenStore, peer: NodeCode, changed: boolean): Promise<TakenKeys> =>
  store.chore("exchange", async ({ rows }) => {
    const last = await tables(rows)
      .selectFrom("simpul.key_statements")
      .select(["number", "digest"])
      .where("node", "=", peer)
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    return { number: last?.number ?? 0, digest: (last?.digest ?? null) as Digest | null, changed };
  });

async function take(clock: Clock, tx: Writer, node: NodeCode, texts: readonly string[]): Promise<TakenKeys> {
  const db = tables(tx.rows);
  // Locked: of two processes that learn of it at once one finds it done.
  let row = await db
    .selectFrom("simpul.peers")
    .selectAll()
    .where("node", "=", node)
    .where("state", "in", ["confirmed", "suspended", "stopped"])
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new ExchangeError("NOT_A_PEER", node);
  const held = await db
    .selectFrom("simpul.key_statements")
    .select(["number", "digest"])
    .where("node", "=", node)
    .execute();
  const digests = new Map(held.map(({ number, digest }) => [number, digest]));
  await sameAsHeld(texts, digests, node);
  const known = {
    node,
    number: row.keys_number,
    previous: digests.get(row.keys_number) ?? null,
    signing: row.signing,
  };
  const steps = row.revoked_at === null ? await followKeys(known, texts, nodeVerifying) : [];
  for (const step of steps) {
    await keepStatement(tx, node, step);
    row = step.statement.new === null ? await revoke(tx, row, step) : await change(clock, tx, row, step);
  }
  await earlier(tx, node, texts, new Set([...digests.keys(), ...steps.map((one) => one.statement.number)]));
  await db
    .updateTable("simpul.peers")
    .set({ keys_fault: null, keys_fault_at: null })
    .where("node", "=", node)
    .execute();
  if (steps.length === 0) tx.note("peer.keys-known", { node, number: row.keys_number });
  const last = steps.at(-1);
  return {
    number: last?.statement.number ?? row.keys_number,
    digest: (last?.digest ?? digests.get(row.keys_number) ?? null) as Digest | null,
    changed: steps.length > 0,
  };
}

type Row = Parameters<typeof keepFormer>[1];

/** Another word under a number that was taken: two hold that node's key. */
async function sameAsHeld(
  texts: readonly string[],
  held: ReadonlyMap<number, string>,
  node: NodeCode,
): Promise<void> {
  for (const text of texts) {
    const { statement, digest } = await readKeyStatement(text, nodeVerifying);
    const known = held.get(statement.number);
    if (statement.node === node && known !== undefined && known !== digest)
      throw new ExchangeError("KEYS_FORKED", `statement ${statement.number}`);
  }
}

/**
 * Statements from before the card that was entered here: kept for the record, and a key that they call stolen is so
 * here too, where it was in use.
 */
async function earlier(
  tx: Writer,
  node: NodeCode,
  texts: readonly string[],
  have: ReadonlySet<number>,
): Promise<void> {
  for (const text of texts) {
    const step = await readKeyStatement(text, nodeVerifying);
    if (step.statement.node !== node || have.has(step.statement.number)) continue;
    const ours = await tables(tx.rows)
      .selectFrom("simpul.peer_keys")
      .selectAll()
      .where("node", "=", node)
      .where("signing", "=", step.statement.old)
      .executeTakeFirst();
    // Whoever holds a key that was in use here may call it stolen; a stranger's chain of before says nothing.
    if (ours === undefined) continue;
    await keepStatement(tx, node, step);
    if (step.statement.kind === "revoked") await markRevoked(tx, node, step);
  }
}

async function keepStatement(tx: Writer, node: NodeCode, step: KeyStep): Promise<void> {
  const { number, kind } = step.statement;
  await tables(tx.rows)
    .insertInto("simpul.key_statements")
    .values({ node, number, kind, signed: step.text, digest: step.digest, taken_at: tx.at })
    .execute();
}

/** The new keys take the place of the old, which count on for the overlap. */
async function change(clock: Clock, tx: Writer, row: Row, { statement, digest }: KeyStep): Promise<Row> {
  const { pin, signing, sealing, agencies } = statement.new!;
  const until = new Date(Math.min(Date.parse(statement.until!), clock.now().getTime() + longestOverlap));
  const db = tables(tx.rows);
  const other = await db
    .selectFrom("simpul.peers")
    .select("node")
    .where("pin", "=", pin)
    .where("node", "!=", row.node)
    .executeTakeFirst();
  if (other) throw new ExchangeError("KEYS_FOREIGN", `its pin is that of ${other.node}`);
  await keepFormer(tx, row, until);
  const { number } = statement;
  const next = { pin, signing, sealing, keys_number: number, keys_since: tx.at };
  await db
    .updateTable("simpul.peers")
    .set({ ...next, agencies: JSON.stringify(agencies) as never })
    .where("node", "=", row.node)
    .execute();
  tx.note("peer.keys-changed", { node: row.node, number, digest, pin });
  return { ...row, ...next, agencies };
}

/** Exchange ends at once; what came since the moment is shown as doubtful. Two persons confirm what comes after. */
async function revoke(tx: Writer, row: Row, step: KeyStep): Promise<Row> {
  const { number, since } = step.statement;
  const revoked = { revoked_since: new Date(since!), revoked_at: tx.at };
  await tables(tx.rows)
    .updateTable("simpul.peers")
    .set({ ...revoked, state: "stopped", stopped_by: "job:exchange", stopped_at: tx.at })
    .set({ stopped_because: "KEY_REVOKED", keys_number: number })
    .where("node", "=", row.node)
    .execute();
  tx.note("peer.key-revoked", { node: row.node, number, digest: step.digest, since });
  return { ...row, ...revoked, keys_number: number };
}

async function markRevoked(tx: Writer, node: NodeCode, step: KeyStep): Promise<void> {
  const { number, since, old } = step.statement;
  await tables(tx.rows)
    .updateTable("simpul.peer_keys")
    .set({ revoked_since: new Date(since!), revoked_at: tx.at, until: tx.at })
    .where("node", "=", node)
    .where("signing", "=", old)
    .execute();
  tx.note("peer.key-revoked", { node, number, digest: step.digest, since });
}

/** The peer says that everybody knows its new keys: those of before count on the line no more. */
export async function endOverlap(store: OpenStore, peer: Peer, settled: number): Promise<void> {
  const running = peer.former.filter(({ until }) => until.getTime() > Date.now());
  if (running.length === 0 || settled < peer.number) return;
  await store.write({ actor: { kind: "job", name: "exchange" }, purpose: "administration" }, async (tx) => {
    await tables(tx.rows)
      .updateTable("simpul.peer_keys")
      .set({ until: tx.at })
      .where("node", "=", peer.node)
      .where("until", ">", tx.at)
      .execute();
    tx.note("peer.keys-settled", { node: peer.node, number: peer.number });
  });
}

/** A key of a peer as it stands on record. */
export interface KeyOnRecord {
  node: NodeCode;
  /** Statements that came before it. */
  number: number;
  signing: string;
  pin: string;
  since: Date | null;
  /** When another took its place; null for the key of now. */
  endedAt: Date | null;
  /** Until when it still counts on the line; null for the key of now. */
  until: Date | null;
  revokedSince: Date | null;
  revokedAt: Date | null;
}

/** Every key of every peer that two persons confirmed, the newest first. */
export const keysOnRecord = (db: Pick<Reader, "rows">): Promise<KeyOnRecord[]> =>
  sql<KeyOnRecord>`
    select node, keys_number as number, signing, pin, keys_since as since, null::timestamptz as "endedAt",
      null::timestamptz as until, revoked_since as "revokedSince", revoked_at as "revokedAt"
    from simpul.peers where confirmed_at is not null
    union all
    select node, number, signing, pin, since, ended_at, until, revoked_since, revoked_at from simpul.peer_keys
    order by node, "endedAt" desc nulls first`
    .execute(db.rows)
    .then(({ rows }) => rows);

/** What peers signed about their keys. */
export const statementsOnRecord = (
  db: Pick<Reader, "rows">,
): Promise<{ node: NodeCode; number: number; text: string }[]> =>
  sql<{ node: NodeCode; number: number; text: string }>`
    select node, number, signed as text from simpul.key_statements order by node, number`
    .execute(db.rows)
    .then(({ rows }) => rows);

const keepFault = (store: OpenStore, peer: NodeCode, error: ExchangeError): Promise<unknown> =>
  store.chore("exchange", ({ rows, at }) =>
    tables(rows)
      .updateTable("simpul.peers")
      .set({ keys_fault: error.code, keys_fault_at: at })
      .where("node", "=", peer)
      .execute(),
  );
