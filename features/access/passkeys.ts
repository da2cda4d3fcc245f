// Passkeys: the first by a one-time code, more by a signed-in officer, signing in by one; user verification always.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { countTry } from "./attempts.ts";
import { keepChallenge, takeChallenge } from "./challenges.ts";
import { AccessError } from "./contract.ts";
import { requireFreshFactor } from "./fresh.ts";
import { doorkeeper, newToken, sha256, type AccessNode } from "./node.ts";
import { notingRefusal, type Tried } from "./refused.ts";
import { passkeyBy, passkeysOf, serving, type OfficerRow, type PasskeyRow } from "./records.ts";
import { enrolmentCodeLength, mostBelongings, readCode, readName } from "./rules.ts";
import { beginSession, type Acting, type Started } from "./sessions.ts";

/** A challenge for the browser's authenticator; `id` comes back with its answer. */
export interface Asked<Options> {
  id: Id;
  options: Options;
}

const challengeBytes = (challenge: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(challenge, "base64url"));

/** A passkey that the authenticator offers by itself, so that nobody types who she is. */
async function creation(
  node: AccessNode,
  officer: OfficerRow,
  challenge: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const has = await node.store.read(doorkeeper, (db) => passkeysOf(db, officer.id));
  if (has.length >= mostBelongings) throw new AccessError("TOO_MANY", "passkeys");
  return generateRegistrationOptions({
    rpName: node.rp.name,
    rpID: node.rp.id,
    userName: `${officer.name_latin ?? officer.name} (${node.code})`,
    userDisplayName: officer.name,
    userID: new TextEncoder().encode(officer.id),
    challenge: challengeBytes(challenge),
    attestationType: "none",
    excludeCredentials: has.map((key) => ({ id: key.credential })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    timeout: 300_000,
  });
}

interface NewPasskey {
  credential: string;
  publicKey: Uint8Array;
  counter: number;
  transports: readonly string[];
  backedUp: boolean;
}

/** Throws `PASSKEY_REFUSED` for an answer that does not fit challenge, origin or party, or without verification. */
async function created(
  node: AccessNode,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<NewPasskey> {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: node.rp.origins,
    expectedRPID: node.rp.id,
    requireUserVerification: true,
  }).catch((fault: unknown) => {
    throw new AccessError("PASSKEY_REFUSED", (fault as Error).message);
  });
  if (!verified.verified) throw new AccessError("PASSKEY_REFUSED", "not verified");
  const { credential, credentialBackedUp } = verified.registrationInfo;
  return {
    credential: credential.id,
    publicKey: credential.publicKey,
    counter: credential.counter,
    transports: (response.response.transports ?? []).slice(0, 10).map((one) => one.slice(0, 20)),
    backedUp: credentialBackedUp,
  };
}

async function keepPasskey(tx: Writer, officer: Id, name: string, key: NewPasskey): Promise<Id> {
  const id = tx.newId();
  const { numAffectedRows } = await sql`
    insert into simpul.passkeys
      (id, officer_id, credential, public_key, counter, transports, backed_up, name, added_at)
    values (${id}, ${officer}, ${key.credential}, ${Buffer.from(key.publicKey)}, ${key.counter},
      ${[...key.transports]}, ${key.backedUp}, ${name}, ${tx.at})
    on conflict (credential) do nothing`.execute(tx.rows);
  if (numAffectedRows !== 1n) throw new AccessError("PASSKEY_REFUSED", "this passkey is known already");
  tx.note("access.passkey-added", { id, officer });
  return id;
}

const keyName = (name: string): string => {
  const read = readName(name, 100);
  if (read === null) throw new AccessError("NOT_A_NAME", "passkey");
  return read;
};

/** Throws `CODE_REFUSED` for a code that is unknown, used or over, `TOO_MANY` when too many were tried. */
export async function beginEnrolment(
  node: AccessNode,
  ask: { code: string; from: string },
): Promise<Asked<PublicKeyCredentialCreationOptionsJSON> & { officer: string }> {
  await countTry(node.store, "enrol", ask.from);
  await countTry(node.store, "enrol-anywhere", "");
  const code = readCode(ask.code, enrolmentCodeLength);
  if (code === null) throw new AccessError("CODE_REFUSED");
  const now = node.clock.now();
  const found = await node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ id: Id; officer: Id }>`
      select id, officer_id as officer from simpul.enrolments
      where code_hash = ${sha256(code)} and ended_at is null and expires_at > ${now}`.execute(db.rows);
    const officer = rows[0] === undefined ? null : await serving(db, rows[0].officer);
    return officer === null ? null : { enrolment: rows[0]!.id, officer };
  });
  if (found === null) throw new AccessError("CODE_REFUSED");
  const challenge = newToken(node.random);
  const options = await creation(node, found.officer, challenge);
  const kept = { kind: "enrol", challenge, officer: found.officer.id, about: found.enrolment } as const;
  return { id: await keepChallenge(node.store, kept), options, officer: found.officer.name };
}

