/** The door for one confirmed peer (sections 2 to 4): who may speak is found out in the order that section 3 says. */
import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Server } from "node:https";
import { TLSSocket } from "node:tls";
import { keyFrom, pinOf } from "./card.ts";
import type { Card, Identity } from "./card.ts";
import { WireError } from "./encoding.ts";
import { version } from "./envelope.ts";
import { checked } from "./signed-request.ts";
import type { Asked } from "./signed-request.ts";

/** What lies behind the door: a JSON value, or the text of a receipt. */
export type Answer = (asked: Asked & { parameters: URLSearchParams }) => unknown;

const largest = 8 * 1024 * 1024;
const statuses: Record<string, number> = {
  UNPINNED: 403,
  BAD_SIGNATURE: 401,
  CLOCK_OFF: 401,
  REPLAYED: 409,
  GAP: 409,
  SEQUENCE_REUSED: 409,
  NEWER_VERSION: 426,
  OLDER_VERSION: 426,
  NOT_FOR_US: 421,
  TOO_LARGE: 413,
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
  UNAVAILABLE: 503,
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) throw new WireError("TOO_LARGE");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The headers that were sent once each; one sent twice is nobody's signature. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? "").toLowerCase();
    found[name] =
      name in found ? `${found[name]}, ${request.rawHeaders[at + 1]}` : (request.rawHeaders[at + 1] ?? "");
  }
  return found;
}

function versionFits(said: string | undefined, path: string): void {
  const number = /^[1-9]\d{0,5}$/.test(said ?? "") ? Number(said) : 0;
  if (number > version) throw new WireError("NEWER_VERSION", { speaks: version });
  // A greeting comes in the oldest version of whoever greets.
  if (number < version && path !== "/simpul/1/hello")
    throw new WireError("OLDER_VERSION", { oldest: version });
}

export function openDoor(own: Identity, peer: () => Card | null, answer: Answer, now: () => Date): Server {
  const nonces = new Map<string, number>();

  async function judged(request: IncomingMessage): Promise<unknown> {
    const known = peer();
    const certificate =
      request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
    if (!known || !certificate || pinOf(certificate.publicKey) !== known.pin) throw new WireError("UNPINNED");
    const headers = headersOf(request);
    const [path = "", query] = (request.url ?? "").split("?");
    if (headers["simpul-from"] !== known.node) throw new WireError("UNPINNED");
    if (headers["simpul-to"] !== own.node) throw new WireError("NOT_FOR_US");
    versionFits(headers["simpul-version"], path);
    const body = await bodyOf(request);
    const asked = { method: request.method ?? "", path, query: query === undefined ? "" : `?${query}`, body };
    const nonce = checked(asked, headers, known.node, keyFrom(known.signing, "Ed25519"), now());
    const moment = now().getTime();
    for (const [used, at] of nonces) if (moment - at > 180_000) nonces.delete(used);
    if (nonces.has(nonce)) throw new WireError("REPLAYED");
    nonces.set(nonce, moment);
    return answer({ ...asked, parameters: new URLSearchParams(query ?? "") });
  }

  function refuse(response: ServerResponse, fault: unknown): void {
    const known = fault instanceof WireError ? fault : new WireError("UNAVAILABLE");
    const error = { code: known.code, ...known.beside, time: now().toISOString() };
    response.writeHead(statuses[known.code] ?? 503, {
      "content-type": "application/json",
      connection: "close",
    });
    response.end(JSON.stringify({ error }));
  }

  return createServer(
    {
      key: own.tls.privateKey.export({ format: "pem", type: "pkcs8" }),
      cert: own.tls.certificate,
      minVersion: "TLSv1.3",
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      judged(request).then(
        (said) => {
          const text = typeof said === "string";
          response.writeHead(200, { "content-type": text ? "application/jose" : "application/json" });
          response.end(text ? said : JSON.stringify(said));
        },
        (fault: unknown) => refuse(response, fault),
      );
    },
  );
}
