// What goes wrong between nodes, on real nodes: told on the screen as what it is, mended without loss, no other peer hindered.
import { TLSSocket } from "node:tls";
import { createServer } from "node:https";
import net from "node:net";
import { EnvelopeRefused, makeNodeKeys } from "@simpul/exchange";
import type { PeerPart } from "@simpul/exchange";
import { Id, NodeCode } from "@simpul/model";
import { systemRandom } from "@simpul/store/keys";
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { sql } from "kysely";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Letters, LetterView, PeerView } from "./contract.ts";
import { until } from "./testing.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let id: Nation;
let kh: Nation;
let ph: Nation;
let tono: Person;
const taken: string[] = [];
const firsts: string[] = [];
/** Letters speak of themselves: what may leave and what is taken, a test says. */
let may = true;
let takes = true;
const part: PeerPart = {
  leaves: {
    "letter.sent": () =>
      Promise.resolve(may ? { kind: "may" } : { kind: "may-not", because: "policy.handling.not-onward" }),
    // Nodes that meet tell each other their victim desks' keys.
    "desk-key.told": () => Promise.resolve({ kind: "may" }),
  },
  takes: {
    "letter.sent": (_tx, envelope) => {
      if (!takes) throw new EnvelopeRefused("UNKNOWN_RECORD");
      taken.push((envelope.body as { text: string }).text);
      return Promise.resolve();
    },
    "desk-key.told": () => Promise.resolve(),
  },
  receipted: { "letter.sent": (envelope) => Promise.resolve(void firsts.push(envelope.first)) },
};

const portOf = ({ node }: Nation): number => Number(node.peering.card().address.split(":").at(-1));
/** The node-to-node door again where it was; closed it is a node that is down. */
async function reopen(nation: Nation, port: number): Promise<void> {
  nation.node.settings.peerPort = port;
  await nation.node.peering.open([part]);
}
const down = async (nation: Nation): Promise<number> => {
  const port = portOf(nation);
  await nation.node.peering.close();
  return port;
};
async function send(from: Nation, to: string, text: string): Promise<Id> {
  const { store } = from.node;
  return store.write({ actor: { kind: "job", name: "test" }, purpose: "crime-investigation" }, async (tx) => {
    const letter = tx.newId();
    await tx.send({ id: letter, to: NodeCode.parse(to), kind: "letter.sent", body: { text } });
    tx.note("letter.written", { id: letter });
    return letter;
  });
}
const peer = (who: Person, code: string) => () => who.must<PeerView>("GET", `/api/peers/${code}`);
const letters = (who: Person, code: string) => who.must<Letters>("GET", `/api/peers/${code}/letters`);
const letter = (code: string, which: Id, holds: (seen: LetterView | undefined) => boolean) =>
  until(async () => (await letters(tono, code)).outgoing.find((one) => one.id === which), holds);
const again = (who: Person, code: string, which: string) =>
  who.ask<{ id: string; error?: { code: string } }>("POST", `/api/peers/${code}/letters/${which}/again`);
const arrived = (text: string) =>
  until(
    () => Promise.resolve(taken.filter((one) => one === text)),
    (found) => found.length > 0,
  );
const up = (code: string) => until(peer(tono, code), (seen) => seen.health.kind === "up");

beforeAll(async () => {
  ({ id, kh, ph } = await nations("id", "kh", "ph"));
  for (const nation of [id, kh, ph]) await reopen(nation, await down(nation));
  tono = await id.as("tono");
  await up("kh");
});
afterEach(() => {
  may = takes = true;
  for (const { clock } of [id, kh, ph]) clock.offMs = 0;
});

