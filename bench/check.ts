// The private check beside @openmined/psi.js: item pairs a second on one core, in the same run, in turn.
import psi from "@openmined/psi.js";
import { diffieHellman, generateKeyPairSync, randomBytes } from "node:crypto";
import {
  blind,
  deriveKeyPair,
  evaluate,
  evaluateOwn,
  evaluateWithProof,
  finalise,
  finaliseVerified,
  selectorInput,
  TagSet,
  tagOf,
  type OprfEngine,
} from "@simpul/match/oprf";
import { chooseEngine } from "@simpul/store/oprf";
import { median, type Figure } from "./figure.ts";

const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };

/** Seconds of processor time, all threads of this process. */
async function seconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

const phones = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `+855${String(10_000_000 + 7919 * (from + i))}`);
const inputs = (values: readonly string[]) =>
  values.map((canonical) => selectorInput({ type: "phone", profile: "phone/1", canonical }));

/** Both states' work for `theirs` against `mine`: own index, blind, evaluate, finalise, look up. */
function ours(
  engine: OprfEngine,
  mine: readonly string[],
  theirs: readonly string[],
  proven: boolean,
): number {
  const keys = deriveKeyPair(engine, "voprf", random.bytes(32), random.bytes(8));
  const index = evaluateOwn(engine, "voprf", keys.secretKey, inputs(mine));
  const tags = new TagSet(Float64Array.from(index, tagOf).sort());
  const asked = inputs(theirs);
  const sent = blind(engine, "voprf", asked, random);
  let outputs: Uint8Array[];
  if (proven) {
    const answer = evaluateWithProof(engine, keys, sent.blinded, random);
    outputs = finaliseVerified(engine, { ...sent, inputs: asked, publicKey: keys.publicKey }, answer);
  } else {
    outputs = finalise(engine, asked, sent.blinds, evaluate(engine, keys.secretKey, sent.blinded));
  }
  return outputs.filter((output) => tags.has(tagOf(output))).length;
}

/** The peer's whole round, with its compressed set at one false hit in a million. */
async function peer(mine: readonly string[], theirs: readonly string[]): Promise<number> {
  const library = await psi();
  const server = library.server!.createWithNewKey(true);
  const client = library.client!.createWithNewKey(true);
  // Its own types name a module that it does not ship.
  const { GCS } = library.dataStructure as unknown as { GCS: never };
  const setup = server.createSetupMessage(1e-6, theirs.length, mine, GCS);
  const response = server.processRequest(client.createRequest(theirs));
  return client.getIntersection(setup, response).length;
}

/** What OpenSSL's X25519 would need for the same four multiplications, its keys ready. */
function bound(pairs: number): void {
  const { privateKey } = generateKeyPairSync("x25519");
  const { publicKey } = generateKeyPairSync("x25519");
  for (let i = 0; i < 4 * pairs; i++) diffieHellman({ privateKey, publicKey });
}

export async function check(): Promise<Figure[]> {
  const { engine } = await chooseEngine();
  const count = 2_000;
  const mine = phones(0, count);
  const theirs = phones(count / 2, count);
  const half = count / 2;
  const runs = 5;
  const rates = {
    plain: [] as number[],
    proven: [] as number[],
    peer: [] as number[],
    bound: [] as number[],
  };
  const right = (hits: number) => {
    if (hits !== half) throw new Error(`${hits} hits where ${half} are true`);
  };
  ours(engine, mine.slice(0, 100), theirs.slice(0, 100), true);
  for (let run = 0; run < runs; run++) {
    rates.plain.push(count / (await seconds(() => right(ours(engine, mine, theirs, false)))));
    rates.proven.push(count / (await seconds(() => right(ours(engine, mine, theirs, true)))));
    // Its compressed set may give a false hit; ours has 2^-48 for each tag.
    rates.peer.push(count / (await seconds(async () => right(Math.min(half, await peer(mine, theirs))))));
    rates.bound.push(count / (await seconds(() => bound(count))));
  }
  const theirRate = median(rates.peer);
  const figure = (name: string, of: readonly number[]): Figure => ({
    figure: name,
    ours: Math.round(median(of)),
    unit: "item pairs/s/core",
    peer: Math.round(theirRate),
    peerName: "@openmined/psi.js 2.0.6 (GCS, no proof)",
    bound: Math.round(median(rates.bound)),
    ratio: Number((median(of) / theirRate).toFixed(2)),
    runs,
  });
  return [
    figure(`private check, ${engine.name}`, rates.plain),
    figure(`private check with proof, ${engine.name}`, rates.proven),
  ];
}
