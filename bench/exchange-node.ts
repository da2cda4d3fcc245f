// A receiving node in a process of its own, for the bench of exchange: keeps what comes, fetches the files, tells when.
import { createServer } from "node:tls";
import { openExchange, readNodeKeys } from "../packages/exchange/index.ts";
import type { Envelope } from "../packages/exchange/index.ts";
import { openStore } from "@simpul/store";
import { systemClock, systemRandom } from "@simpul/store/keys";

export interface Asked {
  url: string;
  keys: string;
  /** Also fetches each file, one after another, as the desks do. */
  fetches: boolean;
}

/** About what a receipt has. */
const receiptBytes = 480;

const asked = JSON.parse(process.argv[2]!) as Asked;
const keys = readNodeKeys(asked.keys);
const store = await openStore({
  url: asked.url,
  migrations: [],
  clock: systemClock,
  random: systemRandom,
  connections: 4,
});
let fetching: Promise<void> = Promise.resolve();
const exchange = await openExchange({
  store,
  keys,
  clock: systemClock,
  random: systemRandom,
  port: 0,
  host: "127.0.0.1",
  mayLeave: () => Promise.resolve({ kind: "may" }),
  onEnvelope(_tx, envelope) {
    process.send!({ taken: envelope.id });
    if (asked.fetches) fetching = fetching.then(() => fetchAll(envelope));
    return Promise.resolve();
  },
  pace: { headsMs: 3_600_000 },
});

async function fetchAll({ id, from, attachments }: Envelope): Promise<void> {
  try {
    for (const ref of attachments)
      for await (const part of exchange.fetch(from, id, ref)) process.send!({ bytes: part.length });
  } catch {
    // The bench is over, or the line broke: this is only load.
  }
}

// The bare line beside it: the same hand-shake, the bytes in, and as many bytes back as the receipts have.
const bare = createServer(
  {
    cert: keys.tls.certificate,
    key: keys.tls.privateKey,
    minVersion: "TLSv1.3",
    requestCert: true,
    rejectUnauthorized: false,
    allowHalfOpen: true,
  },
  (socket) => {
    let messages = 0;
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) messages++;
    });
    socket.on("end", () => socket.end(Buffer.alloc(messages * receiptBytes)));
  },
).listen(0, "127.0.0.1", () => {
  process.send!({ port: exchange.port, bare: (bare.address() as { port: number }).port });
});
