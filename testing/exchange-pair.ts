// Two nodes with their own databases, keys and sockets for exchange's tests.
import { Id, NodeCode, type Clock } from "@simpul/model";
import { storeMigrations, type OpenStore, type Writer } from "@simpul/store";
import { testStore } from "./database.ts";
import { quick, random, systemClock } from "./exchange-pair-settings.ts";
import type { AttachmentSource } from "../packages/exchange/attachments.ts";
import type { Envelope } from "../packages/exchange/envelope.ts";
import { openExchange, type Exchange, type ExchangeSettings } from "../packages/exchange/exchange.ts";
import { replaceKeys, signChange } from "../packages/exchange/key-change.ts";
import { makeNodeKeys, publicKeys, type NodeKeys } from "../packages/exchange/keys.ts";
import { confirmPeer, proposePeer } from "../packages/exchange/peers.ts";
import { tables } from "../packages/exchange/rows.ts";
import type { Receipt } from "../packages/exchange/receipt.ts";
import type { MayLeave, Outgoing } from "../packages/exchange/sender.ts";

export { quick, random, systemClock };

/** A clock that can be off. */
export class MovableClock implements Clock {
  offMs = 0;
  now(): Date {
    return new Date(Date.now() + this.offMs);
  }
}

export interface TestNode {
  code: NodeCode;
  store: OpenStore;
  url: string;
  keys: NodeKeys;
  clock: MovableClock;
  exchange: Exchange;
  /** What `onEnvelope` was given, in the order of its commits. */
  taken: Envelope[];
  receipts: { envelope: Outgoing; receipt: Receipt }[];
  /** Replaceable by a test. */
  mayLeave: MayLeave;
  onEnvelope: (tx: Writer, envelope: Envelope) => Promise<void>;
  send(to: NodeCode, kind: string, body: unknown, attachments?: string[]): Promise<Id>;
  outbox(id: Id): Promise<{ state: string; last_error: string | null; sequence: number | null }>;
  reopen(given?: Partial<ExchangeSettings>): Promise<void>;
  close(): Promise<void>;
}

export async function makeNode(code: string, attachments?: AttachmentSource): Promise<TestNode> {
  const { store, url } = await testStore({ migrations: [storeMigrations] });
  const clock = new MovableClock();
  const node = NodeCode.parse(code);
  const keys = makeNodeKeys(node, [Id.make({ clock, random })], { clock, random });
  const made: TestNode = {
    code: node,
    store,
    url,
    keys,
    clock,
    exchange: undefined as never,
    taken: [],
    receipts: [],
    mayLeave: () => Promise.resolve({ kind: "may" }),
    onEnvelope: () => Promise.resolve(),
    async send(to, kind, body, files = []) {
      const id = Id.make({ clock: systemClock, random });
      await store.write(
        { actor: { kind: "job", name: "test" }, purpose: "crime-investigation" },
        async (tx) => {
          await tx.send({ id, to, kind, body, attachments: files as never });
          tx.note("test.sent", { id });
        },
      );
      return id;
    },
    outbox: (id) =>
      store.chore("test", ({ rows }) =>
        tables(rows)
          .selectFrom("simpul.outbox")
          .select(["state", "last_error", "sequence"])
          .where("id", "=", id)
          .executeTakeFirstOrThrow(),
      ),
    async reopen(given = {}) {
      const port = (made.exchange as Exchange | undefined)?.port ?? 0;
      await (made.exchange as Exchange | undefined)?.close();
      made.exchange = await openExchange({
        store,
        keys: made.keys,
        clock,
        random,
        port,
        host: "127.0.0.1",
        mayLeave: (envelope) => made.mayLeave(envelope),
        onEnvelope: async (tx, envelope) => {
          await made.onEnvelope(tx, envelope);
          made.taken.push(envelope);
        },
        onReceipt: (envelope, receipt) => {
          made.receipts.push({ envelope, receipt });
          return Promise.resolve();
        },
        ...(attachments ? { attachments } : {}),
        onKeysSettled: () => {
          made.keys.former = [];
          return Promise.resolve();
        },
        pace: quick,
        ...given,
      });
    },
    close: () => made.exchange.close(),
  };
  await made.reopen();
  return made;
}

/** `of` learns to know `peer`: entered by one person, confirmed by another. */
export async function introduce(of: TestNode, peer: TestNode, port = peer.exchange.port): Promise<void> {
  const card = { node: peer.code, address: `127.0.0.1:${port}`, ...publicKeys(peer.keys) };
  const as = (name: string) => ({ actor: { kind: "job", name }, purpose: "administration" }) as const;
  await of.store.write(as("setup-one"), (tx) => proposePeer(tx, card));
  await of.store.write(as("setup-two"), (tx) => confirmPeer(tx, peer.code, card.pin));
}

export async function makePair(attachments?: AttachmentSource): Promise<[TestNode, TestNode]> {
  const id = await makeNode("id", attachments);
  const kh = await makeNode("kh");
  await introduce(id, kh);
  await introduce(kh, id);
  return [id, kh];
}

/** The node's keys become others, as two persons of it decide; its peers are told. */
export async function changeKeys(
  of: TestNode,
  how: { overlapMs?: number; tell?: boolean } = {},
): Promise<string> {
  const { keys, clock } = of;
  const fresh = makeNodeKeys(
    keys.node,
    keys.agencies.map(({ agency }) => agency),
    { clock, random },
  );
  const at = clock.now();
  const until = new Date(at.getTime() + (how.overlapMs ?? 3_600_000));
  const text = await signChange(keys, fresh, { at, until });
  const { tls, signing, sealing, agencies } = fresh;
  replaceKeys(keys, { tls, signing, sealing, agencies }, text, "changed");
  if (how.tell ?? true) await of.exchange.keysChanged();
  return text;
}

/** Waits until `holds` gives true; throws after `ms`. */
export async function until(holds: () => boolean | Promise<boolean>, ms = 40_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
