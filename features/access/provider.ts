// Signing in, and confirming an act, by the ministry's provider: OpenID Connect, code flow with PKCE, state, nonce; always
// asked anew, never remembered. Who came by it is signed out there too.
import * as oidc from "openid-client";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { countTry } from "./attempts.ts";
import { keepChallenge, takeChallenge } from "./challenges.ts";
import { AccessError } from "./contract.ts";
import { doorkeeper, newToken, sha256, type AccessNode } from "./node.ts";
import { notingRefusal } from "./refused.ts";
import { askedAnew, stepUpStatement } from "./rules.ts";
import { actingIn, beginSession, type Acting, type Started } from "./sessions.ts";
import { keepProof, readStepUpAct, type StepUpAsk } from "./step-up.ts";

export interface ProviderSettings {
  /** Its issuer, `https://…`. */
  issuer: string;
  client: string;
  secret: string;
  /** What the button says. */
  name: string;
  /** The claim that holds an officer's service number. */
  claim: string;
  /** Values of `acr` that count as a second factor shown, at sign-in and for an act; none: a passkey is asked for as always. */
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

/** Whose act is to be confirmed, and which; absent for whoever signs in. */
export interface Confirming {
  acting: Acting;
  ask: StepUpAsk;
}

/**
 * Where she is sent, and what her browser keeps to show on her return: whoever was lured into another's return lacks it.
 * Throws `NO_PROVIDER`, `PROVIDER_AWAY`, `TOO_MANY`.
 */
export async function beginProvider(
  node: AccessNode,
  from: string,
  confirming?: Confirming,
): Promise<{ url: string; keep: string }> {
  await countTry(node.store, confirming ? "step-up" : "sign-in", confirming?.acting.officer.id ?? from);
  const { settings, config } = await providerOf(node);
  if (confirming && settings.acr.length === 0)
    throw new AccessError("NO_PROVIDER", "it shows no second factor");
  const [secret, verifier] = [newToken(node.random), oidc.randomPKCECodeVerifier()];
  // For an act the provider signs what it is for, as a passkey does.
  const nonce = confirming
    ? sha256(
        stepUpStatement(node.code, confirming.ask.act, confirming.ask.record, newToken(node.random)),
      ).toString("base64url")
    : oidc.randomNonce();
  const id = await keepChallenge(node.store, {
    ...{ kind: "provider", challenge: secret, verifier, nonce },
    ...(confirming && {
      officer: confirming.acting.officer.id,
      session: confirming.acting.session,
      ...confirming.ask,
    }),
  });
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: returnTo(node),
    scope: "openid profile",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state: `${id}.${secret}${confirming ? `.${confirms}` : ""}`,
    nonce,
    // The next person at this desk is not signed in by what the provider remembers of the last one.
    prompt: "login",
    max_age: "0",
    ...(settings.acr.length === 0 ? {} : { acr_values: settings.acr.join(" ") }),
  });
  return { url: url.href, keep: sha256(secret).toString("base64url") };
}

const confirms = "act";
/** Which page she comes back to, by what the address says; nothing else hangs on it. */
export const cameToConfirm = (url: URL): boolean =>
  (url.searchParams.get("state") ?? "").endsWith(`.${confirms}`);

/**
 * She is back: her session begins as any other, or her act is confirmed and null is given. Throws `CHALLENGE_OVER`,
 * `PROVIDER_REFUSED` for an answer that does not hold or is somebody else's, `NOT_KNOWN_HERE` for whom the ministry knows
 * and this node does not, `NO_PLACE`, `RESTS`.
 */
export async function finishProvider(
  node: AccessNode,
  url: URL,
  kept: string | null,
): Promise<Started | null> {
  const provider = await providerOf(node);
  const state = url.searchParams.get("state") ?? "";
  const [id, secret] = state.split(".");
  if (kept === null || secret === undefined || sha256(secret).toString("base64url") !== kept)
    throw new AccessError("CHALLENGE_OVER", "another browser");
  const asked = await takeChallenge(node.store, id as Id, "provider");
  const { challenge, verifier, nonce } = asked;
  if (challenge !== secret || verifier === null || nonce === null)
    throw new AccessError("CHALLENGE_OVER", "state");
  return notingRefusal(
    node,
    () => ({ method: asked.session === null ? "oidc" : "step-up", officer: asked.officer }),
    () => answered(node, provider, url, { state, asked: { ...asked, verifier, nonce } }),
  );
}

