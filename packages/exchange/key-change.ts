// A node's keys become others: the statement that the old and the new key sign, and the keys of before kept as long as
// peers may need them; or the word that a key was stolen, after which nothing of before is used any more.
import type { KeyObject } from "node:crypto";
import { signKeyStatement, type KeyStatement } from "@simpul/seal";
import { nodeVerifying, signerOf } from "@simpul/store/keys";
import { pinOf } from "./certificate.ts";
import { digestOf } from "./envelope.ts";
import { rawPublic, type NodeKeys, type Speaking } from "./keys.ts";

/** Keys that nobody has seen yet. */
export interface FreshKeys extends Omit<Speaking, "number"> {
  sealing: KeyObject;
}

const payloadOf = (text: string): Buffer =>
  Buffer.from((JSON.parse(text) as { payload: string }).payload, "base64");

const headOf = (keys: NodeKeys, at: Date) => {
  const last = keys.statements.at(-1);
  return {
    v: 1,
    node: keys.node,
    number: keys.number + 1,
    previous: last === undefined ? null : digestOf(payloadOf(last)),
    at: at.toISOString(),
    old: rawPublic(keys.signing),
  } as const;
};

/** The statement that `fresh` take the place of `keys` from `at` on; both sign it. */
export function signChange(
  keys: NodeKeys,
  fresh: FreshKeys,
  when: { at: Date; until: Date },
): Promise<string> {
  const statement: KeyStatement = {
    ...headOf(keys, when.at),
    kind: "changed",
    until: when.until.toISOString(),
    since: null,
    new: {
      pin: pinOf(fresh.tls.certificate),
      signing: rawPublic(fresh.signing),
      sealing: rawPublic(fresh.sealing),
      agencies: fresh.agencies.map(({ agency, privateKey }) => ({ agency, key: rawPublic(privateKey) })),
    },
  };
  return signKeyStatement(statement, [signerOf(keys.signing), signerOf(fresh.signing)], nodeVerifying);
}

/** The word that nothing is believed which the keys of now signed from `since` on. */
export function signRevocation(keys: NodeKeys, when: { at: Date; since: Date }): Promise<string> {
  const statement: KeyStatement = {
    ...headOf(keys, when.at),
    kind: "revoked",
    until: null,
    since: when.since.toISOString(),
    new: null,
  };
  return signKeyStatement(statement, [signerOf(keys.signing)], nodeVerifying);
}

/** `fresh` are the keys from now on. After a change those of before are spoken with until peers know the new ones. */
export function replaceKeys(
  keys: NodeKeys,
  fresh: FreshKeys,
  statement: string,
  how: "changed" | "revoked",
): void {
  const { number, tls, signing, agencies, sealing } = keys;
  const before: Speaking = { number, tls, signing, agencies };
  Object.assign(keys, {
    ...fresh,
    number: number + 1,
    former: how === "changed" ? [before, ...keys.former] : [],
    // A letter that was sealed before is opened also after a theft: who stole the key can open it, and it is a letter.
    opening: [sealing, ...keys.opening],
    statements: [...keys.statements, statement],
  } satisfies Partial<NodeKeys>);
}
