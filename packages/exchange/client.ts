// Calls to a peer: TLS 1.3 with both certificates pinned, each request signed; what does not answer has a name.
import type { ClientRequest } from "node:http";
import { Agent, request, type RequestOptions } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import type { Duplex } from "node:stream";
import type { Clock, Random } from "@simpul/model";
import { pinOf } from "./certificate.ts";
import { wireVersion } from "./envelope.ts";
import { ExchangeError, transportCodes, refusalCodes, type ExchangeCode } from "./errors.ts";
import { speakingTo, type NodeKeys, type Speaking } from "./keys.ts";
import { pinsOf, type Peer } from "./peers.ts";
import { signRequest } from "./signatures.ts";

export interface Call {
  method: "GET" | "POST";
  path: string;
  body?: Uint8Array;
  headers?: Readonly<Record<string, string>>;
  /** Bytes of the answer at most. */
  limit: number;
  /** Another version than the one agreed with this peer. */
  version?: number;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** A transport refusal with what the peer said beside its code. */
export class PeerRefusal extends ExchangeError {
  readonly facts: Readonly<Record<string, unknown>>;
  constructor(code: ExchangeCode, facts: Readonly<Record<string, unknown>>) {
    super(code, JSON.stringify(facts));
    this.facts = facts;
  }
}

/** Opens connections only to the key that two persons confirmed; nothing is sent before it was seen. */
class PinnedAgent extends Agent {
  readonly #at: { host: string; port: number; node: string };
  readonly #pins: readonly string[] | null;
  readonly #tls: NodeKeys["tls"] | null;
  readonly #timeoutMs: number;
  /** `pins` null: whoever answers there; only for what proves itself. `tls` null: he does not learn who asks. */
  constructor(
    at: { host: string; port: number; node: string },
    pins: readonly string[] | null,
    tls: NodeKeys["tls"] | null,
    timeoutMs: number,
  ) {
    super({ keepAlive: pins !== null, maxSockets: 8, timeout: 60_000 });
    this.#at = at;
    this.#pins = pins;
    this.#tls = tls;
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    _options: RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const fail = (error: Error) => done!(error, undefined as never);
    const socket: TLSSocket = connect({
      host: this.#at.host,
      port: this.#at.port,
      servername: "",
      ...(this.#tls === null ? {} : { cert: this.#tls.certificate, key: this.#tls.privateKey }),
      minVersion: "TLSv1.3",
      // No authority vouches for a peer: its pin does, below.
      rejectUnauthorized: false,
    });
    const late = setTimeout(
      () => socket.destroy(new ExchangeError("TIMEOUT", "connecting")),
      this.#timeoutMs,
    );
    const early = (error: Error) => {
      clearTimeout(late);
      fail(error);
    };
    socket.once("error", early);
    socket.once("secureConnect", () => {
      clearTimeout(late);
      socket.off("error", early);
      const certificate = socket.getPeerX509Certificate();
      if (certificate && (this.#pins === null || this.#pins.includes(pinOf(certificate)))) {
        done!(null, socket);
        return;
      }
      socket.destroy();
      fail(new ExchangeError("WRONG_CERTIFICATE", this.#at.node));
    });
    return undefined;
  }
}

export interface ClientSettings {
  keys: NodeKeys;
  /** This node is part of an exercise. */
  exercise?: boolean;
  clock: Clock;
  random: Random;
  timeoutMs: number;
  version?: number;
  /** Tells a peer of our new keys before anything that is signed by them; the peer as it knows us then. */
  tellFirst?: (peer: Peer) => Promise<Peer>;
  /** Somebody answers there with a key that is not known; the peer with the keys that it proved to be its new ones, or null. */
  strange?: (peer: Peer) => Promise<Peer | null>;
}

export class PeerClient {
  readonly #from: ClientSettings;
  readonly #agents = new Map<string, PinnedAgent>();
  constructor(from: ClientSettings) {
    this.#from = from;
  }

  #agent(peer: Peer, as: Speaking): PinnedAgent {
    const pins = pinsOf(peer, this.#from.clock.now());
    const place = `${peer.node} ${peer.host} ${peer.port} ${pins.join(" ")} as ${as.number}`;
    let agent = this.#agents.get(place);
    if (!agent) {
      agent = new PinnedAgent(peer, pins, as.tls, this.#from.timeoutMs);
      this.#agents.set(place, agent);
    }
    return agent;
  }

  /** Resolves for any 2xx; throws `PeerRefusal`, `UNREACHABLE`, `TIMEOUT`, `WRONG_CERTIFICATE`, `TOO_LARGE`. */
  async call(to: Peer, call: Call): Promise<Answer> {
    const { keys, tellFirst } = this.#from;
    const untold = to.knowsOurs < keys.number && call.method === "POST" && !call.path.endsWith("/keys");
    const peer = untold && tellFirst !== undefined ? await tellFirst(to) : to;
    const first = speakingTo(keys, peer);
    try {
      return await this.#callAs(first, peer, call);
    } catch (error) {
      const code = error instanceof ExchangeError ? error.code : null;
      // Its card of us may be older or newer than we think: the other keys of ours, while we hold them.
      const other = [keys, ...keys.former].find((one) => one.number !== first.number);
      if (code === "UNPINNED" && other !== undefined) return this.#callAs(other, peer, call);
      const found = code === "WRONG_CERTIFICATE" ? await this.#from.strange?.(peer) : null;
      if (!found) throw error;
      return this.#callAs(speakingTo(keys, found), found, call);
    }
  }

  async #callAs(as: Speaking, peer: Peer, call: Call): Promise<Answer> {
    const { keys, clock, random, exercise = false } = this.#from;
    const body = call.body ?? new Uint8Array();
    const version = String(call.version ?? this.#from.version ?? Math.min(wireVersion, peer.version));
    const parts = {
      method: call.method,
      path: call.path,
      from: keys.node,
      to: peer.node,
      version,
      body,
      exercise,
    };
    const signed = signRequest(parts, as.signing, clock.now(), random.bytes(16));
    const agent = this.#agent(peer, as);
    const answer = await this.#exchange(agent, peer, call, body, { ...call.headers, ...signed });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusalOf(answer);
  }

  /** What whoever answers at that address gives to everybody; believed only for what it proves by itself. */
  async askAnybody(peer: Peer, path: string, limit: number): Promise<Buffer> {
    const agent = new PinnedAgent(peer, null, null, this.#from.timeoutMs);
    try {
      const answer = await this.#exchange(agent, peer, { method: "GET", path, limit }, new Uint8Array(), {});
      if (answer.status === 200) return answer.body;
      throw refusalOf(answer);
    } finally {
      agent.destroy();
    }
  }

  #exchange(
    agent: PinnedAgent,
    peer: Peer,
    call: Call,
    body: Uint8Array,
    headers: Record<string, string>,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sending = request({
        agent,
        host: peer.host,
        port: peer.port,
        method: call.method,
        path: call.path,
        headers: { ...headers, "content-length": body.length },
      });
      const { timeoutMs } = this.#from;
      const give = (): void =>
        void sending.destroy(new ExchangeError("TIMEOUT", `${call.method} ${call.path}`));
      let late = setTimeout(give, timeoutMs);
      // A bad line is slow, a dead one still: what moves gets its time anew.
      const moved = (allowMs = timeoutMs): void => {
        clearTimeout(late);
        late = setTimeout(give, allowMs);
      };
      const end = (act: () => void) => {
        clearTimeout(late);
        act();
      };
      sending.on("error", (error) =>
        end(() =>
          reject(
            error instanceof ExchangeError
              ? error
              : new ExchangeError(
                  "UNREACHABLE",
                  (error as NodeJS.ErrnoException).code ?? error.message,
                  error,
                ),
          ),
        ),
      );
      sending.on("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          moved();
          size += chunk.length;
          if (size > call.limit) sending.destroy(new ExchangeError("TOO_LARGE", "the answer"));
          else chunks.push(chunk);
        });
        response.on("error", (error) =>
          end(() =>
            reject(
              error instanceof ExchangeError ? error : new ExchangeError("UNREACHABLE", error.message, error),
            ),
          ),
        );
        response.on("end", () =>
          end(() =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          ),
        );
      });
      writeSlowly(sending, body, moved, timeoutMs);
    });
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}

const sliceBytes = 64 * 1024;
/** What a line must carry at least, in bytes a millisecond: 16 kbit/s. */
const leastSpeed = 2;

/** Slice by slice, so that it is seen to move; what the system holds back at the end gets time by its size. */
function writeSlowly(
  sending: ClientRequest,
  body: Uint8Array,
  moved: (allowMs?: number) => void,
  timeoutMs: number,
): void {
  let place = 0;
  const next = (): void => {
    if (place >= body.length) {
      moved(timeoutMs + body.length / leastSpeed);
      sending.end();
      return;
    }
    const slice = body.subarray(place, (place += sliceBytes));
    sending.write(slice, () => {
      moved();
      next();
    });
  };
  next();
}

/** A refusal by its own code, where it is one of ours; anything else is a peer that cannot serve now. */
function refusalOf(answer: Answer): ExchangeError {
  try {
    const { error } = JSON.parse(answer.body.toString("utf8")) as {
      error: { code: string } & Record<string, unknown>;
    };
    const { code, ...facts } = error;
    const known = [...transportCodes, ...refusalCodes].find((one) => one === code);
    if (known) return new PeerRefusal(known, facts);
  } catch {
    // Not our JSON: a proxy, or something else altogether.
  }
  return new PeerRefusal("UNAVAILABLE", { status: answer.status });
}
