// Checking an item from its statements alone: signatures, links, subjects, order. No database, no network.
import type { Digest, Id, NodeCode } from "@simpul/model";
import { fromBase64, toHex, verifyStatement, type SignedStatement, type Verifying } from "@simpul/seal";
import { acquisitionOf, type Acquisition } from "./acquisition.ts";
import { custodyOf, type CustodyEvent } from "./custody.ts";
import { payloadType, readStatement, type Subjects } from "./statement.ts";

/** The keys to believe, from outside of what is checked. */
export interface ChainKeys {
  /** Keys of a node that were in force at a time; all that ever were where no time is given. */
  node(code: NodeCode, at?: Date): readonly Uint8Array[];
  /** The key of an officer's device; empty when it is not known here. */
  device(id: Id): readonly Uint8Array[];
}

export interface ChainProblem {
  /** Number of the statement, 0 for the acquisition. */
  number: number;
  problem:
    | "not-a-statement"
    | "not-signed-by-device"
    | "not-signed-by-node"
    | "other-item"
    | "wrong-number"
    | "does-not-follow"
    | "other-bytes"
    | "another-keeper"
    | "goes-back-in-time"
    | "first-is-not-sealed"
    | "after-the-end";
}

export interface CheckedChain {
  ok: boolean;
  problems: ChainProblem[];
  acquisition: Acquisition | null;
  events: (CustodyEvent & { subjects: Subjects; digest: Digest })[];
}

export const statementDigest = (engine: Pick<Verifying, "hash">, payload: Uint8Array): Digest =>
  toHex(engine.hash(payload)) as Digest;

/** A node's clock may be set right by this much between two events. */
const backwards = 5 * 60_000;

/**
 * Checks the chain of one item, the acquisition first. It goes on after a problem, so that all are told; `ok` only
 * when there is none. The acquisition needs the device and the node, every event its node.
 */
export async function checkChain(
  engine: Verifying,
  keys: ChainKeys,
  chain: readonly SignedStatement[],
): Promise<CheckedChain> {
  const problems: ChainProblem[] = [];
  const events: CheckedChain["events"] = [];
  let acquisition: Acquisition | null = null;
  let previous: Digest | null = null;
  let sealed: Subjects | null = null;
  let keeper: NodeCode | null = null;
  let lastAt = -Infinity;
  let ended = false;
  for (const [number, signed] of chain.entries()) {
    const wrong = (problem: ChainProblem["problem"]): number => problems.push({ number, problem });
    let digest: Digest | null = null;
    try {
      const payload = fromBase64(signed.payload);
      digest = statementDigest(engine, payload);
      const statement = readStatement(payload);
      if (signed.payloadType !== payloadType) wrong("not-a-statement");
      if (number === 0) {
        acquisition = acquisitionOf(statement);
        const { device, node } = acquisition.facts;
        if (!(await signedBy(engine, signed, keys.device(device)))) wrong("not-signed-by-device");
        if (!(await signedBy(engine, signed, keys.node(node)))) wrong("not-signed-by-node");
      } else {
        const event = custodyOf(statement);
        const at = Date.parse(event.at);
        if (!(await signedBy(engine, signed, keys.node(event.node, new Date(at)))))
          wrong("not-signed-by-node");
        if (event.item !== acquisition?.facts.item) wrong("other-item");
        if (event.number !== number) wrong("wrong-number");
        if (event.previous !== previous) wrong("does-not-follow");
        if (number === 1 && event.event !== "sealed") wrong("first-is-not-sealed");
        if (event.subjects.original !== acquisition?.original) wrong("other-bytes");
        else if (
          sealed !== null &&
          event.event !== "received" &&
          event.subjects["sealed-file"] !== sealed["sealed-file"]
        )
          wrong("other-bytes");
        // Another state keeps the same original under keys of its own; who handed it on and who took it both signed.
        const handsOver = events.at(-1)?.event === "transferred-out";
        if (event.node !== keeper && keeper !== null && !(event.event === "received" && handsOver))
          wrong("another-keeper");
        if (at < lastAt - backwards) wrong("goes-back-in-time");
        if (ended) wrong("after-the-end");
        if (sealed === null || event.event === "received") sealed = event.subjects;
        keeper = event.node;
        lastAt = Math.max(lastAt, at);
        ended ||= event.event === "key-destroyed";
        events.push({ ...event, digest });
      }
    } catch {
      wrong("not-a-statement");
    }
    previous = digest;
  }
  if (chain.length < 2) problems.push({ number: chain.length, problem: "first-is-not-sealed" });
  return { ok: problems.length === 0, problems, acquisition, events };
}

async function signedBy(
  engine: Verifying,
  signed: SignedStatement,
  keys: readonly Uint8Array[],
): Promise<boolean> {
  if (keys.length === 0) return false;
  return verifyStatement(signed, keys, engine).then(
    () => true,
    () => false,
  );
}
