// One node as its process holds it: settings, store, keys, ledger, log. Features get from it what they ask for.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { keepTwoPersons } from "@simpul/features/access/two-persons.ts";
import type { EvidenceNode } from "@simpul/features/evidence/node.ts";
import type { OprfEngine } from "@simpul/match/oprf";
import type { Clock, NodeCode, Random } from "@simpul/model";
import { loadPolicy, type Policy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import type { OpenStore } from "@simpul/store";
import { Ledger, openStore } from "@simpul/store";
import { nodeVerifying, openSecret, systemClock, systemRandom } from "@simpul/store/keys";
import { chooseEngine } from "@simpul/store/oprf";
import type { Logger } from "pino";
import { openDatabase } from "./database.ts";
import type { Settings } from "./env.ts";
import { openEvidence } from "./evidence.ts";
import { openLog } from "./log.ts";
import { openKeys } from "./keys.ts";
import type { NodeKeys } from "./keys.ts";
import { migrations } from "./migrations.ts";
import { Peering } from "./peering.ts";
import { readStateTerms, type StateTerms } from "./terms.ts";
import { keepApart } from "./world.ts";

export interface Node {
  settings: Settings;
  code: NodeCode;
  name: string;
  exercise: boolean;
  /** What ships, or what this state set in its place. */
  terms: StateTerms;
  clock: Clock;
  random: Random;
  store: OpenStore;
  /** Who may do what here, with what this state sets about two persons. */
  policy: Policy;
  ledger: Ledger;
  keys: NodeKeys;
  /** Behind the numbers of the page for a held person; in the folder of keys, and not in the database. */
  pageSecret: Uint8Array;
  evidence: EvidenceNode;
  /** The arithmetic of the private check: the fastest engine here that proved itself. */
  oprf: OprfEngine;
  /** Other nodes; closed until the node is served. */
  peering: Peering;
  log: Logger;
  /** Stops what runs beside requests and closes the database; safe to call twice. */
  close(): Promise<void>;
}

export interface NodeParts {
  clock?: Clock;
  random?: Random;
  log?: Logger;
  /** Connections of the pool at most. */
  connections?: number;
}

/**
 * Opens a node: its database (its own server below the home unless a URL is set), migrations, keys, ledger. Throws
 * `SettingsError`, `StoreError`, `LauncherError`, `KeyError` with what is wrong.
 */
export async function openNode(settings: Settings, parts: NodeParts = {}): Promise<Node> {
  const terms = readStateTerms(settings.terms ?? null);
  await mkdir(settings.home, { recursive: true, mode: 0o700 });
  const clock = parts.clock ?? systemClock;
  const random = parts.random ?? systemRandom;
  const log = parts.log ?? openLog(settings);
  const keys = await openKeys(settings.node, settings.home);
  const pageSecret = await openSecret(path.join(settings.home, "keys", "open-page.key"));

  const database = await openDatabase(settings);
  const connections = parts.connections ?? 12;
  const store = await openStore({ url: database.url, migrations, clock, random, connections }).catch(
    async (fault: unknown) => {
      await database.close();
      throw fault;
    },
  );

  const policy = loadPolicy(
    cedar,
    settings.twoPersons === undefined ? {} : { twoPersons: settings.twoPersons },
  );
  await keepApart(store, settings.exercise)
    .then(() => keepTwoPersons(store, policy.twoPersons))
    .catch(async (fault: unknown) => {
      await store.close();
      await database.close();
      throw fault;
    });

  const ledger = new Ledger({
    store,
    engine: nodeVerifying,
    signer: keys.signer,
    keys: keys.notes,
    headEvery: settings.exercise ? { seconds: 2, leaves: 500 } : { seconds: 60, leaves: 500 },
  });
  ledger.run((fault) => log.error({ fault }, "the ledger could not be continued"));

  const { engine: oprf, unfit } = await chooseEngine();
  if (unfit.length > 0) log.warn({ unfit }, "an engine of the private check failed its test");

  const { node: code, name, exercise } = settings;
  const base = {
    settings,
    code,
    name,
    exercise,
    terms,
    clock,
    random,
    store,
    policy,
    ledger,
    keys,
    pageSecret,
    oprf,
    log,
  };
  let closing: Promise<void> | null = null;
  return {
    ...base,
    evidence: await openEvidence(base),
    peering: new Peering(base),
    close: () =>
      (closing ??= (async () => {
        await ledger.stop();
        await store.close();
        await database.close();
      })()),
  };
}
