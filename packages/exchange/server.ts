// The node-to-node door: mutual TLS 1.3, pinned both ways; few paths, every request signed, counted and bounded.
import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { Id, type Clock, type NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import type { Ahead } from "./ahead.ts";
import { signAgencies } from "./agencies.ts";
import type { AttachmentSource } from "./attachments.ts";
import type { Bandwidth } from "./bandwidth.ts";
import { heads, numberedAfter, readNumbered, receiptsAfter } from "./books.ts";
import { pinOf } from "./certificate.ts";
import { PeerRefusal } from "./client.ts";
import { limits, oldestVersion, wireVersion } from "./envelope.ts";
import { ExchangeError, type TransportCode } from "./errors.ts";
import { giveFile } from "./giving.ts";
import type { NodeKeys } from "./keys.ts";
import { pinsOf, requestKeys, type Peer, type Peers } from "./peers.ts";
import { tables } from "./rows.ts";
import type { Incoming, Taken } from "./receiver.ts";
import { verifyRequest } from "./signatures.ts";
import { shorten } from "./together.ts";

export const paths = {
  hello: "/simpul/1/hello",
  envelopes: "/simpul/1/envelopes",
  batches: "/simpul/1/batches",
  heads: "/simpul/1/heads",
  receipts: "/simpul/1/receipts",
  agencies: "/simpul/1/agencies",
  keys: "/simpul/1/keys",
  attachments: "/simpul/1/attachments/",
  questions: "/simpul/1/questions/",
} as const;

/**
 * Answers a peer's question at once, without an envelope: for what is no message between desks (heads to cosign,
 * blinded values). It throws `BAD_REQUEST`, `TOO_MANY` or `NOT_FOUND` of `ExchangeError` to refuse.
 */
export type AnswerQuestion = (peer: NodeCode, body: Uint8Array) => Promise<Uint8Array>;
/** By name, e.g. `cosign`; the name is the last part of the path. */
export type Questions = Readonly<Record<string, AnswerQuestion>>;

const statuses: Partial<Record<TransportCode | "SEQUENCE_REUSED", number>> = {
  UNPINNED: 403,
  PEER_STOPPED: 403,
  PEER_SUSPENDED: 403,
  KEY_REVOKED: 403,
  KEYS_ALTERED: 422,
  KEYS_FOREIGN: 422,
  KEYS_OUT_OF_ORDER: 409,
  KEYS_FORKED: 409,
  BAD_SIGNATURE: 401,
  CLOCK_OFF: 401,
  REPLAYED: 409,
  GAP: 409,
  SEQUENCE_REUSED: 409,
  NEWER_VERSION: 426,
  OLDER_VERSION: 426,
  NOT_FOR_US: 421,
  EXERCISE_APART: 403,
  TOO_LARGE: 413,
  TOO_MANY: 429,
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
};

export interface Serving {
  store: OpenStore;
  /** It exchanges with nodes of exercises and with no other; false: with live ones and no other. */
  exercise: boolean;
  keys: NodeKeys;
  peers: Peers;
  clock: Clock;
  attachments: AttachmentSource;
  questions: Questions;
  ahead: Pick<Ahead, "told">;
  /** What a line may carry; null where nothing limits it. */
  share(peer: NodeCode): Bandwidth | null;
  /** `ahead`: how many the peer says must be known before this is taken. */
  receive(peer: Peer, incoming: Incoming, ahead: number): Promise<string>;
  /** `others` says whether another batch of this peer is still on its way, or being taken. */
  receiveAll(peer: Peer, list: readonly Incoming[], ahead: number, others: () => boolean): Promise<Taken>;
  /** A peer speaks a version that we do not know yet. */
  newer(peer: Peer, version: number): void;
  /** Before an answer that our keys may have signed: the peer is told of them. */
  tellFirst(peer: Peer): Promise<void>;
  /** A peer tells of its new keys: `body` as it came; the answer's body, or a refusal. */
  takeKeys(peer: Peer, body: Uint8Array): Promise<object>;
  /** Somebody whose pin nobody knows says that it is this node: its keys may be others by now. */
  strange(from: string): void;
  /** Called for every request that proved its sender. */
  heard(peer: Peer): void;
  /** Failures that are ours; a peer learns only that this node cannot serve now. */
  failed(error: unknown): void;
}

/** Requests of one peer at a time. */
const atOnce = 16;
export async function listen(
  node: Serving,
  at: { host?: string; port: number },
): Promise<{ port: number; present(tls: NodeKeys["tls"]): void; close(): Promise<void> }> {
  const busy = new Map<string, number>();
  const server: Server = createServer(
    {
      cert: node.keys.tls.certificate,
      key: node.keys.tls.privateKey,
      minVersion: "TLSv1.3",
      requestCert: true,
      // The hand-shake proves the key; that it is a peer's key, the pin says.
      rejectUnauthorized: false,
      handshakeTimeout: 10_000,
    },
    (request, response) => {
      answer(node, busy, request, response).catch((error: unknown) => {
        node.failed(error);
        refuse(response, new ExchangeError("UNAVAILABLE"), node.clock);
      });
    },
  );
  // The largest envelope on the worst line takes a quarter of an hour; a line on which nothing moves, a minute.
  server.requestTimeout = 1_200_000;
  server.timeout = 60_000;
  server.headersTimeout = 10_000;
  server.maxHeadersCount = 40;
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: at.port, host: at.host }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    present: ({ certificate, privateKey }) =>
      server.setSecureContext({ cert: certificate, key: privateKey, minVersion: "TLSv1.3" }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  node: Serving,
  busy: Map<string, number>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The statements about our keys are for everybody: whoever was away finds the new key by the old one's signature.
  if (request.method === "GET" && request.url === paths.keys) return tellKeys(node, request, response);
  const peer = await pinned(node, request);
  if (!peer) {
    node.strange(String(request.headers["simpul-from"] ?? ""));
    refuse(response, new ExchangeError("UNPINNED"), node.clock);
    request.socket.destroySoon();
    return;
  }
  const working = busy.get(peer.node) ?? 0;
  busy.set(peer.node, working + 1);
  // Begins with its first byte: whoever comes after it in order may have arrived before it.
  const batch = (request.url ?? "").startsWith(paths.batches) ? `${peer.node} batches` : null;
  if (batch !== null) busy.set(batch, (busy.get(batch) ?? 0) + 1);
  try {
    if (working >= atOnce) throw new ExchangeError("TOO_MANY");
    const body = await signedBody(node, peer, request);
    node.heard(peer);
    const others = (): boolean => (busy.get(`${peer.node} batches`) ?? 0) > 1;
    await route(node, peer, request, body, response, others);
  } catch (error) {
    if (error instanceof ExchangeError && (error.code as TransportCode) in statuses)
      refuse(response, error, node.clock);
    else throw error;
  } finally {
    busy.set(peer.node, busy.get(peer.node)! - 1);
    if (batch !== null) busy.set(batch, busy.get(batch)! - 1);
  }
}

async function pinned(node: Serving, request: IncomingMessage): Promise<Peer | null> {
  const { socket } = request;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  if (!certificate) return null;
  const pin = pinOf(certificate);
  const peer = await node.peers.byPin(pin);
  // A key of before counts until its time is over; one that was revoked stands for nobody.
  return peer !== null && pinsOf(peer, node.clock.now()).includes(pin) ? peer : null;
}

async function tellKeys(node: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await readBody(request);
  json(response, { statements: node.keys.statements });
}

/** The body of a request whose every covered part its sender signed, here, now and once. */
async function signedBody(node: Serving, peer: Peer, request: IncomingMessage): Promise<Buffer> {
  if (peer.state === "suspended") throw new ExchangeError("PEER_SUSPENDED");
  if (peer.state !== "confirmed") throw new ExchangeError(peer.revoked ? "KEY_REVOKED" : "PEER_STOPPED");
  const { headers } = request;
  const field = (name: string) => String(headers[name] ?? "");
  if (field("simpul-from") !== peer.node) throw new ExchangeError("UNPINNED", "another node's name");
  if (field("simpul-to") !== node.keys.node) throw new ExchangeError("NOT_FOR_US");
  const version = field("simpul-version");
  if (!/^[1-9]\d{0,3}$/.test(version)) throw new ExchangeError("BAD_REQUEST", "simpul-version");
  if (Number(version) > wireVersion) {
    node.newer(peer, Number(version));
    throw new PeerRefusal("NEWER_VERSION", { speaks: wireVersion, oldest: oldestVersion });
  }
  if (Number(version) < oldestVersion)
    throw new PeerRefusal("OLDER_VERSION", { speaks: wireVersion, oldest: oldestVersion });
  const body = await readBody(request);
  const parts = {
    method: request.method ?? "",
    path: request.url ?? "",
    from: peer.node,
    to: node.keys.node,
    version,
    body,
    exercise: node.exercise,
  };
  const now = node.clock.now();
  const seen = verifyRequest(parts, headers, requestKeys(peer, now), now);
  const first = await node.store.chore("exchange", async ({ rows, at }) => {
    const kept = await tables(rows)
      .insertInto("simpul.peer_nonces")
      .values({ peer: peer.node, nonce: seen.nonce, at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return kept.numInsertedOrUpdatedRows === 1n;
  });
  if (!first) throw new ExchangeError("REPLAYED");
  return body;
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.sealed) reject(new ExchangeError("TOO_LARGE"));
      else chunks.push(chunk);
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", (error) => reject(new ExchangeError("BAD_REQUEST", error.message)));
  });
}

