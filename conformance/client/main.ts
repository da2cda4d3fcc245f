/**
 * Asks a node from the command line: `node --import tsx conformance/client/main.ts th kh-card.json "Who booked room 12?"`.
 * It prints its own card, waits until two persons over there let it in, asks, and prints what is answered.
 */
import { readFile } from "node:fs/promises";
import { fingerprint } from "./card.ts";
import type { Card } from "./card.ts";
import { openClient } from "./client.ts";
import { WireError } from "./encoding.ts";
import { answers, request } from "./request.ts";

const [code = "", file = "", question = "EXERCISE: who booked room 12?"] = process.argv.slice(2);
if (!/^[a-z]{2}$/.test(code) || file === "") {
  process.stderr.write("usage: main.ts CODE CARD.json [QUESTION]\n");
  process.exit(2);
}
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const peer = JSON.parse(await readFile(file, "utf8")) as Card;
const client = await openClient(code, answers);
say(JSON.stringify(client.card));
say(`ours    ${client.fingerprint}`);
say(`theirs  ${fingerprint(peer)}`);
client.confirm(peer);

for (;;) {
  try {
    say(`version ${await client.greet()}`);
    break;
  } catch (fault) {
    if (!(fault instanceof WireError) || fault.code !== "UNPINNED") throw fault;
    await new Promise((done) => setTimeout(done, 2000));
  }
}
const year = new Date().getUTCFullYear();
const reference = `${code}-${peer.node}-${year}-000001`.toUpperCase();
const agency = client.card.agencies[0]?.agency ?? "";
say(JSON.stringify(await client.send("request.sent", request(agency, reference, question))));
const answer = await client.next("answer.released");
say(JSON.stringify(answer.body, null, 2));
await client.close();
