// Heads, cosigners, policies and proof files: who vouches for a log, and what a cosigner answers.
import { newSigner, nodeVerifying as engine } from "@simpul/store/keys";
import {
  noteTypes,
  printNote,
  printVerifierKey,
  signatureLine,
  signNote,
  toBase64,
  utf8,
  verifierKey,
} from "@simpul/seal";
import type { Signer, VerifierKey } from "@simpul/seal";
import { expect, test } from "vitest";
import type { Checkpoint } from "./index.ts";
import { cosign, fraudBetween, openCheckpoint, parseCheckpoint, printCheckpoint } from "./index.ts";
import type { Kept } from "./cosigner.ts";
import { decideCosign, parseAddCheckpoint } from "./cosigner.ts";
import type { HashReader } from "./index.ts";
import { consistencyProof, emptyRoot, inclusionProof, leafHash, rootOf } from "./index.ts";
import { parsePolicy } from "./policy.ts";
import { parseProofFile, printProofFile, proveLeaf } from "./index.ts";
import type { Edge } from "./tiles.ts";
import { appendToEdge, hashesFromTiles } from "./tiles.ts";

interface Named {
  key: VerifierKey;
  signer: Signer;
}
const named = (name: string, type: VerifierKey["type"] = noteTypes.ed25519, signer = newSigner()): Named => ({
  key: verifierKey(name, type, signer.publicKey, engine),
  signer,
});
const log = named("id.simpul/main");
const [kh, ph, th] = ["kh", "ph", "th"].map((code) =>
  named(`${code}.simpul/cosigner`, noteTypes.cosignature),
) as [Named, Named, Named];

/** A log of `size` leaves; `fork` from where its leaves are others. */
function treeOf(size: number, fork = size): { read: HashReader; leaves: Uint8Array[] } {
  const leaves = Array.from({ length: size }, (_, i) => engine.hash(utf8(`${i < fork ? "" : "other "}${i}`)));
  const tiles = new Map<string, Uint8Array>();
  const edge: Edge = new Map();
  for (const tile of appendToEdge(
    edge,
    leaves.map((leaf) => leafHash(leaf, engine)),
    engine,
  ))
    tiles.set(`${tile.level}/${tile.index}`, tile.hashes);
  return { leaves, read: hashesFromTiles((level, index) => tiles.get(`${level}/${index}`)!, engine) };
}

async function headOf(size: number, { fork = size, by = log }: { fork?: number; by?: Named } = {}) {
  const root = await rootOf(size, treeOf(size, fork).read, engine);
  const head: Checkpoint = { origin: log.key.name, size, root };
  const text = printCheckpoint(head);
  return { head, text: printNote({ text, signatures: [await signNote(text, by.key, by.signer)] }) };
}

const cosigned = async (text: string, ...by: Named[]) => {
  const body = text.slice(0, text.indexOf("\n\n") + 1);
  const lines = await Promise.all(by.map(({ key, signer }) => cosign(body, key, 1_900_000_000, signer)));
  return text + lines.map(signatureLine).join("");
};

const vkey = ({ key }: Named) => printVerifierKey(key);
const policyText = `# Trust of the exercise
log ${vkey(log)} https://id.example/main#fragment
witness kh ${vkey(kh)}
\twitness  ph ${vkey(ph)}
witness th ${vkey(th)}
group outside any ph th
group both all kh outside
quorum both
`;

// ---- checkpoints

test("a head reads back, with lines after the root carried but not believed", async () => {
  const { head, text } = await headOf(5);
  expect(parseCheckpoint(printCheckpoint(head))).toEqual(head);
  expect(parseCheckpoint(`${printCheckpoint(head)}extension\n`)).toEqual(head);
  expect(await openCheckpoint(utf8(text), log.key, [], engine)).toMatchObject(head);
});