/** Adds the passkey, ends the code and signs her in: one act, in her own name. */
export async function finishEnrolment(
  node: AccessNode,
  ask: { id: Id; response: RegistrationResponseJSON; name: string },
): Promise<Started> {
  const name = keyName(ask.name);
  const { challenge, officer, about } = await takeChallenge(node.store, ask.id, "enrol");
  return notingRefusal(
    node,
    () => ({ method: "enrolment", officer }),
    async () => {
      const key = await created(node, challenge, ask.response);
      return beginSession(
        node,
        { officer: officer!, door: "browser", method: "enrolment", proven: true },
        async (tx) => {
          const { numAffectedRows } = await sql`
            update simpul.enrolments set ended_at = ${tx.at}
            where id = ${about} and ended_at is null and expires_at > ${tx.at}`.execute(tx.rows);
          if (numAffectedRows !== 1n) throw new AccessError("CODE_REFUSED");
          await keepPasskey(tx, officer!, name, key);
          return undefined;
        },
      );
    },
  );
}

export async function beginPasskey(
  node: AccessNode,
  acting: Acting,
): Promise<Asked<PublicKeyCredentialCreationOptionsJSON>> {
  await requireFreshFactor(node, acting);
  const officer = await node.store.read(doorkeeper, (db) => serving(db, acting.officer.id));
  if (officer === null) throw new AccessError("NOT_SIGNED_IN");
  const challenge = newToken(node.random);
  const options = await creation(node, officer, challenge);
  const kept = { kind: "add-passkey", challenge, officer: officer.id, session: acting.session } as const;
  return { id: await keepChallenge(node.store, kept), options };
}

/** A further passkey of a signed-in officer. */
export async function finishPasskey(
  node: AccessNode,
  acting: Acting,
  ask: { id: Id; response: RegistrationResponseJSON; name: string },
): Promise<Id> {
  const name = keyName(ask.name);
  const { challenge, session } = await takeChallenge(node.store, ask.id, "add-passkey");
  if (session !== acting.session) throw new AccessError("CHALLENGE_OVER", "another session");
  const key = await created(node, challenge, ask.response);
  return node.store.write({ actor: acting.officer, purpose: acting.purpose }, (tx) =>
    keepPasskey(tx, acting.officer.id, name, key),
  );
}

/** Options for showing a passkey; `only` limits them to one officer's. */
export async function assertion(
  node: AccessNode,
  challenge: string,
  only: readonly PasskeyRow[] = [],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: node.rp.id,
    userVerification: "required",
    challenge: challengeBytes(challenge),
    allowCredentials: only.map((key) => ({ id: key.credential, transports: key.transports })),
    timeout: 300_000,
  });
}

/** Throws `PASSKEY_REFUSED` unless a passkey of the node was shown, with its user verified, for this challenge. */
export async function shown(
  node: AccessNode,
  challenge: string,
  response: AuthenticationResponseJSON,
): Promise<{ key: PasskeyRow; counter: number }> {
  const key = await node.store.read(doorkeeper, (db) => passkeyBy(db, response.id));
  if (key === null) throw new AccessError("PASSKEY_REFUSED", "unknown passkey");
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: node.rp.origins,
    expectedRPID: node.rp.id,
    requireUserVerification: true,
    credential: {
      id: key.credential,
      publicKey: new Uint8Array(key.public_key),
      counter: key.counter,
    },
  }).catch((fault: unknown) => {
    throw new AccessError("PASSKEY_REFUSED", (fault as Error).message);
  });
  if (!verified.verified) throw new AccessError("PASSKEY_REFUSED", "not verified");
  return { key, counter: verified.authenticationInfo.newCounter };
}

/** Remembers the counter (a cloned authenticator falls behind it) in the transaction of what was proven. */
export async function markUsed(tx: Writer, key: PasskeyRow, counter: number): Promise<void> {
  await sql`update simpul.passkeys set counter = ${counter}, last_used_at = ${tx.at}
    where id = ${key.id}`.execute(tx.rows);
}

export async function beginSignIn(
  node: AccessNode,
  from: string,
): Promise<Asked<PublicKeyCredentialRequestOptionsJSON>> {
  await countTry(node.store, "sign-in", from);
  const challenge = newToken(node.random);
  const options = await assertion(node, challenge);
  return { id: await keepChallenge(node.store, { kind: "sign-in", challenge }), options };
}

/** Signs in who showed her passkey; throws `PASSKEY_REFUSED`, `CHALLENGE_OVER`, `NO_PLACE`. */
export async function finishSignIn(
  node: AccessNode,
  ask: { id: Id; response: AuthenticationResponseJSON },
): Promise<Started> {
  const { challenge } = await takeChallenge(node.store, ask.id, "sign-in");
  const whose = async (): Promise<Tried> => {
    const key = await node.store.read(doorkeeper, (db) => passkeyBy(db, ask.response.id));
    return { method: "passkey", officer: key?.officer ?? null };
  };
  return notingRefusal(node, whose, async () => {
    const { key, counter } = await shown(node, challenge, ask.response);
    return beginSession(
      node,
      { officer: key.officer, door: "browser", method: "passkey", proven: true },
      async (tx) => {
        await markUsed(tx, key, counter);
        return undefined;
      },
    );
  });
}
