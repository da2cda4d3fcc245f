// Signed requests: every covered part counts, the clock counts, and nothing else passes.
import fc from "fast-check";
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { signRequest, verifyRequest, type SignedParts } from "./signatures.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const at = new Date("2031-07-04T08:00:00Z");
const nonce = new Uint8Array(16).fill(3);
const parts: SignedParts = {
  method: "POST",
  path: "/simpul/1/envelopes?id=1&seq=2",
  from: "id",
  to: "kh",
  version: "1",
  body: new TextEncoder().encode("sealed"),
};
const headers = { ...signRequest(parts, privateKey, at, nonce) };
const code = (change: Partial<SignedParts>, seen: Record<string, string> = {}, now = at) => {
  try {
    verifyRequest({ ...parts, ...change }, { ...headers, ...seen }, publicKey, now);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test("what was signed passes, with its nonce for the replay book", () => {
  expect(verifyRequest(parts, headers, publicKey, at)).toEqual({
    created: at,
    nonce: "AwMDAwMDAwMDAwMDAwMDAw",
  });
});

test.each<[string, Partial<SignedParts>]>([
  ["another method", { method: "GET" }],
  ["another path", { path: "/simpul/1/heads?id=1&seq=2" }],
  ["another query", { path: "/simpul/1/envelopes?id=1&seq=3" }],
  ["no query", { path: "/simpul/1/envelopes" }],
  ["another sender", { from: "ph" }],
  ["another recipient", { to: "ph" }],
  ["another version", { version: "2" }],
  ["another body", { body: new Uint8Array(1) }],
])("%s under the same signature is refused", (_, change) => {
  expect(code(change)).toBe("BAD_SIGNATURE");
});

test("parts left uncovered, other algorithms and other keys' names are refused", () => {
  const input = headers["signature-input"];
  for (const bad of [
    "",
    input.replace(' "content-digest"', ""),
    input.replace("ed25519", "none"),
    input.replace('keyid="id"', 'keyid="kh"'),
    input.replace(';tag="simpul"', ""),
    input.replace("created=", "created=1"),
    `${input}, other=()`,
  ])
    expect(code({}, { "signature-input": bad })).toBe("BAD_SIGNATURE");
  expect(code({}, { signature: "simpul=::" })).toBe("BAD_SIGNATURE");
  expect(code({}, { "content-digest": "sha-256=:AAAA:" })).toBe("BAD_SIGNATURE");
});

test("a minute either way is a clock; more is a clock that is off", () => {
  const after = (seconds: number) => code({}, {}, new Date(at.getTime() + seconds * 1000));
  expect([-60, 0, 60].map(after)).toEqual(["accepted", "accepted", "accepted"]);
  expect([-61, 61, 3600, -3600].map(after)).toEqual(Array(4).fill("CLOCK_OFF"));
});

test("no changed character in any header passes", () => {
  const names = Object.keys(headers).filter(
    (name) => !name.startsWith("simpul-"),
  ) as (keyof typeof headers)[];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.constantFrom("A", "z", "0", "=", '"', " "),
      (name, place, letter) => {
        const text = headers[name];
        const i = place % text.length;
        fc.pre(text[i] !== letter);
        expect(code({}, { [name]: text.slice(0, i) + letter + text.slice(i + 1) })).toBe("BAD_SIGNATURE");
      },
    ),
  );
});
