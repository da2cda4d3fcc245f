// Signed statements: who signed is counted by key, and only signed bytes come out.
import { newSigner, nodeVerifying as engine } from "@simpul/store/keys";
import { expect, test } from "vitest";
import { toBase64, utf8 } from "./bytes.ts";
import {
  countersign,
  parseSignedStatement,
  preAuthEncoding,
  signStatement,
  verifyStatement,
} from "./index.ts";
import { keyName } from "./index.ts";

const type = "application/vnd.in-toto+json";
const body = utf8('{"who":"Sreymom"}');
const [officer, node, stranger] = [newSigner(), newSigner(), newSigner()];
const both = [officer.publicKey, node.publicKey];

const countersigned = async () =>
  countersign(await signStatement(type, body, [officer], engine), node, engine);

test("the encoding that is signed is that of the standard's own example", () => {
  expect(
    new TextDecoder().decode(preAuthEncoding("http://example.com/HelloWorld", utf8("hello world"))),
  ).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  // Lengths count bytes, not characters.
  expect(new TextDecoder().decode(preAuthEncoding("ស", utf8("ไทย")))).toBe("DSSEv1 3 ស 9 ไทย");
});

test("an officer's statement that her node countersigned gives its bytes back under both keys", async () => {
  const read = parseSignedStatement(JSON.stringify(await countersigned()));
  expect(await verifyStatement(read, both, engine, 2)).toEqual({ payloadType: type, body, by: both });
});

test("one key that signs twice counts once, also when it is trusted twice", async () => {
  const twice = await signStatement(type, body, [officer, officer], engine);
  await expect(verifyStatement(twice, both, engine, 2)).rejects.toThrow("TOO_FEW_SIGNATURES");
  const trusted = [officer.publicKey, officer.publicKey.slice()];
  await expect(verifyStatement(twice, trusted, engine, 2)).rejects.toThrow("TOO_FEW_SIGNATURES");
  expect((await verifyStatement(twice, trusted, engine)).by).toHaveLength(1);
});

test("the key's name beside a signature is a hint and proves nothing", async () => {
  const signed = await signStatement(type, body, [stranger], engine);
  signed.signatures[0]!.keyid = keyName(officer.publicKey, engine);
  await expect(verifyStatement(signed, both, engine)).rejects.toThrow("TOO_FEW_SIGNATURES");
  const own = await signStatement(type, body, [officer], engine);
  own.signatures[0]!.keyid = "";
  expect((await verifyStatement(own, both, engine)).by).toEqual([officer.publicKey]);
});

test("another type, another body or another signature is not what was signed", async () => {
  const signed = await countersigned();
  for (const altered of [
    { ...signed, payloadType: `${type};v=2` },
    { ...signed, payload: toBase64(utf8('{"who":"Sreymon"}')) },
    {
      ...signed,
      signatures: signed.signatures.map((one) => ({ ...one, sig: toBase64(new Uint8Array(64)) })),
    },
    { ...signed, signatures: signed.signatures.map((one) => ({ ...one, sig: "" })) },
  ])
    await expect(verifyStatement(altered, both, engine)).rejects.toThrow("TOO_FEW_SIGNATURES");
  await expect(verifyStatement(signed, both, engine, 0)).rejects.toThrow("TOO_FEW_SIGNATURES");
  await expect(verifyStatement(signed, both, engine, Number.NaN)).rejects.toThrow("TOO_FEW_SIGNATURES");
});

test("a statement in the URL-safe alphabet is the same statement", async () => {
  const wide = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
  const signed = await signStatement(type, wide, [officer], engine);
  const url = (text: string) => text.replaceAll("+", "-").replaceAll("/", "_");
  const other = {
    ...signed,
    payload: url(signed.payload),
    signatures: signed.signatures.map((one) => ({ ...one, sig: url(one.sig) })),
  };
  expect((await verifyStatement(other, both, engine)).body).toEqual(wide);
  const mixed = { ...signed, payload: `${signed.payload.slice(0, -4)}-/AA` };
  await expect(verifyStatement(mixed, both, engine)).rejects.toThrow("NOT_BASE64");
});

test.each([
  ["nothing", ""],
  ["a list", "[]"],
  ["null", "null"],
  ["no payload", `{"payloadType":"x","signatures":[{"sig":"AA=="}]}`],
  ["no type", `{"payload":"","signatures":[{"sig":"AA=="}]}`],
  ["no signature", `{"payloadType":"x","payload":"","signatures":[]}`],
  ["a signature that is null", `{"payloadType":"x","payload":"","signatures":[null]}`],
  ["a key name that is a number", `{"payloadType":"x","payload":"","signatures":[{"sig":"","keyid":1}]}`],
  [
    "seventeen signatures",
    JSON.stringify({
      payloadType: "x",
      payload: "",
      signatures: Array.from({ length: 17 }, () => ({ sig: "" })),
    }),
  ],
])("%s is no signed statement", (_, text) =>
  expect(() => parseSignedStatement(text)).toThrow("NOT_A_SIGNED_STATEMENT"),
);

test("a statement over a megabyte is neither signed nor read", async () => {
  await expect(signStatement(type, new Uint8Array(1024 * 1024 + 1), [officer], engine)).rejects.toThrow(
    "TOO_LARGE",
  );
  expect(() => parseSignedStatement(" ".repeat(3 * 1024 * 1024))).toThrow("TOO_LARGE");
});
