// Writing a bundle: one file after the other through the zip, its digest, and a key of its own into the evidence store.
import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { AgeIdentity, ageWriter } from "@simpul/evidence";
import { Digest } from "@simpul/model";
import { ZipFile } from "yazl";
import { nodeAge } from "../engine.ts";
import type { EvidenceNode } from "../node.ts";
import type { Entry } from "./bundle.ts";

export interface Packed {
  /** Of the zip as the recipient gets it. */
  size: number;
  digest: Digest;
  /** Of the sealed form in the evidence store. */
  blob: Digest;
  blobSize: number;
  identity: AgeIdentity;
}

/**
 * Packs the files as they come; memory holds one piece of one file, whatever the bundle's size. `told` hears how many
 * plain bytes went in. When it throws (what a file threw, `DISK_FULL`), nothing of it is kept.
 */
export async function pack(
  node: Pick<EvidenceNode, "blobs" | "random">,
  entries: AsyncIterable<Entry>,
  at: Date,
  told: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Packed> {
  const zip = new ZipFile();
  const out = zip.outputStream.pipe(new PassThrough());
  const feeding = feed(zip, entries, at, told, signal).catch((fault: unknown) => {
    out.destroy(fault instanceof Error ? fault : new Error(String(fault)));
  });
  zip.on("error", (fault: Error) => out.destroy(fault));
  const identity = AgeIdentity.make(nodeAge, node.random);
  const hash = createHash("sha256");
  let size = 0;
  async function* sealing(): AsyncGenerator<Uint8Array> {
    const writer = ageWriter(nodeAge, node.random, [identity.point]);
    yield writer.head;
    for await (const piece of out as AsyncIterable<Buffer>) {
      hash.update(piece);
      size += piece.length;
      yield* writer.push(piece);
    }
    yield writer.end();
  }
  const stored = await node.blobs.put(sealing(), { most: Number.MAX_SAFE_INTEGER });
  await feeding;
  return {
    size,
    digest: Digest.parse(hash.digest("hex")),
    blob: stored.digest,
    blobSize: stored.size,
    identity,
  };
}

async function feed(
  zip: ZipFile,
  entries: AsyncIterable<Entry>,
  at: Date,
  told: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  let done = 0;
  for await (const { path, bytes, compress } of entries) {
    const source = Readable.from(
      (async function* () {
        for await (const part of bytes) {
          signal?.throwIfAborted();
          yield Buffer.from(part.buffer, part.byteOffset, part.byteLength);
          told((done += part.length));
        }
      })(),
      { objectMode: false },
    );
    const taken = finished(source);
    zip.addReadStream(source, path, { mtime: at, compress });
    // The next file is made when this one is through.
    await taken;
  }
  zip.end();
}
