// Which keys a bundle is checked by: those of the policy, those to which they lead, and each only in its time.
import { followPolicy } from "@simpul/ledger/verify";
import type { Policy } from "@simpul/ledger/verify";
import type { Id, NodeCode } from "@simpul/model";
import { fromBase64, fromBase64Url, parseSignedStatement, sameBytes, verifyStatement } from "@simpul/seal";
import type { KeyStep, SignedStatement, Verifying } from "@simpul/seal";
import type { BagSource } from "../bag/check.ts";
import type { ChainKeys } from "../chain.ts";
import { readDevice } from "./device.ts";
import type { DeviceWord } from "./device.ts";
import { bundlePaths } from "./layout.ts";
import { because, textOf } from "./reading.ts";
import type { Tell } from "./reading.ts";

/** Nodes change their keys: from a key of the policy on, what it signed about its successor is followed and told. */
export async function followed(
  source: BagSource,
  paths: ReadonlySet<string>,
  trusted: Policy,
  engine: Verifying,
  tell: Tell,
): Promise<{ policy: Policy; steps: readonly KeyStep[] }> {
  const files = [...paths].filter((path) => /^records\/keys\/[a-z]{2}-\d{1,4}\.dsse\.json$/.test(path));
  const texts = await Promise.all(files.map((path) => textOf(source, path).catch(() => "")));
  const { policy, steps } = await followPolicy(trusted, texts, engine);
  for (const { statement } of steps) {
    const { node, number, kind, at, since, old } = statement;
    const says =
      kind === "changed"
        ? `until ${at}, then ${short(statement.new!.signing)}`
        : `stolen, not believed from ${since!} on`;
    tell(`keys ${node}-${number}`, true, `${short(old)} signed ${says}`);
  }
  for (const { key, since } of trusted.revoked)
    tell(
      `keys ${key.name}`,
      true,
      `stolen, by the policy; not believed from ${new Date(since * 1000).toISOString()} on`,
    );
  return { policy, steps };
}

const short = (key: string): string => key.slice(0, 8);

/** A node's clock may be set right by this much when it changes its keys. */
const tolerance = 5 * 60_000;

/**
 * A node's keys are those of its logs in the policy; each until its successor's time, where that is known. A device's key
 * is what its node signed for.
 */
export async function keysOf(
  source: BagSource,
  paths: ReadonlySet<string>,
  policy: Policy,
  steps: readonly KeyStep[],
  engine: Verifying,
  tell: Tell,
): Promise<ChainKeys & { devices: ReadonlyMap<Id, DeviceWord> }> {
  const node = (code: NodeCode, at?: Date): Uint8Array[] =>
    [...policy.logs, ...policy.revoked.map(({ key }) => key)]
      .filter((log) => log.name.startsWith(`${code}.`))
      .map((log) => log.publicKey)
      .filter((key) => {
        const end = steps.find(({ statement }) => sameBytes(fromBase64Url(statement.old), key))?.statement;
        return at === undefined || end === undefined || at.getTime() <= Date.parse(end.at) + tolerance;
      });
  const devices = new Map<Id, DeviceWord>();
  for (const path of paths) {
    if (!/^records\/devices\/[0-9a-f-]{36}\.dsse\.json$/.test(path)) continue;
    try {
      const signed = parseSignedStatement(await textOf(source, path));
      const word = readDevice(fromBase64(signed.payload));
      await verifyStatement(signed, node(word.node), engine);
      if (path !== bundlePaths.device(word.device)) throw new Error("the word is for another device");
      devices.set(word.device, word);
    } catch (fault) {
      tell("device", false, `${path}: ${because(fault)}`);
    }
  }
  const device = (id: Id): Uint8Array[] => (devices.has(id) ? [devices.get(id)!.publicKey] : []);
  return { node, device, devices };
}

const signedBy = (
  engine: Verifying,
  signed: SignedStatement,
  keys: readonly Uint8Array[],
): Promise<boolean> =>
  verifyStatement(signed, keys, engine).then(
    () => true,
    () => false,
  );

/** From when on the key that signed it is not believed; Infinity where none of it was stolen. Seconds since 1970. */
export async function stolenSince(
  policy: Policy,
  engine: Verifying,
  signed: SignedStatement,
): Promise<number> {
  let since = Infinity;
  for (const one of policy.revoked)
    if (await signedBy(engine, signed, [one.key.publicKey])) since = Math.min(since, one.since);
  return since;
}
