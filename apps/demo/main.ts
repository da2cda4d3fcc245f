// `npm start`: the exercise federation of three nodes on this machine; prints where they are and opens nothing else.
import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defaultHome } from "@simpul/server/home";
import { startServer } from "@simpul/store/launcher";
import { federation } from "./federation.ts";
import type { Introduction, Ready } from "./federation.ts";

const home = path.join(process.env["SIMPUL_HOME"] ?? defaultHome(process.env), "exercise");
const program = fileURLToPath(new URL("./node.ts", import.meta.url));

/** Three nodes on one machine: less room for short-lived things, and few arenas of the C library (a third of the memory). */
const lean = { execArgv: ["--max-semi-space-size=4"], env: { MALLOC_ARENA_MAX: "2" } };

function startNode(
  code: string,
  settings: NodeJS.ProcessEnv,
): { child: ChildProcess; ready: Promise<Ready> } {
  const child = fork(program, [], {
    env: { ...lean.env, ...process.env, ...settings },
    execArgv: [...process.execArgv, ...lean.execArgv],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ready = new Promise<Ready>((resolve, reject) => {
    child.once("message", (message) => resolve(message as Ready));
    child.once("exit", (status) =>
      reject(new Error(`node ${code} ended (${String(status)}) before it was ready`)),
    );
  });
  return { child, ready };
}

function introduce(child: ChildProcess, introduction: Introduction): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error("a node ended while it met the others")));
    child.send(introduction);
  });
}

const database = await startServer({ home });
const children: ChildProcess[] = [];
let ending = false;
async function end(status: number): Promise<void> {
  if (ending) return;
  ending = true;
  const gone = children
    .filter((child) => child.exitCode === null && child.signalCode === null)
    .map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of children) child.kill("SIGTERM");
  await Promise.all(gone);
  await database.close();
  process.exit(status);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));

try {
  const started = federation(process.env).map(({ code, env }) =>
    startNode(code, { ...env, SIMPUL_HOME: home }),
  );
  children.push(...started.map(({ child }) => child));
  const ready = await Promise.all(started.map((one) => one.ready));
  await Promise.all(children.map((child) => introduce(child, { cards: ready.map(({ card }) => card) })));
  process.stdout.write("Simpul is ready\n");
  for (const { code, name, address } of ready)
    process.stdout.write(`${code}  ${address}  ${name} (exercise)\n`);
  process.stdout.write(
    "Data of the exercise: invented people, nothing leaves this machine. Ctrl-C stops it.\n",
  );
  for (const child of children) child.once("exit", (status) => void end(status ?? 1));
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  await end(1);
}
