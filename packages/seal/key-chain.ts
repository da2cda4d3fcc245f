// Signing what a node says about its keys, and following it from the key that is known.
import { toBase64 } from "./bytes.ts";
import { signStatement } from "./dsse-sign.ts";
import type { Signer, Verifying } from "./engine.ts";
import type { KeyStatement, KeyStep } from "./key-form.ts";
import { keysType, KeyStatementError, readKeyStatement } from "./key-statement.ts";

/** A raw key in base64url without padding. */
export const toBase64Url = (raw: Uint8Array): string =>
  toBase64(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Signs it by the old key and, where there is one, by the new key. */
export async function signKeyStatement(
  statement: KeyStatement,
  signers: readonly Signer[],
  engine: Pick<Verifying, "hash">,
): Promise<string> {
  const body = new TextEncoder().encode(JSON.stringify(statement));
  return JSON.stringify(await signStatement(keysType, body, signers, engine));
}

/** What is known of a node's keys: how many statements led to them, the last one's digest where it is held, the signing key. */
export interface KnownKeys {
  node: string;
  number: number;
  previous: string | null;
  signing: string;
}

/**
 * The statements beyond those known, each signed by the key before it. What is known already is passed over; a key that
 * was revoked vouches for nothing, so nothing follows it here. Throws `KeyStatementError`.
 */
export async function followKeys(
  known: KnownKeys,
  texts: readonly string[],
  engine: Verifying,
): Promise<KeyStep[]> {
  const steps: KeyStep[] = [];
  let { number, previous, signing } = known;
  for (const text of texts) {
    const step = await readKeyStatement(text, engine);
    const { statement } = step;
    if (statement.node !== known.node) throw new KeyStatementError("FOREIGN", `of ${statement.node}`);
    if (statement.number <= number) continue;
    if (statement.number !== number + 1)
      throw new KeyStatementError("OUT_OF_ORDER", `${statement.number} after ${number}`);
    if (statement.old !== signing || (previous !== null && statement.previous !== previous))
      throw new KeyStatementError("FOREIGN", "not by the key that is known");
    steps.push(step);
    if (statement.new === null) break;
    ({ number } = statement);
    previous = step.digest;
    signing = statement.new.signing;
  }
  return steps;
}
