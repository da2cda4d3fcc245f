// Signing in at the command line: it shows a code, the officer says yes in her browser (RFC 8628); later it renews
// itself with the key of its device.
import type { Id, Purpose } from "@simpul/model";
import { sql } from "kysely";
import { countTry } from "./attempts.ts";
import { keepChallenge, takeChallenge } from "./challenges.ts";
import { AccessError, type WaitingDevice } from "./contract.ts";
import { keepDevice, signed } from "./devices.ts";
import { requireFreshFactor } from "./fresh.ts";
import { doorkeeper, fingerprint, newCode, newToken, sha256, type AccessNode } from "./node.ts";
import {
  deviceCodeLasts,
  pollEvery,
  pollStatement,
  printCode,
  readCode,
  readName,
  renewStatement,
  userCodeLength,
} from "./rules.ts";
import { beginSession, type Acting, type Started } from "./sessions.ts";

export interface DeviceBegun {
  deviceCode: string;
  userCode: string;
  fingerprint: string;
  expiresIn: number;
  interval: number;
}

/** Throws `TOO_MANY`, `NOT_A_NAME`, `DEVICE_REFUSED` for a key that is none. */
export async function beginDeviceSignIn(
  node: AccessNode,
  ask: { name: string; publicKey: string; from: string },
): Promise<DeviceBegun> {
  await countTry(node.store, "device-begin", ask.from);
  const name = readName(ask.name, 100);
  const publicKey = Buffer.from(ask.publicKey, "base64url");
  if (name === null) throw new AccessError("NOT_A_NAME", "device");
  if (publicKey.length !== 32) throw new AccessError("DEVICE_REFUSED", "key");
  const deviceCode = newToken(node.random);
  const userCode = newCode(node.random, userCodeLength);
  await node.store.chore("device sign-in", (keeper) =>
    sql`insert into simpul.device_sign_ins
        (id, device_code_hash, user_code_hash, public_key, name, from_address, made_at, expires_at)
      values (${keeper.newId()}, ${sha256(deviceCode)}, ${sha256(userCode)}, ${publicKey}, ${name},
        ${ask.from.slice(0, 100)}, ${keeper.at}, ${new Date(keeper.at.getTime() + deviceCodeLasts)})`.execute(
      keeper.rows,
    ),
  );
  return {
    deviceCode,
    userCode: printCode(userCode),
    fingerprint: fingerprint(publicKey),
    expiresIn: deviceCodeLasts / 1000,
    interval: pollEvery,
  };
}

interface WaitingRow {
  id: Id;
  name: string;
  from_address: string;
  public_key: Buffer;
  expires_at: Date;
}

/** What waits under a code; counted, because a code is short. Throws `CODE_REFUSED`. */
export async function waitingDevice(node: AccessNode, acting: Acting, text: string): Promise<WaitingDevice> {
  await countTry(node.store, "user-code", acting.officer.id);
  const code = readCode(text, userCodeLength);
  if (code === null) throw new AccessError("CODE_REFUSED");
  const now = node.clock.now();
  const row = await node.store.read({ actor: acting.officer, purpose: acting.purpose }, async (db) => {
    db.noteRead("access.device-looked-up", {});
    const { rows } = await sql<WaitingRow>`
      select id, name, from_address, public_key, expires_at from simpul.device_sign_ins
      where user_code_hash = ${sha256(code)} and state = 'waiting' and expires_at > ${now}`.execute(db.rows);
    return rows[0];
  });
  if (row === undefined) throw new AccessError("CODE_REFUSED");
  return {
    code: printCode(code),
    name: row.name,
    from: row.from_address,
    fingerprint: fingerprint(row.public_key),
    expiresAt: row.expires_at.toISOString(),
  };
}

/** Her yes or no; the command line then acts for the desk and purpose in force now. Throws `CODE_REFUSED`. */
export async function answerDevice(
  node: AccessNode,
  acting: Acting,
  ask: { code: string; approve: boolean },
): Promise<void> {
  await countTry(node.store, "user-code", acting.officer.id);
  const code = readCode(ask.code, userCodeLength);
  if (code === null) throw new AccessError("CODE_REFUSED");
  if (ask.approve) await requireFreshFactor(node, acting);
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    const { rows } = await sql<{ id: Id }>`
      update simpul.device_sign_ins set state = ${ask.approve ? "approved" : "denied"},
        officer_id = ${acting.officer.id}, purpose = ${acting.purpose}, language = ${acting.language},
        membership_id = (select membership_id from simpul.sessions where id = ${acting.session})
      where user_code_hash = ${sha256(code)} and state = 'waiting' and expires_at > ${tx.at}
      returning id`.execute(tx.rows);
    if (rows[0] === undefined) throw new AccessError("CODE_REFUSED");
    tx.note(ask.approve ? "access.device-approved" : "access.device-denied", { id: rows[0].id });
  });
}

