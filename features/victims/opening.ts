// The desk's keys as acts: the first key, an officer's own, letting her in, opening by passphrase, closing.
import type { Id, Officer } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { keyFromPassphrase } from "@simpul/store/keys";
import { sql } from "kysely";
import { VictimsError, randomId, type AtDesk, type DeskView } from "./contract.ts";
import { keepDue } from "./due.ts";
import {
  DeskSecret,
  fingerprintOf,
  kidOf,
  newPair,
  openSealed,
  pairOf,
  sealSecret,
  underOpener,
  type Pair,
} from "./keys.ts";
import { readyBook } from "./load.ts";
import { idleLimit } from "./memory.ts";
import { ofTheDesk, standingOf, type VictimsNode } from "./node.ts";
import {
  countIntake,
  deskKeys,
  grantOf,
  insertGrant,
  insertOpener,
  officerKeys,
  openersOf,
  type DeskKeyRow,
  type OpenerRow,
} from "./records.ts";

/** NIST SP 800-63B-4 for a secret that stands alone. */
export const leastPassphrase = 15;
/** Shown on the exercise's page: it protects nobody. */
export const exercisePassphrase = "exercise exercise exercise";

const context = (key: Id): string => `officer-key:${key}`;

const isSupervisor = ({ roles }: Officer): boolean => roles.includes("supervisor");

export async function viewDesk(node: VictimsNode, who: AtDesk): Promise<DeskView> {
  ofTheDesk(node, who);
  const { memory } = node;
  const found = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victims.desk-viewed", {});
    const [key] = await deskKeys(db);
    const all = await officerKeys(db);
    const mine = all.find((one) => one.officer_id === who.officer.id);
    const openers = await openersOf(db, who.officer.id);
    const sheet = await sql<{ made_at: Date }>`select made_at from simpul.victim_recoveries
      where ended_at is null`.execute(db.rows);
    return { key, all, mine, openers, waiting: await countIntake(db), sheet: sheet.rows[0]?.made_at ?? null };
  });
  const { key, all, mine, openers, waiting } = found;
  const names = await node.directory.officers(all.map((one) => one.officer_id));
  const shut = mine === undefined ? "stranger" : mine.agreed_by === null ? "waits" : "shut";
  return {
    state: key === undefined ? "none" : memory.isOpen(who.session) ? "open" : shut,
    openers: openers.map((one) => ({
      id: one.id,
      how: one.how,
      credential: one.credential,
      salt: one.how === "passkey" ? one.salt.toString("base64url") : null,
      at: one.added_at.toISOString(),
    })),
    officers: all.map((one) => ({
      id: one.officer_id,
      name: names.get(one.officer_id)?.name ?? "",
      key: one.id,
      fingerprint: fingerprintOf(one.public_key),
      state: one.agreed_by === null ? ("waits" as const) : ("in" as const),
      at: one.made_at.toISOString(),
      hers: one.officer_id === who.officer.id,
    })),
    waiting,
    unread: memory.unread.size,
    idle: idleLimit,
    half: memory.half?.half.which ?? null,
    sheet: found.sheet?.toISOString() ?? null,
    supervises: isSupervisor(who.officer),
    exercise: node.exercise ? exercisePassphrase : null,
  };
}

/** The first key of the desk, by a supervisor of it, who then is in. Throws `DESK_FOUNDED`, `WEAK_PASSPHRASE`. */
export async function foundDesk(node: VictimsNode, who: AtDesk, passphrase: string): Promise<void> {
  const because = ofTheDesk(node, who);
  if (!isSupervisor(who.officer)) throw new VictimsError("NOT_FOUND");
  const own = await ownKey(node, passphrase);
  const pair = newPair();
  const secret = new DeskSecret(await kidOf(pair.publicKey), pair);
  const sealed = await sealSecret(own.pair.publicKey, pair.secret);
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    if ((await deskKeys(tx)).length > 0) throw new VictimsError("DESK_FOUNDED");
    await sql`insert into simpul.victim_desk_keys (kid, public_key, since)
      values (${secret.kid}, ${JSON.stringify(pair.publicKey)}::jsonb, date_trunc('hour', ${tx.at}::timestamptz))`.execute(
      tx.rows,
    );
    await keepOwn(tx, who, own, secret.mark(who.officer.id, own.pair.publicKey));
    await insertGrant(tx, own.id, secret.kid, sealed);
    tx.note("victims.desk-founded", {});
  });
  secret.wipe();
}

