// Wakes waiting workers and open pages in all processes of a node, by LISTEN and NOTIFY, and shows that this one lives.
import pg from "pg";

const channel = "simpul";
/** The space of advisory locks under which processes show that they live (`simpul.process_gone`). */
const living = 7410;

/** Names what there is news of: `leaves`, `jobs`, `outbox`, or `case:<id>`; never content. */
export interface Wakes {
  /** Calls `heard` at each wake of a topic that starts with `topic`. Returns how to stop listening. */
  on(topic: string, heard: (topic: string) => void): () => void;
  /** Wakes everybody who listens for `topic`, here at once, elsewhere within some milliseconds. */
  wake(topic: string): void;
}

/**
 * A NOTIFY inside a transaction makes all commits of the database queue behind each other, so wakes are collected
 * and told afterwards. One that is lost in a crash costs time only: every worker also looks by itself.
 */
export class PostgresWakes implements Wakes {
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #listeners = new Set<{ topic: string; heard: (topic: string) => void }>();
  #pending = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #telling: Promise<void> = Promise.resolve();
  #client: pg.Client | null = null;
  #connecting: Promise<void> | null = null;
  #lives = false;
  #retry: NodeJS.Timeout | null = null;
  #closed = false;
  readonly #me: string;

  constructor(pool: pg.Pool, url: string, me: string) {
    this.#pool = pool;
    this.#url = url;
    this.#me = me;
  }

  on(topic: string, heard: (topic: string) => void): () => void {
    const listener = { topic, heard };
    this.#listeners.add(listener);
    if (this.#client === null && this.#retry === null) this.#begin();
    return () => this.#listeners.delete(listener);
  }

  /** The name under which this process holds its lock; null while it holds none. */
  async alive(): Promise<string | null> {
    await this.#connecting;
    return this.#lives ? this.#me : null;
  }

  #begin(): void {
    this.#connecting = this.#listen();
  }

  wake(topic: string): void {
    this.#heard(topic);
    this.#pending.add(topic.slice(0, 200));
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#telling = this.#tell();
    }, 15);
  }

  #heard(topic: string): void {
    for (const listener of [...this.#listeners]) if (topic.startsWith(listener.topic)) listener.heard(topic);
  }

  async #tell(): Promise<void> {
    const topics = [...this.#pending];
    this.#pending = new Set();
    await this.#pool
      .query("select pg_notify($1, topic) from unnest($2::text[]) topic", [
        channel,
        topics.map((one) => `${this.#me} ${one}`),
      ])
      .catch(() => undefined);
  }

  async #listen(): Promise<void> {
    if (this.#closed || this.#client !== null) return;
    this.#retry = null;
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "simpul wakes",
      keepAlive: true,
    });
    this.#client = client;
    const lost = (): void => {
      if (this.#client !== client) return;
      this.#client = null;
      this.#lives = false;
      client.end().catch(() => undefined);
      // unref: waiting for news keeps no process alive.
      if (!this.#closed) this.#retry = setTimeout(() => this.#begin(), 1_000).unref();
    };
    client.on("error", lost);
    client.on("end", lost);
    client.on("notification", ({ payload }) => {
      const [from, topic] = (payload ?? "").split(" ");
      if (topic !== undefined && from !== this.#me) this.#heard(topic);
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      // Shared: two names may hash alike, and neither may wait for the other.
      await client.query("select pg_advisory_lock_shared($1, hashtext($2))", [living, this.#me]);
      this.#lives = true;
      // Something may have happened while nobody listened.
      for (const listener of [...this.#listeners]) listener.heard(listener.topic);
    } catch {
      lost();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#telling = this.#tell();
    }
    await this.#telling;
    const client = this.#client;
    this.#client = null;
    this.#lives = false;
    await client?.end().catch(() => undefined);
  }
}
