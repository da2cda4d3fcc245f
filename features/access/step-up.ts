// Step-up: a fresh passkey assertion bound to one act on one record, kept as a proof and spent once.
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import type { Id, NodeCode } from "@simpul/model";
import { proofLasts, stepUpActs, type Proof, type StepUpAct } from "@simpul/policy";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { countTry } from "./attempts.ts";
import { keepChallenge, takeChallenge } from "./challenges.ts";
import { AccessError, type Proofs } from "./contract.ts";
import { doorkeeper, newToken, sha256, type AccessNode } from "./node.ts";
import { assertion, markUsed, shown, type Asked } from "./passkeys.ts";
import { passkeysOf } from "./records.ts";
import { notingRefusal } from "./refused.ts";
import { stepUpStatement } from "./rules.ts";
import { takeWord } from "./second.ts";
import type { Acting } from "./sessions.ts";

const acts: readonly string[] = [...stepUpActs, "access.manage"];
/** Throws `NOT_FOUND` for an act that asks for no proof. */
export function readStepUpAct(text: string): StepUpAct {
  if (!acts.includes(text)) throw new AccessError("NOT_FOUND", text.slice(0, 60));
  return text as StepUpAct;
}

export interface StepUpAsk {
  act: StepUpAct;
  record: Id | NodeCode;
}

/** The challenge is the hash of act, record and nonce, so that the authenticator signs what it is for. */
export async function beginStepUp(
  node: AccessNode,
  acting: Acting,
  ask: StepUpAsk,
): Promise<Asked<PublicKeyCredentialRequestOptionsJSON>> {
  await countTry(node.store, "step-up", acting.officer.id);
  const keys = await node.store.read(doorkeeper, (db) => passkeysOf(db, acting.officer.id));
  const statement = stepUpStatement(node.code, ask.act, ask.record, newToken(node.random));
  const challenge = sha256(statement).toString("base64url");
  const options = await assertion(node, challenge, keys);
  const id = await keepChallenge(node.store, {
    kind: "step-up",
    challenge,
    officer: acting.officer.id,
    session: acting.session,
    ...ask,
  });
  return { id, options };
}

/** Keeps the proof; throws `CHALLENGE_OVER`, or `PASSKEY_REFUSED` also for another officer's passkey. */
export async function finishStepUp(
  node: AccessNode,
  acting: Acting,
  ask: { id: Id; response: AuthenticationResponseJSON },
): Promise<void> {
  const asked = await takeChallenge(node.store, ask.id, "step-up");
  if (asked.session !== acting.session) throw new AccessError("CHALLENGE_OVER", "another session");
  const { key, counter } = await notingRefusal(
    node,
    () => ({ method: "step-up", officer: acting.officer.id }),
    async () => {
      const one = await shown(node, asked.challenge, ask.response);
      if (one.key.officer !== acting.officer.id)
        throw new AccessError("PASSKEY_REFUSED", "another officer's passkey");
      return one;
    },
  );
  const proof = { act: readStepUpAct(asked.act!), record: asked.record as Id };
  await keepProof(node, acting, proof, "passkey", (tx) => markUsed(tx, key, counter));
}

/** The click that stands for a passkey where the node runs an exercise; throws `NO_EXERCISE` elsewhere. */
export async function exerciseProof(node: AccessNode, acting: Acting, ask: StepUpAsk): Promise<void> {
  if (!node.exercise) throw new AccessError("NO_EXERCISE");
  await keepProof(node, acting, ask, "exercise");
}

/** Kept for the act that it was shown for. */
export async function keepProof(
  node: AccessNode,
  acting: Acting,
  ask: StepUpAsk,
  method: "passkey" | "exercise" | "provider",
  also: (tx: Writer) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    await also(tx);
    const id = tx.newId();
    await sql`
      insert into simpul.proofs (officer_id, id, session_id, act, record, method, made_at, expires_at)
      values (${acting.officer.id}, ${id}, ${acting.session}, ${ask.act}, ${ask.record}, ${method}, ${tx.at},
        ${new Date(tx.at.getTime() + proofLasts * 1000)})`.execute(tx.rows);
    await sql`update simpul.sessions set proven_at = ${tx.at} where id = ${acting.session}`.execute(tx.rows);
    tx.note("access.proven", { id, act: ask.act, record: ask.record, method });
  });
}

interface ProofRow {
  id: Id;
  made_at: Date;
}

const newest = (officer: Id, ask: { act: string; record: string }, now: Date) => sql<ProofRow>`
  select id, made_at from simpul.proofs
  where officer_id = ${officer} and act = ${ask.act} and record = ${ask.record} and spent_at is null
    and expires_at > ${now}
  order by made_at desc limit 1`;

/** What features borrow: a proof is spent in the transaction of its act, and kept when the act fails. */
export const proofs: Proofs = {
  async take(tx, ask) {
    const { actor } = tx.standing;
    if (actor.kind !== "officer") return null;
    const word = await takeWord(tx, ask);
    const found = (await newest(actor.id, ask, tx.at).execute(tx.rows)).rows[0];
    if (found === undefined) return word === null ? null : { ...ask, officer: actor.id, at: null, word };
    const spent = await sql`update simpul.proofs set spent_at = ${tx.at}
      where officer_id = ${actor.id} and id = ${found.id} and spent_at is null`.execute(tx.rows);
    if (spent.numAffectedRows !== 1n) return null;
    return { ...ask, officer: actor.id, at: found.made_at, word } satisfies Proof;
  },
  async shown(db, ask, now) {
    const { actor } = db.standing;
    if (actor.kind !== "officer") return null;
    const found = (await newest(actor.id, ask, now).execute(db.rows)).rows[0];
    return found === undefined
      ? null
      : { act: ask.act, record: ask.record as Id, officer: actor.id, at: found.made_at };
  },
};