/**
 * A key of her own under her passphrase; she waits until somebody with the open desk lets her in. `again`: the key she
 * has ends, for she cannot open it any more. Throws `HAS_KEY`, `NO_DESK_KEY`, `WEAK_PASSPHRASE`.
 */
export async function askIn(
  node: VictimsNode,
  who: AtDesk,
  passphrase: string,
  again = false,
): Promise<void> {
  const because = ofTheDesk(node, who);
  const own = await ownKey(node, passphrase);
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    if ((await deskKeys(tx)).length === 0) throw new VictimsError("NO_DESK_KEY");
    const mine = (await officerKeys(tx)).find((one) => one.officer_id === who.officer.id);
    if (mine !== undefined && !again) throw new VictimsError("HAS_KEY");
    if (mine !== undefined)
      await sql`update simpul.victim_officer_keys set ended_at = ${tx.at}, ended_by = ${who.officer.id}
        where id = ${mine.id}`.execute(tx.rows);
    await keepOwn(tx, who, own, null);
    tx.note("victims.key-asked", {});
  });
}

/** Two persons: one who has the desk open lets another in, having heard her read out the same fingerprint. */
export async function letIn(
  node: VictimsNode,
  who: AtDesk,
  ask: { key: Id; fingerprint: string },
): Promise<void> {
  const because = ofTheDesk(node, who);
  const secret = held(node, who);
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    const row = (await officerKeys(tx)).find((one) => one.id === ask.key);
    if (row === undefined || row.officer_id === who.officer.id) throw new VictimsError("NOT_FOUND");
    if (fingerprintOf(row.public_key) !== ask.fingerprint.trim().replaceAll(/\s+/g, " "))
      throw new VictimsError("OTHER_FINGERPRINT");
    const mark = Buffer.from(secret.mark(row.officer_id, row.public_key));
    await sql`update simpul.victim_officer_keys
      set agreed_by = ${who.officer.id}, agreed_at = ${tx.at}, mark = ${mark}
      where id = ${row.id} and ended_at is null`.execute(tx.rows);
    await insertGrant(tx, row.id, secret.kid, await sealSecret(row.public_key, secret.pair.secret));
    tx.note("victims.let-in", { officer: row.officer_id });
  });
}

/** Throws `WRONG_PASSPHRASE`, `NOT_LET_IN`, `NO_DESK_KEY`, `TOO_MANY` (`seconds`), `DESK_KEY_CHANGED`. */
export async function openByPassphrase(node: VictimsNode, who: AtDesk, passphrase: string): Promise<void> {
  ofTheDesk(node, who);
  await openWith(node, who, async (openers) => {
    const one = openers.find(({ how }) => how === "passphrase");
    if (one === undefined) throw new VictimsError("NOT_LET_IN");
    return { opener: one, secret: await keyFromPassphrase(passphrase, one.salt, one.cost!) };
  });
}

/** Opens with what a passkey gave for the salt of this opener (WebAuthn prf): 32 bytes. Throws as above. */
export async function openByPasskey(
  node: VictimsNode,
  who: AtDesk,
  ask: { opener: Id; secret: Uint8Array },
): Promise<void> {
  ofTheDesk(node, who);
  await openWith(node, who, (openers) => {
    const one = openers.find(({ id, how }) => id === ask.opener && how === "passkey");
    if (one === undefined) throw new VictimsError("NOT_LET_IN");
    return Promise.resolve({ opener: one, secret: Uint8Array.from(ask.secret) });
  });
}