function refuse(response: ServerResponse, error: ExchangeError, clock: Clock): void {
  if (response.headersSent) return void response.destroy();
  const body = JSON.stringify({ error: refusalBody(error, clock) });
  const status = statuses[error.code as TransportCode] ?? 503;
  response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(body);
}

/** The clock is told with every refusal: a peer whose clock is off sees by how much. */
const refusalBody = (error: ExchangeError, clock: Clock): object => ({
  code: error.code,
  ...(error instanceof PeerRefusal ? error.facts : {}),
  time: clock.now().toISOString(),
});

function json(response: ServerResponse, body: unknown): undefined {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  return undefined;
}

async function route(
  node: Serving,
  peer: Peer,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  others: () => boolean,
): Promise<void> {
  const url = new URL(request.url ?? "/", "https://node.invalid");
  const is = (method: string, path: string) => request.method === method && url.pathname === path;
  if (is("POST", paths.envelopes)) return take(node, peer, request, body, response);
  // What it says it speaks is what it reads, also before we greeted it ourselves.
  const speaking = { ...peer, version: Number(request.headers["simpul-version"]) };
  if (is("POST", paths.batches)) return takeBatch(node, speaking, url, body, response, others);
  if (is("GET", paths.envelopes)) return pull(node, peer, url, response);
  if (is("GET", paths.heads)) {
    json(response, { ...(await heads(node.store, peer.node)), ahead: await node.ahead.told(peer.node) });
    return;
  }
  if (is("GET", paths.receipts)) {
    json(response, { receipts: await receiptsAfter(node.store, peer.node, readCount(url, "after")) });
    return;
  }
  if (is("GET", paths.agencies)) {
    const list = await signAgencies(node.keys, peer, node.clock.now());
    response.writeHead(200, { "content-type": "application/jose" }).end(list);
    return;
  }
  if (is("POST", paths.keys)) {
    json(response, await node.takeKeys(peer, body));
    return;
  }
  if (is("GET", paths.hello)) {
    const [speaks, oldest] = [wireVersion, oldestVersion];
    json(response, {
      node: node.keys.node,
      speaks,
      oldest,
      time: node.clock.now().toISOString(),
      keys: node.keys.number,
    });
    return;
  }
  if (request.method === "GET" && url.pathname.startsWith(paths.attachments))
    return giveFile(node, peer, url.pathname.slice(paths.attachments.length), request, response);
  const question = url.pathname.startsWith(paths.questions) ? url.pathname.slice(paths.questions.length) : "";
  if (request.method === "POST" && Object.hasOwn(node.questions, question)) {
    await node.tellFirst(peer);
    const said = await node.questions[question]!(peer.node, body);
    response.writeHead(200, { "content-type": "application/octet-stream" }).end(said);
    return;
  }
  throw new ExchangeError("NOT_FOUND");
}

