// A node's sending process on its own, for tests that kill it: settings file in, then it sends until it dies.
import { readFileSync } from "node:fs";
import { openStore } from "@simpul/store";
import { openExchange, readNodeKeys } from "../packages/exchange/index.ts";
import { quick, random, systemClock } from "./exchange-pair-settings.ts";

const given = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as {
  url: string;
  keys: string;
  leaseMs?: number;
};
const store = await openStore({ url: given.url, migrations: [], clock: systemClock, random, connections: 4 });
await openExchange({
  store,
  keys: readNodeKeys(given.keys),
  clock: systemClock,
  random,
  port: 0,
  host: "127.0.0.1",
  mayLeave: () => Promise.resolve({ kind: "may" }),
  onEnvelope: () => Promise.reject(new Error("this process only sends")),
  pace: { ...quick, leaseMs: given.leaseMs ?? 700 },
});
process.stdout.write("sending\n");
