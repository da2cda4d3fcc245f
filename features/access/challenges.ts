// Challenges: handed out once, taken back once, whatever comes of them.
import type { Id } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import { sql } from "kysely";
import { AccessError } from "./contract.ts";
import { challengeLasts } from "./rules.ts";

export interface Challenge {
  kind: "sign-in" | "enrol" | "add-passkey" | "step-up" | "device" | "provider";
  challenge: string;
  officer: Id | null;
  session: Id | null;
  /** The enrolment or device it is about. */
  about: Id | null;
  act: string | null;
  record: string | null;
  /** PKCE's verifier and the nonce, for the provider. */
  verifier: string | null;
  nonce: string | null;
}

export interface Asked extends Challenge {
  madeAt: Date;
}

type NewChallenge = Pick<Challenge, "kind" | "challenge"> & Partial<Challenge>;

export async function keepChallenge(store: OpenStore, given: NewChallenge): Promise<Id> {
  return store.chore("challenge", async (keeper) => {
    const { rows, at } = keeper;
    const id = keeper.newId();
    await sql`
      insert into simpul.challenges
        (id, kind, challenge, officer_id, session_id, about_id, act, record, verifier, nonce, made_at, expires_at)
      values (${id}, ${given.kind}, ${given.challenge}, ${given.officer ?? null}, ${given.session ?? null},
        ${given.about ?? null}, ${given.act ?? null}, ${given.record ?? null},
        ${given.verifier ?? null}, ${given.nonce ?? null}, ${at},
        ${new Date(at.getTime() + challengeLasts)})`.execute(rows);
    return id;
  });
}

/** Throws `CHALLENGE_OVER` for one that is not there, was used, is of another kind, or too old. */
export async function takeChallenge(store: OpenStore, id: Id, kind: Challenge["kind"]): Promise<Asked> {
  const { rows } = await store.chore("challenge", ({ rows, at }) =>
    sql<Asked & { fresh: boolean }>`
      delete from simpul.challenges where id = ${id} and kind = ${kind}
      returning kind, challenge, officer_id as officer, session_id as session, about_id as about, act, record,
        verifier, nonce, made_at as "madeAt", expires_at > ${at} as fresh`.execute(rows),
  );
  if (rows[0]?.fresh !== true) throw new AccessError("CHALLENGE_OVER", kind);
  return rows[0];
}
