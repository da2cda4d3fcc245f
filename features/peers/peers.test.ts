// Two persons introduce another state's node, a third party learns nothing, and a stop ends all exchange at once.
import { nations } from "@simpul/testing";
import type { Nation, Person } from "@simpul/testing";
import { beforeAll, expect, test, vi } from "vitest";
import type { OwnCard, PeerList, PeerView } from "./contract.ts";
import { heard, introduceBy, prove, until } from "./testing.ts";

vi.setConfig({ testTimeout: 60_000 });

let id: Nation;
let kh: Nation;
let tono: Person;
let wahyu: Person;
let ratana: Person;
let bopha: Person;
let khCard: OwnCard;
beforeAll(async () => {
  // Each comes up alone: nobody introduced them.
  ({ id } = await nations("id"));
  ({ kh } = await nations("kh"));
  [tono, wahyu] = [await id.as("tono"), await id.as("wahyu")];
  [ratana, bopha] = [await kh.as("ratana"), await kh.as("bopha")];
  khCard = await ratana.must<OwnCard>("GET", "/api/peers/card");
});

const code = (answer: { status: number; body: unknown }): unknown[] => [
  answer.status,
  (answer.body as { error?: { code: string } } | null)?.error?.code,
];
const cosign = (from: Nation, to: Nation): Promise<unknown> =>
  from.node.peering.ask(to.node.code, "cosign", new Uint8Array());

test("the card of the own node is public keys and an address, with a fingerprint to read out", () => {
  expect(khCard.card).toMatchObject({ node: "kh", address: kh.node.peering.card().address });
  expect(khCard.fingerprint).toHaveLength(16);
  expect(khCard.fingerprint.every((group) => /^[0-9a-f]{4}$/.test(group))).toBe(true);
  expect(JSON.stringify(khCard)).not.toContain("PRIVATE");
});

test("to officers who neither keep the lines nor send over them nor oversee, the room does not exist", async () => {
  const sari = await id.as("sari");
  for (const [method, path, body] of [
    ["GET", "/api/peers"],
    ["GET", "/api/peers/card"],
    ["GET", "/api/peers/kh"],
    ["GET", "/api/peers/kh/letters"],
    ["POST", "/api/peers", khCard.card],
    ["POST", "/api/peers/kh/confirm", { heard: heard(khCard) }],
    ["POST", "/api/peers/kh/stop", { reason: "curious" }],
    ["POST", "/api/peers/kh/ask"],
  ] as const)
    expect(code(await sari.ask(method, path, body)), `${method} ${path}`).toEqual([404, "NOT_FOUND"]);
});

test("liaison and oversight read, and change nothing", async () => {
  for (const who of [await id.as("agus"), await id.as("hendra")]) {
    expect(await who.must<PeerList>("GET", "/api/peers")).toEqual({ peers: [], manages: false });
    expect(code(await who.ask("POST", "/api/peers", khCard.card))).toEqual([403, "NOT_ALLOWED"]);
  }
});

test("a card that is none, our own, or carries what nobody reads is refused with the field that is wrong", async () => {
  const { card } = khCard;
  const fields = async (change: object): Promise<string[]> => {
    const answer = await tono.ask<{ error: { code: string; fields: { path: string }[] } }>(
      "POST",
      "/api/peers",
      { ...card, ...change },
    );
    expect([answer.status, answer.body.error.code]).toEqual([422, "BAD_INPUT"]);
    return answer.body.error.fields.map((field) => field.path);
  };
  expect(await fields({ pin: card.pin.slice(1) })).toEqual(["pin"]);
  expect(await fields({ signing: `${card.signing}=` })).toEqual(["signing"]);
  expect(await fields({ address: "https://kh.example/" })).toEqual(["address"]);
  expect(await fields({ node: "KHM" })).toEqual(["node"]);
  expect(await fields({ agencies: Array.from({ length: 501 }, () => card.agencies[0]) })).toEqual([
    "agencies",
  ]);
  expect(await fields({ oprf: ["x".repeat(200_001)] })).toEqual(["oprf"]);
  expect(await fields({ note: "hello" })).toEqual([""]);
  const own = await tono.must<OwnCard>("GET", "/api/peers/card");
  expect(code(await tono.ask("POST", "/api/peers", own.card))).toEqual([422, "OWN_CARD"]);
  // Well-formed, and still no address.
  expect(code(await tono.ask("POST", "/api/peers", { ...card, address: "kh.example:99999" }))).toEqual([
    422,
    "NOT_A_CARD",
  ]);
  expect((await tono.must<PeerList>("GET", "/api/peers")).peers).toEqual([]);
});

