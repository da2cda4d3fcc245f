// From a fresh copy of what git has to `Simpul is ready`, the second start, and the memory of three nodes with their database.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figure.ts";

const house = fileURLToPath(new URL("..", import.meta.url));

function done(command: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(command, args, { cwd, stdio: "ignore" }).once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${String(code)}`)),
    );
  });
}

interface Started {
  child: ChildProcess;
  seconds: number;
}

/** Starts it as the README says, in a process group of its own, and gives the seconds until it says that it is ready. */
function start(folder: string, home: string): Promise<Started> {
  const began = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: folder,
    env: { ...process.env, SIMPUL_HOME: home, SIMPUL_PORT: "9310" },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Simpul is ready")) resolve({ child, seconds: (performance.now() - began) / 1000 });
    });
    child.once("exit", () => reject(new Error("it ended before it was ready")));
  });
}

async function stop({ child }: Started): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid!, "SIGTERM");
  await gone;
}

/** Proportional set size of the process group and all it started, by the kernel's count; null where it does not tell. */
async function proportionalMemory(group: number): Promise<number | null> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc").catch(() => [] as string[])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const ours = (pid: number): boolean =>
    pid === group || (parents.has(pid) && pid > 1 && ours(parents.get(pid)!));
  let kilobytes = 0;
  for (const pid of [...parents.keys()].filter(ours)) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return kilobytes === 0 ? null : kilobytes / 1024;
}

/** Measured once each: a cold start is cold once. Needs the package registry, as a fresh machine does. */
export async function startUp(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "simpul-fresh-"));
  const home = path.join(folder, "home");
  const clone = path.join(folder, "clone");
  try {
    await done("git", ["clone", "--quiet", "--depth", "1", `file://${house}`, clone], folder);
    const first = await start(clone, home);
    await stop(first);
    const second = await start(clone, home);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    const memory = await proportionalMemory(second.child.pid!);
    await stop(second);
    const figure = (name: string, ours: number, unit: string, bound: number): Figure => ({
      figure: name,
      ours: Number(ours.toFixed(1)),
      unit,
      peer: null,
      peerName: null,
      bound,
      ratio: null,
      runs: 1,
    });
    return [
      figure("fresh clone to ready, with install", first.seconds, "s", 180),
      figure("second start to ready", second.seconds, "s", 20),
      ...(memory === null
        ? []
        : [figure("three nodes and database, proportional memory", memory, "MiB", 1024)]),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
