// Envelopes as people look after them: what waits, what was given up on, what we refused. Never what they say.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import { ExchangeError } from "./errors.ts";

/** An outgoing envelope without its content. */
export interface Letter {
  peer: string;
  id: string;
  kind: string;
  state: "waiting" | "sending" | "receipted" | "refused" | "dead";
  createdAt: Date;
  attempts: number;
  nextTry: Date;
  /** `CODE` or `CODE: detail`; null while nothing went wrong. */
  lastError: string | null;
  /** Its number towards the peer; null when it never got one. */
  sequence: number | null;
  endedAt: Date | null;
  /** Files that travel beside it. */
  files: number;
  againOf: string | null;
  /** Its second try, where there was one. */
  again: string | null;
  urgent: boolean;
  /** Sent before this node was restored: it arrived, and only the peer's receipt is left of it here. */
  lost: boolean;
}

/** An envelope of a peer that this node refused. */
export interface RefusedLetter {
  peer: string;
  id: string;
  sequence: number;
  /** Null when it could not be opened. */
  type: string | null;
  at: Date;
  code: string;
}

/** What did not arrive yet, or never will; oldest first, 500 at most. Row security shows it to those who watch. */
export async function openLetters(db: Pick<Reader, "rows">, peer: NodeCode | null): Promise<Letter[]> {
  const { rows } = await sql<Letter>`
    select peer, id, kind, state, created_at as "createdAt", attempts, next_try as "nextTry",
      last_error as "lastError", sequence, ended_at as "endedAt", files, again_of as "againOf", again, urgent, lost
    from simpul.outbox_lines
    where (state <> 'receipted' or lost) and (${peer}::text is null or peer = ${peer}::text)
    order by created_at, id limit 500`.execute(db.rows);
  return rows;
}

/** What this node refused, newest first, 500 at most. */
export async function refusedLetters(
  db: Pick<Reader, "rows">,
  peer: NodeCode | null,
): Promise<RefusedLetter[]> {
  const { rows } = await sql<RefusedLetter>`
    select peer, id, sequence, type, at, code from simpul.received
    where outcome = 'refused' and (${peer}::text is null or peer = ${peer}::text)
    order by at desc limit 500`.execute(db.rows);
  return rows;
}

/**
 * Tries a dead or refused letter again, decided by an administrator: without a number it waits again itself; where its
 * number was used, a new envelope with the same content takes its place, and may leave only if policy still lets it.
 * Gives the id of the one that waits. Throws `NOT_FOUND` when there is nothing to try again.
 */
export async function tryAgain(tx: Writer, peer: NodeCode, letter: Id): Promise<Id> {
  const fresh = tx.newId();
  const { rows } = await sql<{ id: Id | null }>`
    select simpul.try_again(${peer}, ${letter}, ${fresh}, ${tx.at}) as id`
    .execute(tx.rows)
    .catch((fault: unknown) => {
      // Somebody else had it tried again in the same moment: the index lets one second try in.
      const twice = (fault as { constraint?: string }).constraint === "outbox_again";
      throw twice ? new ExchangeError("NOT_FOUND", letter, fault) : fault;
    });
  const id = rows[0]?.id ?? null;
  if (id === null) throw new ExchangeError("NOT_FOUND", letter);
  tx.note("envelope.tried-again", { id: letter, peer, again: id });
  return id;
}
