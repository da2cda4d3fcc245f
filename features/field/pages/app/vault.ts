// What is being worked on, encrypted under a PIN: the key opens with the PIN and this device's own key together, and
// is destroyed after wrong PINs, after a set time, and on order.
import type { FieldTerms } from "../../contract.ts";
import { mustWipe, padded } from "../../rules.ts";
import type { Keeping } from "./database.ts";
import { pinCost, slowly } from "./pin.ts";

interface Lock {
  salt: Uint8Array<ArrayBuffer>;
  cost: { memoryKiB: number; passes: number };
  /** HMAC key that the browser never shows: the PIN alone, tried elsewhere, opens nothing. */
  device: CryptoKey;
  /** The work key, wrapped. */
  wrapped: { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer };
  failed: number;
  openedAt: string;
}
interface KeptDraft {
  id: string;
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}
export interface Draft<T> {
  id: string;
  value: T;
}
export type Opened = { kind: "open"; vault: Vault } | { kind: "wrong"; left: number } | { kind: "wiped" };

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function keyOf(pin: string, lock: Pick<Lock, "salt" | "cost" | "device">): Promise<CryptoKey> {
  const slow = new Uint8Array(await slowly(pin, lock.salt, lock.cost));
  const bytes = await crypto.subtle.sign("HMAC", lock.device, slow);
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Makes a new lock; whatever was under an old one is gone. */
export async function lockUnder(keeping: Keeping, pin: string): Promise<Vault> {
  const device = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const made = { salt: random(16), cost: { ...pinCost }, device };
  const raw = random(32);
  const iv = random(12);
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(pin, made), raw);
  const lock: Lock = { ...made, wrapped: { iv, bytes }, failed: 0, openedAt: new Date().toISOString() };
  const work = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  await keeping.change(({ put, clear }) => {
    clear("drafts");
    put("lock", "lock", lock);
  });
  return new Vault(keeping, work);
}

/** Whether there is something to unlock, and what time or tries did to it. */
export async function lockState(keeping: Keeping, terms: FieldTerms): Promise<"none" | "locked" | "wiped"> {
  const lock = await keeping.get<Lock>("lock", "lock");
  if (lock === null) return "none";
  if (mustWipe(lock, terms, new Date()) === null) return "locked";
  await wipeWork(keeping);
  return "wiped";
}

/** A try is counted on the disk before it is made, so that switching off in the middle gains none. */
export async function unlock(keeping: Keeping, pin: string, terms: FieldTerms): Promise<Opened> {
  if ((await lockState(keeping, terms)) !== "locked") return { kind: "wiped" };
  const lock = (await keeping.get<Lock>("lock", "lock"))!;
  const failed = lock.failed + 1;
  await keeping.change(({ put }) => put("lock", "lock", { ...lock, failed } satisfies Lock));
  const { iv, bytes } = lock.wrapped;
  const raw = await crypto.subtle
    .decrypt({ name: "AES-GCM", iv }, await keyOf(pin, lock), bytes)
    .catch(() => null);
  if (raw === null) {
    if (failed < terms.attempts) return { kind: "wrong", left: terms.attempts - failed };
    await wipeWork(keeping);
    return { kind: "wiped" };
  }
  const work = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  new Uint8Array(raw).fill(0);
  const openedAt = new Date().toISOString();
  await keeping.change(({ put }) => put("lock", "lock", { ...lock, failed: 0, openedAt } satisfies Lock));
  return { kind: "open", vault: new Vault(keeping, work) };
}

/** Destroys what is being worked on, with its keys. What is sealed stays until it is sent: nobody can read it here. */
export const wipeWork = (keeping: Keeping): Promise<void> =>
  keeping.change(({ clear }) => {
    clear("drafts");
    clear("lock");
  });

/** Destroys everything of this node on this phone. */
export const wipeAll = (keeping: Keeping): Promise<void> =>
  keeping.change(({ clear }) => {
    for (const table of ["drafts", "lock", "outbox", "phone"] as const) clear(table);
  });

/** Open in memory alone; forgotten when the phone locks. */
export class Vault {
  readonly #keeping: Keeping;
  readonly #work: CryptoKey;
  constructor(keeping: Keeping, work: CryptoKey) {
    this.#keeping = keeping;
    this.#work = work;
  }

  async save(id: string, value: unknown): Promise<void> {
    const iv = random(12);
    const bytes = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: utf8(id) },
      this.#work,
      padded(value),
    );
    await this.#keeping.change(({ put }) => put("drafts", id, { id, iv, bytes } satisfies KeptDraft));
  }

  /** All that is being worked on; one that does not open (another lock's) is left out. */
  async drafts<T>(): Promise<Draft<T>[]> {
    const kept = await this.#keeping.all<KeptDraft>("drafts");
    const opened = await Promise.all(
      kept.map(async ({ id, iv, bytes }) => {
        const plain = await crypto.subtle
          .decrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, this.#work, bytes)
          .catch(() => null);
        return plain === null ? null : { id, value: JSON.parse(new TextDecoder().decode(plain)) as T };
      }),
    );
    return opened.filter((one) => one !== null);
  }

  drop(id: string): Promise<void> {
    return this.#keeping.change((change) => change.delete("drafts", id));
  }
}
