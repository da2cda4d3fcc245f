// `npm run tour`: plays the main job through the real command line against a federation that runs; says each step.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { addressesOf, Job, steps, Unexpected } from "./main-job/index.ts";
import type { Officer, Ran } from "./main-job/index.ts";

const program = fileURLToPath(new URL("../apps/cli/main.ts", import.meta.url));
const folder = await mkdtemp(path.join(os.tmpdir(), "simpul-tour-"));

function run(who: Officer, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
      env: { ...process.env, SIMPUL_CLI_HOME: path.join(folder, who) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, out, err }));
  });
}

const say = (sentence: string): void => void process.stdout.write(`   ${sentence}\n`);
const job = new Job({ addresses: addressesOf(process.argv.slice(2)), folder, run, say });
try {
  for (const [nth, step] of steps.entries()) {
    process.stdout.write(`${String(nth + 1).padStart(2)} ${step.title}\n`);
    await step.run(job);
  }
  process.stdout.write("The main job is done.\n");
} catch (fault) {
  if (!(fault instanceof Unexpected)) throw fault;
  process.stderr.write(`\nThe tour stops here: ${fault.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
