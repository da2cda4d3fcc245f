// The end of the main job: evidence that convinces without us, and who did what.
import { execFile, execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createInflateRaw } from "node:zlib";
import { zipSource } from "@simpul/evidence/bag";
import { expect, type Job, type Step } from "./job.ts";
import { bundleArgs } from "./terms.ts";

/** Unpacks a bundle without any other program; gives the folder. */
async function unpack(job: Job, zip: string): Promise<string> {
  const bytes = await readFile(job.file(zip));
  const source = await zipSource({
    size: bytes.length,
    read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)),
    inflate: (packed) => Readable.from(packed).pipe(createInflateRaw()),
  });
  const folder = job.file("unpacked");
  for (const name of await source.paths()) {
    const at = path.join(folder, name);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, await buffer(Readable.from(source.open(name))));
  }
  return folder;
}

/** The exit code of `sha256sum -c`; null where the machine has none. */
async function sha256sum(folder: string): Promise<number | null> {
  try {
    execFileSync("sha256sum", ["--version"], { stdio: "ignore" });
  } catch {
    return null;
  }
  return new Promise((resolve) => {
    execFile("sha256sum", ["-c", "manifest-sha256.txt"], { cwd: folder }, (fault) =>
      resolve(fault === null ? 0 : Number(fault.code)),
    );
  });
}

/** How `simpul verify` ends; with what does not hold. */
async function verify(job: Job, file: string): Promise<{ code: number; says: string }> {
  const ask = ["verify", file, "--policy", job.file("policy.txt")];
  const { code, out, err } = await job.stage.run("grace", ask);
  return { code, says: [...out.split("\n").filter((line) => line.startsWith("NOT OK")), err].join("\n") };
}

async function isProven(job: Job, file: string, what: string): Promise<void> {
  const { code, says } = await verify(job, file);
  expect(code === 0, `${what}: not proven\n${says}`);
}

export const handingOver: readonly Step[] = [
  {
    title:
      "Hand over: the bundle leaves with both items, and is proven under a policy that came apart from it",
    async run(job) {
      const made = await job.makes("sari", ...bundleArgs(job, "case.zip"));
      expect(made["proven"] === true, "two other states have not cosigned it");
      expect((made["items"] as unknown[]).length === 2, "the bundle does not hold both items");
      await job.makes("sari", "policy", "--to", job.file("policy.txt"));
      await isProven(job, job.file("case.zip"), "the bundle");
      job.made.bundle = await unpack(job, "case.zip");
      const sums = await sha256sum(job.made.bundle);
      expect(sums === null || sums === 0, "sha256sum -c does not accept it");
      job.say(`simpul verify: proven. sha256sum -c: ${sums === null ? "not on this machine" : "accepted"}.`);
    },
  },
  {
    title: "One changed byte, and it is not proven any more",
    async run(job) {
      const folder = job.get("bundle");
      const at = path.join(folder, "data", "items", job.get("registration"));
      const [name] = (await readdir(at)).filter((one) => one.startsWith("original"));
      expect(name !== undefined, "the bundle does not hold the original");
      const bytes = await readFile(path.join(at, name));
      const changed = Buffer.from(bytes);
      changed[changed.length - 2]! ^= 1;
      await writeFile(path.join(at, name), changed);
      expect((await verify(job, folder)).code === 1, "a changed original was not refused");
      const sums = await sha256sum(folder);
      expect(sums === null || sums === 1, "sha256sum -c accepted a changed original");
      await writeFile(path.join(at, name), bytes);
      await isProven(job, folder, "the bundle, whole again");
      job.say("Refused by simpul verify and by sha256sum -c; whole again it is proven again.");
    },
  },
  {
    title: "Look back: who read and did what, why it was allowed, and that the logs hold it",
    async run(job) {
      const number = job.get("case");
      const log = await job.does("hendra", "log", "--case", number, "--most", "2000");
      const kinds = new Set(log.map((one) => one["kind"]));
      for (const kind of ["case.opened", "case.viewed", "evidence.export-asked"])
        expect(kinds.has(kind), `the log of ${number} does not tell of ${kind}`);
      const approved = await job.does("hendra", "log", "--kind", "request.approved", "--most", "20");
      const entry = approved.find((one) => JSON.stringify(one).includes(job.get("request")));
      expect(entry !== undefined, "the approval is not in the log");
      expect((entry["officer"] as { name: string }).name === "Agus Setyawan", "another one approved");
      expect((entry["because"] as string[]).length > 0, "the log does not say why it was allowed");
      const standing = await job.does("hendra", "ledger");
      const main = standing.find((one) => one["log"] === "main");
      const by = (main?.["cosigned"] as { node: string }[]).map((one) => one.node).sort();
      expect(by.join() === "kh,ph", `the log is cosigned by ${by.join()}, not by kh and ph`);
      const proof = job.file("approval.entry.json");
      await job.until("the approval under a signed head", async () => {
        const ask = ["log", "--prove", String(entry["id"]), "--to", proof];
        return (await job.stage.run("hendra", ask)).code === 0 ? true : null;
      });
      await isProven(job, proof, "the approval");
      await job.isRefused("sari", "NOT_FOUND", "log", "--case", number);
      job.say(
        `${log.length} acts and reads about ${number}; the log is cosigned by Cambodia and the Philippines.`,
      );
    },
  },
];
