// Checks a bundle without anybody's server: whole, signed, in order, and in a log whose head other states cosigned.
import { parsePolicy, parseProofFile, proveLeaf, saltedLeaf } from "@simpul/ledger/verify";
import type { Policy } from "@simpul/ledger/verify";
import type { Digest, Id } from "@simpul/model";
import { fromBase64, parseSignedStatement, utf8 } from "@simpul/seal";
import type { SignedStatement, Verifying } from "@simpul/seal";
import { checkBag } from "../bag/check.ts";
import type { BagReport, BagSource, Hashing } from "../bag/check.ts";
import { tagManifest } from "../bag/manifest.ts";
import { openConcealed } from "../acquisition.ts";
import { checkChain, statementDigest } from "../chain.ts";
import type { ChainKeys, CheckedChain } from "../chain.ts";
import type { DeviceWord } from "./device.ts";
import { bundlePaths, itemsIn } from "./layout.ts";
import { verifyPermissions } from "./permissions.ts";
import { because, textOf } from "./reading.ts";
import type { Check, Tell } from "./reading.ts";
import { followed, keysOf, stolenSince } from "./trusted-keys.ts";

export type { Check } from "./reading.ts";

const most = 100_000;

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

  const trusted = await believed(source, paths, policyText, engine, tell);
  if (trusted === null) return checks;
  const { policy, steps } = await followed(source, paths, trusted, engine, tell);
  const { devices, ...keys } = await keysOf(source, paths, policy, steps, engine, tell);
  const items = itemsIn(paths);
  if (items.size === 0 || items.size > most) tell("items", false, `${items.size} items`);
  for (const [item, numbers] of items) {
    await verifyItem({ source, paths, bag, policy, keys, devices, engine, tell }, item, numbers);
  }
  await verifyPermissions(source, bag.digests, policy, engine, tell);
  if (paths.has(bundlePaths.cosignersFollow)) {
    const why = await textOf(source, bundlePaths.cosignersFollow).catch(because);
    tell("cosigners", false, `left before other states cosigned: ${why.trim().slice(0, 500)}`);
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
        `${policy.logs.length} logs and ${policy.cosigners.length} cosigners, given from outside the bundle` +
          (policy.satisfied([]) ? "; it asks for no cosigner" : ""),
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

interface Work {
  source: BagSource;
  paths: ReadonlySet<string>;
  bag: BagReport;
  policy: Policy;
  keys: ChainKeys;
  devices: ReadonlyMap<Id, DeviceWord>;
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
  if (signedAfterEnd(chain, work.devices))
    problems.push("0: the device was no longer trusted when it signed");
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
  await verifyFields(work, item, chain);
  await verifyLedger(work, item, statements);
}

/** A revoked device signs nothing any more: its node sealed the item before, or it is not believed. */
function signedAfterEnd({ acquisition, events }: CheckedChain, devices: Work["devices"]): boolean {
  const word = acquisition === null ? undefined : devices.get(acquisition.facts.device);
  const sealed = events[0];
  if (word === undefined || word.revokedAt === null || sealed === undefined) return false;
  return Date.parse(sealed.at) >= Date.parse(word.revokedAt);
}

/** Every field that is shown was signed under its salt; how many stay hidden is told. */
async function verifyFields({ source, engine, tell }: Work, item: Id, chain: CheckedChain): Promise<void> {
  if (chain.acquisition === null) return;
  try {
    const given: unknown = JSON.parse(await textOf(source, bundlePaths.disclosures(item)));
    if (!Array.isArray(given) || !given.every((one) => typeof one === "string"))
      throw new Error("not a list");
    const open = Object.keys(openConcealed((data) => engine.hash(data), chain.acquisition, given));
    const hidden = chain.acquisition.concealed.length - open.length;
    tell(`item ${item} fields`, true, `shown as signed: ${open.join(", ") || "none"}; withheld: ${hidden}`);
  } catch (fault) {
    tell(`item ${item} fields`, false, because(fault));
  }
}

const tooLate = "signed by a key that was stolen, and no state cosigned it before";

/**
 * Every statement is in a log of the policy, under a head that its quorum cosigned. A statement without a leaf of its
 * own (another state's, whose log holds it) stands through the next one that is proven and names its digest.
 */
async function verifyLedger(work: Work, item: Id, statements: readonly SignedStatement[]): Promise<void> {
  const { source, paths, policy, engine, tell } = work;
  const says: string[] = [];
  let latest = 0;
  let through = 0;
  let laterProven = false;
  // Before when the statement that stands through the later one was cosigned by enough others; seconds since 1970.
  let laterAt = Infinity;
  for (const [number, signed] of [...statements.entries()].reverse()) {
    const bare = !paths.has(bundlePaths.leaf(item, number)) && !paths.has(bundlePaths.proof(item, number));
    const stolen = await stolenSince(policy, engine, signed);
    try {
      if (bare && laterProven) {
        if (laterAt >= stolen) throw new Error(tooLate);
        through += 1;
        continue;
      }
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
      const before = proven.cosigned.filter(({ time }) => time < stolen);
      if (stolen !== Infinity && (before.length === 0 || !policy.satisfied(before.map(({ key }) => key))))
        throw new Error(tooLate);
      latest = Math.max(latest, ...proven.cosigned.map(({ time }) => time));
      laterProven = true;
      laterAt = Math.max(0, ...proven.cosigned.map(({ time }) => time));
    } catch (fault) {
      says.unshift(`${number}: ${because(fault)}`);
      laterProven = false;
    }
  }
  const by = latest === 0 ? "" : `, cosigned by ${new Date(latest * 1000).toISOString()}`;
  tell(
    `item ${item} ledger`,
    says.length === 0,
    says.length === 0
      ? `${statements.length} statements in the log${by}` +
          (through === 0 ? "" : `; ${through} of them through the statement after`)
      : says.join("; "),
  );
}
