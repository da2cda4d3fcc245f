// What is signed together stands alone afterwards: each part by its own way to the root, and nothing else under it.
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { lengthen, shorten, signTogether, togetherMost, verifySigned, type Held } from "./together.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const other = generateKeyPairSync("ed25519");
const header = { kid: "kh", typ: "simpul-receipt" };
const leaves = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`leaf ${i}`));
const read = (text: string, held?: Held) =>
  Buffer.from(verifySigned(text, () => publicKey, held).payload).toString();

test("of every size from one to more than a batch each leaf comes back as it was signed", () => {
  for (const count of [1, 2, 3, 5, 8, 63, 64, 65, 130]) {
    const held: Held = new Map();
    const texts = signTogether(header, leaves(count), privateKey);
    expect(texts.map((text) => read(text, held))).toEqual(leaves(count).map(String));
    // One alone behind a full tree is signed by itself.
    const trees = Math.floor(count / togetherMost) + (count % togetherMost > 1 ? 1 : 0);
    expect(held.size).toBe(trees);
  }
  expect(verifySigned(signTogether(header, leaves(3), privateKey)[1]!, () => publicKey).header).toMatchObject(
    header,
  );
});

test("no leaf, place, way or signature can be exchanged for another", () => {
  const [first, second] = signTogether(header, leaves(7), privateKey).map((text) => text.split("~"));
  const [foreign] = signTogether(header, leaves(7), other.privateKey).map((text) => text.split("~"));
  const with_ = (place: number, value: string) =>
    first!.map((one, i) => (i === place ? value : one)).join("~");
  for (const text of [
    with_(0, foreign![0]!),
    ...[1, 2, 3].map((place) => with_(place, second![place]!)),
    with_(1, "7"),
    with_(1, "00"),
    with_(2, `${first![2]!}=`),
    with_(3, `${first![3]!}${first![3]!.slice(0, 43)}`),
    with_(3, ""),
    first!.slice(0, 3).join("~"),
    `${first!.join("~")}~`,
    first![0]!,
  ])
    expect(() => read(text), text.slice(-80)).toThrow();
});

test("a signature that held for one key is looked at again for another", () => {
  const held: Held = new Map();
  const [text] = signTogether(header, leaves(2), privateKey);
  expect(read(text!, held)).toBe("leaf 0");
  expect(() => verifySigned(text!, () => other.publicKey, held)).toThrow();
  expect(read(text!, held)).toBe("leaf 0");
});

test("an answer holds the signature once; what was signed apart stays whole", () => {
  const [early] = signTogether(header, leaves(1), privateKey);
  const texts = [early!, ...signTogether(header, leaves(4), privateKey)];
  const short = shorten(texts);
  expect(short.texts.filter((one) => one.startsWith("~"))).toHaveLength(4);
  expect(lengthen(short.texts, short.signed)).toEqual(texts);
  expect(shorten([early!])).toEqual({ texts: [early], signed: null });
});