type Asked = Awaited<ReturnType<typeof takeChallenge>>;

/** What the provider says of her, believed or refused. */
async function answered(
  node: AccessNode,
  { settings, config }: Awaited<ReturnType<typeof providerOf>>,
  url: URL,
  { state, asked }: { state: string; asked: Asked & { verifier: string; nonce: string } },
): Promise<Started | null> {
  const here = new URL(returnTo(node));
  here.search = url.search;
  const answer = await oidc
    .authorizationCodeGrant(config, here, {
      pkceCodeVerifier: asked.verifier,
      expectedNonce: asked.nonce,
      expectedState: state,
      idTokenExpected: true,
      maxAge: limits.fresh,
    })
    .catch((fault: unknown) => {
      const away = (fault as { code?: string }).code === "OAUTH_TIMEOUT" || fault instanceof TypeError;
      throw new AccessError(away ? "PROVIDER_AWAY" : "PROVIDER_REFUSED", (fault as Error).message);
    });
  const claims = answer.claims();
  if (claims === undefined) throw new AccessError("PROVIDER_REFUSED", "no claims");
  if (!askedAnew(claims.auth_time, asked.madeAt))
    throw new AccessError("PROVIDER_REFUSED", "it did not ask her anew");
  const number = claims[settings.claim];
  const officer = typeof number === "string" ? await officerBy(node, number) : null;
  if (officer === null) throw new AccessError("NOT_KNOWN_HERE", settings.claim);
  const acr = typeof claims["acr"] === "string" ? claims["acr"] : null;
  const proven = acr !== null && settings.acr.includes(acr);
  if (asked.session !== null) {
    const acting = await actingIn(node, asked.session);
    if (acting === null) throw new AccessError("CHALLENGE_OVER", "her session is over");
    if (officer !== acting.officer.id || !proven)
      throw new AccessError("PROVIDER_REFUSED", proven ? "another officer" : "no second factor");
    const ask = { act: readStepUpAct(asked.act ?? ""), record: asked.record as Id };
    await keepProof(node, acting, ask, "provider");
    return null;
  }
  return beginSession(node, { officer, door: "browser", method: "provider", proven }, async (tx) => {
    // Kept with the session that is begun in this transaction.
    tx.note("session.by-provider", { acr });
    const session = typeof claims["sid"] === "string" ? claims["sid"] : null;
    return Promise.resolve({ provider: { subject: claims.sub, session, word: answer.id_token ?? "" } });
  });
}

/** Longer than this an address does not travel everywhere. */
const longestWord = 4000;

/**
 * Where her browser goes when she has signed out here, so that she is signed out there too (OpenID Connect RP-Initiated
 * Logout 1.0); asked for before her session ends. Null where she did not come by the provider, or it has no such place.
 */
export async function providerFarewell(node: AccessNode, session: Id): Promise<string | null> {
  const word = await node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ word: string | null }>`select provider_word as word from simpul.sessions
      where id = ${session} and method = 'provider'`.execute(db.rows);
    return rows[0]?.word ?? null;
  });
  if (word === null || node.provider === null) return null;
  // Away or without such a place: she is signed out here all the same.
  const found = await providerOf(node).catch(() => null);
  if (found?.config.serverMetadata().end_session_endpoint === undefined) return null;
  return oidc.buildEndSessionUrl(found.config, {
    post_logout_redirect_uri: `${node.rp.origins[0] ?? ""}/`,
    ...(word === "" || word.length > longestWord ? {} : { id_token_hint: word }),
  }).href;
}

/** By her service number; nobody is made an officer by the provider's word. */
async function officerBy(node: AccessNode, number: string): Promise<Id | null> {
  return node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ id: Id }>`select id from simpul.officers
      where number = ${number} and left_at is null`.execute(db.rows);
    return rows[0]?.id ?? null;
  });
}
