// A node among other nodes: its exchange, opened with what the features hand over, and the cosigning of each other's logs.
import {
  confirmPeer,
  ExchangeError,
  joinParts,
  openExchange,
  overlapUntil,
  proposePeer,
  publicKeys,
  signChange,
  signedEver,
  signRevocation,
  storedPeers,
  peerStandings,
} from "@simpul/exchange";
import type { Exchange, NodeKeys as ExchangeKeys, PeerCard, PeerPart } from "@simpul/exchange";
import { answerCosign, keepCosigned } from "@simpul/features/oversight/cosigning.ts";
import type { Cosigning, LedgerKeys } from "@simpul/features/oversight/cosigning.ts";
import type { Id, NodeCode } from "@simpul/model";
import type { Signer } from "@simpul/seal";
import { destroyFormer, keepStatement, ownStatements, signerOf } from "@simpul/store/keys";
import { agencyKeys, exchangeKeys, freshKeys, keyFolder } from "./exchange-keys.ts";
import { noteKeys } from "./keys.ts";
import type { Node } from "./node.ts";

/** A statement about this node's keys, and its number. */
export interface SignedKeys {
  number: number;
  text: string;
}

type Ask = Exchange["ask"];
type Fetch = Exchange["fetch"];

/** What features may do with the exchange; before `open` and after `close` each call throws `CLOSED`. */
export class Peering {
  readonly #node: Omit<Node, "peering" | "evidence" | "close">;
  #exchange: Exchange | null = null;
  #card: (() => PeerCard) | null = null;
  #keys: ExchangeKeys | null = null;
  /** One change after the other. */
  #turn: Promise<void> = Promise.resolve();
  #deaf: () => void = () => undefined;
  #cosigned: ReturnType<typeof keepCosigned> | null = null;

  constructor(node: Omit<Node, "peering" | "evidence" | "close">) {
    this.#node = node;
  }

