// Two nodes on real sockets and real databases: what arrives, in which order, and what each fault leads to.
import { createHash, randomBytes } from "node:crypto";
import net from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Id, NodeCode } from "@simpul/model";
import { PeerClient } from "./client.ts";
import { sealEnvelope, type Envelope } from "./envelope.ts";
import { EnvelopeRefused } from "./errors.ts";
import { makeNodeKeys, publicKeys } from "./keys.ts";
import { confirmPeer, proposePeer, stopPeer, storedPeers, type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import { peerStandings } from "./standing.ts";
import { paths } from "./server.ts";
import {
  introduce,
  makeNode,
  makePair,
  quick,
  random,
  systemClock,
  until,
  type TestNode,
} from "../../testing/exchange-pair.ts";

const files = new Map<string, Uint8Array>();
const source = {
  open: (digest: string) => {
    const bytes = files.get(digest);
    return Promise.resolve(
      bytes
        ? { size: bytes.length, read: (a: number, b: number) => Promise.resolve(bytes.subarray(a, b)) }
        : null,
    );
  },
};

vi.setConfig({ testTimeout: 60_000 });

let id: TestNode;
let kh: TestNode;
let khAtId: Peer;
let idAtKh: Peer;
beforeAll(async () => {
  [id, kh] = await makePair(source);
  khAtId = (await storedPeers(id.store).byNode("kh"))!;
  idAtKh = (await storedPeers(kh.store).byNode("id"))!;
});
afterAll(() => Promise.all([id.close(), kh.close()]));
afterEach(() => {
  id.mayLeave = () => Promise.resolve({ kind: "may" });
  kh.onEnvelope = () => Promise.resolve();
  id.clock.offMs = 0;
});

const client = () => new PeerClient({ keys: id.keys, clock: id.clock, random, timeoutMs: 2_000 });
const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "accepted",
    (error: unknown) => (error as { code: string }).code,
  );
const settled = (node: TestNode, envelope: Id, state: string) =>
  until(async () => (await node.outbox(envelope)).state === state);
const received = (node: TestNode) =>
  node.store.chore("test", ({ rows }) =>
    tables(rows)
      .selectFrom("simpul.peer_lines")
      .select(["sent", "received"])
      .where("peer", "=", node === kh ? "id" : "kh")
      .executeTakeFirstOrThrow(),
  );
/** An envelope from `id` to `kh`, made by hand. */
async function handmade(
  change: Partial<Envelope> = {},
): Promise<{ envelope: Envelope; sealed: string; path: string }> {
  const by = id.keys.agencies[0]!;
  const seq = change.seq ?? (await received(kh)).received + 1;
  const envelope: Envelope = {
    v: 1,
    id: Id.make({ clock: systemClock, random }),
    type: "test.message",
    from: id.code,
    to: kh.code,
    agency: by.agency,
    seq,
    at: new Date().toISOString(),
    body: { text: "halo" },
    attachments: [],
    ...change,
  };
  const sealed = await sealEnvelope(envelope, by, khAtId.sealing);
  return { envelope, sealed, path: `${paths.envelopes}?id=${envelope.id}&seq=${seq}` };
}
const post = (path: string, sealed: string, by = client()) =>
  by.call(khAtId, { method: "POST", path, body: Buffer.from(sealed), limit: 16_384 });

