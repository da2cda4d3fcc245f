// Checks a bundle without anybody's server: whole, signed, in order, and in a log whose head other states cosigned.
import { parsePolicy, parseProofFile, proveLeaf, saltedLeaf } from "@simpul/ledger";
import type { Policy } from "@simpul/ledger";
import type { Digest, Id, NodeCode } from "@simpul/model";
import { fromBase64, parseSignedStatement, utf8, verifyStatement } from "@simpul/seal";
import type { SignedStatement, Verifying } from "@simpul/seal";
import { checkBag } from "../bag/check.ts";
import type { BagReport, BagSource, Hashing } from "../bag/check.ts";
import { tagManifest } from "../bag/write.ts";
import { checkChain, statementDigest } from "../chain.ts";
import type { ChainKeys } from "../chain.ts";
import { readDevice } from "./device.ts";
import { bundlePaths, itemsIn } from "./layout.ts";

/** One thing that was checked; `says` is for people, `check` for machines (`item <id> bytes`). */
export interface Check {
  check: string;
  ok: boolean;
  says: string;
}

const limits = { items: 100_000, text: 4 * 1024 * 1024 } as const;

async function textOf(source: BagSource, path: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source.open(path)) {
    size += part.length;
    if (size > limits.text) throw new Error(`${path} is too large`);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(whole);
}

const because = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

/**
 * Runs every check and goes on after a failure, so that all are told. `policy` must have come by another way than the
 * bundle; with null the copy inside is used, and the check `policy` fails, because a bundle cannot vouch for itself.
 * Proven means: every check is ok. Never throws for what the bundle contains.
 */
export async function verifyBundle(
  source: BagSource,
  policyText: string | null,
  engine: Verifying,
  hashing: Hashing,
): Promise<Check[]> {
  const checks: Check[] = [];
  const tell = (check: string, ok: boolean, says: string): void => void checks.push({ check, ok, says });

  const paths = new Set(await source.paths());
  const bag = await checkBag(source, hashing);
  for (const fault of bag.faults) tell("bag", false, `${fault.code}: ${fault.where}`);
  // BagIt lets a bag go without tag manifest, and hold tag files that nobody listed; a bundle may not.
  const unlisted = [...paths].filter((path) => !bag.digests.has(path) && path !== "tagmanifest-sha256.txt");
  if (!paths.has("tagmanifest-sha256.txt")) tell("bag", false, "no manifest over the records and proofs");
  else if (bag.valid && unlisted.length > 0)
    tell("bag", false, `listed nowhere: ${unlisted.slice(0, 5).join(", ")}`);
  else if (bag.valid && !(await inItsForm(source, bag)))
    tell("bag", false, "tagmanifest-sha256.txt is not as a bundle writes it");
  else if (bag.valid) tell("bag", true, `${bag.digests.size} files are as the manifests list them`);

  const policy = await believed(source, paths, policyText, engine, tell);
  if (policy === null) return checks;
  const keys = await keysOf(source, paths, policy, engine, tell);
  const items = itemsIn(paths);
  if (items.size === 0 || items.size > limits.items) tell("items", false, `${items.size} items`);
  for (const [item, numbers] of items) {
    await verifyItem({ source, paths, bag, policy, keys, engine, tell }, item, numbers);
  }
  return checks;
}

/**
 * BagIt reads digests in either case and lines in any order. Nothing lists the last manifest itself, so a bundle has it
 * in one form only: then no byte of it can change unseen.
 */
async function inItsForm(source: BagSource, bag: BagReport): Promise<boolean> {
  const tags = [...bag.digests].filter(([path]) => !path.startsWith("data/"));
  const form = tagManifest(tags.map(([path, sha256]) => ({ path, sha256: sha256 as Digest, size: 0 })));
  return (await textOf(source, form.path).catch(() => "")) === form.text;
}

type Tell = (check: string, ok: boolean, says: string) => void;

async function believed(
  source: BagSource,
  paths: ReadonlySet<string>,
  given: string | null,
  engine: Verifying,
  tell: Tell,
): Promise<Policy | null> {
  try {
    if (given !== null) {
      const policy = parsePolicy(given, engine);
      tell(
        "policy",
        true,
        `${policy.logs.length} logs and ${policy.cosigners.length} cosigners, given from outside the bundle`,
      );
      return policy;
    }
    tell(
      "policy",
      false,
      "no policy was given from outside; the copy inside proves nothing about who signed",
    );
    return paths.has(bundlePaths.policy)
      ? parsePolicy(await textOf(source, bundlePaths.policy), engine)
      : null;
  } catch (fault) {
    tell("policy", false, because(fault));
    return null;
  }
}

