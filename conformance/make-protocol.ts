// Makes the vectors of the wire anew, with keys that are for nothing else: `npx tsx conformance/make-protocol.ts`; or, by
// their names, some of them alone (`… envelopes/valid/plain`), for the bytes of the others would be others each time.
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Digest, Id, NodeCode } from "@simpul/model";
import { signList } from "../packages/exchange/agencies.ts";
import { chunkBytes, sealChunk } from "../packages/exchange/attachments.ts";
import { cardFingerprint } from "../packages/exchange/card.ts";
import {
  sealEnvelope,
  sealSigned,
  sealTogether,
  signBytes,
  type Envelope,
} from "../packages/exchange/envelope.ts";
import { rawPublic, type AgencyKey } from "../packages/exchange/keys.ts";
import { signReceipt, signReceipts, type Receipt } from "../packages/exchange/receipt.ts";
import { contentDigest, signRequest } from "../packages/exchange/signatures.ts";
import { signTogether } from "../packages/exchange/together.ts";

const folder = fileURLToPath(new URL("./protocol/", import.meta.url));
const sha256 = (value: string | Uint8Array): Buffer => createHash("sha256").update(value).digest();

/** Private keys from public words: everybody can make them, so nobody may use them. */
function key(crv: "Ed25519" | "X25519", words: string): { key: KeyObject; open: KeyObject; jwk: object } {
  const prefix = crv === "Ed25519" ? "302e020100300506032b657004220420" : "302e020100300506032b656e04220420";
  const der = Buffer.concat([Buffer.from(prefix, "hex"), sha256(`simpul conformance, ${words}`)]);
  const made = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { key: made, open: createPublicKey(made), jwk: made.export({ format: "jwk" }) };
}

const agencyId = (n: number): Id => Id.parse(`018f0000-0000-7000-8000-00000000000${n}`);
const state = (code: string, agency: Id) => ({
  code: NodeCode.parse(code),
  signing: key("Ed25519", `${code} signing`),
  sealing: key("X25519", `${code} sealing`),
  tls: key("Ed25519", `${code} tls`),
  agency,
  by: key("Ed25519", `${code} agency`),
});
const id = state("id", agencyId(1));
const kh = state("kh", agencyId(2));
const stranger = key("Ed25519", "stranger");
const by: AgencyKey = { agency: id.agency, privateKey: id.by.key };

const chosen = process.argv.slice(2);

function keep(name: string, vector: object): void {
  if (chosen.length > 0 && !chosen.includes(name)) return;
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}
const nodeKeys = (of: typeof id) => ({
  signing: of.signing.jwk,
  sealing: of.sealing.jwk,
  agencies: { [of.agency]: of.by.jwk },
});

const plain: Envelope = {
  v: 2,
  id: Id.parse("018f0000-0000-7000-8000-0000000000aa"),
  type: "request.sent",
  from: id.code,
  to: kh.code,
  agency: id.agency,
  seq: 1,
  at: "2031-03-04T03:00:00.000Z",
  urgent: false,
  body: { asks: "ឈ្មោះ និងលេខទូរសព្ទ", exercise: true },
  attachments: [],
};
const thirdOf = (n: number): Id =>
  Id.parse(`018f0000-0000-7000-8000-0000000001${String(n).padStart(2, "0")}`);
const excluded = [
  { id: Id.parse("018f0000-0000-7000-8000-0000000000e1"), kind: "desk" as const, who: String(agencyId(7)) },
  { id: Id.parse("018f0000-0000-7000-8000-0000000000e2"), kind: "officer" as const, who: "KH-4471" },
];
const named = { from: "id", to: "kh" };
const padTo = (bare: object, size = 1024): string => {
  const length = Buffer.byteLength(JSON.stringify({ ...bare, pad: "" }));
  return JSON.stringify({ ...bare, pad: "0".repeat(Math.max(0, size - length)) });
};

