/** A node in little, written from docs/protocol.md alone: it joins one peer, sends in order, takes what comes, receipts it. */
import { randomUUID } from "node:crypto";
import type { Server } from "node:https";
import { cardOf, fingerprint, makeIdentity, raw } from "./card.ts";
import type { Card, Identity } from "./card.ts";
import { parse, WireError } from "./encoding.ts";
import type { Members } from "./encoding.ts";
import { openDoor } from "./door.ts";
import type { Answer } from "./door.ts";
import { open, readReceipt, receipt, seal, version } from "./envelope.ts";
import type { Envelope, Receipt } from "./envelope.ts";
import { jws } from "./jose.ts";
import { ask } from "./line.ts";

interface Sent {
  id: string;
  type: string;
  seq: number;
  sealed: string;
  receipt: Receipt | null;
}

interface Taken {
  id: string;
  seq: number;
  type: string | null;
  receipt: string;
  letter: Envelope | null;
}

export interface Client {
  card: Card;
  fingerprint: string;
  /** The peer whose card two persons confirmed. */
  confirm(peer: Card): void;
  /** Greets; returns the version that both speak, or throws `OLDER_VERSION`. */
  greet(): Promise<number>;
  /** Numbers, seals and sends one message; resolves with the peer's receipt. */
  send(type: string, body: Members): Promise<Receipt>;
  /** The next letter of that type that was taken or comes. */
  next(type: string): Promise<Envelope>;
  close(): Promise<void>;
}

const tries = 8;
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * What it takes lasts as long as the process: enough to show that the document can be spoken, not enough for earnest work,
 * where a receipt may leave only after what it is for is kept.
 */
export async function openClient(
  node: string,
  takes: readonly string[],
  options: { host?: string; now?: () => Date } = {},
): Promise<Client> {
  const now = options.now ?? (() => new Date());
  const host = options.host ?? "127.0.0.1";
  const own = makeIdentity(node, now());
  let peer: Card | null = null;
  const sent: Sent[] = [];
  const taken: Taken[] = [];
  const waiting: { type: string; ready(letter: Envelope): void }[] = [];
  const read = new Set<string>();

  const known = (): Card => {
    if (!peer) throw new WireError("UNPINNED");
    return peer;
  };

  const door = openDoor(own, () => peer, behind({ own, known, takes, sent, taken, arrived: hand, now }), now);
  const port = await listening(door, host);
  const card = cardOf(own, `${host}:${port}`);

  function hand(): void {
    for (const one of [...waiting]) {
      const found = taken.find(({ letter }) => letter?.type === one.type && !read.has(letter.id));
      if (!found?.letter) continue;
      read.add(found.letter.id);
      waiting.splice(waiting.indexOf(one), 1);
      one.ready(found.letter);
    }
  }

  async function send(type: string, body: Members): Promise<Receipt> {
    const to = known();
    const seq = sent.length + 1;
    const letter: Envelope = {
      id: randomUUID(),
      type,
      seq,
      at: now().toISOString(),
      urgent: false,
      body,
      attachments: [],
    };
    const kept: Sent = { id: letter.id, type, seq, sealed: seal(own, to, letter), receipt: null };
    sent.push(kept);
    const target = `/simpul/1/envelopes?id=${kept.id}&seq=${seq}`;
    for (let tried = 0; ; tried += 1) {
      try {
        const answer = await ask(
          own,
          to,
          { method: "POST", target, body: Buffer.from(kept.sealed), media: "application/jose", version },
          now(),
        );
        return (kept.receipt = readReceipt(answer.toString(), to, node, kept));
      } catch (fault) {
        // The very same bytes come again until the receipt is there, unless it was refused for good.
        const passing =
          !(fault instanceof WireError) || fault.code === "UNAVAILABLE" || fault.code === "TOO_MANY";
        if (!passing || tried >= tries) throw fault;
        await wait(Math.min(60_000, 500 * 2 ** tried) * (0.75 + Math.random() / 2));
      }
    }
  }

  return {
    card,
    fingerprint: fingerprint(card),
    confirm: (confirmed) => {
      peer = confirmed;
    },
    greet: async () => {
      const answer = await ask(own, known(), { method: "GET", target: "/simpul/1/hello", version }, now());
      const said = parse(answer, "BAD_REQUEST") as { speaks: number; oldest?: number };
      if (said.speaks < version) throw new WireError("OLDER_VERSION");
      if ((said.oldest ?? said.speaks) > version) throw new WireError("NEWER_VERSION");
      return version;
    },
    send,
    next: (type) =>
      new Promise((ready) => {
        waiting.push({ type, ready });
        hand();
      }),
    close: () =>
      new Promise((closed) => {
        door.close(() => closed());
        door.closeAllConnections();
      }),
  };
}

