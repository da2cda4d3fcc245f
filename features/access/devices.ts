// Devices: a browser or command line whose own Ed25519 key signs for its officer; and what she can end by herself.
import type { Id } from "@simpul/model";
import { nodeVerifying } from "@simpul/store/keys";
import type { OpenStore, Writer } from "@simpul/store";
import { sql } from "kysely";
import { AccessError, type Belongings, type DeviceKeys } from "./contract.ts";
import { doorkeeper, type AccessNode } from "./node.ts";
import { passkeysOf } from "./records.ts";
import { deviceStatement, mostBelongings, readName, sessionLimits } from "./rules.ts";
import type { Acting } from "./sessions.ts";

const bytes = (base64url: string): Buffer => Buffer.from(base64url, "base64url");

/** Whether the holder of `publicKey` signed `statement`; both base64url. */
export const signed = async (publicKey: Uint8Array, statement: string, signature: string): Promise<boolean> =>
  nodeVerifying.verify(publicKey, Buffer.from(statement), bytes(signature));

/** Adds the device or finds it again; throws `DEVICE_REFUSED` for a revoked one, `TOO_MANY`. */
export async function keepDevice(
  tx: Writer,
  officer: Id,
  given: { kind: "browser" | "cli"; name: string; publicKey: Uint8Array },
): Promise<Id> {
  const key = Buffer.from(given.publicKey);
  const { rows } = await sql<{ id: Id; revoked: boolean }>`
    select id, revoked_at is not null as revoked from simpul.devices
    where officer_id = ${officer} and public_key = ${key}`.execute(tx.rows);
  if (rows[0]?.revoked === true) throw new AccessError("DEVICE_REFUSED", "revoked");
  if (rows[0] !== undefined) {
    await sql`update simpul.devices set last_used_at = ${tx.at} where id = ${rows[0].id}`.execute(tx.rows);
    return rows[0].id;
  }
  const held = await sql<{ count: number }>`select count(*) as count from simpul.devices
    where officer_id = ${officer} and revoked_at is null`.execute(tx.rows);
  if (held.rows[0]!.count >= mostBelongings) throw new AccessError("TOO_MANY", "devices");
  const name = readName(given.name, 100);
  if (name === null) throw new AccessError("NOT_A_NAME", "device");
  const id = tx.newId();
  await sql`
    insert into simpul.devices (id, officer_id, kind, name, public_key, added_at, last_used_at)
    values (${id}, ${officer}, ${given.kind}, ${name}, ${key}, ${tx.at}, ${tx.at})`.execute(tx.rows);
  tx.note("access.device-added", { id, officer, device: given.kind });
  return id;
}

/**
 * The browser at which she sits makes itself known: it signs a statement that names this session with the key that
 * never leaves it. Throws `DEVICE_REFUSED` for a signature that does not hold or a revoked device.
 */
export async function presentDevice(
  node: AccessNode,
  acting: Acting,
  ask: { publicKey: string; name: string; signature: string },
): Promise<Id> {
  const publicKey = bytes(ask.publicKey);
  const statement = deviceStatement(node.code, acting.session, ask.publicKey);
  if (publicKey.length !== 32 || !(await signed(publicKey, statement, ask.signature)))
    throw new AccessError("DEVICE_REFUSED", "signature");
  return node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    const { rows } = await sql<{ door: "browser" | "cli" }>`
      select door from simpul.sessions where id = ${acting.session}`.execute(tx.rows);
    const id = await keepDevice(tx, acting.officer.id, { ...ask, kind: rows[0]!.door, publicKey });
    await sql`update simpul.sessions set device_id = ${id} where id = ${acting.session}`.execute(tx.rows);
    tx.note("session.device", { id: acting.session, device: id });
    return id;
  });
}

