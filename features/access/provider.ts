// Signing in by the ministry's provider: OpenID Connect, code flow with PKCE, state, nonce; always asked anew, never remembered.
import * as oidc from "openid-client";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { countTry } from "./attempts.ts";
import { keepChallenge, takeChallenge } from "./challenges.ts";
import { AccessError } from "./contract.ts";
import { doorkeeper, newToken, sha256, type AccessNode } from "./node.ts";
import { beginSession, type Started } from "./sessions.ts";

export interface ProviderSettings {
  /** Its issuer, `https://…`. */
  issuer: string;
  client: string;
  secret: string;
  /** What the button says. */
  name: string;
  /** The claim that holds an officer's service number. */
  claim: string;
  /** Values of `acr` that count as a second factor shown; none: a passkey is asked for as always. */
  acr: readonly string[];
  /** `http` is spoken with a provider on this machine, in an exercise or a test only. */
  plain?: boolean;
}

export const returnPath = "/api/access/provider/return";
/** Seconds: how long a provider is waited for, how old its word may be. */
const limits = { answer: 8, known: 3600, fresh: 60 } as const;

interface Known {
  config: oidc.Configuration;
  until: number;
}
const known = new Map<string, Known>();

/** The provider as it describes itself; throws `PROVIDER_AWAY` when it does not answer, `NO_PROVIDER` where none is set. */
export async function providerOf(
  node: AccessNode,
): Promise<{ settings: ProviderSettings; config: oidc.Configuration }> {
  const settings = node.provider;
  if (settings === null) throw new AccessError("NO_PROVIDER");
  const key = `${settings.issuer} ${settings.client}`;
  const kept = known.get(key);
  if (kept !== undefined && kept.until > Date.now()) return { settings, config: kept.config };
  const config = await oidc
    .discovery(new URL(settings.issuer), settings.client, {}, oidc.ClientSecretBasic(settings.secret), {
      timeout: limits.answer,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- a provider on this machine, in an exercise only
      ...(settings.plain === true ? { execute: [oidc.allowInsecureRequests] } : {}),
    })
    .catch((fault: unknown) => {
      throw new AccessError("PROVIDER_AWAY", (fault as Error).message);
    });
  known.set(key, { config, until: Date.now() + limits.known * 1000 });
  return { settings, config };
}

const returnTo = (node: AccessNode): string => `${node.rp.origins[0] ?? ""}${returnPath}`;

/** Where she is sent, and what her browser keeps to show on her return: whoever was lured into another's return lacks it. */
export async function beginProvider(node: AccessNode, from: string): Promise<{ url: string; keep: string }> {
  await countTry(node.store, "sign-in", from);
  const { settings, config } = await providerOf(node);
  const [secret, verifier, nonce] = [
    newToken(node.random),
    oidc.randomPKCECodeVerifier(),
    oidc.randomNonce(),
  ];
  const id = await keepChallenge(node.store, { kind: "provider", challenge: secret, verifier, nonce });
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnTo(node),
    scope: "openid profile",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state: `${id}.${secret}`,
    nonce,
    // The next person at this desk is not signed in by what the provider remembers of the last one.
    prompt: "login",
    max_age: "0",
    ...(settings.acr.length === 0 ? {} : { acr_values: settings.acr.join(" ") }),
  });
  return { url: url.href, keep: sha256(secret).toString("base64url") };
}

/**
 * She is back: her session begins as any other. Throws `CHALLENGE_OVER`, `PROVIDER_REFUSED` for an answer that does not
 * hold, `NOT_KNOWN_HERE` for whom the ministry knows and this node does not, `NO_PLACE`, `RESTS`.
 */
export async function finishProvider(node: AccessNode, url: URL, kept: string | null): Promise<Started> {
  const { settings, config } = await providerOf(node);
  const [id, secret] = (url.searchParams.get("state") ?? "").split(".");
  if (kept === null || secret === undefined || sha256(secret).toString("base64url") !== kept)
    throw new AccessError("CHALLENGE_OVER", "another browser");
  const asked = await takeChallenge(node.store, id as Id, "provider");
  if (asked.challenge !== secret || asked.verifier === null || asked.nonce === null)
    throw new AccessError("CHALLENGE_OVER", "state");
  const here = new URL(returnTo(node));
  here.search = url.search;
  const answer = await oidc
    .authorizationCodeGrant(config, here, {
      pkceCodeVerifier: asked.verifier,
      expectedNonce: asked.nonce,
      expectedState: `${id}.${secret}`,
      idTokenExpected: true,
      maxAge: limits.fresh,
    })
    .catch((fault: unknown) => {
      const away = (fault as { code?: string }).code === "OAUTH_TIMEOUT" || fault instanceof TypeError;
      throw new AccessError(away ? "PROVIDER_AWAY" : "PROVIDER_REFUSED", (fault as Error).message);
    });
  const claims = answer.claims();
  if (claims === undefined) throw new AccessError("PROVIDER_REFUSED", "no claims");
  const number = claims[settings.claim];
  const officer = typeof number === "string" ? await officerBy(node, number) : null;
  if (officer === null) throw new AccessError("NOT_KNOWN_HERE", settings.claim);
  const acr = typeof claims["acr"] === "string" ? claims["acr"] : null;
  const proven = acr !== null && settings.acr.includes(acr);
  return beginSession(node, { officer, door: "browser", method: "provider", proven }, async (tx) => {
    // Kept with the session that is begun in this transaction.
    tx.note("session.by-provider", { acr });
    return Promise.resolve({
      provider: { subject: claims.sub, session: typeof claims["sid"] === "string" ? claims["sid"] : null },
    });
  });
}

/** By her service number; nobody is made an officer by the provider's word. */
async function officerBy(node: AccessNode, number: string): Promise<Id | null> {
  return node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ id: Id }>`select id from simpul.officers
      where number = ${number} and left_at is null`.execute(db.rows);
    return rows[0]?.id ?? null;
  });
}