test("a peer that is down: told since when, the letter waits with its tries, and arrives once when it is back", async () => {
  const port = await down(kh);
  const sent = await send(id, "kh", "while you were out");
  const away = await until(peer(tono, "kh"), (seen) => seen.health.kind === "down" && seen.waiting === 1);
  expect(away.health.code).toBe("UNREACHABLE");
  expect(Date.parse(away.health.since!)).toBeGreaterThan(Date.now() - 60_000);
  const waiting = await letter("kh", sent, (seen) => (seen?.tries ?? 0) > 1);
  expect(waiting).toMatchObject({ state: "waiting", code: "UNREACHABLE", kind: "letter.sent" });
  // It is still down since then, however often it was tried.
  expect((await peer(tono, "kh")()).health.since).toBe(away.health.since);
  // Others are served meanwhile.
  await send(id, "ph", "not you");
  await arrived("not you");

  await reopen(kh, port);
  await arrived("while you were out");
  await until(peer(tono, "kh"), (seen) => seen.waiting === 0);
  expect((await up("kh")).health.code).toBeNull();
  expect(taken.filter((text) => text === "while you were out")).toHaveLength(1);
});

test("a peer that takes the line and says nothing hinders nobody else, and is told as silent", async () => {
  const port = await down(ph);
  const lines = new Set<net.Socket>();
  const silent = net.createServer((socket) => void lines.add(socket.on("error", () => undefined)));
  silent.listen(port, "localhost");
  await new Promise((resolve) => silent.once("listening", resolve));
  const held = await send(id, "ph", "are you there");
  const started = Date.now();
  for (let i = 0; i < 5; i++) await send(id, "kh", `quick ${i}`);
  await arrived("quick 4");
  expect(Date.now() - started).toBeLessThan(5_000);
  const slow = await until(peer(tono, "ph"), (seen) => seen.health.code === "TIMEOUT", 40_000);
  expect(slow.health.kind).toBe("down");
  expect((await letter("ph", held, () => true))?.state).toBe("waiting");
  const closed = new Promise((resolve) => silent.close(resolve));
  for (const line of lines) line.destroy();
  await closed;
  await reopen(ph, port);
  await arrived("are you there");
});

test.each([
  ["ahead", 3_600_000, 60],
  ["behind", -3_600_000, -60],
])(
  "a clock an hour %s is told in minutes on both sides, and heals by itself",
  async (_which, offMs, minutes) => {
    kh.clock.offMs = offMs;
    const text = `what time is it, ${minutes}`;
    await send(id, "kh", text);
    await send(kh, "id", `${text}, answered`);
    const off = await until(peer(tono, "kh"), (seen) => seen.health.minutes !== null);
    expect(off.health).toMatchObject({ kind: "clock-off", minutes });
    // The other side sees our clock as the wrong one; which is right, a time server says.
    const ratana = await kh.as("ratana");
    const there = await until(peer(ratana, "id"), (seen) => seen.health.minutes !== null);
    expect(there.health.minutes).toBe(-minutes);
    expect(taken).not.toContain(text);

    kh.clock.offMs = 0;
    await arrived(text);
    await arrived(`${text}, answered`);
    await up("kh");
  },
);

