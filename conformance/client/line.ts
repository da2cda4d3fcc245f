/** The client's end of the connection (section 2): the pin is compared before the first byte of a request is written. */
import { request as httpRequest } from "node:http";
import { connect } from "node:tls";
import type { TLSSocket } from "node:tls";
import { pinOf } from "./card.ts";
import type { Card, Identity } from "./card.ts";
import { parse, WireError } from "./encoding.ts";
import { signed } from "./signed-request.ts";
import type { Asked } from "./signed-request.ts";

const patience = 10_000;

/** `host:port`, where an IPv6 address stands in brackets. */
export function addressOf(address: string): { host: string; port: number } {
  const parts = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(address);
  if (!parts) throw new WireError("BAD_ADDRESS");
  return { host: parts[1] ?? parts[2] ?? "", port: Number(parts[3]) };
}

function pinned(own: Identity, peer: Card): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...addressOf(peer.address),
      key: own.tls.privateKey.export({ format: "pem", type: "pkcs8" }),
      cert: own.tls.certificate,
      minVersion: "TLSv1.3",
      // Nobody vouches for a certificate but its pin.
      rejectUnauthorized: false,
      timeout: patience,
    });
    socket.once("timeout", () => socket.destroy(new WireError("SILENT")));
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      if (certificate && pinOf(certificate.publicKey) === peer.pin) resolve(socket);
      else socket.destroy(new WireError("WRONG_PIN"));
    });
  });
}

/** One signed request; the body of its answer. Throws a WireError with the peer's code when it refuses. */
export async function ask(
  own: Identity,
  peer: Card,
  asked: { method: "GET" | "POST"; target: string; body?: Buffer; media?: string; version: number },
  now: Date,
): Promise<Buffer> {
  const [path = "", query] = asked.target.split("?");
  const body = asked.body ?? Buffer.alloc(0);
  const what: Asked = { method: asked.method, path, query: query === undefined ? "" : `?${query}`, body };
  const who = { from: own.node, to: peer.node, version: asked.version, key: own.signing.privateKey };
  const socket = await pinned(own, peer);
  const headers: Record<string, string | number> = {
    ...signed(what, who, now),
    host: peer.address,
    connection: "close",
  };
  if (asked.body)
    Object.assign(headers, {
      "content-type": asked.media ?? "application/json",
      "content-length": body.length,
    });
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      createConnection: () => socket,
      method: asked.method,
      path: asked.target,
      headers,
    });
    request.once("error", reject);
    request.once("response", (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.once("error", reject);
      answer.once("end", () => {
        const whole = Buffer.concat(parts);
        if (answer.statusCode !== undefined && answer.statusCode < 300) resolve(whole);
        else reject(refusal(whole, answer.statusCode ?? 0));
      });
    });
    request.end(body);
  });
}

/** Any 5xx that is not ours to read is taken for UNAVAILABLE. */
function refusal(body: Buffer, status: number): WireError {
  try {
    const { error } = parse(body, "UNAVAILABLE") as { error: { code: string } & Record<string, unknown> };
    return new WireError(error.code, error, `${error.code} (${status})`);
  } catch {
    return new WireError("UNAVAILABLE", {}, `no refusal of the protocol, status ${status}`);
  }
}