describe("what is sent arrives", () => {
  test("an envelope arrives once, whole and signed for; both sides keep the receipt", async () => {
    const sent = await id.send(kh.code, "request.sent", { asks: "subscriber of +85512345678" });
    await settled(id, sent, "receipted");
    const taken = kh.taken.find((envelope) => envelope.id === sent)!;
    expect(taken).toMatchObject({
      type: "request.sent",
      from: "id",
      agency: id.keys.agencies[0]!.agency,
      body: { asks: "subscriber of +85512345678" },
    });
    const { receipt } = id.receipts.find((one) => one.envelope.id === sent)!;
    expect(receipt).toMatchObject({ outcome: "accepted", by: "kh", from: "id", seq: taken.seq });
    const kept = await kh.store.chore("test", ({ rows }) =>
      tables(rows).selectFrom("simpul.received").selectAll().where("id", "=", sent).executeTakeFirstOrThrow(),
    );
    expect(kept).toMatchObject({ outcome: "accepted", sealed: receipt.sealed, type: "request.sent" });
  });

  test("many envelopes arrive in the order of their numbers, without a gap, both ways at once", async () => {
    const before = kh.taken.length;
    await Promise.all([
      ...Array.from({ length: 25 }, (_, i) => id.send(kh.code, "test.message", { i })),
      ...Array.from({ length: 25 }, (_, i) => kh.send(id.code, "test.message", { i })),
    ]);
    await until(() => kh.taken.length === before + 25 && id.taken.length >= 25);
    const numbers = kh.taken.slice(before).map((envelope) => envelope.seq);
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
  });

  test("the wire shows neither the content nor its true size", async () => {
    const { sealed: short } = await handmade({ body: { reply: "hit" } });
    const { sealed: long } = await handmade({
      body: { reply: "not-searchable", because: "the list is closed" },
    });
    expect(short.length).toBe(long.length);
    expect(Buffer.from(short.split(".")[3]!, "base64url").includes("hit")).toBe(false);
  });
});

describe("what the receiving state refuses", () => {
  test("a feature's refusal is signed for, and nothing of its work is kept", async () => {
    kh.onEnvelope = async (tx) => {
      await tx.enqueue({ kind: "never", payload: {} });
      throw new EnvelopeRefused("UNKNOWN_TYPE");
    };
    const sent = await id.send(kh.code, "weather.report", {});
    await settled(id, sent, "refused");
    expect((await id.outbox(sent)).last_error).toBe("UNKNOWN_TYPE");
    const jobs = await kh.store.chore("test", ({ rows }) =>
      rows
        .withTables<{ "simpul.jobs": { kind: string } }>()
        .selectFrom("simpul.jobs")
        .select("kind")
        .execute(),
    );
    expect(jobs).toEqual([]);
    kh.onEnvelope = () => Promise.resolve();
    await settled(id, await id.send(kh.code, "test.message", {}), "receipted");
  });

  test("when a feature fails, nothing is kept and the envelope comes again", async () => {
    let failures = 3;
    kh.onEnvelope = () => (failures-- > 0 ? Promise.reject(new Error("disk full")) : Promise.resolve());
    const before = kh.taken.length;
    const sent = await id.send(kh.code, "test.message", {});
    await settled(id, sent, "receipted");
    expect(kh.taken.length).toBe(before + 1);
    expect(failures).toBeLessThan(0);
  });
});

