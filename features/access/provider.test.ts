// Signing in and confirming by the ministry's provider, against a real one in this process: in, refused, away, an act
// confirmed, and over at its word or ours.
import { generateKeyPair, SignJWT } from "jose";
import type { Id } from "@simpul/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../apps/server/env.ts";
import { testStore } from "../../testing/database.ts";
import type { AccessNode } from "./node.ts";
import { accessRoutes } from "./routes.ts";
import { letOfficerGo } from "./people.ts";
import { providerLogout } from "./provider-logout.ts";
import { beginProvider, cameToConfirm, finishProvider, providerFarewell, returnPath } from "./provider.ts";
import { endSession, resolveSession, type Acting, type Started } from "./sessions.ts";
import { proofs, type StepUpAsk } from "./step-up.ts";
import { accessRoom, job, officerAt, origin } from "./testing.ts";
import { card, ministry, type Ministry, type Sitting } from "./testing-provider.ts";

const from = "203.0.113.11";
const event = "http://schemas.openid.net/event/backchannel-logout";
const redirect = `${origin}${returnPath}`;
const employees = { sari: "P-1", stranger: "P-404", gone: "P-2", budi: "P-3" };
let ours: Ministry;
let node: AccessNode;
let sari: Id;

const refused = (code: string): Error => expect.objectContaining({ code }) as Error;

beforeAll(async () => {
  ours = await ministry({ employees, origin, returnPath });
  const { store } = await testStore();
  node = { ...accessRoom(store, { now: () => new Date() } as never), provider: ours.settings };
  ({ officer: sari } = await officerAt(node, { number: "P-1", name: "Sari", roles: ["investigator"] }));
  const { officer: gone } = await officerAt(node, { number: "P-2", name: "Gone", roles: ["investigator"] });
  await letOfficerGo(node, job, gone);
  await officerAt(node, { number: "P-3", name: "Budi", roles: ["investigator"] });
}, 60_000);
afterAll(() => ours.close());

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

async function signIn(account: string, acr = card): Promise<Started> {
  ours.sits({ account, acr });
  const { url, keep } = await beginProvider(node, from);
  const started = await finishProvider(node, await visit(url), keep);
  if (started === null) throw new Error("no session");
  return started;
}
const acts = (started: Started) => resolveSession(node, { cookie: started.token, bearer: null });

async function logoutToken(claims: object, key = ours.signing, aud = "simpul"): Promise<string> {
  return new SignJWT({ events: { [event]: {} }, jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "k1", typ: "logout+jwt" })
    .setIssuer(ours.settings.issuer)
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
  ours.sits({ account: "sari", acr: card });
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
    await logoutToken({ sub: "sari" }, ours.signing, "another"),
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

const ask: StepUpAsk = {
  act: "evidence.export",
  record: "0198f000-0000-7000-8000-000000000001" as Id,
};
/** She confirms an act at the provider's page, as whoever sits there. */
async function confirm(acting: Acting, who: Sitting): Promise<Started | null> {
  ours.sits(who);
  const { url, keep } = await beginProvider(node, from, { acting, ask });
  const back = await visit(url);
  expect(cameToConfirm(back)).toBe(true);
  return finishProvider(node, back, keep);
}
const proof = (acting: Acting) =>
  node.store.write({ actor: acting.officer, purpose: acting.purpose }, (tx) => {
    tx.note("test.acted", {});
    return proofs.take(tx, ask);
  });

test("she confirms one act by her card at the ministry: once, for this act, and begins no session by it", async () => {
  const acting = (await acts(await signIn("sari", "urn:ministry:password")))!;
  expect(await proof(acting)).toBeNull();
  expect(await confirm(acting, { account: "sari", acr: card })).toBeNull();
  expect(await proof(acting)).toMatchObject({ ...ask, officer: sari });
  expect(await proof(acting)).toBeNull();
});

test("no other officer, no password alone, nothing that was asked before, and nobody who has signed out confirms an act", async () => {
  const started = await signIn("sari");
  const acting = (await acts(started))!;
  for (const who of [
    { account: "budi", acr: card },
    { account: "sari", acr: "urn:ministry:password" },
    // It remembers her from forty seconds ago and does not ask.
    { account: "sari", acr: card, ago: 40 },
  ])
    await expect(confirm(acting, who), JSON.stringify(who)).rejects.toThrow(refused("PROVIDER_REFUSED"));
  const bare = { ...node, provider: { ...node.provider!, acr: [] } };
  await expect(beginProvider(bare, from, { acting, ask })).rejects.toThrow(refused("NO_PROVIDER"));
  await endSession(node, acting, acting.session, "signed-out");
  await expect(confirm(acting, { account: "sari", acr: card })).rejects.toThrow(refused("CHALLENGE_OVER"));
  expect(await proof(acting)).toBeNull();
});

test("who came by the ministry's sign-in and signs out here is led to sign out there, and its word is forgotten", async () => {
  const acting = (await acts(await signIn("sari")))!;
  const farewell = new URL((await providerFarewell(node, acting.session))!);
  expect(farewell.origin).toBe(ours.settings.issuer);
  expect(farewell.searchParams.get("post_logout_redirect_uri")).toBe(`${origin}/`);
  expect(farewell.searchParams.get("id_token_hint")).toMatch(/^ey/);
  const page = await fetch(farewell);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("logout")]);
  await endSession(node, acting, acting.session, "signed-out");
  expect(await providerFarewell(node, acting.session)).toBeNull();
});

test("a provider that is away is said so; without one there is none, and passkeys go on", async () => {
  const away = { ...node, provider: { ...node.provider!, issuer: "http://127.0.0.1:9" } };
  await expect(beginProvider(away, from)).rejects.toThrow(refused("PROVIDER_AWAY"));
  await expect(beginProvider({ ...node, provider: null }, from)).rejects.toThrow(refused("NO_PROVIDER"));
});

test("settings go together, and speak https outside of an exercise", () => {
  const all = { SIMPUL_NODE: "id", SIMPUL_OIDC_CLIENT: "simpul", SIMPUL_OIDC_SECRET: ours.settings.secret };
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
  ours.sits({ account: "sari", acr: card });
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