async function envelopes(): Promise<void> {
  const seal = (envelope: Envelope) => sealEnvelope(envelope, by, kh.sealing.open);
  const valid = async (name: string, envelope: Envelope) =>
    keep(`envelopes/valid/${name}`, {
      kind: "envelope",
      ...named,
      sealed: await seal(envelope),
      opens: envelope,
    });
  await valid("plain", plain);
  await valid("urgent", { ...plain, urgent: true });
  await valid("void", { ...plain, type: "simpul.void", body: {} });
  await valid("large", { ...plain, body: { text: "ยาว".repeat(900) } });
  await valid("with-a-file", {
    ...plain,
    attachments: [
      { digest: Digest.parse("0".repeat(64)), size: 65_537, key: sha256("file").toString("base64url") },
    ],
  });
  await valid("excluded", { ...plain, v: 3, excluded });
  // Three under one signature; the last has no neighbour on the lowest level.
  const three = [1, 2, 3].map((seq) => ({ ...plain, v: 4, id: thirdOf(seq), seq }));
  const sealedThree = await sealTogether(three, by, kh.sealing.open);
  for (const [i, name] of ["signed-together", "signed-together-2", "signed-together-3"].entries())
    keep(`envelopes/valid/${name}`, {
      kind: "envelope",
      ...named,
      sealed: sealedThree[i],
      opens: three[i],
    });

  const invalid = (name: string, refused: string, sealed: string, more: object = {}) =>
    keep(`envelopes/invalid/${name}`, { kind: "envelope", refused, ...named, ...more, sealed });
  const signed = (text: string, who: AgencyKey = by) => signBytes(Buffer.from(text), who);
  const sealText = async (text: string) => sealSigned(await signed(text), kh.code, kh.sealing.open);
  const whole = await seal(plain);
  const parts = whole.split(".");
  const turned = parts.map((one, i) => (i === 3 ? (one.startsWith("A") ? "B" : "A") + one.slice(1) : one));
  invalid("altered", "NOT_OPENED", turned.join("."));
  const leaves = three.map((one) => Buffer.from(padTo(one)));
  const texts = signTogether({ kid: id.agency, typ: "simpul-envelope" }, leaves, by.privateKey);
  const together = async (name: string, change: (parts: string[]) => string[]) =>
    invalid(
      `signed-together-${name}`,
      "BAD_SIGNATURE",
      await sealSigned(change(texts[0]!.split("~")).join("~"), kh.code, kh.sealing.open),
    );
  await together("another-leaf", ([jws, place, , way]) => [jws!, place!, texts[1]!.split("~")[2]!, way!]);
  await together("another-place", ([jws, , leaf, way]) => [jws!, "1", leaf!, way!]);
  await together("short-way", ([jws, place, leaf, way]) => [jws!, place!, leaf!, way!.slice(0, -43)]);
  await together("without-way", ([jws, place, leaf]) => [jws!, place!, leaf!]);
  await together("place-with-a-zero", ([jws, place, leaf, way]) => [jws!, `0${place}`, leaf!, way!]);
  await together("the-root-alone", ([jws]) => [jws!]);
  invalid("cut-short", "NOT_OPENED", parts.slice(0, 4).join("."));
  invalid(
    "sealed-to-another",
    "NOT_OPENED",
    await sealSigned(await signed(padTo(plain)), kh.code, id.sealing.open),
  );
  invalid("not-signed", "BAD_SIGNATURE", await sealSigned(padTo(plain), kh.code, kh.sealing.open));
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const payload = Buffer.from(padTo(plain)).toString("base64url");
  invalid("alg-none", "BAD_SIGNATURE", await sealSigned(`${none}.${payload}.`, kh.code, kh.sealing.open));
  const forged = await signed(padTo(plain), { agency: id.agency, privateKey: stranger.key });
  invalid("another-key", "BAD_SIGNATURE", await sealSigned(forged, kh.code, kh.sealing.open));
  const unknown = await signed(padTo({ ...plain, agency: agencyId(9) }), {
    agency: agencyId(9),
    privateKey: stranger.key,
  });
  invalid("unknown-agency", "UNKNOWN_AGENCY", await sealSigned(unknown, kh.code, kh.sealing.open));
  invalid("newer-version", "NEWER_VERSION", await sealText(padTo({ ...plain, v: 5, colour: "blue" })));
  invalid("other-sender", "SENDER_MISMATCH", await sealText(padTo({ ...plain, from: "ph" })));
  invalid("other-recipient", "SENDER_MISMATCH", await sealText(padTo({ ...plain, to: "ph" })));
  invalid("other-agency", "SENDER_MISMATCH", await sealText(padTo({ ...plain, agency: agencyId(3) })));
  const not = async (name: string, change: object) =>
    invalid(name, "NOT_AN_ENVELOPE", await sealText(padTo({ ...plain, ...change })));
  invalid("not-json", "NOT_AN_ENVELOPE", await sealText("hello"));
  await not("unknown-member", { colour: "blue" });
  await not("without-urgent", { urgent: undefined });
  await not("urgent-in-version-1", { v: 1, urgent: true });
  await not("excluded-in-version-2", { excluded });
  await not("excluded-nobody", { v: 3, excluded: [] });
  await not("excluded-with-reason", { v: 3, excluded: [{ ...excluded[0], reason: "suspected" }] });
  await not("without-body", { body: undefined });
  await not("number-zero", { seq: 0 });
  await not("type-of-one-word", { type: "request" });
  await not("local-time", { at: "2031-03-04T10:00:00+07:00" });
  await not("short-key", { attachments: [{ digest: "0".repeat(64), size: 1, key: "AAAA" }] });
  invalid("speaking-pad", "NOT_AN_ENVELOPE", await sealText(JSON.stringify({ ...plain, pad: "secret" })));
}