async function take(
  node: Serving,
  peer: Peer,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  // The body is covered by the signature; these two name it before it is opened, and must be the same inside.
  const url = new URL(request.url ?? "/", "https://node.invalid");
  const seq = Number(url.searchParams.get("seq"));
  if (!Number.isSafeInteger(seq) || seq < 1) throw new ExchangeError("BAD_REQUEST", "seq");
  const id = readId(url.searchParams.get("id"));
  const receipt = await node.receive(
    peer,
    { id, seq, sealed: body.toString("latin1") },
    readCount(url, "ahead"),
  );
  response.writeHead(200, { "content-type": "application/jose" }).end(receipt);
}

function readId(text: string | null): Id {
  try {
    return Id.parse(text ?? "");
  } catch {
    throw new ExchangeError("BAD_REQUEST", "id");
  }
}

async function pull(node: Serving, peer: Peer, url: URL, response: ServerResponse): Promise<void> {
  const envelopes = await numberedAfter(node.store, peer.node, readCount(url, "after"));
  json(response, { envelopes, ahead: await node.ahead.told(peer.node) });
}

/** Nothing said counts as 0: a node of before does not say what goes ahead. */
function readCount(url: URL, name: "after" | "ahead"): number {
  const count = Number(url.searchParams.get(name) ?? "");
  if (!Number.isSafeInteger(count) || count < 0) throw new ExchangeError("BAD_REQUEST", name);
  return count;
}

/** Several envelopes with rising numbers; the answer holds receipts for the first of them, all when nothing stopped it. */
async function takeBatch(
  node: Serving,
  peer: Peer,
  url: URL,
  body: Buffer,
  response: ServerResponse,
  others: () => boolean,
): Promise<void> {
  const list = readNumbered(body, limits.sealed);
  if (list.length === 0) throw new ExchangeError("BAD_REQUEST", "no envelopes");
  const { receipts, stopped } = await node.receiveAll(peer, list, readCount(url, "ahead"), others);
  if (receipts.length === 0) throw stopped;
  const { texts, signed } = shorten(receipts);
  const given = { receipts: texts, ...(signed === null ? {} : { signed }) };
  if (stopped === null) {
    json(response, given);
    return;
  }
  const told = stopped instanceof ExchangeError ? stopped : new ExchangeError("UNAVAILABLE");
  if (told !== stopped) node.failed(stopped);
  json(response, { ...given, error: refusalBody(told, node.clock) });
}

/** Numbers of requests that came long before the widest clock skew can no longer be replayed. */
export async function forgetNonces(store: OpenStore): Promise<void> {
  await store.chore("exchange", ({ rows, at }) =>
    tables(rows)
      .deleteFrom("simpul.peer_nonces")
      .where("at", "<", new Date(at.getTime() - 300_000))
      .execute(),
  );
}
