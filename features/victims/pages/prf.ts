// What a passkey gives for a salt (WebAuthn level 3, prf extension): 32 bytes that never leave it otherwise.
import type { DeskView } from "../contract.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (text: string): Bytes =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const textOf = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** The passkey gave no secret: it, or the browser, cannot. */
export class NoPrf extends Error {}

async function show(
  only: readonly string[],
  prf: AuthenticationExtensionsPRFInputs,
): Promise<{ credential: string; secret: string }> {
  const got = (await navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      userVerification: "required",
      allowCredentials: only.map((id) => ({ type: "public-key", id: bytesOf(id) })),
      extensions: { prf },
    },
  })) as PublicKeyCredential;
  const first = got.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) throw new NoPrf();
  return { credential: got.id, secret: textOf(first as ArrayBuffer) };
}

/** Opens by whichever of her passkeys she shows. */
export async function prfOf(openers: DeskView["openers"]): Promise<{ opener: string; secret: string }> {
  const known = openers.filter(({ credential, salt }) => credential !== null && salt !== null);
  const evalByCredential = Object.fromEntries(
    known.map(({ credential, salt }) => [credential!, { first: bytesOf(salt!) }]),
  );
  const { credential, secret } = await show(
    known.map((one) => one.credential!),
    { evalByCredential },
  );
  return { opener: known.find((one) => one.credential === credential)!.id, secret };
}

/** A passkey for a fresh salt, to be added. */
export async function newPrf(): Promise<{ credential: string; salt: string; secret: string }> {
  const salt = crypto.getRandomValues(new Uint8Array(32));
  return { ...(await show([], { eval: { first: salt } })), salt: textOf(salt) };
}
