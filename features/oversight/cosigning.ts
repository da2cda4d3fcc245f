// States cosign each other's heads: whoever changes the past of a log must then fool all of them at once.
import { LedgerError, parseAddCheckpoint } from "@simpul/ledger";
import type { NodeCode } from "@simpul/model";
import { utf8 } from "@simpul/seal";
import type { VerifierKey } from "@simpul/seal";
import type { Ledger } from "@simpul/store";
import type { AskPeers } from "./contract.ts";

/** The names and keys of a node's logs and of its cosigning, as every node derives them from its confirmed key. */
export interface LedgerKeys {
  main: VerifierKey;
  reads: VerifierKey;
  cosigner: VerifierKey;
}

export interface Cosigning {
  ledger: Ledger;
  /** The newest first; none for a node that is no confirmed peer. */
  keysOf(node: NodeCode): Promise<readonly LedgerKeys[]>;
  asking: AskPeers;
}

const logs = ["main", "reads"] as const;

/** C2SP tlog-witness's answer in one line of JSON: its status, and what stands in its body. */
interface Answer {
  status: number;
  body: string;
}

/** Answers another node's request to cosign its head; the question's body is that of add-checkpoint. */
export async function answerCosign(node: Cosigning, peer: NodeCode, body: Uint8Array): Promise<Uint8Array> {
  const say = (answer: Answer): Uint8Array => utf8(JSON.stringify(answer));
  const keys = await node.keysOf(peer);
  const ask = parseAddCheckpoint(body);
  if (keys.length === 0 || ask === null) return say({ status: 400, body: "malformed" });
  const decision = await node.ledger.cosignFor(
    ask,
    keys.flatMap(({ main, reads }) => [main, reads]),
  );
  switch (decision.kind) {
    case "sign":
      return say({ status: 200, body: decision.line! });
    case "conflict":
      return say({ status: 409, body: String(decision.size) });
    case "refuse":
      return say({ status: decision.status, body: decision.says });
  }
}

function readAnswer(bytes: Uint8Array): Answer {
  const { status, body } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Answer>;
  if (typeof status !== "number" || typeof body !== "string")
    throw new LedgerError("NOT_A_CHECKPOINT", "no answer");
  return { status, body };
}

/**
 * Asks one peer to cosign the newest head of one log and keeps its signature. `known` is the size it signed last, as
 * we remember it; a peer that knows another size says so and is asked again from there, and one that knows more than
 * we have tells us that this database is older than the truth. Returns the size it has signed now.
 */
export async function askToCosign(
  node: Cosigning,
  peer: NodeCode,
  log: (typeof logs)[number],
  known: number,
): Promise<number> {
  const keys = await node.keysOf(peer);
  if (keys.length === 0) return known;
  let from = known;
  for (let tries = 0; tries < 3; tries++) {
    const head = await node.ledger.head(log);
    // A peer that signed this very head last knows no more than we do.
    if (head?.size === from) await node.ledger.settle(log);
    if (head === null || head.size === from) return from;
    const asked = await node.ledger.asksCosigner(log, from);
    if (asked === null) {
      await node.ledger.learnSize(log, from);
      return from;
    }
    const answer = readAnswer(await node.asking.ask(peer, "cosign", utf8(asked.body)));
    if (answer.status === 200) {
      const cosigners = keys.map(({ cosigner }) => cosigner);
      await node.ledger.keepCosignature(log, asked.size, answer.body, cosigners);
      await node.ledger.settle(log);
      return asked.size;
    }
    if (answer.status !== 409)
      throw new LedgerError("NO_QUORUM", `${peer} answers ${answer.status}: ${answer.body}`);
    from = Number(answer.body);
    if (!Number.isSafeInteger(from) || from < 0)
      throw new LedgerError("NOT_A_CHECKPOINT", `${peer} answers 409`);
    // It has signed more of our log than we know: a restored node learns here that it is behind.
    if (await node.ledger.learnSize(log, from)) return from;
  }
  return from;
}

/** Keeps asking all peers until `stop`; a peer that is away is asked again, and hinders nobody. */
export function keepCosigned(
  node: Cosigning,
  every: { seconds: number },
  onFault: (fault: unknown, peer: NodeCode) => void,
): { stop(): Promise<void>; once(): Promise<void> } {
  const known = new Map<string, number>();
  const askOne = async (peer: NodeCode): Promise<void> => {
    for (const log of logs) {
      const key = `${peer} ${log}`;
      known.set(key, await askToCosign(node, peer, log, known.get(key) ?? 0));
    }
  };
  const once = async (): Promise<void> => {
    const peers = await node.asking.peers();
    // Without peers nobody can know more than we do.
    if (peers.length === 0) await Promise.all(logs.map((log) => node.ledger.settle(log)));
    await Promise.all(peers.map((peer) => askOne(peer).catch((fault: unknown) => onFault(fault, peer))));
  };
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(once).catch(() => undefined);
  }, every.seconds * 1000);
  return {
    once: () => (running = running.then(once)),
    async stop() {
      clearInterval(timer);
      await running.catch(() => undefined);
    },
  };
}