test("somebody else answers at the peer's address: he is asked for keys that he does not have, and learns nothing", async () => {
  const port = await down(kh);
  const stranger = makeNodeKeys(NodeCode.parse("kh"), [], { clock: kh.clock, random: systemRandom });
  const asked: string[] = [];
  const thief = createServer(
    {
      cert: stranger.tls.certificate,
      key: stranger.tls.privateKey,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (ask, answer) => {
      const shown = ask.socket instanceof TLSSocket && ask.socket.getPeerX509Certificate() !== undefined;
      asked.push(
        [ask.method, ask.url, shown, ask.headers["simpul-from"], ask.headers["content-length"]].join(" "),
      );
      answer.end(JSON.stringify({ statements: [] }));
    },
  ).listen(port, "localhost");
  await send(id, "kh", "only for Cambodia");
  const seen = await until(peer(tono, "kh"), ({ health }) => health.code === "WRONG_CERTIFICATE");
  expect(seen.health.kind).toBe("refusing");
  // Our name, our certificate and every letter stay with us.
  expect([...new Set(asked)]).toEqual(["GET /simpul/1/keys false  0"]);
  // A line that asked nothing yet would keep it open.
  thief.closeAllConnections();
  await new Promise((resolve) => thief.close(resolve));
  await reopen(kh, port);
  await arrived("only for Cambodia");
  await up("kh");
});

test("a letter that may not leave has no number; tried again it is the same letter, and is asked about anew", async () => {
  may = false;
  const held = await send(id, "kh", "held back");
  const dead = await letter("kh", held, (seen) => seen?.state === "dead");
  expect(dead).toMatchObject({
    code: "MAY_NOT_LEAVE",
    detail: "policy.handling.not-onward",
    sequence: null,
    again: null,
  });
  // Who reads the room reads no letter.
  expect(JSON.stringify(await letters(tono, "kh"))).not.toContain("held back");
  expect(await again(await id.as("agus"), "kh", held)).toMatchObject({ status: 403 });
  expect((await peer(tono, "kh")()).deadLetters).toBe(1);

  expect(await again(tono, "kh", held)).toMatchObject({ status: 200, body: { id: held } });
  await letter("kh", held, (seen) => seen?.state === "dead");
  expect(taken).not.toContain("held back");
  may = true;
  expect(await again(tono, "kh", held)).toMatchObject({ status: 200, body: { id: held } });
  await arrived("held back");
  expect(await again(tono, "kh", held)).toMatchObject({
    status: 409,
    body: { error: { code: "NOTHING_TO_TRY" } },
  });
});

test("a letter that the peer refused used its number; tried again it is a new one, once, and the feature knows it", async () => {
  takes = false;
  const sent = await send(id, "kh", "take me");
  const refused = await letter("kh", sent, (seen) => seen?.state === "refused");
  expect(refused).toMatchObject({ code: "UNKNOWN_RECORD", detail: null });
  const ratana = await kh.as("ratana");
  expect((await letters(ratana, "id")).refused).toMatchObject([
    { id: sent, kind: "letter.sent", code: "UNKNOWN_RECORD", sequence: refused!.sequence },
  ]);
  takes = true;
  const [one, two] = await Promise.all([again(tono, "kh", sent), again(tono, "kh", sent)]);
  expect([one.status, two.status].sort()).toEqual([200, 409]);
  const fresh = [one, two].find(({ status }) => status === 200)!.body.id;
  expect(fresh).not.toBe(sent);
  await arrived("take me");
  expect(taken.filter((text) => text === "take me")).toHaveLength(1);
  await until(
    () => Promise.resolve(firsts),
    (told) => told.filter((first) => first === sent).length === 2,
  );
  expect((await letter("kh", sent, () => true))?.again).toBe(fresh);
  expect((await peer(tono, "kh")()).deadLetters).toBe(0);
});

test("a node restored from an old backup finds its numbers again by the peer's receipts, and says what it forgot", async () => {
  await arrived("held back");
  const { rows } = await id.node.store.chore("test", (keeper) =>
    sql<{ id: Id }>`
      with gone as (delete from simpul.outbox where peer = 'kh' and sequence > (
        select max(sequence) - 2 from simpul.outbox where peer = 'kh') returning id)
      select id from gone`.execute(keeper.rows),
  );
  await id.node.store.chore("test", (keeper) =>
    sql`update simpul.peer_lines set sent = sent - 2 where peer = 'kh'`.execute(keeper.rows),
  );
  const mended = await tono.must<PeerView>("POST", "/api/peers/kh/ask");
  expect(mended).toMatchObject({ lost: 2, deadLetters: 0, health: { kind: "up", code: null } });
  const lost = (await letters(tono, "kh")).outgoing.filter((one) => one.state === "lost");
  expect(lost.map((one) => one.id).sort()).toEqual(rows.map((row) => row.id).sort());
  expect(await again(tono, "kh", lost[0]!.id)).toMatchObject({ status: 409 });
});
