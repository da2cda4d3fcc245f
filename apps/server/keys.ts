// The keys of a node: what it signs and opens with, and the names under which its logs are known. They become others
// while it runs; whoever holds the signer signs with the key of the moment.
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { NodeCode } from "@simpul/model";
import type { Signer, VerifierKey } from "@simpul/seal";
import { noteTypes, verifierKey } from "@simpul/seal";
import type { KeyBox, OwnStatement } from "@simpul/store/keys";
import { keyFile, nodeVerifying, openKeyBox, openSigner, ownStatements } from "@simpul/store/keys";

export interface NoteKeys {
  main: VerifierKey;
  reads: VerifierKey;
  cosigner: VerifierKey;
}

export interface NodeKeys {
  /** Signs heads, seals and statements of this node. */
  signer: Signer;
  /** Wraps the keys of items and records. */
  box: KeyBox;
  /** The names under which the node signs its two logs and cosigns others', with the key of now. */
  notes: NoteKeys;
  /** Raw signing keys, all that were ever in force, the newest first; the same list as long as the node runs. */
  ever: readonly Uint8Array[];
  /** What was said about its keys, from the first statement on. */
  readonly statements: readonly OwnStatement[];
  /** Looks whether the keys in the folder are others by now. */
  reload(): Promise<void>;
}

/** Names under which a node's keys sign; origins must be unique among all nodes. */
export const noteKeys = (code: NodeCode, publicKey: Uint8Array): NoteKeys => ({
  main: verifierKey(`${code}.simpul/main`, noteTypes.ed25519, publicKey, nodeVerifying),
  reads: verifierKey(`${code}.simpul/reads`, noteTypes.ed25519, publicKey, nodeVerifying),
  cosigner: verifierKey(`${code}.simpul/cosigner`, noteTypes.cosignature, publicKey, nodeVerifying),
});

/** Opens the keys below `home`; makes those that are not there. */
export async function openKeys(code: NodeCode, home: string): Promise<NodeKeys> {
  const folder = path.join(home, "keys");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let now: { signer: Signer; notes: NoteKeys; statements: readonly OwnStatement[] };
  const ever: Uint8Array[] = [];
  const reload = async (): Promise<void> => {
    const statements = await ownStatements(folder);
    const signer = await openSigner(path.join(folder, keyFile("node-ed25519", statements.length)));
    // All in one step: a head must not get the name of one key and the signature of another.
    now = { signer, notes: noteKeys(code, signer.publicKey), statements };
    ever.splice(0, ever.length, signer.publicKey, ...statements.map(({ old }) => old).reverse());
  };
  await reload();
  return {
    signer: {
      get publicKey() {
        return now.signer.publicKey;
      },
      sign: (message) => now.signer.sign(message),
    },
    box: await openKeyBox(path.join(folder, "wrap.key")),
    notes: {
      get main() {
        return now.notes.main;
      },
      get reads() {
        return now.notes.reads;
      },
      get cosigner() {
        return now.notes.cosigner;
      },
    },
    ever,
    get statements() {
      return now.statements;
    },
    reload,
  };
}
