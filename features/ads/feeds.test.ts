// Feeds by their address, from a real server with real faults: off until an administrator says otherwise, and nothing doubled.
import { gzipSync } from "node:zlib";
import { fetchPublic } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { adsNode, casesNode } from "@simpul/server";
import { nations, type Nation, type Person } from "@simpul/testing";
import { openServer, type OpenServer } from "../../testing/open-server.ts";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { InboxView } from "../inbox/contract.ts";
import type { AdvertHead, Feed } from "./contract.ts";
import { feedsDue, fetchFeed } from "./feeds.ts";
import type { AdsNode } from "./node.ts";

let id: Nation, node: AdsNode, server: OpenServer;
let sari: Person, tono: Person;
let source: Id;
const feed = (...entries: readonly (readonly [name: string, text: string])[]): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel>${entries
    .map(
      ([name, text]) =>
        `<item><guid>${name}</guid><title>LATIHAN</title><description>${text}</description></item>`,
    )
    .join("")}</channel></rss>`;
const says = (body: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  server.answer((_, out) => out.writeHead(status, headers).end(body));
const view = async (who = sari): Promise<Feed> =>
  (await who.must<{ feeds: Feed[] }>("GET", "/api/ads/feeds")).feeds.find((one) => one.source === source)!;
const adverts = async (): Promise<number> =>
  (await sari.must<{ adverts: AdvertHead[] }>("GET", `/api/ads/adverts?source=${source}`)).adverts.length;
const code = async (who: Person, path: string, body: unknown): Promise<string> =>
  (await who.ask<{ error?: { code: string } } | null>("POST", path, body)).body?.error?.code ?? "";

beforeAll(async () => {
  [{ id }, server] = await Promise.all([nations("id"), openServer()]);
  [sari, tono] = [await id.as("sari"), await id.as("tono")];
  node = {
    ...adsNode(id.node, casesNode(id.node)),
    outward: (address, last) => fetchPublic(address, last, server.settings),
  };
  const ask = {
    name: "EXERCISE board",
    kind: "feed",
    origin: "EXERCISE",
    legalBasis: "UU 21/2007",
    daily: 5,
  };
  ({ id: source } = await sari.must<{ id: Id }>("POST", "/api/ads/sources", {
    ...{ ...ask, givenBy: "EXERCISE", region: "ID" },
  }));
}, 120_000);
afterAll(() => server.close());

test("a feed is off until an administrator switches it on, with its legal basis before her", async () => {
  const ask = { address: `${server.address}/feed`, legalBasis: "LATIHAN UU ITE", minutes: 30 };
  for (const address of ["http://example.org/", "https://a:b@example.org/", "no address"])
    expect(await code(sari, `/api/ads/sources/${source}/feed`, { ...ask, address })).toBe("NOT_AN_ADDRESS");
  await sari.must("POST", `/api/ads/sources/${source}/feed`, ask);
  expect(await view()).toMatchObject({ on: false, legalBasis: ask.legalBasis, nextAt: null });
  await fetchFeed(node, source);
  expect(server.asked).toHaveLength(0);
  expect(await code(sari, `/api/ads/feeds/${source}/switch`, { on: true })).toBe("NOT_ALLOWED");
  expect(await code(tono, `/api/ads/sources/${source}/feed`, ask)).toBe("NOT_ALLOWED");
  expect(await view(tono)).toMatchObject({ name: "EXERCISE board", legalBasis: ask.legalBasis });
  // It waits in her inbox by its host alone, until she has said yes or no.
  const waits = async (who: Person): Promise<string[]> =>
    (await who.must<InboxView>("GET", "/api/inbox")).entries
      .filter(({ kind }) => kind === "advert-feed")
      .map(({ title }) => title);
  expect(await waits(tono)).toEqual([new URL(server.address).host]);
  expect(await waits(sari)).toEqual([]);
  await tono.must("POST", `/api/ads/feeds/${source}/switch`, { on: true });
  expect(await waits(tono)).toEqual([]);
  expect(await view()).toMatchObject({ on: true, nextAt: expect.any(String) as string });
});

test("its entries come once, also where their text changes a little, and the same answer is not sent again", async () => {
  says(gzipSync(feed(["a", "admin di Sihanoukville"], ["b", "kasir di Medan"])), {
    ...{ "content-encoding": "gzip", etag: '"1"' },
  });
  await fetchFeed(node, source);
  expect(await view()).toMatchObject({ taken: 2, fault: null, failures: 0 });
  says(
    feed(["a", "admin di Sihanoukville, dilihat 7 kali"], ["b", "kasir di Medan"], ["c", "kasir di Medan"]),
    {
      etag: '"2"',
    },
  );
  await fetchFeed(node, source);
  // The third entry is the second's text under another name.
  expect(await view()).toMatchObject({ taken: 2 });
  expect(await adverts()).toBe(2);
  says("", {}, 304);
  await fetchFeed(node, source);
  expect(server.asked.at(-1)!.headers["if-none-match"]).toBe('"2"');
  expect(await view()).toMatchObject({ taken: 2, fault: null });
});

test("what does not fit into the source's day is asked for again", async () => {
  says(feed(...["d", "e", "f", "g"].map((one) => [one, `lowongan ${one.repeat(9)}`] as const)), {
    etag: '"3"',
  });
  await fetchFeed(node, source);
  expect(await adverts()).toBe(5);
  id.clock.offMs = 86_400_000;
  await fetchFeed(node, source);
  expect(server.asked.at(-1)!.headers["if-none-match"]).toBeUndefined();
  id.clock.offMs = 0;
  sari = await id.as("sari");
  tono = await id.as("tono");
  expect(await adverts()).toBe(6);
});

test("what is torn, a bomb or no feed is refused, said in words, and asked for ever more seldom", async () => {
  const waits: number[] = [];
  for (const [body, fault] of [
    ["<rss><channel><item><title>torn", "NOT_READABLE"],
    [`<!DOCTYPE a [<!ENTITY b "${"c".repeat(99)}">]><rss>&b;</rss>`, "NOT_READABLE"],
    ["<html><body>sign in</body></html>", "NOT_READABLE"],
    [Buffer.alloc(200_000, 32), "TOO_LARGE"],
  ] as const) {
    says(body);
    await fetchFeed(node, source);
    const { fault: said, nextAt } = await view();
    expect(said).toBe(fault);
    waits.push(Date.parse(nextAt!) - id.node.clock.now().getTime());
  }
  expect(await view()).toMatchObject({ failures: 4, on: true });
  expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
  expect(waits[3]! / waits[0]!).toBeGreaterThan(7);
  says("", { "retry-after": "43200" }, 503);
  await fetchFeed(node, source);
  expect(Date.parse((await view()).nextAt!) - id.node.clock.now().getTime()).toBeGreaterThan(43_000_000);
  expect(await adverts()).toBe(6);
  // An empty feed is one; after it the usual pace is back.
  says(feed());
  await fetchFeed(node, source);
  expect(await view()).toMatchObject({ failures: 0, fault: null });
});

test("by the clock the node's own door asks, and reaches nothing inside the house", async () => {
  await tono.must("POST", `/api/ads/feeds/${source}/switch`, { on: true });
  const before = server.asked.length;
  await feedsDue(node);
  await expect.poll(async () => (await view()).fault, { timeout: 20_000 }).toBe("PRIVATE_ADDRESS");
  expect(server.asked).toHaveLength(before);
  // Another address waits for the administrator anew.
  const ask = { address: "https://example.org/feed", legalBasis: "LATIHAN", minutes: 60 };
  await sari.must("POST", `/api/ads/sources/${source}/feed`, ask);
  expect(await view()).toMatchObject({ on: false, fault: null });
});
