// Making signed statements (DSSE 1.0.2); reading them is apart, so that the offline verifier reaches nothing that signs.
import { toBase64 } from "./bytes.ts";
import { either, preAuthEncoding } from "./dsse.ts";
import type { SignedStatement } from "./dsse.ts";
import type { Signer, Verifying } from "./engine.ts";
import { SealError } from "./errors.ts";
import { keyName } from "./spki.ts";

const mostBytes = 1024 * 1024;

/** Signs `body` with every signer. Throws `TOO_LARGE`. */
export async function signStatement(
  payloadType: string,
  body: Uint8Array,
  signers: readonly Signer[],
  engine: Pick<Verifying, "hash">,
): Promise<SignedStatement> {
  if (body.length > mostBytes) throw new SealError("TOO_LARGE", `${body.length} bytes`);
  const message = preAuthEncoding(payloadType, body);
  const signatures = [];
  for (const signer of signers) {
    signatures.push({ keyid: keyName(signer.publicKey, engine), sig: toBase64(await signer.sign(message)) });
  }
  return { payloadType, payload: toBase64(body), signatures };
}

/** Adds one signature to a statement that others signed: a node countersigns what its officer's device signed. */
export async function countersign(
  signed: SignedStatement,
  signer: Signer,
  engine: Pick<Verifying, "hash">,
): Promise<SignedStatement> {
  const own = await signStatement(signed.payloadType, either(signed.payload), [signer], engine);
  return { ...signed, signatures: [...signed.signatures, ...own.signatures] };
}