describe("what an envelope must be", () => {
  const refusal = async (path: string, sealed: string): Promise<string | undefined> => {
    const answer = await post(path, sealed);
    const payload = answer.body.toString().split(".")[1]!;
    return (JSON.parse(Buffer.from(payload, "base64url").toString()) as { code?: string }).code;
  };
  /** Numbers used by hand must not stand in the way of the outbox. */
  const level = async () => {
    const { received: last } = await received(kh);
    await id.store.chore("test", ({ rows }) =>
      tables(rows).updateTable("simpul.peer_lines").set({ sent: last }).where("peer", "=", "kh").execute(),
    );
  };
  afterEach(level);

  test("altered on its way to us: refused, and the number is used", async () => {
    const { sealed, path } = await handmade();
    const parts = sealed.split(".");
    const text = parts[3]!;
    parts[3] = text.slice(0, 50) + (text[50] === "A" ? "B" : "A") + text.slice(51);
    expect(await refusal(path, parts.join("."))).toBe("NOT_OPENED");
  });
  test("signed by an agency that the state did not name", async () => {
    const stranger = makeNodeKeys(id.code, [Id.make({ clock: systemClock, random })], {
      clock: systemClock,
      random,
    });
    const { envelope, path } = await handmade();
    const by = stranger.agencies[0]!;
    expect(
      await refusal(path, await sealEnvelope({ ...envelope, agency: by.agency }, by, khAtId.sealing)),
    ).toBe("UNKNOWN_AGENCY");
  });
  test("signed with another key under the agency's name", async () => {
    const { envelope, path } = await handmade();
    const stranger = makeNodeKeys(id.code, [envelope.agency], { clock: systemClock, random }).agencies[0]!;
    expect(await refusal(path, await sealEnvelope(envelope, stranger, khAtId.sealing))).toBe("BAD_SIGNATURE");
  });
  test("of a newer version", async () => {
    const { sealed, path } = await handmade({ v: 5 });
    expect(await refusal(path, sealed)).toBe("NEWER_VERSION");
  });
  test("from a state that did not send it, or for another state", async () => {
    const one = await handmade({ from: NodeCode.parse("ph") });
    expect(await refusal(one.path, one.sealed)).toBe("SENDER_MISMATCH");
    const two = await handmade({ to: NodeCode.parse("ph") });
    expect(await refusal(two.path, two.sealed)).toBe("SENDER_MISMATCH");
  });
  test("with another number outside than inside", async () => {
    const { envelope, sealed } = await handmade();
    const { received: last } = await received(kh);
    const { sealed: other } = await handmade({ ...envelope, seq: last + 7 });
    expect(await refusal(`${paths.envelopes}?id=${envelope.id}&seq=${last + 1}`, other)).toBe(
      "SENDER_MISMATCH",
    );
    expect(sealed).not.toBe(other);
  });
  test("out of order: asked to send what is missing first", async () => {
    const { received: last } = await received(kh);
    const { sealed, path } = await handmade({ seq: last + 3 });
    await expect(post(path, sealed)).rejects.toMatchObject({ code: "GAP", facts: { expected: last + 1 } });
    expect((await received(kh)).received).toBe(last);
  });
  test("sent again: the same receipt, and nothing happens twice", async () => {
    const { sealed, path } = await handmade();
    const before = kh.taken.length;
    const answers = await Promise.all([post(path, sealed), post(path, sealed), post(path, sealed)]);
    answers.push(await post(path, sealed));
    expect(new Set(answers.map((answer) => answer.body.toString())).size).toBe(1);
    expect(kh.taken.length).toBe(before + 1);
  });
  test("another envelope under a used number, or a used id under a new number", async () => {
    const { envelope, sealed, path } = await handmade();
    await post(path, sealed);
    const again = await handmade({ seq: envelope.seq });
    expect(await codeOf(post(again.path, again.sealed))).toBe("SEQUENCE_REUSED");
    const same = await handmade({ id: envelope.id });
    expect(await codeOf(post(same.path, same.sealed))).toBe("SEQUENCE_REUSED");
  });
});

