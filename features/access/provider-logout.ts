// The provider says that somebody's session there is over (OpenID Connect Back-Channel Logout 1.0): so is it here, at once.
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTPayload } from "jose";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { AccessError } from "./contract.ts";
import { sha256, type AccessNode } from "./node.ts";
import { providerOf } from "./provider.ts";

const event = "http://schemas.openid.net/event/backchannel-logout";
/** Minutes that a logout token is good for; within them it counts once. */
const lasts = 2;
const job: Standing = { actor: { kind: "job", name: "provider" }, purpose: "administration" };

/** Ends every session that the token names; gives how many. Throws `PROVIDER_REFUSED` for a token that does not hold. */
export async function providerLogout(node: AccessNode, token: string): Promise<number> {
  const { settings, config } = await providerOf(node);
  const server = config.serverMetadata();
  if (server.jwks_uri === undefined) throw new AccessError("PROVIDER_REFUSED", "no keys");
  const keys = createRemoteJWKSet(new URL(server.jwks_uri), { timeoutDuration: 8000, [customFetch]: fetch });
  const { payload } = await jwtVerify(token, keys, {
    issuer: server.issuer,
    audience: settings.client,
    maxTokenAge: `${String(lasts)} minutes`,
    currentDate: node.clock.now(),
    requiredClaims: ["jti", "iat", "events"],
    clockTolerance: 30,
  }).catch((fault: unknown) => {
    const away = fault instanceof errors.JWKSTimeout;
    throw new AccessError(away ? "PROVIDER_AWAY" : "PROVIDER_REFUSED", (fault as Error).message);
  });
  const { sub, sid } = named(payload);
  await once(node, payload.jti!);
  return node.store.write(job, async (tx) => {
    const ended = await sql`update simpul.sessions set ended_at = ${tx.at}, ended_because = 'provider'
      where ended_at is null and method = 'provider'
        and (${sub}::text is null or provider_subject = ${sub}) and (${sid}::text is null or provider_session = ${sid})`.execute(
      tx.rows,
    );
    const count = Number(ended.numAffectedRows ?? 0n);
    tx.note("session.ended-by-provider", { count });
    return count;
  });
}

/** A logout token names a subject or a session, is about logging out, and is no identity token: it has no nonce. */
function named(payload: JWTPayload): { sub: string | null; sid: string | null } {
  const events = payload["events"] as Record<string, unknown> | null;
  const about = typeof events === "object" && events !== null && typeof events[event] === "object";
  const sub = typeof payload.sub === "string" ? payload.sub : null;
  const sid = typeof payload["sid"] === "string" ? payload["sid"] : null;
  if (!about || payload["nonce"] !== undefined || (sub === null && sid === null))
    throw new AccessError("PROVIDER_REFUSED", "no logout token");
  return { sub, sid };
}

/** Counted where tries are: the second time of the same token is none. */
async function once(node: AccessNode, jti: string): Promise<void> {
  const bucket = `logout ${sha256(jti).toString("base64url")}`;
  const { rows } = await node.store.chore("provider", ({ rows: keeper, at }) =>
    sql<{ count: number }>`insert into simpul.attempts (bucket, since, count)
      values (${bucket}, ${new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000)}, 1)
      on conflict (bucket, since) do update set count = simpul.attempts.count + 1 returning count`.execute(
      keeper,
    ),
  );
  if (rows[0]!.count > 1) throw new AccessError("PROVIDER_REFUSED", "this token was used");
}
