// A child process for fault tests: notes leaves, gives them places and signs heads until it is killed. It says a line
// only after the database has promised it: `leaf ID`, `head SIZE ROOT`.
import { readFileSync } from "node:fs";
import { noteTypes, toBase64, verifierKey } from "@simpul/seal";
import {
  nodeVerifying as engine,
  parsePrivateKey,
  signerOf,
  systemClock,
  systemRandom,
} from "../keys/index.ts";
import { Ledger } from "../ledger/index.ts";
import { openStore } from "../open.ts";

const [url, keyFile, many] = process.argv.slice(2) as [string, string, string];
const signer = signerOf(parsePrivateKey(readFileSync(keyFile, "utf8"), keyFile));
const named = (name: string, type: 1 | 4 = noteTypes.ed25519) =>
  verifierKey(`id.simpul/${name}`, type, signer.publicKey, engine);
const store = await openStore({
  url,
  migrations: [],
  clock: systemClock,
  random: systemRandom,
  connections: 4,
});
const keys = {
  main: named("main"),
  reads: named("reads"),
  cosigner: named("cosigner", noteTypes.cosignature),
};
const ledger = new Ledger({ store, engine, signer, keys, headEvery: { seconds: 0, leaves: 1 } });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function noteForEver(seed: number): Promise<void> {
  for (let i = seed; ; i++) {
    const ids = await store.write(
      { actor: { kind: "job", name: "fault" }, purpose: "administration" },
      (tx) => {
        const made = Array.from({ length: 1 + (i % Number(many)) }, () => tx.newId());
        for (const id of made) tx.note("exercise.noted", { id });
        return Promise.resolve(made);
      },
    );
    for (const id of ids) say(`leaf ${id}`);
  }
}

async function sequenceForEver(): Promise<void> {
  for (;;) {
    await ledger.sequence();
    const head = await ledger.head("main");
    if (head !== null) say(`head ${head.size} ${toBase64(head.root)}`);
  }
}

// Two that note and two that sequence, as two processes of one node would.
await Promise.all([noteForEver(0), noteForEver(3), sequenceForEver(), sequenceForEver()]);