const root64 = toBase64(new Uint8Array(32));
test.each([
  ["no origin", `\n1\n${root64}\n`],
  ["a size with a leading zero", `o\n01\n${root64}\n`],
  ["a negative size", `o\n-1\n${root64}\n`],
  ["a size beyond what we count", `o\n9007199254740992\n${root64}\n`],
  ["a short root", `o\n1\n${toBase64(new Uint8Array(31))}\n`],
  ["stray bits in the root", `o\n1\n${root64.slice(0, -2)}B=\n`],
  ["no newline", `o\n1\n${root64}`],
  ["an empty extension line", `o\n1\n${root64}\n\n`],
])("a head with %s is refused", (_, text) => expect(() => parseCheckpoint(text)).toThrow("NOT_A_CHECKPOINT"));

test("a head that its log did not sign, or of another log, is no head", async () => {
  const { text } = await headOf(5, { by: named("ph.simpul/main") });
  await expect(openCheckpoint(utf8(text), log.key, [], engine)).rejects.toThrow("NOT_A_CHECKPOINT");
  const other = named("kh.simpul/main").key;
  await expect(openCheckpoint(utf8((await headOf(5)).text), other, [], engine)).rejects.toThrow(
    "NOT_A_CHECKPOINT",
  );
});

test("two heads of one size and two roots prove fraud; heads of two sizes do not", async () => {
  const [a, b, c] = [await headOf(7), await headOf(7, { fork: 3 }), await headOf(8)];
  expect(fraudBetween(a, b)).toEqual({ kind: "split-view", first: a.text, second: b.text });
  expect(fraudBetween(a, a)).toBeNull();
  expect(fraudBetween(a, c)).toBeNull();
  expect(fraudBetween(a, { ...b, head: { ...b.head, origin: "kh.simpul/main" } })).toBeNull();
});

// ---- cosigning

async function ask(old: number, size: number, given: { fork?: number; by?: Named } = {}) {
  const { read } = treeOf(size, given.fork ?? size);
  const proof = await consistencyProof(old, size, read, engine);
  const lines = proof.map((hash) => `${toBase64(hash)}\n`).join("");
  return parseAddCheckpoint(utf8(`old ${old}\n${lines}\n${(await headOf(size, given)).text}`))!;
}
const keptAt = async (size: number): Promise<Kept> => (size === 0 ? null : (await headOf(size)).head);
const decide = async (request: Awaited<ReturnType<typeof ask>>, kept: number, logs = [log.key]) =>
  decideCosign(request, logs, () => keptAt(kept), engine);

test("a cosigner signs a first head, and each later one that continues what it signed", async () => {
  for (const [old, size] of [
    [0, 1],
    [0, 9],
    [1, 9],
    [8, 9],
    [8, 300],
    [256, 300],
    [9, 9],
  ] as const)
    expect(await decide(await ask(old, size), old)).toMatchObject({ kind: "sign", head: { size } });
  const empty = await ask(0, 0);
  expect(await decide(empty, 0)).toMatchObject({ kind: "sign", head: { size: 0, root: emptyRoot(engine) } });
});

test("a cosigner that has signed more or less answers 409 with its size", async () => {
  for (const kept of [0, 5, 8])
    expect(await decide(await ask(6, 9), kept)).toEqual({ kind: "conflict", size: kept });
});

test("each other refusal has the status that C2SP gives it", async () => {
  const good = await ask(3, 9);
  const refused = (status: number) => ({ kind: "refuse", status });
  expect(await decide(good, 3, [])).toMatchObject(refused(404));
  expect(await decide(await ask(3, 9, { by: named("id.simpul/main") }), 3)).toMatchObject(refused(403));
  const forged = (await headOf(9)).text.replace(/\n9\n/, "\n8\n");
  expect(await decide({ ...good, checkpoint: utf8(forged) }, 3)).toMatchObject(refused(403));
  expect(await decide({ ...good, old: 10 }, 3)).toMatchObject(refused(400));
  expect(await decide({ ...good, checkpoint: utf8("no note") }, 3)).toMatchObject(refused(400));
  expect(await decide({ ...good, proof: [] }, 3)).toMatchObject(refused(422));
  expect(await decide({ ...good, proof: [...good.proof].reverse() }, 3)).toMatchObject(refused(422));
  expect(await decide({ ...(await ask(0, 9)), proof: good.proof }, 0)).toMatchObject(refused(422));
  expect(await decide(await ask(3, 9, { fork: 2 }), 3)).toMatchObject(refused(422));
});

