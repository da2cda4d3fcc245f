// The door to the open net, against a real server of the worst kind.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, type OpenServer } from "../../testing/open-server.ts";
import { fetchPublic, isPublicAddress, publicUrl, type OutwardSettings, type Remembered } from "./outward.ts";

let server: OpenServer;
let base: string;
let settings: OutwardSettings;
const nothing: Remembered = { etag: null, modified: null };
const get = (path = "/", last = nothing) => fetchPublic(`${base}${path}`, last, settings);

beforeAll(async () => {
  server = await openServer();
  ({ address: base, settings } = server);
});
afterAll(() => server.close());

test("a file comes as it is, packed or not, and is not sent again while it is the same", async () => {
  server.answer((one, out) => {
    if (one.headers["if-none-match"] === '"1"') out.writeHead(304).end();
    else out.writeHead(200, { etag: '"1"', "content-encoding": "gzip", "set-cookie": "a=b" }).end(gzipSync("<rss/>")); // prettier-ignore
  });
  const first = await get();
  expect(first).toMatchObject({ kind: "new", bytes: Buffer.from("<rss/>"), etag: '"1"' });
  expect(await get("/", { etag: '"1"', modified: null })).toEqual({ kind: "same" });
  for (const one of server.asked) {
    expect(one.headers.cookie).toBeUndefined();
    expect(one.headers["user-agent"]).toBe("Simpul");
    expect(Object.keys(one.headers)).not.toContain("referer");
  }
});

test("a redirect is followed only to the open net and over https, and not for ever", async () => {
  const { port } = new URL(base);
  const to = (place: string) => {
    server.answer((_, out) => out.writeHead(302, { location: place }).end());
    return get();
  };
  await expect(to(`https://127.0.0.2:${port}/`)).rejects.toMatchObject({ code: "PRIVATE_ADDRESS" });
  await expect(to(`https://[::1]:${port}/`)).rejects.toMatchObject({ code: "PRIVATE_ADDRESS" });
  await expect(to("https://169.254.169.254/")).rejects.toMatchObject({ code: "PRIVATE_ADDRESS" });
  await expect(to(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: "NOT_HTTPS" });
  await expect(to("/again")).rejects.toMatchObject({ code: "TOO_MANY_REDIRECTS" });
  server.answer((one, out) =>
    one.url === "/new" ? out.end("<rss/>") : out.writeHead(301, { location: "/new" }).end(),
  );
  expect(await get("/old")).toMatchObject({ kind: "new" });
});

test("what is slow, huge, torn or swells is let go, and what is refused is said with its time", async () => {
  server.answer((_, out) => void out.writeHead(200).write("<rss>"));
  await expect(get()).rejects.toMatchObject({ code: "TIMEOUT" });
  server.answer((_, out) => out.end(Buffer.alloc(200_000)));
  await expect(get()).rejects.toMatchObject({ code: "TOO_LARGE" });
  server.answer((_, out) => {
    const more = (): void => {
      while (out.write(Buffer.alloc(60_000)));
    };
    out.on("drain", more);
    more();
  });
  await expect(get()).rejects.toMatchObject({ code: "TOO_LARGE" });
  // A hundred megabytes of nothing in a hundred kilobytes.
  const bomb = gzipSync(Buffer.alloc(90_000_000));
  expect(bomb.length).toBeLessThan(100_000);
  server.answer((_, out) => out.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
  await expect(get()).rejects.toMatchObject({ code: "TOO_LARGE" });
  server.answer((_, out) => out.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"));
  await expect(get()).rejects.toMatchObject({ code: "NOT_UNPACKED" });
  server.answer((_, out) => out.writeHead(200, { "content-encoding": "br" }).end("x"));
  await expect(get()).rejects.toMatchObject({ code: "NOT_UNPACKED" });
  server.answer((_, out) => {
    out.writeHead(200, { "content-length": "100" }).write("<rss>");
    setTimeout(() => out.destroy(), 20);
  });
  await expect(get()).rejects.toMatchObject({ code: "UNREACHABLE" });
  server.answer((_, out) => out.writeHead(429, { "retry-after": "600" }).end());
  await expect(get()).rejects.toMatchObject({ code: "BAD_STATUS", after: 600 });
});

test("nobody is reached inside the house, and nobody whose certificate does not hold", async () => {
  await expect(fetchPublic(base, nothing, { limit: 10, timeoutMs: 500 })).rejects.toMatchObject({
    code: "PRIVATE_ADDRESS",
  });
  const { trust: _trust, ...without } = settings;
  await expect(fetchPublic(base, nothing, without)).rejects.toMatchObject({ code: "UNREACHABLE" });
  for (const address of ["http://a.example/", "https://u:p@a.example/", "file:///etc/passwd", "no address"])
    expect(() => publicUrl(address)).toThrow("NOT_HTTPS");
  for (const address of [
    ...["10.1.2.3", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0"],
    ...[
      "224.0.0.1",
      "255.255.255.255",
      "::1",
      "::",
      "fe80::1",
      "fd00::1",
      "::ffff:10.0.0.1",
      "64:ff9b::a00:1",
    ],
    ...["2002:7f00:1::", "ff02::1", "2001:db8::1", "localhost", ""],
  ])
    expect(isPublicAddress(address), address).toBe(false);
  for (const address of ["1.1.1.1", "103.21.244.1", "2606:4700::1111", "2404:6800:4003::8a"])
    expect(isPublicAddress(address), address).toBe(true);
});
