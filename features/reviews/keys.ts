// A prosecutor's own key: made with a passphrase, let in by the victim desk, open in this process for her session alone.
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { Id } from "@simpul/model";
import { keyFromPassphrase } from "@simpul/store/keys";
import {
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importPKCS8,
  exportPKCS8,
  type CryptoKey,
  type JWK,
} from "jose";
import { sql } from "kysely";
import type { AtDesk } from "../victims/contract.ts";
import { ReviewsError } from "./contract.ts";
import { json, officerOf, type Db, type ReviewsNode } from "./node.ts";

const alg = "ECDH-ES+A256KW";
const shortest = 12;
/** After so long without work it closes by itself. */
const idleMs = 30 * 60_000;
/** Passphrases that one officer may try within this time. */
const mostTries = 6;

/** Shown in the exercise, where it protects nobody. */
export const exercisePassphrase = "exercise exercise exercise";

interface Opened {
  officer: Id;
  secret: Uint8Array;
  usedAt: number;
}

/** Secrets of sessions in this process; wiped when a session closes its key, rests too long, or ends. */
export class OpenKeys {
  readonly #open = new Map<Id, Opened>();
  readonly #tries = new Map<Id, number[]>();
  put(session: Id, officer: Id, secret: Uint8Array, now: Date): void {
    this.#open.set(session, { officer, secret, usedAt: now.getTime() });
  }
  /** Null when it is closed; the owner of another session never gets it. */
  get(session: Id, officer: Id, now: Date): Uint8Array | null {
    const found = this.#open.get(session);
    if (found === undefined) return null;
    if (found.officer !== officer || now.getTime() - found.usedAt > idleMs) {
      this.close(session);
      return null;
    }
    found.usedAt = now.getTime();
    return found.secret;
  }
  /** What she has open in any session, for lists that know the officer alone. */
  ofOfficer(officer: Id, now: Date): Uint8Array | null {
    for (const [session, one] of this.#open)
      if (one.officer === officer) return this.get(session, officer, now);
    return null;
  }
  /** False when she tried too often lately. */
  mayTry(officer: Id, now: Date): boolean {
    const tries = (this.#tries.get(officer) ?? []).filter((at) => at > now.getTime() - idleMs);
    this.#tries.set(officer, [...tries, now.getTime()]);
    return tries.length < mostTries;
  }
  close(session: Id): void {
    this.#open.get(session)?.secret.fill(0);
    this.#open.delete(session);
  }
  /** Closes those whose session is over or which rested too long. */
  async sweep(holds: (session: Id) => Promise<boolean>, now: Date): Promise<void> {
    for (const [session, { usedAt }] of [...this.#open])
      if (now.getTime() - usedAt > idleMs || !(await holds(session))) this.close(session);
  }
}

export interface KeyView {
  state: "none" | "waits" | "shut" | "open";
  /** Read out to the victim desk before it lets her in. */
  letters: string | null;
  idleMinutes: number;
  /** The exercise's passphrase, shown because it protects nobody. */
  exercise: string | null;
}

interface KeyRow {
  id: Id;
  public_key: JWK;
  salt: Buffer;
  cost: [number, number, number];
  wrapped: Buffer;
  sealed: string | null;
}

/** Twenty-four hex digits in groups, from the public half alone. */
export const lettersOf = (key: JWK): string =>
  createHash("sha256")
    .update(`simpul/review-key/1\n${key.x}\n${key.y}`)
    .digest("hex")
    .slice(0, 24)
    .toUpperCase()
    .replaceAll(/(.{4})(?!$)/g, "$1 ");

async function rowOf(db: Db): Promise<KeyRow | null> {
  const { rows } = await sql<KeyRow>`select k.id, k.public_key, k.salt, k.cost, k.wrapped, g.sealed
    from simpul.review_keys k left join simpul.review_grants g on g.key_id = k.id
    where k.officer_id = ${officerOf(db.standing).id} and k.ended_at is null`.execute(db.rows);
  return rows[0] ?? null;
}

export async function keyView(node: ReviewsNode, who: AtDesk): Promise<KeyView> {
  return node.store.read({ actor: who.officer, purpose: who.purpose }, async (db) => {
    db.noteRead("review.key-looked-at", {});
    const row = await rowOf(db);
    const open = node.open.get(who.session, who.officer.id, node.clock.now()) !== null;
    return {
      state: row === null ? "none" : row.sealed === null ? "waits" : open ? "open" : "shut",
      letters: row === null ? null : lettersOf(row.public_key),
      idleMinutes: idleMs / 60_000,
      exercise: node.exercise ? exercisePassphrase : null,
    };
  });
}

/** Makes her key, in place of one she lost; the victim desk lets it in. Throws `NOT_FOUND` for who is no prosecutor. */
export async function makeKey(node: ReviewsNode, who: AtDesk, passphrase: string): Promise<void> {
  if (!isProsecutor(who)) throw new ReviewsError("NOT_FOUND");
  if (passphrase.normalize("NFKC").trim().length < shortest)
    throw new ReviewsError("KEY_WEAK", { least: shortest });
  const pair = await generateKeyPair(alg, { crv: "P-256", extractable: true });
  const [publicKey, secret] = [await exportJWK(pair.publicKey), await exportPKCS8(pair.privateKey)];
  const salt = Buffer.from(node.random.bytes(32));
  const key = await keyFromPassphrase(passphrase, salt, node.cost);
  const iv = Buffer.from(node.random.bytes(12));
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const wrapped = Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  node.open.close(who.session);
  await node.store.write({ actor: who.officer, purpose: who.purpose }, async (tx) => {
    const id = tx.newId();
    await sql`update simpul.review_keys set ended_at = ${tx.at}
      where officer_id = ${who.officer.id} and ended_at is null`.execute(tx.rows);
    await sql`insert into simpul.review_keys (id, officer_id, public_key, salt, cost, wrapped, made_at)
      values (${id}, ${who.officer.id}, ${json(publicKey)}::jsonb, ${salt}, ${[...node.cost]}::int[], ${wrapped}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("review.key-made", { id });
  });
  node.wake("reviews");
}

/** Opens it for her session. Throws `KEY_UNKNOWN` before the victim desk let her in, `KEY_PASSPHRASE`. */
export async function openKey(node: ReviewsNode, who: AtDesk, passphrase: string): Promise<void> {
  const standing = { actor: who.officer, purpose: who.purpose };
  const row = await node.store.read(standing, async (db) => {
    db.noteRead("review.key-looked-at", {});
    return isProsecutor(who) ? rowOf(db) : null;
  });
  if (row === null || row.sealed === null) throw new ReviewsError("KEY_UNKNOWN");
  if (!node.open.mayTry(who.officer.id, node.clock.now()))
    throw new ReviewsError("TOO_MANY", { most: mostTries });
  const key = await keyFromPassphrase(passphrase, row.salt, row.cost);
  const secret = await secretIn(row.sealed, await privateOf(row.wrapped, key));
  await node.store.write(standing, async (tx) => {
    tx.note("review.key-opened", { id: row.id });
    await Promise.resolve();
  });
  node.open.put(who.session, who.officer.id, secret, node.clock.now());
}

export const isProsecutor = ({ officer }: Pick<AtDesk, "officer">): boolean =>
  officer.agencyKind === "prosecutor" && officer.roles.includes("prosecutor");

async function privateOf(wrapped: Buffer, key: Uint8Array): Promise<CryptoKey> {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, wrapped.subarray(0, 12));
    decipher.setAuthTag(wrapped.subarray(-16));
    const text = Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]).toString();
    return await importPKCS8(text, alg);
  } catch (cause) {
    throw new ReviewsError("KEY_PASSPHRASE", { cause: (cause as Error).name });
  }
}

async function secretIn(sealedTo: string, key: CryptoKey): Promise<Uint8Array> {
  const { plaintext } = await compactDecrypt(sealedTo, key, {
    keyManagementAlgorithms: [alg],
    contentEncryptionAlgorithms: ["A256GCM"],
  });
  return plaintext;
}

/** The secret of her open key. Throws `KEY_CLOSED`; `NOT_FOUND` for who is no prosecutor. */
export function secretOf(node: ReviewsNode, who: AtDesk): Uint8Array {
  if (!isProsecutor(who)) throw new ReviewsError("NOT_FOUND");
  const secret = node.open.get(who.session, who.officer.id, node.clock.now());
  if (secret === null) throw new ReviewsError("KEY_CLOSED");
  return secret;
}
