// The server as a process: starts it, waits until it answers, and sees to it that it never outlives its parent.
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LauncherError } from "../errors.ts";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Place } from "./place.ts";

export interface Running {
  readonly pid: number;
  stop(): Promise<void>;
}

interface Run {
  account: Account;
  place: Place;
  binaries: Binaries;
  settings: Record<string, string>;
}

/**
 * The shell becomes the server; before that it leaves a watcher behind that holds the other end of our pipe. However
 * we end, kill -9 too, the pipe closes and the watcher asks the server for a fast, clean stop. (The watcher is
 * orphaned on purpose: a server must not find children it did not make.)
 */
const becomeServer = `exec 3<&0 </dev/null
server=$$
( ( cat <&3 >/dev/null 2>&1; kill -INT $server 2>/dev/null ) >/dev/null 2>&1 & )
exec "$@" 3<&-`;

/** Starts the server and resolves when it takes connections; throws `DID_NOT_START` with the end of its log. */
export async function runServer(given: Run): Promise<Running> {
  const until = Date.now() + 60_000;
  for (;;) {
    letGoOfForeignPid(given.place);
    const child = start(given);
    if (await isReady(child, given.place, until)) return running(child);
    // Right after a kill -9 the old server's children may still be leaving; PostgreSQL refuses until they have.
    const tail = endOfLog(given.place);
    if (!/shared memory block.*still in use|lock file/s.test(tail) || Date.now() > until - 45_000) {
      child.kill("SIGKILL");
      throw new LauncherError("DID_NOT_START", tail);
    }
    await sleep(200);
  }
}

function start(given: Run): ChildProcess {
  const settings = { ...given.settings, unix_socket_directories: given.place.run, external_pid_file: "" };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(given.place.log, "w", 0o600);
  try {
    const child = spawn(
      "/bin/sh",
      ["-c", becomeServer, "sh", given.binaries.postgres, "-D", given.place.data, ...flags],
      {
        cwd: given.place.root,
        env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8", TZ: "UTC" },
        stdio: ["pipe", log, log],
        // Ctrl-C in a terminal is for us; the server stops after our connections are closed.
        detached: true,
        ...(given.account.other ? { uid: given.account.uid, gid: given.account.gid } : {}),
      },
    );
    child.on("error", () => undefined);
    child.stdin?.on("error", () => undefined);
    return child;
  } finally {
    closeSync(log);
  }
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** postmaster.pid tells in its eighth line when the server is ready. */
async function isReady(child: ChildProcess, place: Place, until: number): Promise<boolean> {
  const file = path.join(place.data, "postmaster.pid");
  while (!ended(child) && child.pid !== undefined) {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return true;
    if (Date.now() > until) return false;
    await sleep(10);
  }
  return false;
}

function running(child: ChildProcess): Running {
  // Neither the process nor the pipe keeps our own process alive.
  child.unref();
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  // When the server ends first, the watcher ends too, before the number can be somebody else's.
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      child.stdin?.destroy();
      resolve();
    });
  });
  return {
    pid: child.pid!,
    async stop() {
      if (ended(child)) return;
      child.ref();
      child.stdin?.end();
      const late = setTimeout(() => child.kill("SIGQUIT"), 20_000);
      await gone;
      clearTimeout(late);
    },
  };
}

function endOfLog(place: Place): string {
  return existsSync(place.log) ? readFileSync(place.log, "utf8").slice(-2_000) : "no log";
}

/** Does the process named in postmaster.pid work in our data folder? Where nobody can tell, yes. */
export function isOurs(place: Place): boolean {
  const pid = Number(readFileSync(path.join(place.data, "postmaster.pid"), "utf8").split("\n")[0]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: another account's, so none of ours.
    if (["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
  }
  if (!existsSync("/proc/self/stat")) return true;
  try {
    // A zombie (its parent does not reap, as in a bare container) still has a number, and does nothing any more.
    const state = /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1];
    return state !== "Z" && readlinkSync(`/proc/${pid}/cwd`) === place.data;
  } catch {
    return false;
  }
}

/**
 * After a kill -9 the number in postmaster.pid may belong to another process by now (in a container soon), and
 * PostgreSQL would refuse for ever. The number is replaced by one that no process has; the file stays, because
 * PostgreSQL finds in it the shared memory that orphans may still hold.
 */
function letGoOfForeignPid(place: Place): void {
  const file = path.join(place.data, "postmaster.pid");
  if (!existsSync(file) || isOurs(place)) return;
  const [, ...rest] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, ["2147483646", ...rest].join("\n"));
}
