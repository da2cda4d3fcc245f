// Signed notes and their keys, against C2SP's own example and against everything that is not quite a note.
import { newSigner, nodeVerifying as engine } from "@simpul/store/keys";
import fc from "fast-check";
import { expect, test } from "vitest";
import { concat, fromBase64, toBase64, uint64, utf8 } from "./bytes.ts";
import {
  fromSpki,
  keyName,
  noteTypes,
  parseVerifierKey,
  printVerifierKey,
  toSpki,
  verifierKey,
} from "./index.ts";
import { checkNote, cosignedText, parseNote, printNote, signNote } from "./index.ts";

// From the documentation of Go's golang.org/x/mod/sumdb/note.
const peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const example =
  "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const key = (name: string) => {
  const signer = newSigner();
  return { signer, key: verifierKey(name, noteTypes.ed25519, signer.publicKey, engine) };
};

test("a note that Go's documentation shows is believed", async () => {
  const known = parseVerifierKey(peter, engine);
  expect(printVerifierKey(known)).toBe(peter);
  const note = parseNote(utf8(example));
  expect(printNote(note)).toBe(example);
  expect(await checkNote(note, [known], engine)).toEqual([{ key: known, time: null }]);
});

test("what a key signs reads back, whatever the text says, and no other text does", async () => {
  const { signer, key: own } = key("kh.simpul/main");
  const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\u0000-\u001f]/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 4 }), async (lines) => {
      const text = `${lines.join("\n")}x\n`;
      const printed = printNote({ text, signatures: [await signNote(text, own, signer)] });
      const note = parseNote(utf8(printed));
      expect(note.text).toBe(text);
      expect(await checkNote(note, [own], engine)).toHaveLength(1);
      await expect(checkNote({ ...note, text: `y${text}` }, [own], engine)).rejects.toThrow("BAD_SIGNATURE");
    }),
    { numRuns: 60 },
  );
});

test("lines of unknown keys are passed over, a bad line of a known key condemns the note", async () => {
  const [a, b] = [key("id.simpul/main"), key("ph.simpul/main")];
  const text = "id.simpul/main\n0\n";
  const [first, second] = [await signNote(text, a.key, a.signer), await signNote(text, b.key, b.signer)];
  const note = { text, signatures: [first, second] };
  expect(await checkNote(note, [b.key], engine)).toHaveLength(1);
  expect(await checkNote(note, [key("id.simpul/main").key], engine)).toEqual([]);
  const bad = { ...second, body: second.body.map((byte, i) => (i === 9 ? byte ^ 1 : byte)) };
  expect(await checkNote({ text, signatures: [first, bad] }, [a.key], engine)).toHaveLength(1);
  for (const signatures of [
    [first, bad],
    [second, bad],
    [bad, second],
    [first, { ...second, body: second.body.slice(1) }],
  ])
    await expect(checkNote({ text, signatures }, [a.key, b.key], engine)).rejects.toThrow("BAD_SIGNATURE");
});

test("a line that comes twice counts once", async () => {
  const { signer, key: own } = key("id.simpul/main");
  const line = await signNote("x\n", own, signer);
  expect(await checkNote({ text: "x\n", signatures: [line, line] }, [own], engine)).toHaveLength(1);
});

test("a cosignature vouches for its time and for no other", async () => {
  const signer = newSigner();
  const cosigner = verifierKey("kh.simpul/cosigner", noteTypes.cosignature, signer.publicKey, engine);
  const signature = await signer.sign(cosignedText("x\n", 1_900_000_000));
  const at = (time: Uint8Array) => ({
    text: "x\n",
    signatures: [{ name: cosigner.name, id: cosigner.id, body: concat(time, signature) }],
  });
  expect(await checkNote(at(uint64(1_900_000_000)), [cosigner], engine)).toEqual([
    { key: cosigner, time: 1_900_000_000 },
  ]);
  for (const time of [uint64(1_900_000_001), new Uint8Array(8).fill(0xff), new Uint8Array(0)])
    await expect(checkNote(at(time), [cosigner], engine)).rejects.toThrow("BAD_SIGNATURE");
});

