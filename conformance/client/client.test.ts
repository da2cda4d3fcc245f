// A stranger's node, written from docs/protocol.md alone, joins Cambodia's node, asks it, and is answered.
import { readdir, readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import path from "node:path";
import { answer, arrival, prove, until, view } from "@simpul/features/requests/testing.ts";
import { introduceBy } from "@simpul/features/peers/testing.ts";
import type { OwnCard, PeerView } from "@simpul/features/peers/contract.ts";
import type { SessionView } from "@simpul/features/access/contract.ts";
import { nations, type Nation, type Person } from "@simpul/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fingerprint, keyFrom, type Card } from "./card.ts";
import { openClient, type Client } from "./client.ts";
import { evidenceHolds } from "./evidence.ts";
import { answers, closing, request } from "./request.ts";

let kh: Nation;
let ratana: Person, bopha: Person, sophea: Person, sreymom: Person;
let stranger: Client;
let theirs: OwnCard;
beforeAll(async () => {
  ({ kh } = await nations("kh"));
  [ratana, bopha] = [await kh.as("ratana"), await kh.as("bopha")];
  [sophea, sreymom] = [await kh.as("sophea"), await kh.as("sreymom")];
  theirs = await ratana.must<OwnCard>("GET", "/api/peers/card");
  stranger = await openClient("th", answers);
}, 120_000);
afterAll(() => stranger.close());

const agency = (): string => stranger.card.agencies[0]!.agency;

test("it imports nothing but what Node.js brings, and its own files", async () => {
  const folder = import.meta.dirname;
  const files = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  expect(files.length).toBeGreaterThan(5);
  for (const name of files) {
    const text = await readFile(path.join(folder, name), "utf8");
    const named = [
      ...text.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)"|\bimport\(?\s*"([^"]+)"/gm),
    ].map((match) => (match[1] ?? match[2])!);
    expect(text, name).not.toContain("require(");
    for (const one of named) {
      const own = one.startsWith("./") && files.includes(one.slice(2));
      expect(own || builtinModules.includes(one.replace(/^node:/, "")), `${name} imports ${one}`).toBe(true);
    }
  }
});

test("nobody answers it before two persons compared its card", async () => {
  stranger.confirm(theirs.card as Card);
  expect(fingerprint(theirs.card as Card).split(" ")).toEqual(theirs.fingerprint);
  await expect(stranger.greet()).rejects.toMatchObject({ code: "UNPINNED" });
});

test("it joins by cards and pins, asks, is answered, and each side holds the other's receipts", async () => {
  await introduceBy(ratana, bopha, {
    card: stranger.card,
    fingerprint: stranger.fingerprint.split(" "),
  } as unknown as OwnCard);
  await stranger.greet();
  const asked = request(agency(), "TH-KH-2031-000001", "EXERCISE: who booked room 12 on 5 February?");
  const sent = await stranger.send("request.sent", asked);
  expect(sent).toMatchObject({ outcome: "accepted", seq: 1 });
  const delivered = await stranger.next("request.status");
  expect(delivered.body).toMatchObject({ thread: asked.thread, state: "delivered" });

  const came = await arrival(sophea);
  expect(came).toBe(asked.thread);
  expect(await view(sophea, came)).toMatchObject({ from: "th", threads: [{ state: "opened" }] });
  const evidence = (await stranger.next("evidence.given")).body;
  expect(evidence).toMatchObject({ letter: sent.id, thread: asked.thread, answer: null, event: "retrieved" });
  const signer = keyFrom((theirs.card as Card).signing, "Ed25519");
  expect(evidenceHolds(evidence, { by: "kh", to: "th" }, signer)).toBe(true);
  expect(evidenceHolds({ ...evidence, event: "not-retrieved" }, { by: "kh", to: "th" }, signer)).toBe(false);
  const { officer } = await sreymom.must<SessionView>("GET", "/api/access/session");
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  const searched = [{ source: "own-cases", by: sreymom.id as never, on: "2031-02-20" }];
  const draft = { ...answer({ kind: "none-held", searched }), confirmH0: false };
  const saved = await sreymom.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, draft);
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(sophea, "release", saved.id);
  await sophea.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });

  const answered = await stranger.next("answer.released");
  expect(answered.body).toMatchObject({ thread: asked.thread, kind: "none-held", records: [] });
  expect(await stranger.send("request.closed", closing(agency(), asked.thread))).toMatchObject({
    outcome: "accepted",
    seq: 2,
  });
  // Cambodia believes the receipts: nothing waits, and everything it numbered is settled.
  const standing = () => ratana.must<PeerView>("GET", "/api/peers/th");
  const settled = await until(standing, (seen) => seen.waiting === 0 && seen.received === 2);
  expect(settled).toMatchObject({ deadLetters: 0, version: { used: 2 } });
  expect(await view(sophea, came)).toMatchObject({ threads: [{ state: "closed" }] });
});

test("what it does not understand is refused by its receipt, and the line goes on", async () => {
  const closed = await stranger.send("request.status", { agency: agency(), thread: agency() });
  expect(closed).toMatchObject({ outcome: "refused", code: "BAD_BODY", seq: 3 });
  const unknown = await stranger.send("weather.told", { agency: agency() });
  expect(unknown).toMatchObject({ outcome: "refused", code: "UNKNOWN_TYPE", seq: 4 });
});