describe("who may knock at the door", () => {
  const hello = { method: "GET" as const, path: paths.hello, limit: 4096 };

  test("an unpinned node is told so and learns nothing else", async () => {
    const stranger = makeNodeKeys(id.code, [id.keys.agencies[0]!.agency], { clock: systemClock, random });
    const with_ = (keys: typeof stranger) =>
      new PeerClient({ keys, clock: id.clock, random, timeoutMs: 2_000 });
    expect(await codeOf(with_(stranger).call(khAtId, hello))).toBe("UNPINNED");
    expect(await codeOf(with_({ ...id.keys, tls: stranger.tls }).call(khAtId, hello))).toBe("UNPINNED");
  });
  test("a peer under another peer's name, or with another signing key", async () => {
    const other = makeNodeKeys(id.code, [], { clock: systemClock, random });
    const as = (change: object) =>
      new PeerClient({ keys: { ...id.keys, ...change }, clock: id.clock, random, timeoutMs: 2_000 }).call(
        khAtId,
        hello,
      );
    expect(await codeOf(as({ node: NodeCode.parse("ph") }))).toBe("UNPINNED");
    expect(await codeOf(as({ signing: other.signing }))).toBe("BAD_SIGNATURE");
    expect(await codeOf(as({}))).toBe("accepted");
  });
  test("we speak to nobody whose certificate is not the confirmed one", async () => {
    const before = kh.taken.length;
    const wrong = { ...khAtId, pin: publicKeys(id.keys).pin };
    expect(await codeOf(client().call(wrong, hello))).toBe("WRONG_CERTIFICATE");
    expect(kh.taken.length).toBe(before);
  });
  test("a request replayed byte for byte", async () => {
    const { signRequest } = await import("./signatures.ts");
    const parts = {
      method: "GET",
      path: paths.hello,
      from: "id",
      to: "kh",
      version: "1",
      body: new Uint8Array(),
    };
    const headers = signRequest(parts, id.keys.signing, new Date(), random.bytes(16));
    const { request } = await import("node:https");
    const send = () =>
      new Promise<number>((resolve, reject) => {
        request({
          host: "127.0.0.1",
          port: kh.exchange.port,
          path: paths.hello,
          headers: { ...headers },
          cert: id.keys.tls.certificate,
          key: id.keys.tls.privateKey,
          rejectUnauthorized: false,
          agent: false,
        })
          .on("response", (response) => resolve(response.resume().statusCode!))
          .on("error", reject)
          .end();
      });
    expect(await send()).toBe(200);
    expect(await send()).toBe(409);
  });
  test("a clock that is off by an hour is named as what it is, with the other's time, and mends itself", async () => {
    id.clock.offMs = 3_600_000;
    const answer = client().call(khAtId, hello);
    await expect(answer).rejects.toMatchObject({ code: "CLOCK_OFF" });
    await expect(answer).rejects.toSatisfy(
      (error: { facts: { time: string } }) => Math.abs(Date.parse(error.facts.time) - Date.now()) < 5_000,
    );
    const sent = await id.send(kh.code, "test.message", { clock: "off" });
    await until(async () => (await peerStandings(id.store))[0]!.health === "clock-off");
    id.clock.offMs = 0;
    // The time of the next try was written down by the clock that was off.
    await id.store.chore("test", ({ rows }) =>
      tables(rows)
        .updateTable("simpul.peer_lines")
        .set({ next_try: new Date(), leased_until: new Date(0) })
        .execute(),
    );
    await settled(id, sent, "receipted");
    await until(async () => (await peerStandings(id.store))[0]!.health === "up");
  });
  test("a node of a newer version is told which version is spoken here", async () => {
    const newer = new PeerClient({ keys: id.keys, clock: id.clock, random, timeoutMs: 2_000, version: 5 });
    await expect(newer.call(khAtId, hello)).rejects.toMatchObject({
      code: "NEWER_VERSION",
      facts: { speaks: 4, oldest: 1 },
    });
  });
  test("unknown paths, foreign recipients and what is too large", async () => {
    expect(await codeOf(client().call(khAtId, { ...hello, path: "/simpul/1/cases" }))).toBe("NOT_FOUND");
    expect(await codeOf(client().call({ ...khAtId, node: NodeCode.parse("ph") }, hello))).toBe("NOT_FOR_US");
    const { path } = await handmade();
    expect(await codeOf(post(path, "x".repeat(8 * 1024 * 1024 + 1)))).toMatch(/TOO_LARGE|UNREACHABLE/);
  });
  test("a pin needs two persons, and the second must have compared the same", async () => {
    const stranger = makeNodeKeys(NodeCode.parse("la"), [], { clock: systemClock, random });
    const card = { node: stranger.node, address: "127.0.0.1:1", ...publicKeys(stranger) };
    const as = (name: string) => ({ actor: { kind: "job", name }, purpose: "administration" }) as const;
    await id.store.write(as("one"), (tx) => proposePeer(tx, card));
    expect(await storedPeers(id.store).byNode("la")).toBeNull();
    expect(await codeOf(id.store.write(as("one"), (tx) => confirmPeer(tx, card.node, card.pin)))).toBe(
      "SAME_PERSON",
    );
    expect(await codeOf(id.store.write(as("two"), (tx) => confirmPeer(tx, card.node, khAtId.pin)))).toBe(
      "NOT_A_PEER",
    );
    expect(
      await codeOf(id.store.write(as("x"), (tx) => proposePeer(tx, { ...card, address: "nowhere" }))),
    ).toBe("NOT_A_PEER");
  });
});