test("a second history of the same size is refused and told apart as a split view", async () => {
  expect(await decide(await ask(9, 9, { fork: 4 }), 9)).toMatchObject({
    kind: "refuse",
    status: 422,
    splitView: true,
  });
});

test("an empty log with another root than the empty one is refused", async () => {
  const head = { origin: log.key.name, size: 0, root: new Uint8Array(32) };
  const text = printCheckpoint(head);
  const note = printNote({ text, signatures: [await signNote(text, log.key, log.signer)] });
  const request = parseAddCheckpoint(utf8(`old 0\n\n${note}`))!;
  expect(await decide(request, 0)).toMatchObject({ kind: "refuse", status: 422 });
});

test.each([
  ["nothing", ""],
  ["no blank line", "old 0\n"],
  ["another word", "size 0\n\nx"],
  ["a leading zero", "old 01\n\nx"],
  ["a minus", "old -1\n\nx"],
  ["a byte order mark", "\ufeffold 0\n\nx"],
  ["a carriage return", "old 0\r\n\nx"],
  ["a hash of 31 bytes", `old 1\n${toBase64(new Uint8Array(31))}\n\nx`],
  ["64 hashes", `old 1\n${`${root64}\n`.repeat(64)}\nx`],
])("a request to cosign with %s is malformed", (_, text) =>
  expect(parseAddCheckpoint(utf8(text))).toBeNull(),
);

// ---- policy and proof file

test("a quorum holds when its groups hold, and for no fewer", () => {
  const policy = parsePolicy(policyText, engine);
  const [k, p, t] = policy.cosigners as [VerifierKey, VerifierKey, VerifierKey];
  const table: [VerifierKey[], boolean][] = [
    [[], false],
    [[k], false],
    [[p, t], false],
    [[k, p], true],
    [[k, t], true],
    [[k, p, t], true],
  ];
  for (const [keys, holds] of table) expect(policy.satisfied(keys)).toBe(holds);
  const two = parsePolicy(policyText.replace("outside any", "outside 2"), engine);
  expect(two.satisfied([two.cosigners[0]!, two.cosigners[1]!])).toBe(false);
  expect(two.satisfied(two.cosigners)).toBe(true);
  const none = parsePolicy(`log ${vkey(log)}\nquorum none\n`, engine);
  expect(none.satisfied([])).toBe(true);
});

test.each([
  ["no log", policyText.replace(/^log .*$/m, "")],
  ["no quorum", policyText.replace("quorum both\n", "")],
  ["two quorums", `${policyText}quorum kh\n`],
  ["an unknown quorum", policyText.replace("quorum both", "quorum all")],
  ["words after the quorum", policyText.replace("quorum both", "quorum both kh")],
  ["a group used before it is there", policyText.replace("any ph th", "any ph both")],
  ["a cosigner in two groups", policyText.replace("both all kh outside", "both all kh ph outside")],
  ["a cosigner twice in a group", policyText.replace("any ph th", "any ph ph")],
  [
    "a cosigner under two names",
    policyText.replace("group outside", `witness kh2 ${vkey(kh)}\ngroup outside`),
  ],
  ["one log twice", `${policyText}log ${vkey(log)}\n`],
  ["a log's key for a cosigner", policyText.replace(vkey(ph), vkey(named("ph.simpul/main")))],
  [
    "a cosigner's key for a log",
    policyText.replace(vkey(log), vkey(named("id.simpul/x", noteTypes.cosignature))),
  ],
  ["a group named none", policyText.replace("group outside", "group none")],
  ["a threshold above the members", policyText.replace("outside any", "outside 3")],
  ["a threshold of nothing", policyText.replace("outside any", "outside 0")],
  ["a threshold in hex", policyText.replace("outside any", "outside 0x1")],
  ["a group without members", policyText.replace("any ph th", "any")],
  ["a damaged key", policyText.replace(vkey(kh), vkey(kh).slice(0, -2))],
  ["another word", `${policyText}trust everybody\n`],
  ["a carriage return", policyText.replaceAll("\n", "\r\n")],
  ["a no-break space for a space", policyText.replace("quorum both", "quorum\u00a0both")],
  ["too many lines", policyText + "\n".repeat(600)],
])("a policy with %s is refused", (_, text) =>
  expect(() => parsePolicy(text, engine)).toThrow("NOT_A_POLICY"),
);

