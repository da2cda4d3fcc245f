// The server that ships with Simpul: it starts anywhere, keeps what was committed, and never outlives its parent.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeEach, expect, test } from "vitest";
import { accountFor, canReach } from "./account.ts";
import { binariesFor, findPackage } from "./binaries.ts";
import { LauncherError, startServer } from "./index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const child = fileURLToPath(new URL("../faults/server-child.ts", import.meta.url));
const folders: string[] = [];
const children: ChildProcess[] = [];
let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "simpul-l-"));
  folders.push(home);
  await chmod(home, 0o711);
});
afterAll(async () => {
  for (const one of children) one.kill("SIGKILL");
  // The servers of killed parents are on their way out.
  await Promise.all(
    folders.map((one) => rm(one, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })),
  );
});

interface Said {
  pid: number;
  data: string;
  url: string;
  code?: string;
}

async function start(
  act: "stay" | "end",
  more: { uid?: number; gid?: number } = {},
): Promise<{ said: Said; child: ChildProcess }> {
  const started = spawn(process.execPath, ["--import", "tsx", child, home, act], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    ...more,
  });
  children.push(started);
  const lines = createInterface({ input: started.stdout });
  const [line] = (await once(lines, "line")) as [string];
  return { said: JSON.parse(line) as Said, child: started };
}

async function ask<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Alive and no zombie. */
const alive = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0);
    const status = await readFile(`/proc/${String(pid)}/stat`, "utf8").catch(() => ") R");
    return !status.includes(") Z");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