describe("what may leave", () => {
  test("policy is asked right before sending, and what may not leave becomes a dead letter", async () => {
    id.mayLeave = (envelope) =>
      Promise.resolve(envelope.kind === "test.secret" ? { kind: "may-not", because: "H2" } : { kind: "may" });
    const before = kh.taken.length;
    const held = await id.send(kh.code, "test.secret", {});
    const free = await id.send(kh.code, "test.message", {});
    await settled(id, free, "receipted");
    expect(await id.outbox(held)).toEqual({ state: "dead", last_error: "MAY_NOT_LEAVE: H2", sequence: null });
    expect(kh.taken.slice(before).map((envelope) => envelope.id)).toEqual([free]);
    expect((await peerStandings(id.store)).find((peer) => peer.node === "kh")!.deadLetters).toBeGreaterThan(
      0,
    );
  });

  test("forbidden between two tries: its number is filled with nothing", async () => {
    const port = kh.exchange.port;
    await kh.close();
    const sent = await id.send(kh.code, "test.message", { recalled: true });
    await until(async () => (await id.outbox(sent)).sequence !== null);
    await until(async () => (await id.outbox(sent)).last_error !== null);
    id.mayLeave = (envelope) =>
      Promise.resolve(envelope.id === sent ? { kind: "may-not", because: "recalled" } : { kind: "may" });
    const before = kh.taken.length;
    await kh.reopen();
    expect(kh.exchange.port).toBe(port);
    await settled(id, sent, "dead");
    const next = await id.send(kh.code, "test.message", {});
    await settled(id, next, "receipted");
    expect(kh.taken.slice(before).map((envelope) => envelope.id)).toEqual([next]);
  });

  test("to a peer that was stopped nothing goes, and from it nothing comes", async () => {
    const ph = await makeNode("ph");
    await introduce(ph, kh);
    await introduce(kh, ph);
    const as = { actor: { kind: "job", name: "one" }, purpose: "administration" } as const;
    await kh.store.write(as, (tx) => stopPeer(tx, ph.code, "test"));
    const sent = await ph.send(kh.code, "test.message", {});
    await until(async () => (await ph.outbox(sent)).last_error?.includes("PEER_STOPPED") ?? false);
    const other = await kh.send(ph.code, "test.message", {});
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await kh.outbox(other)).sequence).toBeNull();
    await ph.close();
  });
});

