// Signing in by the ministry's provider, against a real one in this process: in, refused, away, and over at its word.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { exportJWK, generateKeyPair, SignJWT, type JWK } from "jose";
import type { Id } from "@simpul/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../apps/server/env.ts";
import { testStore } from "../../testing/database.ts";
import type { AccessNode } from "./node.ts";
import { accessRoutes } from "./routes.ts";
import { letOfficerGo } from "./people.ts";
import { providerLogout } from "./provider-logout.ts";
import { beginProvider, finishProvider, returnPath } from "./provider.ts";
import { resolveSession, type Started } from "./sessions.ts";
import { accessRoom, job, officerAt, origin } from "./testing.ts";

const from = "203.0.113.11";
const event = "http://schemas.openid.net/event/backchannel-logout";
const secret = "EXERCISE-secret-of-the-node-0123456789";
const redirect = `${origin}${returnPath}`;
let server: Server;
let issuer: string;
let node: AccessNode;
let sari: Id;
let signing: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
/** What the provider says of whoever signs in next. */
let next = { account: "sari", acr: "urn:ministry:card" };

const refused = (code: string): Error => expect.objectContaining({ code }) as Error;
const employees: Readonly<Record<string, string>> = { sari: "P-1", stranger: "P-404", gone: "P-2" };

beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  signing = pair.privateKey;
  const jwk: JWK = { ...(await exportJWK(pair.privateKey)), kid: "k1", use: "sig", alg: "RS256" };
  server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "simpul", client_secret: secret, redirect_uris: [redirect] }],
    jwks: { keys: [jwk] },
    cookies: { keys: ["EXERCISE"] },
    claims: { openid: ["sub"], profile: ["employee_number"] },
    conformIdTokenClaims: false,
    acrValues: ["urn:ministry:card", "urn:ministry:password"],
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, employee_number: employees[id] }),
    }),
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
  });
  // The officer at the provider's own page: she is whom `next` says, and agrees.
  const callback = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) {
      callback(request, response);
      return;
    }
    void answer(provider as never, request, response);
  });

  const { store } = await testStore();
  node = {
    ...accessRoom(store, { now: () => new Date() } as never),
    provider: {
      ...{ issuer, client: "simpul", secret, name: "Ministry", claim: "employee_number" },
      ...{ acr: ["urn:ministry:card"], plain: true },
    },
  };
  ({ officer: sari } = await officerAt(node, { number: "P-1", name: "Sari", roles: ["investigator"] }));
  const { officer: gone } = await officerAt(node, { number: "P-2", name: "Gone", roles: ["investigator"] });
  await letOfficerGo(node, job, gone);
}, 60_000);
afterAll(() => {
  server.close();
});

interface Interactions {
  interactionDetails(
    request: unknown,
    response: unknown,
  ): Promise<{ prompt: { name: string }; params: { client_id: string } }>;
  interactionFinished(request: unknown, response: unknown, result: object, how: object): Promise<void>;
  Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
}
async function answer(provider: Interactions, request: unknown, response: unknown): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(request, response);
  const how = { mergeWithLastSubmission: prompt.name !== "login" };
  if (prompt.name === "login") {
    const login = { accountId: next.account, acr: next.acr, ts: Math.floor(Date.now() / 1000) };
    return provider.interactionFinished(request, response, { login }, how);
  }
  const grant = new provider.Grant({ accountId: next.account, clientId: params.client_id });
  grant.addOIDCScope("openid profile");
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, how);
}

/** Follows the provider's pages as a browser does, until they lead back to the node. */
async function visit(url: string): Promise<URL> {
  const jar = new Map<string, string>();
  let at = url;
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const page = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const one of page.headers.getSetCookie()) {
      const [name, value] = one.split(";")[0]!.split("=") as [string, string];
      jar.set(name, value);
    }
    const to = page.headers.get("location");
    if (to === null) throw new Error(`${String(page.status)} ${await page.text()}`);
    at = new URL(to, at).href;
    if (at.startsWith(redirect)) return new URL(at);
  }
  throw new Error("no way back");
}

async function signIn(account: string, acr = "urn:ministry:card"): Promise<Started> {
  next = { account, acr };
  const { url, keep } = await beginProvider(node, from);
  return finishProvider(node, await visit(url), keep);
}
const acts = (started: Started) => resolveSession(node, { cookie: started.token, bearer: null });

async function logoutToken(claims: object, key = signing, aud = "simpul"): Promise<string> {
  return new SignJWT({ events: { [event]: {} }, jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "k1", typ: "logout+jwt" })
    .setIssuer(issuer)
    .setAudience(aud)
    .setIssuedAt()
    .sign(key);
}

test("an officer is found by her service number and works in an ordinary session; a card counts as shown", async () => {
  const by = await acts(await signIn("sari"));
  expect(by?.officer.id).toBe(sari);
  expect(by?.officer.provenAt).not.toBeNull();
  const password = await acts(await signIn("sari", "urn:ministry:password"));
  expect(password?.officer.provenAt).toBeNull();
});