/** A passkey of hers opens it from now on too; her passphrase shows once more that it is she. */
export async function addPasskey(
  node: VictimsNode,
  who: AtDesk,
  ask: { passphrase: string; credential: string; salt: Uint8Array; secret: Uint8Array },
): Promise<void> {
  const because = ofTheDesk(node, who);
  if (!node.memory.mayTry(who.officer.id, node.clock.now()))
    throw new VictimsError("TOO_MANY", { seconds: idleLimit });
  const { mine, opener } = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victims.keys-read", {});
    const openers = await openersOf(db, who.officer.id);
    return {
      mine: (await officerKeys(db)).find((one) => one.officer_id === who.officer.id),
      opener: openers.find(({ how }) => how === "passphrase"),
    };
  });
  if (mine === undefined || opener === undefined) throw new VictimsError("NOT_LET_IN");
  const own = await unwrapOwn(
    node,
    who,
    mine,
    opener,
    await keyFromPassphrase(ask.passphrase, opener.salt, opener.cost!),
  );
  node.memory.forgetTries(who.officer.id);
  const wrapped = underOpener(ask.secret).wrap(own.secret, context(mine.id));
  own.secret.fill(0);
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    await insertOpener(tx, {
      ...{ id: randomId(), key_id: mine.id, officer: who.officer.id, how: "passkey", cost: null },
      ...{ credential: ask.credential, salt: ask.salt, wrapped },
    });
    tx.note("victims.passkey-added", {});
  });
}

type Shown = { opener: OpenerRow; secret: Uint8Array };

/** Opens her key with what she showed, with it the desk key, and keeps that for her session. */
export async function openWith(
  node: VictimsNode,
  who: AtDesk,
  show: (openers: OpenerRow[]) => Promise<Shown>,
): Promise<void> {
  const because = ofTheDesk(node, who);
  const { memory, clock } = node;
  if (!memory.mayTry(who.officer.id, clock.now())) throw new VictimsError("TOO_MANY", { seconds: idleLimit });
  const found = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victims.keys-read", {});
    const mine = (await officerKeys(db)).find((one) => one.officer_id === who.officer.id);
    const keys = await deskKeys(db);
    const grant =
      mine === undefined || keys[0] === undefined ? null : await grantOf(db, mine.id, keys[0].kid);
    return { mine, keys, grant, openers: await openersOf(db, who.officer.id) };
  });
  if (found.keys[0] === undefined) throw new VictimsError("NO_DESK_KEY");
  if (found.mine === undefined || found.grant === null) throw new VictimsError("NOT_LET_IN");
  const { opener, secret } = await show(found.openers);
  const own = await unwrapOwn(node, who, found.mine, opener, secret);
  const deskSecret = await openSealed(own, found.grant);
  own.secret.fill(0);
  if (deskSecret === null) throw new VictimsError("DESK_KEY_CHANGED");
  const secrets = secretsFrom(found.keys, deskSecret);
  if (!secrets[0]!.bears(found.mine.mark, who.officer.id, found.mine.public_key)) {
    for (const one of secrets) one.wipe();
    throw new VictimsError("DESK_KEY_CHANGED");
  }
  memory.forgetTries(who.officer.id);
  await node.store.write(standingOf(who), (tx) => {
    tx.allowed(because);
    tx.note("victims.desk-opened", { how: opener.how });
    return Promise.resolve();
  });
  memory.put(who, secrets, clock.now());
  const book = await readyBook(node, who).catch((fault: unknown) => {
    memory.close(who.session);
    throw fault;
  });
  await keepDue(node, who, book);
  await Promise.allSettled(node.whenOpened.map((begin) => begin(who)));
}