export type Polled =
  | { kind: "waiting"; interval: number }
  | { kind: "slow-down"; interval: number }
  | { kind: "denied" }
  | { kind: "over" }
  | ({ kind: "signed-in"; device: Id } & Started);

interface PolledRow {
  id: Id;
  name: string;
  public_key: Buffer;
  state: "waiting" | "approved" | "denied" | "used";
  officer: Id | null;
  membership: Id | null;
  purpose: Purpose | null;
  language: string | null;
  expires_at: Date;
  polled_at: Date | null;
}

/** The waiting command line asks; each time it proves that it holds the key. Throws `DEVICE_REFUSED`. */
export async function pollDeviceSignIn(
  node: AccessNode,
  ask: { deviceCode: string; signature: string },
): Promise<Polled> {
  const row = await node.store.chore("device sign-in", async ({ rows, at }) => {
    const found = await sql<PolledRow>`
      select id, name, public_key, state, officer_id as officer, membership_id as membership, purpose, language,
        expires_at, polled_at
      from simpul.device_sign_ins where device_code_hash = ${sha256(ask.deviceCode)} for update`.execute(
      rows,
    );
    const row = found.rows[0];
    if (row === undefined || row.expires_at <= at || row.state === "used") return { kind: "over" as const };
    if (!(await signed(row.public_key, pollStatement(node.code, ask.deviceCode), ask.signature)))
      return { kind: "refused" as const };
    if (row.state === "denied") return { kind: "denied" as const };
    const soon = row.polled_at !== null && at.getTime() - row.polled_at.getTime() < pollEvery * 900;
    const state = row.state === "approved" ? "used" : "waiting";
    await sql`update simpul.device_sign_ins set polled_at = ${at}, state = ${state} where id = ${row.id}`.execute(
      rows,
    );
    if (row.state === "approved") return { kind: "approved" as const, row };
    return soon
      ? { kind: "slow-down" as const, interval: pollEvery * 2 }
      : { kind: "waiting" as const, interval: pollEvery };
  });
  if (row.kind === "refused") throw new AccessError("DEVICE_REFUSED", "signature");
  if (row.kind !== "approved") return row;
  const { officer, membership, purpose, language, name, public_key } = row.row;
  let device: Id | null = null;
  const started = await beginSession(
    node,
    {
      officer: officer!,
      membership: membership!,
      purpose: purpose!,
      language: language!,
      door: "cli",
      method: "device",
      proven: false,
    },
    async (tx) => {
      device = await keepDevice(tx, officer!, { kind: "cli", name, publicKey: public_key });
      return { device };
    },
  );
  return { kind: "signed-in", device: device!, ...started };
}

/** A challenge for an approved command line whose session is over. The same answer for a device that is not there. */
export async function beginRenewal(
  node: AccessNode,
  ask: { device: Id; from: string },
): Promise<{ id: Id; challenge: string }> {
  await countTry(node.store, "sign-in", ask.from);
  const challenge = newToken(node.random);
  const id = await keepChallenge(node.store, { kind: "device", challenge, about: ask.device });
  return { id, challenge };
}

/** A new session by a signed proof of the device key; throws `DEVICE_REFUSED`, `CHALLENGE_OVER`. */
export async function finishRenewal(
  node: AccessNode,
  ask: { id: Id; signature: string },
): Promise<Started & { device: Id }> {
  const { challenge, about } = await takeChallenge(node.store, ask.id, "device");
  const device = await node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ officer: Id; public_key: Buffer; membership: Id; purpose: Purpose }>`
      select d.officer_id as officer, d.public_key, s.membership_id as membership, s.purpose
      from simpul.devices d join simpul.sessions s on s.device_id = d.id
      where d.id = ${about} and d.kind = 'cli' and d.revoked_at is null
      order by s.started_at desc limit 1`.execute(db.rows);
    return rows[0];
  });
  if (device === undefined) throw new AccessError("DEVICE_REFUSED");
  if (!(await signed(device.public_key, renewStatement(node.code, about!, challenge), ask.signature)))
    throw new AccessError("DEVICE_REFUSED");
  const { officer, membership, purpose } = device;
  const started = await beginSession(
    node,
    { officer, membership, purpose, door: "cli", method: "device", device: about!, proven: false },
    async (tx) => {
      await sql`update simpul.devices set last_used_at = ${tx.at} where id = ${about}`.execute(tx.rows);
      return undefined;
    },
  );
  return { ...started, device: about! };
}