const [, signatureLine] = example.split("\n\n") as [string, string];
const many = (count: number) => `x\n\n${signatureLine.repeat(count)}`;

test("a note with as many signatures as eleven states and their logs need is read, and there is an end to it", () => {
  expect(parseNote(utf8(many(100))).signatures).toHaveLength(100);
  expect(() => parseNote(utf8(many(101)))).toThrow("NOT_A_NOTE");
  expect(() => parseNote(new Uint8Array(1_000_001).fill(0x61))).toThrow("NOT_A_NOTE");
});

test.each([
  ["nothing", ""],
  ["no blank line", `x\n${signatureLine}`],
  ["no signature", "x\n\n"],
  ["no newline at the end", many(1).slice(0, -1)],
  ["a tab", many(1).replace("x", "x\ty")],
  ["a carriage return", many(1).replaceAll("\n", "\r\n")],
  ["a hyphen for the dash", many(1).replace("—", "-")],
  ["two spaces", many(1).replace("— ", "—  ")],
  ["words after the signature", many(1).replace("=\n", "= x\n")],
  ["a plus in the name", many(1).replace("PeterNeumann", "Peter+Neumann")],
  ["a no-break space in the name", many(1).replace("PeterNeumann", "Peter\u00a0Neumann")],
  ["an empty name", many(1).replace("PeterNeumann", "")],
  ["base64 without padding", many(1).replace("=\n", "\n")],
  ["a signature of four bytes", "x\n\n— a AAAAAA==\n"],
  ["a line of text among the signatures", `${many(1)}x\n${signatureLine}`],
])("%s is no note", (_, text) => expect(() => parseNote(utf8(text))).toThrow("NOT_A_NOTE"));

test("bytes that are not UTF-8 are no note", () => {
  expect(() => parseNote(concat(Uint8Array.of(0xc3), utf8(many(1))))).toThrow("NOT_A_NOTE");
});

test.each(["", "x", "\n", "x\u0000\n", "x\r\n", "\ud800\n"])("%j is not signed", async (text) => {
  const { signer, key: own } = key("id.simpul/main");
  await expect(signNote(text, own, signer)).rejects.toThrow("NOT_A_NOTE");
});

test.each([
  ["another id", peter.replace("c74f20a3", "c74f20a4")],
  ["another name", peter.replace("Peter", "Pater")],
  ["upper-case id", peter.replace("c74f20a3", "C74F20A3")],
  ["no name", peter.replace("PeterNeumann", "")],
  ["a space in the name", peter.replace("rN", "r N")],
  ["no key", "PeterNeumann+c74f20a3+"],
  ["a short key", `PeterNeumann+c74f20a3+${toBase64(fromBase64(peter.split("+")[2]!).slice(0, 32))}`],
  ["an unknown type", peter.replace("+ARpc", "+CRpc")],
])("a verifier key with %s is refused", (_, text) =>
  expect(() => parseVerifierKey(text, engine)).toThrow("NOT_A_VERIFIER_KEY"),
);

test("a key goes by the SHA-256 of its SubjectPublicKeyInfo, which only holds Ed25519", () => {
  const { publicKey } = newSigner();
  const der = toSpki(publicKey);
  expect(fromSpki(der)).toEqual(publicKey);
  expect(keyName(publicKey, engine)).toBe(Buffer.from(engine.hash(der)).toString("hex"));
  const x25519 = der.map((byte, i) => (i === 8 ? 0x6e : byte));
  for (const bad of [x25519, der.slice(1), concat(der, Uint8Array.of(0))])
    expect(() => fromSpki(bad)).toThrow("NOT_A_KEY");
  expect(() => toSpki(publicKey.slice(1))).toThrow("NOT_A_KEY");
});