test("whom the ministry knows and this node does not is not let in, and nobody is made an officer", async () => {
  for (const account of ["stranger", "gone", "nobody"])
    await expect(signIn(account), account).rejects.toThrow(refused("NOT_KNOWN_HERE"));
});

test("it asks her anew each time, and every part of the way back is checked", async () => {
  const { url, keep } = await beginProvider(node, from);
  const asked = new URL(url).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    prompt: "login",
    max_age: "0",
    code_challenge_method: "S256",
  });
  next = { account: "sari", acr: "urn:ministry:card" };
  const back = await visit(url);
  // Another browser, another state, a code that was changed; and each state counts once.
  await expect(finishProvider(node, back, null)).rejects.toThrow(refused("CHALLENGE_OVER"));
  await expect(finishProvider(node, back, "x".repeat(43))).rejects.toThrow(refused("CHALLENGE_OVER"));
  const forged = new URL(back);
  forged.searchParams.set("code", "made-up");
  await expect(finishProvider(node, forged, keep)).rejects.toThrow(refused("PROVIDER_REFUSED"));
  await expect(finishProvider(node, back, keep)).rejects.toThrow(refused("CHALLENGE_OVER"));
  const other = await beginProvider(node, from);
  const mixed = new URL(await visit((await beginProvider(node, from)).url));
  mixed.searchParams.set("state", new URL(other.url).searchParams.get("state")!);
  await expect(finishProvider(node, mixed, other.keep)).rejects.toThrow(refused("PROVIDER_REFUSED"));
});

test("its word that she is signed out ends her session at once, once, and only if it is its word", async () => {
  const started = await signIn("sari");
  const { privateKey: foreign } = await generateKeyPair("RS256");
  const wrong = [
    await logoutToken({ sub: "sari" }, foreign),
    await logoutToken({ sub: "sari" }, signing, "another"),
    await logoutToken({ sub: "sari", nonce: "n" }),
    await logoutToken({ sub: "sari", events: {} }),
    await logoutToken({}),
    "a.b.c",
  ];
  for (const token of wrong)
    await expect(providerLogout(node, token)).rejects.toThrow(refused("PROVIDER_REFUSED"));
  expect(await acts(started)).not.toBeNull();
  const token = await logoutToken({ sub: "sari" });
  expect(await providerLogout(node, token)).toBeGreaterThan(0);
  expect(await acts(started)).toBeNull();
  await expect(providerLogout(node, token)).rejects.toThrow(refused("PROVIDER_REFUSED"));
});

test("a provider that is away is said so; without one there is none, and passkeys go on", async () => {
  const away = { ...node, provider: { ...node.provider!, issuer: "http://127.0.0.1:9" } };
  await expect(beginProvider(away, from)).rejects.toThrow(refused("PROVIDER_AWAY"));
  await expect(beginProvider({ ...node, provider: null }, from)).rejects.toThrow(refused("NO_PROVIDER"));
});

test("settings go together, and speak https outside of an exercise", () => {
  const all = { SIMPUL_NODE: "id", SIMPUL_OIDC_CLIENT: "simpul", SIMPUL_OIDC_SECRET: secret };
  expect(() => readSettings(all)).toThrow("go together");
  expect(() => readSettings({ ...all, SIMPUL_OIDC_ISSUER: "http://idp.example" })).toThrow("https");
  const read = readSettings({ ...all, SIMPUL_OIDC_ISSUER: "https://idp.example", SIMPUL_OIDC_ACR: "a b" });
  expect(read.provider).toMatchObject({ claim: "employee_number", acr: ["a", "b"], plain: false });
  expect(readSettings({ SIMPUL_NODE: "id" }).provider).toBeNull();
});

test("over HTTP her way there and back is a cookie of this browser and a redirect, with words for what was wrong", async () => {
  const routes = accessRoutes(node, { cookie: "simpul_id", secure: false, from: () => from });
  const begun = await routes.request("/provider/begin", { method: "POST" });
  const { url } = (await begun.json()) as { url: string };
  const [kept] = begun.headers.getSetCookie();
  expect(kept).toMatch(/HttpOnly/);
  expect(kept).toMatch(/SameSite=Lax/);
  next = { account: "sari", acr: "urn:ministry:card" };
  const back = await visit(url);
  const lured = await routes.request(`/provider/return${back.search}`);
  expect([lured.status, lured.headers.get("location")]).toEqual([303, "/?refused=CHALLENGE_OVER"]);
  const cookie = kept!.split(";")[0]!;
  const home = await routes.request(`/provider/return${back.search}`, { headers: { cookie } });
  expect([home.status, home.headers.get("location")]).toEqual([303, "/"]);
  expect(home.headers.getSetCookie().some((one) => /^simpul_id=\S+; .*SameSite=Strict/.test(one))).toBe(true);
  const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
  const body = `logout_token=${await logoutToken({ sub: "sari" })}`;
  expect((await routes.request("/provider/back-channel", { ...form, body })).status).toBe(200);
});