function listening(door: Server, host: string): Promise<number> {
  return new Promise((ready, fail) => {
    door.once("error", fail);
    door.listen(0, host, () => {
      const at = door.address();
      ready(at !== null && typeof at === "object" ? at.port : 0);
    });
  });
}

interface Behind {
  own: Identity;
  known(): Card;
  takes: readonly string[];
  sent: Sent[];
  taken: Taken[];
  arrived(): void;
  now(): Date;
}

/** The paths of section 4 that a node without attachments, questions and recalls answers. */
function behind(state: Behind): Answer {
  return (asked) => {
    const { parameters } = asked;
    const after = Number(parameters.get("after") ?? 0);
    switch (`${asked.method} ${asked.path.replace("/simpul/1/", "")}`) {
      case "GET hello":
        return {
          node: state.own.node,
          speaks: version,
          oldest: version,
          time: state.now().toISOString(),
          keys: 0,
        };
      case "GET heads":
        return { sent: state.sent.length, received: state.taken.length, ahead: 0 };
      case "POST envelopes":
        return take(
          state,
          {
            id: parameters.get("id") ?? "",
            seq: Number(parameters.get("seq")),
            sealed: asked.body.toString(),
          },
          parameters,
        );
      case "POST batches":
        return takeBatch(state, asked.body, parameters);
      case "GET envelopes":
        return {
          envelopes: state.sent.slice(after, after + 64).map(({ id, seq, sealed }) => ({ id, seq, sealed })),
          ahead: 0,
        };
      case "GET receipts":
        return {
          receipts: state.taken.slice(after, after + 256).map(({ type, receipt }) => ({ type, receipt })),
        };
      case "GET agencies":
        return agencies(state);
      case "GET keys":
        return { statements: [] };
      default:
        throw new WireError("NOT_FOUND");
    }
  };
}

function agencies({ own, known, now }: Behind): string {
  const list = [{ agency: own.agency.id, key: raw(own.agency.publicKey) }];
  const said = { v: 1, node: own.node, to: known().node, at: now().toISOString(), agencies: list };
  return jws({ typ: "simpul-agencies", kid: own.node }, JSON.stringify(said), own.signing.privateKey);
}

type Outside = { id: string; seq: number; sealed: string };

/** Section 6, one to four; returns the receipt. */
function take(state: Behind, outside: Outside, parameters: URLSearchParams): string {
  const { id, seq, sealed } = outside;
  if (!Number.isSafeInteger(seq) || seq < 1) throw new WireError("BAD_REQUEST");
  // A recall that we do not know would have to be put in force first; this client puts none in force.
  if (Number(parameters.get("ahead") ?? 0) > 0) throw new WireError("UNAVAILABLE");
  const received = state.taken.length;
  const before = state.taken.find((one) => one.id === id);
  if (before?.seq === seq) return before.receipt;
  if (seq > received + 1) throw new WireError("GAP", { expected: received + 1 });
  if (seq <= received || before) throw new WireError("SEQUENCE_REUSED", { received });
  const { letter, code } = judge(state, outside);
  const about = { id, seq, sealed, ...(code === undefined ? {} : { code }) };
  const kept = receipt(state.own, state.known().node, about, state.now());
  state.taken.push({
    id,
    seq,
    type: letter?.type ?? null,
    receipt: kept,
    letter: code === undefined ? letter : null,
  });
  state.arrived();
  return kept;
}

function judge(state: Behind, { id, seq, sealed }: Outside): { letter: Envelope | null; code?: string } {
  try {
    const letter = open(state.own, state.known(), sealed, { id, seq });
    const understood = letter.type === "simpul.void" || state.takes.includes(letter.type);
    return understood ? { letter } : { letter, code: "UNKNOWN_TYPE" };
  } catch (fault) {
    if (fault instanceof WireError) return { letter: null, code: fault.code };
    throw fault;
  }
}

function takeBatch(state: Behind, body: Buffer, parameters: URLSearchParams): unknown {
  const { envelopes } = parse(body, "BAD_REQUEST") as { envelopes?: Outside[] };
  if (!Array.isArray(envelopes) || envelopes.length > 64) throw new WireError("BAD_REQUEST");
  const receipts: string[] = [];
  for (const outside of envelopes) {
    try {
      receipts.push(take(state, outside, parameters));
    } catch (fault) {
      if (receipts.length === 0 || !(fault instanceof WireError)) throw fault;
      return { receipts, error: { code: fault.code, ...fault.beside, time: state.now().toISOString() } };
    }
  }
  return { receipts };
}
