// Runs a child process of a fault test and kills it without warning at a random moment of its work.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Starts `script`, waits for its first line (it is at work), lets it work for up to `within` milliseconds and kills it
 * by SIGKILL. Gives the whole lines it had said: what it had been promised before it died.
 */
export async function killed(script: string, args: readonly string[], within = 60): Promise<string[]> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text: string) => (said += text));
  const gone = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), gone]);
  if (child.exitCode !== null) throw new Error(`${script} ended by itself (${child.exitCode}): ${said}`);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * within));
  child.kill("SIGKILL");
  await gone;
  return said.split("\n").slice(0, -1);
}