test("the server listens on no network, in a closed folder, with passwords that only its account reads", async () => {
  const server = await startServer({ home });
  try {
    const url = await server.database("id");
    expect(await ask(url, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
    expect(await ask(url, "show fsync")).toEqual([{ fsync: "on" }]);
    for (const name of ["", "data", "run"])
      expect((await stat(path.join(home, "postgres", name))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(home, "postgres", "secrets.json"))).mode & 0o777).toBe(0o600);
    const guess = url.replace(/id:[^@]+@/, "id:guess@");
    await expect(ask(guess, "select 1")).rejects.toThrow(/password authentication failed/);
    const [role] = await ask<{ super: boolean; bypass: boolean }>(
      url,
      "select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user",
    );
    expect(role).toEqual({ super: false, bypass: false });
    // Another node's role may not even connect.
    await server.database("kh");
    await expect(ask(url.replace(/\/id\?/, "/kh?"), "select 1")).rejects.toThrow(
      /permission denied for database/,
    );
    await expect(server.database('x"; drop')).rejects.toMatchObject({ code: "BAD_NAME" });
  } finally {
    await server.close();
  }
});

test("a second process joins the running server, and leaves it running", async () => {
  const first = await startServer({ home, durable: false });
  try {
    const second = await startServer({ home });
    expect(second.pid).toBeNull();
    expect(await second.database("id")).toBe(await first.database("id"));
    await second.close();
    expect(await ask(await first.database("id"), "select 1 as one")).toEqual([{ one: 1 }]);
  } finally {
    await first.close();
  }
});

test("nodes that start at the same moment each get their database, and the passwords of all are kept", async () => {
  const names = ["id", "kh", "ph", "th", "la", "vn"];
  const first = await startServer({ home });
  try {
    const joined = await Promise.all(names.map(() => startServer({ home })));
    const urls = await Promise.all(names.map((name, nth) => joined[nth]!.database(name)));
    // Asked again by a process that came later (the command line beside a node), none has another password.
    const later = await startServer({ home });
    for (const [nth, name] of names.entries()) expect(await later.database(name)).toBe(urls[nth]);
    for (const url of urls) expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  } finally {
    await first.close();
  }
});

test("when its parent is killed without warning the server stops by itself, and its data is taken up again", async () => {
  const { said, child } = await start("stay");
  await ask(said.url, "create table kept (id int); insert into kept values (7)");
  child.kill("SIGKILL");
  await expect.poll(() => alive(said.pid), { timeout: 10_000 }).toBe(false);
  const server = await startServer({ home });
  expect(await ask(await server.database("id"), "select id from kept")).toEqual([{ id: 7 }]);
  await server.close();
});

test(
  "when the server itself is killed without warning it is started again at once, with what was committed",
  { timeout: 60_000 },
  async () => {
    const { said, child } = await start("stay");
    await ask(said.url, "create table kept (id int)");
    for (let round = 0; round < 3; round++) {
      const server = await startServer({ home });
      const url = await server.database("id");
      await ask(url, `insert into kept values (${String(round)})`);
      const pid = Number((await readFile(path.join(said.data, "postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(pid, "SIGKILL");
      await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
    }
    child.kill("SIGKILL");
    const last = await startServer({ home });
    expect(await ask(await last.database("id"), "select count(*)::int as kept from kept")).toEqual([
      { kept: 3 },
    ]);
    await last.close();
  },
);

test("a number left in postmaster.pid that is another process's by now does not stop the start", async () => {
  const first = await startServer({ home, durable: false });
  await first.database("id");
  const file = path.join(first.data, "postmaster.pid");
  const left = await readFile(file, "utf8");
  await first.close();
  await writeFile(file, left.replace(/^\d+/, String(process.pid)));
  const account = accountFor();
  if (account.other) await chown(file, account.uid, account.gid);
  const second = await startServer({ home, durable: false });
  await second.close();
});

test("data of another version of PostgreSQL is refused, not touched", async () => {
  await (await startServer({ home, durable: false })).close();
  await writeFile(path.join(home, "postgres", "data", "PG_VERSION"), "17\n");
  await expect(startServer({ home })).rejects.toMatchObject({ code: "OTHER_VERSION" });
});

test("a folder that is somebody else's or open to others is refused", async () => {
  await mkdir(path.join(home, "postgres"), { mode: 0o755 });
  await expect(startServer({ home })).rejects.toMatchObject({ code: "NOT_OURS" });
  await expect(startServer({ home })).rejects.toBeInstanceOf(LauncherError);
});

const isRoot = process.getuid?.() === 0;

test.skipIf(!isRoot)(
  "root's server runs as another account, also below a closed home (needs root)",
  async () => {
    await chmod(home, 0o700);
    const account = accountFor();
    expect(account).toMatchObject({ other: true });
    expect(canReach(account, path.join(home, "x"))).toBe(false);
    const server = await startServer({ home, durable: false });
    try {
      const place = (await readFile(path.join(home, "database-is-at.txt"), "utf8")).trim();
      expect(server.data).toBe(path.join(place, "data"));
      folders.push(path.dirname(place));
      expect((await stat(server.data)).uid).toBe(account.uid);
      expect(await ask(await server.database("id"), "select 1 as one")).toEqual([{ one: 1 }]);
    } finally {
      await server.close();
    }
  },
);

test.skipIf(!isRoot)(
  "programs below a closed folder are copied to where the account reads them (needs root)",
  async () => {
    const closed = path.join(home, "closed");
    await mkdir(closed, { mode: 0o700 });
    const found = findPackage();
    const moved = path.join(closed, "package");
    await cp(found.folder, moved, { recursive: true, verbatimSymlinks: true });
    const account = accountFor();
    const binaries = binariesFor(account, path.join(home, "base"), { folder: moved, version: found.version });
    expect(canReach(account, binaries.postgres)).toBe(true);
    expect(binaries.postgres.startsWith(path.join(home, "base"))).toBe(true);
  },
);

test.skipIf(!isRoot || !canReach({ uid: 65_534, gid: 65_534, other: true }, child))(
  "an ordinary account runs its own server (needs root to step down, and a repository that others may read)",
  async () => {
    await chown(home, 65_534, 65_534);
    const { said, child } = await start("end", { uid: 65_534, gid: 65_534 });
    expect(said.code).toBeUndefined();
    expect((await stat(said.data)).uid).toBe(65_534);
    await once(child, "exit");
    await expect.poll(() => alive(said.pid), { timeout: 10_000 }).toBe(false);
  },
);
