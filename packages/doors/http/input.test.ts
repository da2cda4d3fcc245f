// What is refused before any route reads it: too large, too deep, and letters that no record can hold.
import { expect, test } from "vitest";
import { api } from "./api.ts";
import { faultIn, inputLimits, soundAddress, soundBody } from "./input.ts";
import { text } from "./values.ts";

const app = api();
app.use(soundAddress());
app.use(soundBody((path) => path === "/bytes"));
app.post("/json", async (c) => c.json({ got: await c.req.json() }));
app.post("/bytes", async (c) => c.json({ size: (await c.req.arrayBuffer()).byteLength }));
app.get("/json", (c) => c.text("here"));

const post = (body: string | ReadableStream, path = "/json") =>
  app.request(path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
    ...(typeof body === "string" ? {} : { duplex: "half" }),
  });

test("what a page sends comes in whole, and can be read by the route that follows", async () => {
  const said = { text: 'សួស្តី \\u0000 written out, and a " in it', list: [[{ a: [1] }]] };
  expect(await (await post(JSON.stringify(said))).json()).toEqual({ got: said });
});

test("a body too deep is refused by its letters, not by a stack that ran over", async () => {
  for (const text of ["[".repeat(1_000_000), `{"a":`.repeat(200_000), `${"[".repeat(33)}${"]".repeat(33)}`])
    expect(await (await post(text)).json()).toMatchObject({
      error: { code: "BAD_INPUT", fields: [{ code: "TOO_DEEP" }] },
    });
  expect(faultIn(`${"[".repeat(32)}${"]".repeat(32)}`)).toBeNull();
  expect(faultIn(JSON.stringify("[".repeat(100)))).toBeNull();
});

test("a body too large is refused, whether or not it says its size", async () => {
  expect((await post(`"${"x".repeat(inputLimits.bytes)}"`)).status).toBe(413);
  const piece = new TextEncoder().encode("x".repeat(65_536));
  let sent = 0;
  const endless = new ReadableStream({
    pull: (into) => (++sent > 64 ? into.close() : into.enqueue(piece)),
  });
  expect((await post(endless)).status).toBe(413);
  expect(await (await post("x".repeat(3_000_000), "/bytes")).json()).toEqual({ size: 3_000_000 });
});

test("a NUL is refused however it is written, in a body and in an address", async () => {
  for (const text of ['{"a":"\\u0000"}', '{"a":"\0"}', '{"\\u0000":1}'])
    expect((await post(text)).status).toBe(422);
  expect((await app.request("/json?q=a%00b")).status).toBe(422);
  expect((await app.request(`/json?q=${"x".repeat(9000)}`)).status).toBe(414);
  expect((await app.request("/json?q=%2500")).status).toBe(200);
});

test("text has line breaks and tabs, whole signs of every script, and nothing that a database cannot keep", () => {
  for (const fits of ["baris\n\tkedua", "ភ្នំពេញ", "陈伟 🙂", "မြန်မာ"])
    expect(text(1, 40).parse(fits)).toBe(fits);
  for (const not of ["\u0000", "a\u001b[2J", "\ud800", "\udc00\ud800", "🙂".slice(0, 1)])
    expect(text(1, 40).safeParse(not).success, JSON.stringify(not)).toBe(false);
});