  /** Opens the node-to-node door. Agencies sign with keys of their own, made here when they have none. */
  async open(parts: readonly PeerPart[]): Promise<void> {
    const { store, clock, random, settings, log } = this.#node;
    const keys = (this.#keys = await exchangeKeys(this.#node));
    // Another process of this node changed them.
    this.#deaf = store.wakes.on(
      "keys",
      () => void this.keysChanged().catch((err: unknown) => log.error({ err })),
    );
    const cosigning = this.#cosigning();
    const joined = joinParts([
      { questions: { cosign: (peer, body) => answerCosign(cosigning, peer, body) } },
      ...parts,
    ]);
    this.#exchange = await atFreePort(settings.peerPort, (port) =>
      openExchange({
        store,
        exercise: settings.exercise,
        keys,
        clock,
        random,
        port,
        host: settings.peerHost,
        // So long a peer that is silent, or back, goes unnoticed while nothing is sent.
        pace: { headsMs: settings.exercise ? 15_000 : 60_000 },
        ...(settings.peerLimits && { bandwidths: settings.peerLimits }),
        ...joined,
        mayLeave: async (envelope) => {
          const agency = agencyOf(envelope);
          // Founded since: it has its key before its first envelope, and peers ask for the list when they meet it.
          if (agency !== null && !keys.agencies.some((one) => one.agency === agency))
            keys.agencies = await agencyKeys(this.#node, keys.number);
          return joined.mayLeave(envelope);
        },
        agencyFor(envelope) {
          const asked = agencyOf(envelope);
          return keys.agencies.find(({ agency }) => agency === asked) ?? keys.agencies[0]!;
        },
        onKeysSettled: async () => {
          await destroyFormer(keyFolder(this.#node), keys.number);
          keys.former = [];
        },
        failed: (err) => log.error({ err }, "the exchange failed"),
      }),
    );
    const address = settings.peerAddress ?? `${settings.peerHost}:${this.#exchange.port}`;
    const mark = settings.exercise ? { exercise: true as const } : {};
    this.#card = () => ({ node: this.#node.code, address, ...publicKeys(keys), ...mark });
    this.#cosigned = keepCosigned(
      cosigning,
      { seconds: settings.exercise ? 5 : 60 },
      // A peer that is away is on the peers screen; anything else is a fault.
      (err, peer) => {
        if (!(err instanceof ExchangeError)) log.warn({ err, peer }, "a log was not cosigned");
      },
    );
  }

  /**
   * Makes keys that nobody has seen and signs the statement about them; nothing is others yet. `revokedSince`: the keys
   * of now were stolen then, and vouch for nothing.
   */
  async signKeys(how: { until: Date } | { revokedSince: Date }): Promise<SignedKeys> {
    const keys = this.#keys;
    if (keys === null) throw new ExchangeError("CLOSED");
    const number = keys.number + 1;
    const fresh = await freshKeys(this.#node, number);
    const at = this.#node.clock.now();
    const text =
      "until" in how
        ? await signChange(keys, fresh, { at, until: how.until })
        : await signRevocation(keys, { at, since: how.revokedSince });
    return { number, text };
  }

  /** Lays a signed statement down: from now on its keys are those of this node, in every process, and peers are told. */
  async takeKeys({ number, text }: SignedKeys): Promise<void> {
    await keepStatement(keyFolder(this.#node), number, text);
    this.#node.store.wakes.wake("keys");
    await this.keysChanged();
  }

  /** Reads the folder of keys anew and tells the peers. */
  keysChanged(): Promise<void> {
    const turn = this.#turn.then(() => this.#readKeys());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #readKeys(): Promise<void> {
    const keys = this.#keys;
    if (keys === null || this.#exchange === null) return;
    const folder = keyFolder(this.#node);
    const last = (await ownStatements(folder)).at(-1);
    if (last === undefined || keys.statements.at(-1) === last.text) return;
    if (last.kind === "revoked") await destroyFormer(folder, keys.number + 1);
    Object.assign(keys, await exchangeKeys(this.#node));
    await this.#node.keys.reload();
    await this.#exchange.keysChanged();
  }

  /** When keys of before count until, while peers are still told; null where none do. */
  keysOverlap(): Date | null {
    return this.#keys === null ? null : overlapUntil(this.#keys);
  }

  get #open(): Exchange {
    if (this.#exchange === null) throw new ExchangeError("CLOSED");
    return this.#exchange;
  }

  /** What this node hands to another state, to be entered by one person there and confirmed by another. */
  card(): PeerCard {
    if (this.#card === null) throw new ExchangeError("CLOSED");
    return this.#card();
  }

  /** Peers that two persons confirmed, also those with whom exchange rests for a while. */
  async peers(): Promise<NodeCode[]> {
    const all = await peerStandings(this.#node.store);
    // Letters to one with whom exchange rests may be written; they wait.
    return all
      .filter(({ state }) => state === "confirmed" || state === "suspended")
      .map(({ node }) => node as NodeCode);
  }

  ask: Ask = (...asked) => this.#open.ask(...asked);
  fetch: Fetch = (...asked) => this.#open.fetch(...asked);
  compare: Exchange["compare"] = (node) => this.#open.compare(node);
  /** Looks at once whether something waits to be sent. */
  wake(): void {
    this.#exchange?.wake();
  }
  /** Settles once the peers that answer were asked for what goes ahead of their envelopes. */
  caughtUp = (): Promise<void> => this.#exchange?.caughtUp ?? Promise.resolve();
  /** Asks all peers to cosign now; for tests and for whoever must not wait. */
  cosign = (): Promise<void> => this.#cosigned?.once() ?? Promise.resolve();

  /** Every key that signed for this node or a confirmed peer, none that was revoked; the newest first. */
  async signingKeys(code: NodeCode): Promise<readonly Uint8Array[]> {
    if (code === this.#node.code) return this.#node.keys.ever;
    const peer = await storedPeers(this.#node.store).byNode(code);
    return peer?.state === "confirmed" || peer?.state === "suspended" ? signedEver(peer) : [];
  }

  /** The key of an authority of this node, made where it has none yet; for what outlives its envelope. */
  async agencySigner(agency: Id): Promise<Signer> {
    const keys = this.#keys;
    if (keys === null) throw new ExchangeError("CLOSED");
    if (!keys.agencies.some((one) => one.agency === agency))
      keys.agencies = await agencyKeys(this.#node, keys.number);
    const own = keys.agencies.find((one) => one.agency === agency);
    if (own === undefined) throw new ExchangeError("BAD_REQUEST", "no authority of this node");
    return signerOf(own.privateKey);
  }

  /** The key by which an authority of a confirmed peer signs; null for no authority of such a peer. */
  async agencyKey(code: NodeCode, agency: Id): Promise<Uint8Array | null> {
    const peer = await storedPeers(this.#node.store).byNode(code);
    const key =
      peer?.state === "confirmed" || peer?.state === "suspended" ? peer.agencies.get(agency) : undefined;
    return key === undefined
      ? null
      : new Uint8Array(Buffer.from(key.export({ format: "jwk" }).x!, "base64url"));
  }

  /**
   * The log keys of a confirmed peer, or of this node, the newest first: heads that were signed before it changed its
   * keys stay good. None for anybody else.
   */
  ledgerKeys = async (code: NodeCode): Promise<LedgerKeys[]> => {
    return (await this.signingKeys(code)).map((key) => noteKeys(code, key));
  };

  #cosigning(): Cosigning {
    return {
      ledger: this.#node.ledger,
      keysOf: this.ledgerKeys,
      asking: { peers: () => this.peers(), ask: this.ask },
    };
  }

  /**
   * In an exercise the two persons who compare a pin are played by two jobs; the rows are those of the real way. A
   * peer that is known as it is, or that a learner stopped, stays.
   */
  async introduce(card: PeerCard): Promise<void> {
    if (!this.#node.exercise) throw new ExchangeError("NOT_A_PEER", "two persons introduce a peer");
    if (card.exercise !== true) throw new ExchangeError("EXERCISE_APART", card.node);
    const known = (await peerStandings(this.#node.store)).find(({ node }) => node === card.node);
    const same = known !== undefined && known.pin === card.pin && known.address === card.address;
    if (same && known.state !== "proposed") return;
    const as = (name: string) => ({ actor: { kind: "job", name }, purpose: "administration" }) as const;
    await this.#node.store.write(as("exercise-enters"), (tx) => proposePeer(tx, card));
    const ours = this.#keys?.number ?? 0;
    await this.#node.store.write(as("exercise-compares"), (tx) => confirmPeer(tx, card.node, card.pin, ours));
  }

  async close(): Promise<void> {
    this.#deaf();
    await this.#cosigned?.stop();
    await this.#exchange?.close();
    this.#exchange = null;
  }
}

const agencyOf = ({ body }: { body: unknown }): string | null => {
  const asked = (body as { agency?: unknown } | null)?.agency;
  return typeof asked === "string" ? asked : null;
};

/** The port asked for, or the next free of the eight above it; 0 takes any. */
async function atFreePort(port: number, open: (port: number) => Promise<Exchange>): Promise<Exchange> {
  for (let tried = port; ; tried++) {
    try {
      return await open(tried);
    } catch (fault) {
      const busy = (fault as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!busy || tried >= port + 8) throw fault;
    }
  }
}