test("what one person entered is no peer until another has heard the same fingerprint", async () => {
  const entered = await tono.must<PeerView>("POST", "/api/peers", khCard.card);
  expect(entered).toMatchObject({
    node: "kh",
    state: "proposed",
    mine: true,
    fingerprint: khCard.fingerprint,
  });
  await expect(cosign(id, kh)).rejects.toThrow("NOT_A_PEER");

  // The end of it is nowhere to be copied from.
  const seen = await wahyu.must<PeerView>("GET", "/api/peers/kh");
  expect(seen.mine).toBe(false);
  expect(seen.fingerprint).toEqual(khCard.fingerprint.slice(0, 12));

  const confirm = (who: Person, text: string) => who.ask("POST", "/api/peers/kh/confirm", { heard: text });
  expect(code(await confirm(tono, heard(khCard)))).toEqual([403, "SAME_PERSON"]);
  expect(code(await confirm(wahyu, "0000 0000 0000 0000"))).toEqual([422, "FINGERPRINT_DIFFERS"]);
  expect(code(await confirm(wahyu, "yes"))).toEqual([422, "FINGERPRINT_DIFFERS"]);
  const asked = await confirm(wahyu, heard(khCard));
  expect(asked).toMatchObject({
    status: 403,
    body: { error: { code: "STEP_UP", facts: { act: "peers.confirm", record: "kh" } } },
  });
  // A proof for another state does not do.
  await prove(wahyu, "peers.confirm", "ph");
  expect(code(await confirm(wahyu, heard(khCard)))).toEqual([403, "STEP_UP"]);
  await prove(wahyu, "peers.confirm", "kh");
  // Heard aloud, typed in capitals with dashes.
  const done = await confirm(wahyu, heard(khCard).toUpperCase().replaceAll(" ", "-"));
  expect(done).toMatchObject({
    status: 200,
    body: { state: "confirmed", confirmed: { by: { name: "Wahyu Prasetyo" } } },
  });
  expect(code(await confirm(wahyu, heard(khCard)))).toEqual([409, "NOT_PROPOSED"]);
});

test("a card altered on the way has another fingerprint, whichever part was altered", async () => {
  const { card } = khCard;
  const own = await tono.must<OwnCard>("GET", "/api/peers/card");
  const other = { signing: own.card.signing, sealing: own.card.sealing, address: "evil.example:443" };
  for (const [part, value] of Object.entries(other)) {
    const altered = { ...card, node: "la", pin: "1".repeat(64), [part]: value };
    const { fingerprint } = await tono.must<PeerView>("POST", "/api/peers", altered);
    const honest = await tono.must<PeerView>("POST", "/api/peers", {
      ...altered,
      [part]: card[part as "signing"],
    });
    expect(fingerprint, part).not.toEqual(honest.fingerprint);
  }
});

test("Cambodia is told in words that it does not know us yet, and then the two meet", async () => {
  const refusing = await until(
    () => tono.must<PeerView>("GET", "/api/peers/kh"),
    (peer) => peer.health.kind === "refusing",
  );
  expect(refusing.health.code).toBe("UNPINNED");
  const idCard = await tono.must<OwnCard>("GET", "/api/peers/card");
  await introduceBy(ratana, bopha, idCard);
  await until(
    () => tono.must<PeerView>("GET", "/api/peers/kh"),
    (peer) => peer.health.kind === "up" && peer.heardAt !== null,
  );
});

test("a confirmed peer's card is not replaced in passing", async () => {
  expect(code(await wahyu.ask("POST", "/api/peers", khCard.card))).toEqual([409, "STILL_CONFIRMED"]);
  // Nor may another state come under its pin.
  expect(code(await wahyu.ask("POST", "/api/peers", { ...khCard.card, node: "vn" }))).toEqual([
    422,
    "NOT_A_CARD",
  ]);
});

test("one person stops a peer at once, with a reason and a proof; two bring it back", async () => {
  const stop = (reason: string) => bopha.ask("POST", "/api/peers/id/stop", { reason });
  expect(code(await stop("  "))).toEqual([422, "BAD_INPUT"]);
  expect(code(await stop("its key was stolen"))).toEqual([403, "STEP_UP"]);
  await prove(bopha, "peers.stop", "id");
  expect(await stop("its key was stolen")).toMatchObject({
    status: 200,
    body: { state: "stopped", stopped: { by: { nameLatin: "Keo Bopha" }, because: "its key was stolen" } },
  });
  await expect(cosign(id, kh)).rejects.toThrow("PEER_STOPPED");
  await expect(cosign(kh, id)).rejects.toThrow("NOT_A_PEER");
  const told = await until(
    () => tono.must<PeerView>("GET", "/api/peers/kh"),
    (peer) => peer.health.kind === "refusing",
  );
  expect(told.health.code).toBe("PEER_STOPPED");

  const idCard = await tono.must<OwnCard>("GET", "/api/peers/card");
  expect(code(await bopha.ask("POST", "/api/peers/id/confirm", { heard: heard(idCard) }))).toEqual([
    409,
    "NOT_PROPOSED",
  ]);
  const back = await introduceBy(bopha, ratana, idCard);
  expect(back).toMatchObject({ state: "confirmed", stopped: null });
  await until(
    () => tono.must<PeerView>("GET", "/api/peers/kh"),
    (peer) => peer.health.kind === "up",
  );
});

test("what was done here stands in the ledger: who entered, who confirmed, who stopped and why", async () => {
  const samnang = await kh.as("samnang");
  const { entries } = await samnang.must<{ entries: { kind: string; about: Record<string, unknown> }[] }>(
    "GET",
    "/api/oversight/log?log=main&kind=peer.",
  );
  expect(entries.map(({ kind }) => kind)).toEqual([
    "peer.confirmed",
    "peer.proposed",
    "peer.stopped",
    "peer.confirmed",
    "peer.proposed",
  ]);
  expect(entries[2]!.about).toMatchObject({ node: "id", reason: "its key was stolen" });
});