async function receipts(): Promise<void> {
  const says: Receipt = {
    ...{ v: 1, id: plain.id, seq: 1, by: kh.code, from: id.code },
    sealed: Digest.parse(sha256("sealed").toString("hex")),
    ...{ at: "2031-03-04T03:00:01.000Z", outcome: "accepted" },
  };
  const refusal: Receipt = { ...says, outcome: "refused", code: "UNKNOWN_TYPE" };
  const expected = { by: "kh", from: "id", id: plain.id, seq: 1 };
  const valid = async (name: string, one: Receipt) =>
    keep(`receipts/valid/${name}`, {
      kind: "receipt",
      ...expected,
      receipt: await signReceipt(one, kh.signing.key),
      says: one,
    });
  await valid("accepted", says);
  await valid("refused", refusal);
  const invalid = (name: string, receipt: string) =>
    keep(`receipts/invalid/${name}`, { kind: "receipt", refused: "NOT_A_RECEIPT", ...expected, receipt });
  const three = [1, 2, 3].map((seq) => ({ ...says, id: seq === 1 ? says.id : thirdOf(seq), seq }));
  const texts = await signReceipts(three, kh.signing.key);
  keep("receipts/valid/signed-together", {
    kind: "receipt",
    ...expected,
    receipt: texts[0],
    says: three[0],
  });
  const good = await signReceipt(says, kh.signing.key);
  invalid(
    "altered",
    good.replace(/\.[^.]{20}/, (some) => some.slice(0, 20) + (some.endsWith("A") ? "B" : "A")),
  );
  const [jws, place, leaf, way] = texts[0]!.split("~") as [string, string, string, string];
  invalid("signed-together-another-way", [jws, place, leaf, texts[1]!.split("~")[3]].join("~"));
  invalid("signed-together-another-place", [jws, "2", leaf, way].join("~"));
  invalid("signed-together-the-root-alone", jws);
  const byId = await signReceipts(three, id.signing.key);
  invalid("signed-together-by-the-sender", byId[0]!);
  invalid("signed-together-for-another-envelope", texts[1]!);
  invalid("signed-by-the-sender", await signReceipt(says, id.signing.key));
  invalid(
    "for-another-envelope",
    await signReceipt({ ...says, id: Id.parse("018f0000-0000-7000-8000-0000000000bb") }, kh.signing.key),
  );
  invalid("for-another-number", await signReceipt({ ...says, seq: 2 }, kh.signing.key));
  invalid("to-another-state", await signReceipt({ ...says, from: NodeCode.parse("ph") }, kh.signing.key));
  invalid("refused-without-code", await signReceipt({ ...says, outcome: "refused" }, kh.signing.key));
  invalid(
    "another-type",
    await signBytes(Buffer.from(JSON.stringify(says)), { agency: kh.agency, privateKey: kh.signing.key }),
  );
}