test("a leaf is proven offline by its file and the policy, and only that leaf at that place", async () => {
  const policy = parsePolicy(policyText, engine);
  const { leaves, read } = treeOf(300);
  const checkpoint = await cosigned(
    (await headOf(300)).text,
    kh,
    th,
    named("la.simpul/cosigner", noteTypes.cosignature),
  );
  const proof = await inclusionProof(77, 300, read, engine);
  const file = printProofFile({ index: 77, proof, checkpoint, extra: utf8("bundle 3") });
  const parsed = parseProofFile(file);
  expect(printProofFile(parsed)).toBe(file);
  expect(await proveLeaf(leaves[77]!, parsed, policy, engine)).toMatchObject({
    log: log.key,
    index: 77,
    head: { size: 300 },
    cosigned: [{ key: kh.key, time: 1_900_000_000 }, { key: th.key }],
  });
  await expect(proveLeaf(leaves[78]!, parsed, policy, engine)).rejects.toThrow("BAD_PROOF");
  await expect(proveLeaf(leaves[77]!, { ...parsed, index: 78 }, policy, engine)).rejects.toThrow("BAD_PROOF");
});

test("a head without its quorum proves nothing to this policy; one of a log it does not name neither", async () => {
  const policy = parsePolicy(policyText, engine);
  const { leaves, read } = treeOf(4);
  const proof = await inclusionProof(2, 4, read, engine);
  const { text } = await headOf(4);
  for (const by of [[], [kh], [ph, th]]) {
    const file = { index: 2, proof, checkpoint: await cosigned(text, ...by), extra: null };
    await expect(proveLeaf(leaves[2]!, file, policy, engine)).rejects.toThrow("NO_QUORUM");
  }
  const unknown = text.replaceAll("id.simpul/main", "id.simpul/reads");
  await expect(
    proveLeaf(leaves[2]!, { index: 2, proof, checkpoint: unknown, extra: null }, policy, engine),
  ).rejects.toThrow("NOT_A_CHECKPOINT");
});

test("a log that changed its key is believed under the old and the new one", async () => {
  const renewed = named("id.simpul/main");
  const policy = parsePolicy(policyText.replace(/^(log .*)$/m, `$1\nlog ${vkey(renewed)}`), engine);
  const { leaves, read } = treeOf(4);
  const proof = await inclusionProof(0, 4, read, engine);
  for (const by of [log, renewed]) {
    const checkpoint = await cosigned((await headOf(4, { by })).text, kh, ph);
    const proven = await proveLeaf(leaves[0]!, { index: 0, proof, checkpoint, extra: null }, policy, engine);
    expect(proven.log.publicKey).toEqual(by.key.publicKey);
  }
});

const begin = "c2sp.org/tlog-proof@v1\n";
test.each([
  ["another version", "c2sp.org/tlog-proof@v2\nindex 0\n\nx"],
  ["no index", `${begin}\nx`],
  ["a leading zero", `${begin}index 00\n\nx`],
  ["no empty line", `${begin}index 0\n`],
  ["extra data after the index", `${begin}index 0\nextra AA==\n\nx`],
  ["a hash of 31 bytes", `${begin}index 0\n${toBase64(new Uint8Array(31))}\n\nx`],
  ["64 hashes", `${begin}index 0\n${`${root64}\n`.repeat(64)}\nx`],
  ["base64 that is none", `${begin}index 0\n???\n\nx`],
])("a proof file with %s is refused", (_, text) =>
  expect(() => parseProofFile(text)).toThrow("NOT_A_PROOF_FILE"),
);
