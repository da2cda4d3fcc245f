// The key of this device: Ed25519 in the browser's own keeping, never readable, one per officer and node.

/** This device as a session knows it; `sign` never shows its key. */
export interface SessionDevice {
  id: string;
  /** Raw public key, base64url. */
  publicKey: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** A key before the node knows the device; `id` is what the node called it last. */
export interface DeviceKey extends Omit<SessionDevice, "id"> {
  id: string | null;
  /** Remembers what the node calls this device. */
  keepId(id: string): Promise<void>;
}

interface Kept {
  keys: CryptoKeyPair;
  publicKey: string;
  id: string | null;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });

async function store(): Promise<IDBDatabase> {
  const opening = indexedDB.open("simpul-device", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  return settled(opening);
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Finds or makes the key of `officer` on this device. Throws where the browser has no Ed25519. */
export async function deviceKey(officer: string): Promise<DeviceKey> {
  const database = await store();
  const table = (mode: IDBTransactionMode) => database.transaction("keys", mode).objectStore("keys");
  let kept = (await settled(table("readonly").get(officer))) as Kept | undefined;
  if (kept === undefined) {
    const keys = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    const raw = await crypto.subtle.exportKey("raw", keys.publicKey);
    kept = { keys, publicKey: base64url(new Uint8Array(raw)), id: null };
    await settled(table("readwrite").put(kept, officer));
  }
  const { keys, publicKey, id } = kept;
  return {
    id,
    publicKey,
    async sign(message) {
      const copy = new Uint8Array(message);
      return new Uint8Array(await crypto.subtle.sign("Ed25519", keys.privateKey, copy));
    },
    keepId: async (next) => {
      await settled(table("readwrite").put({ keys, publicKey, id: next } satisfies Kept, officer));
    },
  };
}

let current: Promise<SessionDevice> | null = null;

/** Set by access once a session stands: the device, known to the node. */
export function connectDevice(device: Promise<SessionDevice> | null): void {
  current = device;
  // Whoever needs it hears why it failed; a page that does not need it goes on.
  current?.catch(() => undefined);
}

/** The device of this session, ready to sign; rejects when the node refused it or the browser has no Ed25519. */
export function sessionDevice(): Promise<SessionDevice> {
  return current ?? Promise.reject(new Error("no device in this session"));
}
