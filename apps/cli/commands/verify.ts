// `simpul verify FILE [--policy POLICY]`: checks a bundle or a log entry on this machine alone; no node, no network.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { command, exits, output } from "@simpul/doors/cli";
import { EvidenceError } from "@simpul/evidence";
import { zipSource } from "@simpul/evidence/bag";
import type { BagSource, Hashing } from "@simpul/evidence/bag";
import { verifyBundle } from "@simpul/evidence/bundle";
import type { Check } from "@simpul/evidence/bundle";
import { nodeVerifying } from "@simpul/store/keys";
import { defineCommand } from "citty";
import { checkEntry, readEntryFile } from "./verify-entry.ts";

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

/** A bundle as a folder or a zip file. Throws `NOT_A_BUNDLE`. */
async function sourceAt(file: string): Promise<{ source: BagSource; close(): Promise<void> }> {
  const about = await stat(file).catch(() => null);
  if (about === null) throw new EvidenceError("NOT_A_BUNDLE", `${file} is not there`);
  if (about.isDirectory()) return { source: folderSource(file), close: () => Promise.resolve() };
  const handle = await open(file);
  try {
    const source = await zipSource({
      size: about.size,
      async read(at, length) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
        return buffer.subarray(0, bytesRead);
      },
      inflate: (packed) => Readable.from(packed).pipe(createInflateRaw()),
    });
    return { source, close: () => handle.close() };
  } catch (fault) {
    await handle.close();
    throw fault;
  }
}

export const verifyCommand = defineCommand({
  meta: {
    name: "verify",
    description: "check a bundle (folder or zip) or a log entry against a policy that came by another way",
    example: "simpul verify case.zip --policy policy.txt",
  },
  args: {
    file: { type: "positional", required: true, description: "the bundle, or one entry of a log" },
    policy: { type: "string", description: "file with the logs and cosigners to believe" },
    json: { type: "boolean", description: "one JSON object a line" },
  },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const policy = args.policy === undefined ? null : await readFile(args.policy, "utf8").catch(() => null);
      if (args.policy !== undefined && policy === null)
        throw new EvidenceError("NOT_A_BUNDLE", `${args.policy} cannot be read`);
      const tell = (checks: readonly Check[]): number => {
        for (const one of checks)
          out.result(one, `${one.ok ? "ok    " : "NOT OK"} ${one.check}: ${one.says}`);
        const proven = checks.length > 0 && checks.every((one) => one.ok);
        out.say(proven ? "proven" : "not proven");
        return proven ? exits.done : exits.refused;
      };
      const entry = await readEntryFile(args.file);
      if (entry !== null) return tell(await checkEntry(entry, policy));
      const bundle = await sourceAt(args.file);
      try {
        return tell(await verifyBundle(bundle.source, policy, nodeVerifying, hashing));
      } finally {
        await bundle.close();
      }
    }),
});
