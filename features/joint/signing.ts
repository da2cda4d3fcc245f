// Statements of a space: digests over one form of the words, signatures by a state's node, and reading them back.
import { createHash } from "node:crypto";
import type { Digest, NodeCode } from "@simpul/model";
import { fromBase64, parseSignedStatement, signStatement, utf8, verifyStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import type { JointNode } from "./node.ts";

export const statementTypes = {
  note: "application/vnd.simpul.joint-note+json",
  approval: "application/vnd.simpul.joint-approval+json",
  word: "application/vnd.simpul.joint-word+json",
  ending: "application/vnd.simpul.joint-ending+json",
  confirmation: "application/vnd.simpul.joint-confirmation+json",
  document: "application/vnd.simpul.joint-document+json",
  signature: "application/vnd.simpul.joint-signature+json",
  evaluation: "application/vnd.simpul.joint-evaluation+json",
} as const;
type What = keyof typeof statementTypes;

/** Keys in one order, so that the same content has one digest wherever it is written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}

export const digestOf = (value: unknown): Digest =>
  createHash("sha256").update(canonical(value)).digest("hex") as Digest;

/** Permissions beside a record differ from party to party, and are no part of it. */
const withoutGrants = (key: string, value: unknown): unknown => (key === "grants" ? undefined : value);

/** The digest of a thing: what a hash list names; the same at every party. */
export const thingDigest = (thing: {
  id: string;
  kind: string;
  version: number;
  content: unknown;
  handling: unknown;
  evaluation: unknown;
}): Digest => {
  const { id, kind, version, handling, evaluation } = thing;
  const content = JSON.parse(JSON.stringify(thing.content, withoutGrants)) as unknown;
  return digestOf({ id, kind, version, content, handling, evaluation });
};

export const sign = async (node: Pick<JointNode, "signer">, what: What, says: unknown): Promise<string> =>
  JSON.stringify(
    await signStatement(statementTypes[what], utf8(canonical(says)), [node.signer], nodeVerifying),
  );

/** Whether that state's node signed exactly these words. A key that is not known proves nothing. */
export async function signedBy(
  node: Pick<JointNode, "keysOf">,
  by: NodeCode,
  what: What,
  says: unknown,
  text: string,
): Promise<boolean> {
  const keys = await node.keysOf(by);
  try {
    const signed = parseSignedStatement(text);
    if (signed.payloadType !== statementTypes[what]) return false;
    await verifyStatement(signed, keys, nodeVerifying);
    return new TextDecoder().decode(fromBase64(signed.payload)) === canonical(says);
  } catch {
    return false;
  }
}
