// A file that was offered to a peer with an envelope, given to it by ranges, sealed, no faster than its line may carry.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { readRange, sealedRange, sealedSize, type AttachmentSource } from "./attachments.ts";
import type { Bandwidth } from "./bandwidth.ts";
import { ExchangeError } from "./errors.ts";
import { type Peer } from "./peers.ts";
import { tables } from "./rows.ts";

export interface Giving {
  store: OpenStore;
  attachments: AttachmentSource;
  share(peer: NodeCode): Bandwidth | null;
}

/** Of a file at once; a letter waits for no more on a line with a limit. */
const pieceBytes = 16_384;

/** `path` names the envelope and the file's digest. Throws `NOT_FOUND`. */
export async function giveFile(
  node: Giving,
  peer: Peer,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const named = /^([0-9a-f-]{36})\/([0-9a-f]{64})$/.exec(path);
  if (!named) throw new ExchangeError("NOT_FOUND");
  const offer = await node.store.chore("exchange", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.offered")
      .select(["digest", "size", "key"])
      .where("peer", "=", peer.node)
      .where("envelope", "=", named[1]!)
      .where("digest", "=", named[2]!)
      .executeTakeFirst(),
  );
  const source = offer && (await node.attachments.open(offer.digest as never));
  if (!offer || source?.size !== offer.size) throw new ExchangeError("NOT_FOUND");
  const whole = sealedSize(offer.size);
  const range = readRange(request.headers.range, whole);
  if (range === undefined) {
    response.writeHead(416, { "content-range": `bytes */${whole}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: whole };
  response.writeHead(range ? 206 : 200, {
    "content-type": "application/octet-stream",
    "content-length": end - start,
    "accept-ranges": "bytes",
    ...(range ? { "content-range": `bytes ${start}-${end - 1}/${whole}` } : {}),
  });
  const share = node.share(peer.node);
  for await (const part of sealedRange(source, offer.key, start, end))
    for (let at = 0; at < part.length; at += pieceBytes) {
      const piece = part.subarray(at, at + pieceBytes);
      await share?.files(() => !response.destroyed);
      if (response.destroyed) return;
      share?.charge(piece.length);
      if (!response.write(piece)) await drained(response);
    }
  response.end();
}

/** Until the peer has taken what was written, or is gone. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.on("drain", go).on("close", go);
  });