function requests(): void {
  const at = new Date("2031-03-04T03:00:00Z");
  const nonce = sha256("nonce").subarray(0, 16);
  const body = Buffer.from("sealed bytes");
  const asked = { method: "POST", path: `/simpul/1/envelopes?id=${plain.id}&seq=1` };
  const parts = { ...asked, from: "id", to: "kh", version: "1", body };
  const headers = { ...signRequest(parts, id.signing.key, at, nonce) };
  const vector = {
    ...{ kind: "request", ...asked, headers, body: body.toString("base64") },
    ...{ now: at.toISOString(), nonce: nonce.toString("base64url") },
  };
  keep("requests/valid/post", vector);
  keep("requests/valid/a-minute-late", { ...vector, now: "2031-03-04T03:01:00.000Z" });
  const get = { method: "GET", path: "/simpul/1/heads" };
  const bare = signRequest({ ...parts, ...get, body: new Uint8Array() }, id.signing.key, at, nonce);
  keep("requests/valid/get-without-query", { ...vector, ...get, headers: bare, body: "" });
  const invalid = (name: string, change: object, refused = "BAD_SIGNATURE") =>
    keep(`requests/invalid/${name}`, { ...vector, refused, ...change });
  const input = headers["signature-input"];
  const resign = (parameters: string, lines: string[]) => ({
    ...headers,
    "signature-input": `simpul=${parameters}`,
    signature: `simpul=:${sign(null, Buffer.from([...lines, `"@signature-params": ${parameters}`].join("\n")), id.signing.key).toString("base64")}:`,
  });
  invalid("clock-ahead", { now: "2031-03-04T02:58:59.000Z" }, "CLOCK_OFF");
  invalid("clock-behind", { now: "2031-03-04T03:01:01.000Z" }, "CLOCK_OFF");
  invalid(
    "of-an-exercise",
    { headers: signRequest({ ...parts, exercise: true }, id.signing.key, at, nonce) },
    "EXERCISE_APART",
  );
  invalid("other-path", { path: asked.path.replace("seq=1", "seq=2") });
  invalid("other-method", { method: "PUT" });
  invalid("other-recipient", { headers: { ...headers, "simpul-to": "ph" } });
  invalid("other-body", { body: Buffer.from("other bytes!").toString("base64") });
  const other = contentDigest(Buffer.from("other bytes!"));
  invalid("other-body-and-digest", {
    body: Buffer.from("other bytes!").toString("base64"),
    headers: { ...headers, "content-digest": other },
  });
  invalid("other-algorithm", {
    headers: { ...headers, "signature-input": input.replace("ed25519", "rsa-v1_5-sha256") },
  });
  const few = input.slice("simpul=".length).replace('"@query" ', "");
  invalid("query-not-covered", {
    headers: resign(few, [
      `"@method": POST`,
      `"@path": /simpul/1/envelopes`,
      `"simpul-from": id`,
      `"simpul-to": kh`,
      `"simpul-version": 1`,
      `"content-digest": ${headers["content-digest"]}`,
    ]),
  });
  invalid("not-signed", { headers: { ...headers, signature: "" } });
}