/** The key in force and those before it, each handed on by the next. */
export function secretsFrom(
  keys: readonly Pick<DeskKeyRow, "kid" | "public_key" | "handed_on">[],
  inForce: Uint8Array,
): DeskSecret[] {
  const secrets = [new DeskSecret(keys[0]!.kid, pairOf(keys[0]!.public_key, inForce))];
  for (const older of keys.slice(1)) {
    const secret = secrets.at(-1)!.kept(older.handed_on!, older.kid);
    secrets.push(new DeskSecret(older.kid, pairOf(older.public_key, secret)));
  }
  return secrets;
}

async function unwrapOwn(
  node: VictimsNode,
  who: AtDesk,
  mine: { id: Id; public_key: Pair["publicKey"] },
  opener: OpenerRow,
  secret: Uint8Array,
): Promise<Pair> {
  let own: Uint8Array;
  try {
    own = underOpener(secret).unwrap(opener.wrapped, context(mine.id));
  } catch {
    await node.store.write(standingOf(who), (tx) => {
      tx.note("victims.open-refused", { how: opener.how });
      return Promise.resolve();
    });
    throw new VictimsError("WRONG_PASSPHRASE");
  } finally {
    secret.fill(0);
  }
  return pairOf(mine.public_key, own);
}

export async function closeDesk(node: VictimsNode, who: AtDesk): Promise<void> {
  if (!node.memory.close(who.session)) return;
  await node.store.write(standingOf(who), (tx) => {
    tx.note("victims.desk-closed", {});
    return Promise.resolve();
  });
}

/** Closes for those whose session is over or who rested too long. Gives how many. */
export async function closeIdle(node: VictimsNode): Promise<number> {
  let closed = 0;
  const before = node.clock.now().getTime() - idleLimit * 1000;
  for (const { session, usedAt } of node.memory.sessions()) {
    if (usedAt > before && (await node.holds(session))) continue;
    if (node.memory.close(session)) closed += 1;
  }
  return closed;
}

/** The key in force, of a desk that she has open; throws `DESK_CLOSED`. */
export function held(node: VictimsNode, who: AtDesk): DeskSecret {
  const secret = node.memory.secrets[0];
  if (secret === undefined || !node.memory.isOpen(who.session)) throw new VictimsError("DESK_CLOSED");
  node.memory.use(who, node.clock.now());
  return secret;
}

interface OwnKey {
  id: Id;
  pair: Pair;
  salt: Uint8Array;
  cost: [number, number, number];
  wrapped: Uint8Array;
}

async function ownKey(node: VictimsNode, passphrase: string): Promise<OwnKey> {
  if (Array.from(passphrase.normalize("NFKC").trim()).length < leastPassphrase)
    throw new VictimsError("WEAK_PASSPHRASE", { least: leastPassphrase });
  const id = randomId();
  const pair = newPair();
  const salt = node.random.bytes(32);
  const opener = await keyFromPassphrase(passphrase, salt, node.cost);
  return {
    id,
    pair,
    salt,
    cost: [...node.cost],
    wrapped: underOpener(opener).wrap(pair.secret, context(id)),
  };
}

async function keepOwn(tx: Writer, who: AtDesk, own: OwnKey, mark: Uint8Array | null): Promise<void> {
  const by = mark === null ? null : who.officer.id;
  await sql`insert into simpul.victim_officer_keys (id, officer_id, public_key, made_at, agreed_by, agreed_at, mark)
    values (${own.id}, ${who.officer.id}, ${JSON.stringify(own.pair.publicKey)}::jsonb, ${tx.at}, ${by},
      ${mark === null ? null : tx.at}, ${mark === null ? null : Buffer.from(mark)})`.execute(tx.rows);
  await insertOpener(tx, {
    ...{ id: randomId(), key_id: own.id, officer: who.officer.id, how: "passphrase", credential: null },
    ...{ salt: own.salt, cost: own.cost, wrapped: own.wrapped },
  });
}
