// The keys of a node: what it signs and opens with, and the names under which its logs are known.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { NodeCode } from "@simpul/model";
import type { Signer, VerifierKey } from "@simpul/seal";
import { noteTypes, verifierKey } from "@simpul/seal";
import type { KeyBox, SealedBox } from "@simpul/store/keys";
import { nodeVerifying, openKeyBox, openSealedBox, openSigner } from "@simpul/store/keys";

export interface NodeKeys {
  /** Signs heads, seals and statements of this node. */
  signer: Signer;
  /** Wraps the keys of items and records. */
  box: KeyBox;
  /** To this key others seal what only this node opens. */
  sealed: SealedBox;
  /** The names under which the node signs its two logs and cosigns others'. */
  notes: { main: VerifierKey; reads: VerifierKey; cosigner: VerifierKey };
}

/** Names under which a node's keys sign; origins must be unique among all nodes. */
export const noteKeys = (code: NodeCode, publicKey: Uint8Array): NodeKeys["notes"] => ({
  main: verifierKey(`${code}.simpul/main`, noteTypes.ed25519, publicKey, nodeVerifying),
  reads: verifierKey(`${code}.simpul/reads`, noteTypes.ed25519, publicKey, nodeVerifying),
  cosigner: verifierKey(`${code}.simpul/cosigner`, noteTypes.cosignature, publicKey, nodeVerifying),
});

/** Opens the keys below `home`; makes those that are not there. */
export async function openKeys(code: NodeCode, home: string): Promise<NodeKeys> {
  const folder = path.join(home, "keys");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const signer = await openSigner(path.join(folder, "node-ed25519.pem"));
  return {
    signer,
    box: await openKeyBox(path.join(folder, "wrap.key")),
    sealed: await openSealedBox(path.join(folder, "node-x25519.pem")),
    notes: noteKeys(code, signer.publicKey),
  };
}
