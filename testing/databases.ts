// Makes and drops the databases of a test run: each a copy of a template that was migrated once.
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { migrate, readMigrations } from "@simpul/store";
import { startServer } from "@simpul/store/launcher";
import pg from "pg";

/** What a test file asks for: a database with these folders' migrations, a copy of one that nobody uses, or its end. */
export type Ask = { make: readonly string[] } | { copy: string } | { drop: string };

interface Running {
  admin: pg.Pool;
  /** The address of a database, for the role that owns it. */
  url: (database: string) => string;
  create: (database: string, template: string | null) => Promise<void>;
  stop: () => Promise<void>;
}

export class TestDatabases {
  readonly #home: string;
  #running: Promise<Running> | null = null;
  readonly #templates = new Map<string, Promise<string>>();
  readonly #run = `simpul_t${process.pid}_${Date.now().toString(36)}`;
  #count = 0;
  // PostgreSQL copies a template for one at a time.
  #copying: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.#home = home;
  }

  async answer(ask: Ask): Promise<{ url: string }> {
    this.#running ??= start(this.#home);
    const running = await this.#running;
    if ("drop" in ask) {
      await running.admin.query(`drop database if exists ${pg.escapeIdentifier(ask.drop)} with (force)`);
      return { url: "" };
    }
    const template = "copy" in ask ? pg.escapeIdentifier(ask.copy) : await this.#template(running, ask.make);
    const name = `${this.#run}_${String((this.#count += 1))}`;
    const made = this.#copying.then(() => running.create(name, template));
    this.#copying = made.catch(() => undefined);
    await made;
    return { url: running.url(name) };
  }

  #template(running: Running, folders: readonly string[]): Promise<string> {
    const key = folders.join("\n");
    let template = this.#templates.get(key);
    if (template === undefined) {
      template = this.#makeTemplate(running, folders);
      this.#templates.set(key, template);
    }
    return template;
  }

  async #makeTemplate(running: Running, folders: readonly string[]): Promise<string> {
    const name = `${this.#run}_m${String(this.#templates.size)}`;
    await running.create(name, null);
    const client = new pg.Client(running.url(name));
    await client.connect();
    try {
      await migrate(client, await readMigrations(folders.map((folder) => new URL(folder))));
    } finally {
      await client.end();
    }
    return name;
  }

  async close(): Promise<void> {
    const running = await this.#running?.catch(() => null);
    if (!running) return;
    const { rows } = await running.admin.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [this.#run],
    );
    if (process.env["SIMPUL_TEST_DATABASE_URL"] !== undefined)
      for (const { datname } of rows)
        await running.admin.query(`drop database if exists "${datname}" with (force)`);
    await running.admin.end();
    await running.stop();
  }
}

/** The server of the run: our own, or the one that `SIMPUL_TEST_DATABASE_URL` names (any PostgreSQL from 15 on). */
async function start(home: string): Promise<Running> {
  const given = process.env["SIMPUL_TEST_DATABASE_URL"];
  if (given !== undefined) {
    const admin = new pg.Pool({ connectionString: given, max: 4 });
    return {
      admin,
      url: (name) => inDatabase(given, name),
      create: creator(admin, null),
      stop: () => Promise.resolve(),
    };
  }
  const server = await startServer({ home, durable: false });
  const owner = await server.database("test_owner");
  const admin = new pg.Pool({ connectionString: server.adminUrl(), max: 4 });
  admin.on("error", () => undefined);
  return {
    admin,
    url: (name) => inDatabase(owner, name),
    create: creator(admin, "test_owner"),
    stop: () => server.close(),
  };
}

const creator = (admin: pg.Pool, owner: string | null) => async (name: string, template: string | null) => {
  const how = [
    template === null ? "" : `template ${template} strategy file_copy`,
    owner === null ? "" : `owner ${owner}`,
  ].join(" ");
  await admin.query(`create database ${name} ${how}`);
};

/** The same address with another database. */
const inDatabase = (url: string, name: string): string =>
  url.replace(/^([a-z]+:\/\/[^/]*\/)[^?]*/, (_, start: string) => start + name);

/** Every folder of migrations in the repository: `packages/<p>/tables` and `features/<f>/tables`. */
export async function allMigrations(): Promise<URL[]> {
  const found: URL[] = [];
  for (const group of ["packages", "features"]) {
    const base = new URL(`../${group}/`, import.meta.url);
    for (const entry of await readdir(base, { withFileTypes: true })) {
      const tables = new URL(`${entry.name}/tables/`, base);
      if (entry.isDirectory() && existsSync(tables)) found.push(tables);
    }
  }
  return found;
}