/** A node's keys are those of its logs in the policy; a device's key is what its node signed for. */
async function keysOf(
  source: BagSource,
  paths: ReadonlySet<string>,
  policy: Policy,
  engine: Verifying,
  tell: Tell,
): Promise<ChainKeys> {
  const node = (code: NodeCode): Uint8Array[] =>
    policy.logs.filter((log) => log.name.startsWith(`${code}.`)).map((log) => log.publicKey);
  const devices = new Map<Id, Uint8Array[]>();
  for (const path of paths) {
    if (!/^records\/devices\/[0-9a-f-]{36}\.dsse\.json$/.test(path)) continue;
    try {
      const signed = parseSignedStatement(await textOf(source, path));
      const word = readDevice(fromBase64(signed.payload));
      await verifyStatement(signed, node(word.node), engine);
      devices.set(word.device, [...(devices.get(word.device) ?? []), word.publicKey]);
    } catch (fault) {
      tell("device", false, `${path}: ${because(fault)}`);
    }
  }
  return { node, device: (id) => devices.get(id) ?? [] };
}

interface Work {
  source: BagSource;
  paths: ReadonlySet<string>;
  bag: BagReport;
  policy: Policy;
  keys: ChainKeys;
  engine: Verifying;
  tell: Tell;
}

async function verifyItem(work: Work, item: Id, numbers: readonly number[]): Promise<void> {
  const { source, paths, bag, keys, engine, tell } = work;
  let statements: SignedStatement[];
  try {
    statements = [];
    for (const number of numbers) {
      statements.push(parseSignedStatement(await textOf(source, bundlePaths.statement(item, number))));
    }
  } catch (fault) {
    tell(`item ${item} chain`, false, because(fault));
    return;
  }
  const gapless = numbers.every((number, nth) => number === nth);
  const chain = await checkChain(engine, keys, statements);
  const problems = chain.problems.map(({ number, problem }) => `${number}: ${problem}`);
  if (!gapless) problems.push("statements are missing");
  if (chain.acquisition?.facts.item !== item) problems.push("the statements are of another item");
  tell(
    `item ${item} chain`,
    problems.length === 0,
    problems.length === 0 ? `${statements.length} statements, signed and in order` : problems.join("; "),
  );

  const file = [...paths].find((path) => path.startsWith(`data/items/${item}/original`));
  const digest = file === undefined ? undefined : bag.digests.get(file);
  if (file === undefined) tell(`item ${item} bytes`, false, "the original is not in the bundle");
  else {
    const same = digest !== undefined && digest === chain.acquisition?.original;
    tell(
      `item ${item} bytes`,
      same,
      same ? `SHA-256 ${digest} is what the officer's device signed` : "not the bytes that were signed",
    );
  }
  await verifyLedger(work, item, statements);
}

/** Every statement is in its node's log, under a head that the policy's quorum cosigned. */
async function verifyLedger(work: Work, item: Id, statements: readonly SignedStatement[]): Promise<void> {
  const { source, policy, engine, tell } = work;
  const says: string[] = [];
  let latest = 0;
  for (const [number, signed] of statements.entries()) {
    try {
      const leaf = JSON.parse(await textOf(source, bundlePaths.leaf(item, number))) as {
        salt?: unknown;
        record?: unknown;
      };
      if (typeof leaf.salt !== "string" || typeof leaf.record !== "string") throw new Error("not a leaf");
      const about = (JSON.parse(leaf.record) as { about?: { digest?: unknown } }).about;
      if (about?.digest !== statementDigest(engine, fromBase64(signed.payload)))
        throw new Error("the leaf is of another statement");
      const salted = saltedLeaf(fromBase64(leaf.salt), utf8(leaf.record), engine);
      const proof = parseProofFile(await textOf(source, bundlePaths.proof(item, number)));
      const proven = await proveLeaf(salted, proof, policy, engine);
      latest = Math.max(latest, ...proven.cosigned.map(({ time }) => time));
    } catch (fault) {
      says.push(`${number}: ${because(fault)}`);
    }
  }
  const by = latest === 0 ? "" : `, cosigned by ${new Date(latest * 1000).toISOString()}`;
  tell(
    `item ${item} ledger`,
    says.length === 0,
    says.length === 0 ? `${statements.length} statements in the log${by}` : says.join("; "),
  );
}