function attachments(): void {
  const key = sha256("file");
  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, (_, i) => i % 251));
  const seal = (file: Buffer) => {
    const chunks = Math.max(1, Math.ceil(file.length / chunkBytes));
    return Array.from({ length: chunks }, (_, i) =>
      sealChunk(file.subarray(i * chunkBytes, (i + 1) * chunkBytes), key, i, i === chunks - 1),
    );
  };
  const vector = (file: Buffer, sealed: Buffer[]) => ({
    kind: "attachment",
    key: key.toString("base64url"),
    size: file.length,
    digest: sha256(file).toString("hex"),
    sealed: Buffer.concat(sealed).toString("base64"),
  });
  for (const size of [0, 5, 65_536, 65_537])
    keep(`attachments/valid/${size}-bytes`, vector(bytes(size), seal(bytes(size))));
  const two = bytes(chunkBytes + 1);
  const [first, last] = seal(two) as [Buffer, Buffer];
  const invalid = (name: string, sealed: Buffer[]) =>
    keep(`attachments/invalid/${name}`, { ...vector(two, sealed), refused: "ALTERED" });
  invalid("chunks-swapped", [last, first]);
  invalid("last-chunk-cut-off", [first]);
  const turned = Buffer.from(first);
  turned[100]! ^= 1;
  invalid("one-bit-turned", [turned, last]);
}

/** Which agencies sign for a node, in its own word. */
async function agencies(): Promise<void> {
  const says = [{ agency: id.agency, key: rawPublic(id.by.key) }];
  const given = { v: 1, node: "id", to: "kh", at: "2031-03-04T03:00:00.000Z", agencies: says };
  const list = (of: object, typ?: string, who: KeyObject = id.signing.key) => signList(of, "id", who, typ);
  const named = { kind: "agencies", by: "id", to: "kh" };
  keep("agencies/valid/one", { ...named, list: await list(given), says });
  keep("agencies/valid/none", { ...named, list: await list({ ...given, agencies: [] }), says: [] });
  const invalid = (name: string, refused: string, text: string) =>
    keep(`agencies/invalid/${name}`, { ...named, refused, list: text });
  invalid("another-key", "BAD_SIGNATURE", await list(given, undefined, stranger.key));
  invalid("signed-by-the-agency", "BAD_SIGNATURE", await list(given, undefined, id.by.key));
  invalid("another-type", "BAD_SIGNATURE", await list(given, "simpul-receipt"));
  invalid("for-another-state", "BAD_SIGNATURE", await list({ ...given, to: "ph" }));
  invalid("of-another-state", "BAD_SIGNATURE", await list({ ...given, node: "ph" }));
  invalid("short-key", "BAD_REQUEST", await list({ ...given, agencies: [{ agency: id.agency, key: "AA" }] }));
  invalid("one-twice", "BAD_REQUEST", await list({ ...given, agencies: [...says, ...says] }));
}

function card(): void {
  const spki = id.tls.key;
  const whole = {
    node: id.code,
    address: "id.example:7415",
    pin: Digest.parse(
      sha256(
        Buffer.concat([
          Buffer.from("302a300506032b6570032100", "hex"),
          Buffer.from(rawPublic(spki), "base64url"),
        ]),
      ).toString("hex"),
    ),
    signing: rawPublic(id.signing.key),
    sealing: rawPublic(id.sealing.key),
    agencies: [{ agency: id.agency, key: rawPublic(id.by.key) }],
  };
  keep("card/id", { kind: "card", card: whole, fingerprint: cardFingerprint(whole) });
}

// `version-1` stays as it was made when version 1 was the newest: the older form that is still read. What is in `recalls`
// is signed with the same keys by make-recalls.ts.
for (const name of readdirSync(folder))
  if (chosen.length === 0 && !["version-1", "recalls", "keys", "assistance", "hand-overs"].includes(name))
    rmSync(path.join(folder, name), { recursive: true, force: true });
keep("keys", {
  about: "Test keys, made from public words by conformance/make-protocol.ts. For nothing else.",
  nodes: { id: nodeKeys(id), kh: nodeKeys(kh) },
});
await envelopes();
await receipts();
requests();
attachments();
await agencies();
card();
