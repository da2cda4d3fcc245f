// `node verify.mjs BUNDLE [--policy POLICY] [--json]`: checks a bundle (zip or folder) on this machine alone.
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import type { BagSource, Hashing } from "@simpul/evidence/bag";
import { toSpki } from "@simpul/seal";
import type { Verifying } from "@simpul/seal";
import { run } from "../run.ts";
import type { Given, Result } from "../run.ts";

const engine: Verifying = {
  hash: (data) => new Uint8Array(createHash("sha256").update(data).digest()),
  verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const key = createPublicKey({ key: Buffer.from(toSpki(publicKey)), format: "der", type: "spki" });
    return verify(null, message, key, signature);
  },
};

const hashing: Hashing = (algorithm) => {
  if (algorithm !== "sha256" && algorithm !== "sha512") return null;
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest("hex") };
};

const folderSource = (folder: string): BagSource => ({
  async paths() {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"),
      );
  },
  open: (file) => createReadStream(path.join(folder, file)),
});

async function bundleAt(file: string): Promise<{ bundle: Given["bundle"]; close(): Promise<void> }> {
  const about = await stat(file);
  if (about.isDirectory()) return { bundle: { source: folderSource(file) }, close: () => Promise.resolve() };
  const handle = await open(file);
  const zip = {
    size: about.size,
    async read(at: number, length: number) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    },
    inflate: (packed: AsyncIterable<Uint8Array>) => Readable.from(packed).pipe(createInflateRaw()),
  };
  return { bundle: { zip }, close: () => handle.close() };
}

async function check(file: string, policyFile: string | null): Promise<Result> {
  const policy = policyFile === null ? null : await readFile(policyFile, "utf8");
  const { bundle, close } = await bundleAt(file);
  return run({ bundle, policy, engine, hashing }).finally(close);
}

const words = process.argv.slice(2);
const json = words.includes("--json");
const at = words.indexOf("--policy");
const policyFile = at < 0 ? null : (words[at + 1] ?? "");
const file = words.find((word, nth) => !word.startsWith("--") && (at < 0 || nth !== at + 1));

if (file === undefined) {
  process.stderr.write("node verify.mjs BUNDLE [--policy POLICY] [--json]\n");
  process.exitCode = 2;
} else {
  const result = await check(file, policyFile).catch((fault: unknown): Result => ({
    verdict: "unusable",
    checks: [],
    says: String(fault),
  }));
  for (const { check: name, ok, says } of result.checks) {
    const line = json
      ? JSON.stringify({ check: name, ok, says })
      : `${ok ? "ok    " : "NOT OK"} ${name}: ${says}`;
    process.stdout.write(`${line}\n`);
  }
  process.stderr.write(
    `${result.verdict === "not-proven" ? "not proven" : result.verdict}${result.says && `: ${result.says}`}\n`,
  );
  process.exitCode = { proven: 0, "not-proven": 1, unusable: 2 }[result.verdict];
}