/** A revoked device signs no more and its sessions are over. Throws `NOT_FOUND`. */
export async function revokeDevice(node: AccessNode, acting: Acting, device: Id): Promise<void> {
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    const { numAffectedRows } = await sql`
      update simpul.devices set revoked_at = ${tx.at}
      where id = ${device} and officer_id = ${acting.officer.id} and revoked_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("NOT_FOUND", device);
    await sql`update simpul.sessions set ended_at = ${tx.at}, ended_because = 'device-revoked'
      where device_id = ${device} and officer_id = ${acting.officer.id} and ended_at is null`.execute(
      tx.rows,
    );
    tx.note("access.device-revoked", { id: device });
  });
}

/** Throws `NOT_FOUND`, or `LAST_PASSKEY`: without one she could not come back. */
export async function revokePasskey(node: AccessNode, acting: Acting, passkey: Id): Promise<void> {
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    const keys = await passkeysOf(tx, acting.officer.id);
    if (!keys.some((key) => key.id === passkey)) throw new AccessError("NOT_FOUND", passkey);
    if (keys.length === 1) throw new AccessError("LAST_PASSKEY");
    await sql`update simpul.passkeys set revoked_at = ${tx.at} where id = ${passkey}`.execute(tx.rows);
    tx.note("access.passkey-revoked", { id: passkey });
  });
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Her passkeys, devices and live sessions. */
export async function belongings(node: AccessNode, acting: Acting): Promise<Belongings> {
  const officer = acting.officer.id;
  const now = node.clock.now();
  return node.store.read({ actor: acting.officer, purpose: acting.purpose }, async (db) => {
    db.noteRead("access.belongings-viewed", { id: officer });
    const passkeys = await sql<{
      id: Id;
      name: string;
      added_at: Date;
      last_used_at: Date | null;
      backed_up: boolean;
    }>`select id, name, added_at, last_used_at, backed_up from simpul.passkeys
      where officer_id = ${officer} and revoked_at is null order by added_at`.execute(db.rows);
    const devices = await sql<{
      id: Id;
      kind: "browser" | "cli";
      name: string;
      added_at: Date;
      last_used_at: Date | null;
      revoked_at: Date | null;
    }>`select id, kind, name, added_at, last_used_at, revoked_at from simpul.devices
      where officer_id = ${officer} order by revoked_at is not null, last_used_at desc limit 100`.execute(
      db.rows,
    );
    const sessions = await sql<{
      id: Id;
      door: "browser" | "cli";
      method: Belongings["sessions"][number]["method"];
      desk: string;
      started_at: Date;
      seen_at: Date;
      ends_at: Date;
      device: string | null;
    }>`select s.id, s.door, s.method, d.name as desk, s.started_at, s.seen_at, s.ends_at, v.name as device
      from simpul.sessions s join simpul.memberships m on m.id = s.membership_id
        join simpul.desks d on d.id = m.desk_id left join simpul.devices v on v.id = s.device_id
      where s.officer_id = ${officer} and s.ended_at is null and s.ends_at > ${now} and s.seen_at >
        case s.door when 'browser' then ${new Date(now.getTime() - sessionLimits.browser.idle)}::timestamptz
          else ${new Date(now.getTime() - sessionLimits.cli.idle)}::timestamptz end
      order by s.seen_at desc limit 100`.execute(db.rows);
    return {
      passkeys: passkeys.rows.map((row) => ({
        id: row.id,
        name: row.name,
        addedAt: row.added_at.toISOString(),
        lastUsedAt: iso(row.last_used_at),
        backedUp: row.backed_up,
      })),
      devices: devices.rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        name: row.name,
        addedAt: row.added_at.toISOString(),
        lastUsedAt: iso(row.last_used_at),
        revokedAt: iso(row.revoked_at),
        here: row.id === acting.device,
      })),
      sessions: sessions.rows.map((row) => ({
        id: row.id,
        door: row.door,
        method: row.method,
        desk: row.desk,
        startedAt: row.started_at.toISOString(),
        seenAt: row.seen_at.toISOString(),
        endsAt: row.ends_at.toISOString(),
        device: row.device,
        here: row.id === acting.session,
      })),
    };
  });
}

/** For features that check what a device signed. */
export const deviceKeys = (store: OpenStore): DeviceKeys => ({
  keyOf: (device) =>
    store.read(doorkeeper, async (db) => {
      const { rows } = await sql<{
        public_key: Buffer;
        officer: Id;
        added_at: Date;
        revoked_at: Date | null;
      }>`
        select public_key, officer_id as officer, added_at, revoked_at from simpul.devices
        where id = ${device}`.execute(db.rows);
      const row = rows[0];
      if (row === undefined) return null;
      return {
        publicKey: new Uint8Array(row.public_key),
        officer: row.officer,
        addedAt: row.added_at,
        revokedAt: row.revoked_at,
      };
    }),
});
