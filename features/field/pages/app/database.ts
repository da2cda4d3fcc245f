// The phone's own keeping: four tables in IndexedDB, each change whole or not at all.

export interface Tables {
  /** One row, `this`: which node this phone belongs to, and its keys, none of them readable. */
  phone: unknown;
  /** One row, `lock`: what is needed beside the PIN, and how often it was wrong. */
  lock: unknown;
  /** What is being worked on, encrypted under the PIN. */
  drafts: unknown;
  /** What is finished: sealed to the victim desk, unreadable here. */
  outbox: unknown;
}
export type Table = keyof Tables;
const tables: readonly Table[] = ["phone", "lock", "drafts", "outbox"];

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });

export class Keeping {
  readonly #database: IDBDatabase;
  constructor(database: IDBDatabase) {
    this.#database = database;
  }

  static async open(name = "simpul-field"): Promise<Keeping> {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      for (const table of tables) opening.result.createObjectStore(table);
    };
    const database = await settled(opening);
    // A newer version of the app in another window must not wait for this one.
    database.onversionchange = () => database.close();
    return new Keeping(database);
  }

  async get<T>(table: Table, key: string): Promise<T | null> {
    const found: unknown = await settled(this.#database.transaction(table).objectStore(table).get(key));
    return (found as T | undefined) ?? null;
  }

  async all<T>(table: Table): Promise<T[]> {
    return settled(this.#database.transaction(table).objectStore(table).getAll()) as Promise<T[]>;
  }

  /** Every change or none, and on the disk before it comes back: a phone may lose power at any moment. */
  async change(work: (put: Put) => void): Promise<void> {
    const run = this.#database.transaction(tables, "readwrite", { durability: "strict" });
    work({
      put: (table, key, value) => void run.objectStore(table).put(value, key),
      delete: (table, key) => void run.objectStore(table).delete(key),
      clear: (table) => void run.objectStore(table).clear(),
    });
    await new Promise<void>((resolve, reject) => {
      run.oncomplete = () => resolve();
      run.onabort = () => reject(run.error ?? new Error("IndexedDB"));
    });
  }

  close(): void {
    this.#database.close();
  }
}

export interface Put {
  put(table: Table, key: string, value: unknown): void;
  delete(table: Table, key: string): void;
  clear(table: Table): void;
}
