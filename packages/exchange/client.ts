// Calls to a peer: TLS 1.3 with both certificates pinned, each request signed; what does not answer has a name.
import type { ClientRequest } from "node:http";
import { Agent, request, type RequestOptions } from "node:https";
import { connect, type TLSSocket } from "node:tls";
import type { Duplex } from "node:stream";
import type { Clock, Random } from "@simpul/model";
import { pinOf } from "./certificate.ts";
import { wireVersion } from "./envelope.ts";
import { ExchangeError, transportCodes, refusalCodes, type ExchangeCode } from "./errors.ts";
import type { NodeKeys } from "./keys.ts";
import type { Peer } from "./peers.ts";
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
  readonly #peer: Peer;
  readonly #keys: NodeKeys;
  readonly #timeoutMs: number;
  constructor(peer: Peer, keys: NodeKeys, timeoutMs: number) {
    super({ keepAlive: true, maxSockets: 8, timeout: 60_000 });
    this.#peer = peer;
    this.#keys = keys;
    this.#timeoutMs = timeoutMs;
  }

  override createConnection(
    _options: RequestOptions,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const fail = (error: Error) => done!(error, undefined as never);
    const socket: TLSSocket = connect({
      host: this.#peer.host,
      port: this.#peer.port,
      servername: "",
      cert: this.#keys.tls.certificate,
      key: this.#keys.tls.privateKey,
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
      if (certificate && pinOf(certificate) === this.#peer.pin) {
        done!(null, socket);
        return;
      }
      socket.destroy();
      fail(new ExchangeError("WRONG_CERTIFICATE", this.#peer.node));
    });
    return undefined;
  }
}

export class PeerClient {
  readonly #from: { keys: NodeKeys; clock: Clock; random: Random; timeoutMs: number; version?: number };
  readonly #agents = new Map<string, PinnedAgent>();
  constructor(from: { keys: NodeKeys; clock: Clock; random: Random; timeoutMs: number; version?: number }) {
    this.#from = from;
  }

  #agent(peer: Peer): PinnedAgent {
    const place = `${peer.node} ${peer.host} ${peer.port} ${peer.pin}`;
    let agent = this.#agents.get(place);
    if (!agent) {
      agent = new PinnedAgent(peer, this.#from.keys, this.#from.timeoutMs);
      this.#agents.set(place, agent);
    }
    return agent;
  }

  /** Resolves for any 2xx; throws `PeerRefusal`, `UNREACHABLE`, `TIMEOUT`, `WRONG_CERTIFICATE`, `TOO_LARGE`. */
  async call(peer: Peer, call: Call): Promise<Answer> {
    const { keys, clock, random } = this.#from;
    const body = call.body ?? new Uint8Array();
    const version = String(call.version ?? this.#from.version ?? Math.min(wireVersion, peer.version));
    const parts = { method: call.method, path: call.path, from: keys.node, to: peer.node, version, body };
    const signed = signRequest(parts, keys.signing, clock.now(), random.bytes(16));
    const answer = await this.#exchange(peer, call, body, { ...call.headers, ...signed });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusalOf(answer);
  }

  #exchange(peer: Peer, call: Call, body: Uint8Array, headers: Record<string, string>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sending = request({
        agent: this.#agent(peer),
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
