// Starts the PostgreSQL that ships with Simpul: one server for any number of databases, gone when its parent is gone.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { chown, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { LauncherError } from "../errors.ts";
import { accountFor } from "./account.ts";
import type { Account } from "./account.ts";
import { binariesFor } from "./binaries.ts";
import type { Binaries } from "./binaries.ts";
import { makePrivate, placeFor } from "./place.ts";
import type { Place } from "./place.ts";
import { isOurs, runServer } from "./process.ts";
import type { Running } from "./process.ts";

export interface ServerSettings {
  /** The folder below which the server keeps its own, `<home>/postgres`. */
  home: string;
  /** False only for databases that nobody will miss: no waiting for the disk. */
  durable?: boolean;
  /** Further settings of PostgreSQL, as in `{ work_mem: "16MB" }`. */
  settings?: Record<string, string>;
}

export interface DatabaseServer {
  /** Where its data lies. */
  readonly data: string;
  /** Its process; a joined server is somebody else's. */
  readonly pid: number | null;
  /** The address of a database with a role of its own, both made when they are not there. */
  database(name: string): Promise<string>;
  /** The address for the server's own work: copying and dropping databases. */
  adminUrl(database?: string): string;
  /** Stops the server if this process started it. */
  close(): Promise<void>;
}

interface Secrets {
  server: string;
  databases: Record<string, string>;
}

const run = promisify(execFile);

/**
 * Starts the server, or joins the one that another process of ours already runs on this home. Throws
 * `LauncherError`. Data that a killed server left is taken up again.
 */
export async function startServer(given: ServerSettings): Promise<DatabaseServer> {
  const account = accountFor();
  const place = placeFor(account, given.home);
  const joined = await join(place);
  if (joined) return joined;
  const binaries = binariesFor(account, place.root);
  const fresh = !existsSync(path.join(place.data, "PG_VERSION"));
  const secrets = fresh ? await makeData(given, account, place, binaries) : readSecrets(place);
  const has = readFileSync(path.join(place.data, "PG_VERSION"), "utf8").trim();
  if (has !== binaries.version.split(".")[0])
    throw new LauncherError(
      "OTHER_VERSION",
      `${place.data} is of PostgreSQL ${has}, this is ${binaries.version}`,
    );
  const child = await runServer({ account, place, binaries, settings: settingsFor(given) });
  return new Server(place, secrets, child);
}

/** Modest memory, every commit on disk, and no address but a socket in a closed folder. */
function settingsFor(given: ServerSettings): Record<string, string> {
  const durable = given.durable ?? true;
  return {
    listen_addresses: "",
    unix_socket_permissions: "0700",
    max_connections: "200",
    shared_buffers: "64MB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // What officers look for does not belong into a log file.
    log_min_error_statement: "panic",
    log_parameter_max_length_on_error: "0",
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
    full_page_writes: durable ? "on" : "off",
    ...given.settings,
  };
}

/** A new data folder, whole or not at all: it is made beside its place and moved there. */
async function makeData(
  given: ServerSettings,
  account: Account,
  place: Place,
  binaries: Binaries,
): Promise<Secrets> {
  const part = path.join(place.root, "data.part");
  await rm(part, { recursive: true, force: true });
  makePrivate(part, account);
  const secrets: Secrets = { server: newPassword(), databases: {} };
  const passwordFile = path.join(place.root, "password.part");
  await writeFile(passwordFile, secrets.server, { mode: 0o600 });
  if (account.other) await chown(passwordFile, account.uid, account.gid);
  try {
    await run(
      binaries.initdb,
      [
        ["--pgdata", part],
        ["--username", "postgres"],
        ["--pwfile", passwordFile],
        ["--auth", "scram-sha-256"],
        ["--encoding", "UTF8"],
        // Order by code point, the same on every machine; letters of all scripts are letters (for pg_trgm).
        ["--locale-provider", "builtin"],
        ["--builtin-locale", "C.UTF-8"],
        ["--locale", "C.UTF-8"],
        given.durable === false ? ["--no-sync"] : [],
      ].flat(),
      { cwd: place.root, env: { LC_ALL: "C.UTF-8", TZ: "UTC" }, ...(account.other ? account : {}) },
    );
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw new LauncherError("DID_NOT_START", `initdb: ${(error as { stderr?: string }).stderr ?? ""}`, error);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await keepSecrets(place, secrets);
  await rename(part, place.data);
  return secrets;
}

const newPassword = (): string => randomBytes(24).toString("base64url");

function readSecrets(place: Place): Secrets {
  try {
    return JSON.parse(readFileSync(place.secrets, "utf8")) as Secrets;
  } catch (error) {
    throw new LauncherError("NOT_OURS", `${place.secrets} cannot be read`, error);
  }
}

async function keepSecrets(place: Place, secrets: Secrets): Promise<void> {
  const part = `${place.secrets}.${process.pid}.part`;
  await writeFile(part, JSON.stringify(secrets), { mode: 0o600, flush: true });
  await rename(part, place.secrets);
}

/** Another process of ours may run the server already: the CLI beside the node. */
async function join(place: Place): Promise<DatabaseServer | null> {
  if (!existsSync(path.join(place.data, "postmaster.pid")) || !isOurs(place)) return null;
  const server = new Server(place, readSecrets(place), null);
  try {
    await server.ask("select 1");
    return server;
  } catch {
    return null;
  }
}

class Server implements DatabaseServer {
  readonly #place: Place;
  readonly #secrets: Secrets;
  readonly #child: Running | null;

  constructor(place: Place, secrets: Secrets, child: Running | null) {
    this.#place = place;
    this.#secrets = secrets;
    this.#child = child;
  }

  get data(): string {
    return this.#place.data;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  adminUrl(database = "postgres"): string {
    return this.#url("postgres", this.#secrets.server, database);
  }

  #url(user: string, password: string, database: string): string {
    return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(this.#place.run)}`;
  }

  ask(text: string, values: unknown[] = []): Promise<pg.QueryResult> {
    return this.#asAdmin((client) => client.query(text, values));
  }

  async #asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.adminUrl(), connectionTimeoutMillis: 5_000 });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  async database(name: string): Promise<string> {
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new LauncherError("BAD_NAME", name);
    return this.#asAdmin(async (client) => {
      // Nodes start side by side and share two roles and one file of passwords: one at a time, until this client ends.
      await client.query("select pg_advisory_lock(hashtext('simpul databases'))");
      Object.assign(this.#secrets, readSecrets(this.#place));
      const password = (this.#secrets.databases[name] ??= newPassword());
      await keepSecrets(this.#place, this.#secrets);
      // The owner is no superuser, so row security binds it; NOINHERIT: it has the rights of simpul_app only while it
      // is simpul_app. Name and password hold no quote.
      await client.query(`DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE "${name}" LOGIN NOINHERIT; END IF;
        ALTER ROLE "${name}" PASSWORD '${password}';
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'simpul_app') THEN CREATE ROLE simpul_app NOLOGIN; END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'simpul_chores') THEN CREATE ROLE simpul_chores NOLOGIN; END IF;
        GRANT simpul_app, simpul_chores TO "${name}";
      END $$`);
      const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
      if (rowCount === 0) {
        await client.query(`CREATE DATABASE "${name}" OWNER "${name}"`);
        // One node's role has no business in another node's database.
        await client.query(`REVOKE ALL ON DATABASE "${name}" FROM PUBLIC`);
      }
      return this.#url(name, password, name);
    });
  }

  async close(): Promise<void> {
    await this.#child?.stop();
  }
}

export { LauncherError };
