// For tests: a ministry's sign-in in this process (`oidc-provider`), whose own page answers as the test says.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import Provider from "oidc-provider";
import type { ProviderSettings } from "./provider.ts";

/** Whoever sits at the ministry's page next, by which card she signs in, and how many seconds ago it asked her. */
export interface Sitting {
  account: string;
  acr: string;
  ago?: number;
}

export interface Ministry {
  settings: ProviderSettings;
  /** Its own key, for what it says beside signing in. */
  signing: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];
  sits(who: Sitting): void;
  close(): void;
}

interface Interactions {
  interactionDetails(
    request: unknown,
    response: unknown,
  ): Promise<{ prompt: { name: string }; params: { client_id: string } }>;
  interactionFinished(request: unknown, response: unknown, result: object, how: object): Promise<void>;
  Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> };
}

export const card = "urn:ministry:card";

/** `employees`: service numbers by account; `origin`: where the node's pages are. */
export async function ministry(given: {
  employees: Readonly<Record<string, string>>;
  origin: string;
  returnPath: string;
}): Promise<Ministry> {
  let next: Sitting = { account: "", acr: card };
  const secret = "EXERCISE-secret-of-the-node-0123456789";
  const pair = await generateKeyPair("RS256", { extractable: true });
  const jwk: JWK = { ...(await exportJWK(pair.privateKey)), kid: "k1", use: "sig", alg: "RS256" };
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: "simpul", client_secret: secret },
        redirect_uris: [given.origin + given.returnPath],
        post_logout_redirect_uris: [`${given.origin}/`],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ["EXERCISE"] },
    claims: { openid: ["sub"], profile: ["employee_number"] },
    conformIdTokenClaims: false,
    acrValues: [card, "urn:ministry:password"],
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, employee_number: given.employees[id] }),
    }),
    interactions: { url: (_: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
  });
  // The officer at the provider's own page: she is whom the test says, and agrees.
  const answer = async (asked: Interactions, request: unknown, response: unknown): Promise<void> => {
    const { prompt, params } = await asked.interactionDetails(request, response);
    const how = { mergeWithLastSubmission: prompt.name !== "login" };
    if (prompt.name === "login") {
      const ts = Math.floor(Date.now() / 1000) - (next.ago ?? 0);
      const login = { accountId: next.account, acr: next.acr, ts };
      return asked.interactionFinished(request, response, { login }, how);
    }
    const grant = new asked.Grant({ accountId: next.account, clientId: params.client_id });
    grant.addOIDCScope("openid profile");
    return asked.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, how);
  };
  const callback = provider.callback();
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) callback(request, response);
    else void answer(provider as never, request, response);
  });
  return {
    settings: {
      ...{ issuer, client: "simpul", secret, name: "Ministry", claim: "employee_number" },
      ...{ acr: [card], plain: true },
    },
    signing: pair.privateKey,
    sits: (who) => (next = who),
    close: () => server.close(),
  };
}
