// A node among other nodes: its exchange, opened with what the features hand over, and the cosigning of each other's logs.
import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import path from "node:path";
import {
  confirmPeer,
  ExchangeError,
  joinParts,
  makeCertificate,
  openExchange,
  proposePeer,
  publicKeys,
  storedPeers,
  peerStandings,
} from "@simpul/exchange";
import type { Exchange, NodeKeys as ExchangeKeys, PeerCard, PeerPart } from "@simpul/exchange";
import { answerCosign, keepCosigned } from "@simpul/features/oversight/cosigning.ts";
import type { Cosigning, LedgerKeys } from "@simpul/features/oversight/cosigning.ts";
import { Id } from "@simpul/model";
import type { NodeCode } from "@simpul/model";
import { loadPrivateKey, openSigner } from "@simpul/store/keys";
import { sql } from "kysely";
import { noteKeys } from "./keys.ts";
import type { Node } from "./node.ts";

type Ask = Exchange["ask"];
type Fetch = Exchange["fetch"];

/** What features may do with the exchange; before `open` and after `close` each call throws `CLOSED`. */
export class Peering {
  readonly #node: Omit<Node, "peering" | "evidence" | "close">;
  #exchange: Exchange | null = null;
  #card: (() => PeerCard) | null = null;
  #cosigned: ReturnType<typeof keepCosigned> | null = null;

  constructor(node: Omit<Node, "peering" | "evidence" | "close">) {
    this.#node = node;
  }

  /** Opens the node-to-node door. Agencies sign with keys of their own, made here when they have none. */
  async open(parts: readonly PeerPart[]): Promise<void> {
    const { store, clock, random, settings, log } = this.#node;
    const keys = await exchangeKeys(this.#node);
    const cosigning = this.#cosigning();
    const joined = joinParts([
      { questions: { cosign: (peer, body) => answerCosign(cosigning, peer, body) } },
      ...parts,
    ]);
    this.#exchange = await atFreePort(settings.peerPort, (port) =>
      openExchange({
        store,
        keys,
        clock,
        random,
        port,
        host: settings.peerHost,
        // So long a peer that is silent, or back, goes unnoticed while nothing is sent.
        pace: { headsMs: settings.exercise ? 5_000 : 60_000 },
        ...joined,
        mayLeave: async (envelope) => {
          const agency = agencyOf(envelope);
          // Founded since: it has its key before its first envelope, and peers ask for the list when they meet it.
          if (agency !== null && !keys.agencies.some((one) => one.agency === agency))
            keys.agencies = await agencyKeys(this.#node);
          return joined.mayLeave(envelope);
        },
        agencyFor(envelope) {
          const asked = agencyOf(envelope);
          return keys.agencies.find(({ agency }) => agency === asked) ?? keys.agencies[0]!;
        },
        failed: (err) => log.error({ err }, "the exchange failed"),
      }),
    );
    const address = settings.peerAddress ?? `${settings.peerHost}:${this.#exchange.port}`;
    this.#card = () => ({ node: this.#node.code, address, ...publicKeys(keys) });
    this.#cosigned = keepCosigned(
      cosigning,
      { seconds: settings.exercise ? 5 : 60 },
      // A peer that is away is on the peers screen; anything else is a fault.
      (err, peer) => {
        if (!(err instanceof ExchangeError)) log.warn({ err, peer }, "a log was not cosigned");
      },
    );
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

  /** Confirmed peers. */
  async peers(): Promise<NodeCode[]> {
    const all = await peerStandings(this.#node.store);
    return all.filter(({ state }) => state === "confirmed").map(({ node }) => node as NodeCode);
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

  /** The log keys of a confirmed peer, or of this node; null for anybody else. */
  ledgerKeys = async (code: NodeCode): Promise<LedgerKeys | null> => {
    if (code === this.#node.code) return this.#node.keys.notes;
    const peer = await storedPeers(this.#node.store).byNode(code);
    if (peer?.state !== "confirmed") return null;
    return noteKeys(code, Buffer.from(peer.signing.export({ format: "jwk" }).x!, "base64url"));
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
    const known = (await peerStandings(this.#node.store)).find(({ node }) => node === card.node);
    const same = known !== undefined && known.pin === card.pin && known.address === card.address;
    if (same && known.state !== "proposed") return;
    const as = (name: string) => ({ actor: { kind: "job", name }, purpose: "administration" }) as const;
    await this.#node.store.write(as("exercise-enters"), (tx) => proposePeer(tx, card));
    await this.#node.store.write(as("exercise-compares"), (tx) => confirmPeer(tx, card.node, card.pin));
  }

  async close(): Promise<void> {
    await this.#cosigned?.stop();
    await this.#exchange?.close();
    this.#exchange = null;
  }
}

/** A node that was founded a minute ago can be introduced before it has an agency. */
const noAgencyYet = "00000000-0000-7000-8000-000000000000";

const agencyOf = ({ body }: { body: unknown }): string | null => {
  const asked = (body as { agency?: unknown } | null)?.agency;
  return typeof asked === "string" ? asked : null;
};

/** The keys of all agencies, made where there is none yet; the contact point first: it signs for whoever names none. */
async function agencyKeys(
  node: Pick<Node, "settings" | "store">,
): Promise<{ agency: Id; privateKey: KeyObject }[]> {
  const standing = { actor: { kind: "job", name: "exchange" }, purpose: "administration" } as const;
  const { rows } = await node.store.read(standing, (db) =>
    sql<{ id: string }>`select id from simpul.agencies order by kind <> 'liaison', id`.execute(db.rows),
  );
  return Promise.all(
    (rows.length === 0 ? [{ id: noAgencyYet }] : rows).map(async ({ id }) => {
      const file = path.join(node.settings.home, "keys", `agency-${id}.pem`);
      await openSigner(file);
      return { agency: Id.parse(id), privateKey: await loadPrivateKey(file) };
    }),
  );
}

/** The node's own signing key signs its requests and receipts, so that one confirmed key stands for all it says. */
async function exchangeKeys(
  node: Pick<Node, "code" | "settings" | "store" | "clock" | "random">,
): Promise<ExchangeKeys> {
  const file = (name: string): string => path.join(node.settings.home, "keys", name);
  const keyIn = async (name: string) => {
    await openSigner(file(name));
    return loadPrivateKey(file(name));
  };
  const privateKey = await keyIn("tls-ed25519.pem");
  const now = node.clock.now();
  const certificate = makeCertificate({
    node: node.code,
    privateKey,
    publicKey: createPublicKey(privateKey),
    // An hour of grace: peers' clocks differ. Peers pin the key, so a new certificate each start costs nobody a step.
    from: new Date(now.getTime() - 3_600_000),
    until: new Date(now.getTime() + 365 * 86_400_000),
    random: node.random,
  });
  return {
    node: node.code,
    tls: { certificate, privateKey: privateKey.export({ format: "pem", type: "pkcs8" }) as string },
    signing: await loadPrivateKey(file("node-ed25519.pem")),
    sealing: await loadPrivateKey(file("node-x25519.pem")),
    agencies: await agencyKeys(node),
  };
}

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