describe("a peer that is down, slow or restored", () => {
  test("down: tried again until it is there, in order, each once", async () => {
    await kh.close();
    const before = kh.taken.length;
    const sent = [];
    for (let i = 0; i < 5; i++) sent.push(await id.send(kh.code, "test.message", { i }));
    await until(
      async () => (await peerStandings(id.store)).find((peer) => peer.node === "kh")!.health === "down",
    );
    await kh.reopen();
    await settled(id, sent[4]!, "receipted");
    expect(kh.taken.slice(before).map((envelope) => envelope.id)).toEqual(sent);
  });

  test("slow: a peer that takes the connection and says nothing is given up on for now", async () => {
    const silent = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const port = (silent.address() as net.AddressInfo).port;
    const slow = new PeerClient({ keys: id.keys, clock: id.clock, random, timeoutMs: 200 });
    const started = Date.now();
    expect(
      await codeOf(slow.call({ ...khAtId, port }, { method: "GET", path: paths.hello, limit: 99 })),
    ).toBe("TIMEOUT");
    expect(Date.now() - started).toBeLessThan(2_000);
    silent.close();
  });

  test("slow at its work: the second try finds the first one's receipt", async () => {
    kh.onEnvelope = () => new Promise((resolve) => setTimeout(resolve, quick.timeoutMs + 200));
    const before = kh.taken.length;
    const sent = await id.send(kh.code, "test.message", {});
    await settled(id, sent, "receipted");
    const done = kh.taken.slice(before).map((envelope) => envelope.id);
    expect(new Set(done)).toEqual(new Set([sent]));
    const kept = await kh.store.chore("test", ({ rows }) =>
      tables(rows).selectFrom("simpul.received").select("id").where("id", "=", sent).execute(),
    );
    expect(kept.length).toBe(1);
  });

  test("heads find a gap: what the peer numbered and we lack is pulled", async () => {
    const sent = await id.send(kh.code, "test.message", { lost: true });
    await settled(id, sent, "receipted");
    // Cambodia's database is restored to a moment before this envelope.
    const { received: last } = await received(kh);
    await kh.store.write(
      { actor: { kind: "peer", node: id.code }, purpose: "administration" },
      async (tx) => {
        await tables(tx.rows)
          .updateTable("simpul.peer_lines")
          .set({ received: last - 1 })
          .where("peer", "=", "id")
          .execute();
        tx.note("test.restored", {});
      },
    );
    await forget(kh, sent);
    const before = kh.taken.length;
    const compared = await kh.exchange.compare(id.code);
    expect(compared).toMatchObject({ pulled: 1, behind: false });
    expect(kh.taken.slice(before).map((envelope) => envelope.id)).toEqual([sent]);
    expect((await received(kh)).received).toBe(last);
  });

  test("a gap that the sender meets is filled from what it kept", async () => {
    const lost = await id.send(kh.code, "test.message", { lost: "again" });
    await settled(id, lost, "receipted");
    await kh.store.write(
      { actor: { kind: "peer", node: id.code }, purpose: "administration" },
      async (tx) => {
        await tables(tx.rows)
          .updateTable("simpul.peer_lines")
          .set((set) => ({ received: set("received", "-", 1) }))
          .where("peer", "=", "id")
          .execute();
        tx.note("test.restored", {});
      },
    );
    await forget(kh, lost);
    const before = kh.taken.length;
    const next = await id.send(kh.code, "test.message", {});
    await settled(id, next, "receipted");
    expect(kh.taken.slice(before).map((envelope) => envelope.id)).toEqual([lost, next]);
  });

  /** Indonesia's rows as a backup had them: what came after is gone, what waited then waits again. */
  async function restored(waits: Id, gone: readonly Id[], sent: number): Promise<void> {
    const { default: pg } = await import("pg");
    const owner = new pg.Client(id.url);
    await owner.connect();
    await owner.query("alter table simpul.outbox no force row level security");
    await owner.query("alter table simpul.peer_lines no force row level security");
    await owner.query("delete from simpul.outbox where id = any($1)", [gone]);
    await owner.query(
      `update simpul.outbox set state = 'waiting', sequence = null, sealed = null, receipt = null, ended_at = null
       where id = $1`,
      [waits],
    );
    await owner.query("update simpul.peer_lines set sent = $1 where peer = 'kh'", [sent]);
    await owner.query("alter table simpul.peer_lines force row level security");
    await owner.query("alter table simpul.outbox force row level security");
    await owner.end();
  }

  test("a restored node learns from its peer's receipts what it had sent, and sends nothing twice", async () => {
    const { sent: before } = await received(id);
    const waited = await id.send(kh.code, "test.message", { waits: "at the backup" });
    await settled(id, waited, "receipted");
    const gone = [];
    for (let i = 0; i < 3; i++) gone.push(await id.send(kh.code, "test.gone", { i }));
    await settled(id, gone[2]!, "receipted");
    const taken = kh.taken.length;
    await id.close();
    await restored(waited, gone, before);
    const toldBefore = id.receipts.length;
    await id.reopen();
    const next = await id.send(kh.code, "test.message", { after: "the restore" });
    await settled(id, next, "receipted");
    expect(await id.outbox(waited)).toMatchObject({ state: "receipted", sequence: before + 1 });
    expect((await id.outbox(next)).sequence).toBe(before + 5);
    expect(kh.taken.slice(taken).map((envelope) => envelope.id)).toEqual([next]);
    // The feature that waited for the receipt is told it.
    expect(id.receipts.slice(toldBefore).map(({ envelope }) => envelope.id)).toEqual([waited, next]);
    const lost = await id.store.chore("test", ({ rows }) =>
      tables(rows)
        .selectFrom("simpul.outbox")
        .select(["id", "kind", "sequence", "state"])
        .where("lost", "=", true)
        .orderBy("sequence")
        .execute(),
    );
    expect(lost).toEqual(
      gone.map((one, i) => ({ id: one, kind: "test.gone", sequence: before + 2 + i, state: "receipted" })),
    );
    const standing = (await peerStandings(id.store)).find((peer) => peer.node === "kh")!;
    expect(standing).toMatchObject({ health: "up", lost: 3, waiting: 0 });
  });

  test("numbered too soon after a restore, the envelope gives its number back and has another", async () => {
    const { sent: before } = await received(id);
    const gone = await id.send(kh.code, "test.gone", {});
    await settled(id, gone, "receipted");
    const waited = await id.send(kh.code, "test.message", { waits: "too" });
    await settled(id, waited, "receipted");
    // Both sides agreed before the restore, so this process is sure: the rows change beneath it.
    await restored(waited, [gone], before);
    const next = await id.send(kh.code, "test.message", { next: true });
    await settled(id, next, "receipted");
    await settled(id, waited, "receipted");
    expect((await id.outbox(waited)).sequence).toBe(before + 2);
    expect((await id.outbox(next)).sequence).toBe(before + 3);
    expect(kh.taken.filter((envelope) => envelope.id === waited)).toHaveLength(1);
  });

  test("both sides restored: what neither holds any more goes as nothing, and the line goes on", async () => {
    const { sent: before } = await received(id);
    const gone = await id.send(kh.code, "test.gone", { both: true });
    await settled(id, gone, "receipted");
    const waits = await id.send(kh.code, "test.message", {});
    await settled(id, waits, "receipted");
    await id.close();
    await restored(waits, [gone], before);
    await id.reopen();
    expect((await id.exchange.compare(kh.code)).reconciled).toEqual({ settled: 1, lost: 1 });
    await kh.store.write(
      { actor: { kind: "peer", node: id.code }, purpose: "administration" },
      async (tx) => {
        await tables(tx.rows)
          .updateTable("simpul.peer_lines")
          .set({ received: before })
          .where("peer", "=", "id")
          .execute();
        tx.note("test.restored", {});
      },
    );
    for (const one of [gone, waits]) await forget(kh, one);
    const next = await id.send(kh.code, "test.message", {});
    await settled(id, next, "receipted");
    expect((await received(kh)).received).toBe(before + 3);
  });
});

/** Takes a row out as its owner, past all rights: a restored backup does the same. */
async function forget(node: TestNode, envelope: Id): Promise<void> {
  const { default: pg } = await import("pg");
  const owner = new pg.Client(node.url);
  await owner.connect();
  await owner.query("alter table simpul.received no force row level security");
  await owner.query("delete from simpul.received where id = $1", [envelope]);
  await owner.query("alter table simpul.received force row level security");
  await owner.end();
}

describe("attachments", () => {
  const put = (size: number): string => {
    const bytes = new Uint8Array(randomBytes(size));
    const digest = createHash("sha256").update(bytes).digest("hex");
    files.set(digest, bytes);
    return digest;
  };
  const collect = async (from: Envelope, how: { first?: number } = {}): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const part of kh.exchange.fetch(id.code, from.id, from.attachments[0]!, how)) parts.push(part);
    return Buffer.concat(parts);
  };

  test.each([0, 1, 65_536, 65_537, 5_000_000])("a file of %i bytes arrives as it was", async (size) => {
    const digest = put(size);
    const sent = await id.send(kh.code, "test.file", {}, [digest]);
    await settled(id, sent, "receipted");
    const envelope = kh.taken.find((one) => one.id === sent)!;
    expect(Buffer.compare(await collect(envelope), files.get(digest)!)).toBe(0);
  });

  test("goes on in the middle where it broke off", async () => {
    const digest = put(300_000);
    const sent = await id.send(kh.code, "test.file", {}, [digest]);
    await settled(id, sent, "receipted");
    const envelope = kh.taken.find((one) => one.id === sent)!;
    expect(
      Buffer.compare(await collect(envelope, { first: 2 }), files.get(digest)!.subarray(2 * 65_536)),
    ).toBe(0);
  });

  test("changed at the source after it was offered: not believed", async () => {
    const digest = put(100_000);
    const sent = await id.send(kh.code, "test.file", {}, [digest]);
    await settled(id, sent, "receipted");
    const envelope = kh.taken.find((one) => one.id === sent)!;
    files.get(digest)![70_000]! ^= 1;
    expect(await codeOf(collect(envelope))).toBe("ALTERED");
  });

  test("only a file that was offered to this peer, under that envelope, can be fetched", async () => {
    const digest = put(10);
    const sent = await id.send(kh.code, "test.message", {});
    await settled(id, sent, "receipted");
    const at = new PeerClient({ keys: kh.keys, clock: kh.clock, random, timeoutMs: 2_000 });
    const get = (path: string) => codeOf(at.call(idAtKh, { method: "GET", path, limit: 1_000 }));
    expect(await get(`${paths.attachments}${sent}/${digest}`)).toBe("NOT_FOUND");
    expect(await get(`${paths.attachments}../../etc/passwd`)).toBe("NOT_FOUND");
  });

  test("a file that this node does not hold never takes a number", async () => {
    const sent = await id.send(kh.code, "test.file", {}, ["0".repeat(64)]);
    await settled(id, sent, "dead");
    expect((await id.outbox(sent)).sequence).toBeNull();
  });
});
