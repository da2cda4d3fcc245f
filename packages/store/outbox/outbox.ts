// An outgoing envelope as a row: written with the change that caused it, sent afterwards.
import { CompiledQuery } from "kysely";
import type { NewOutgoing } from "../contract.ts";

/** The statement that puts an envelope into the outbox; the same envelope to the same peer stands there once. */
export function outgoingRow(out: NewOutgoing, at: Date): CompiledQuery {
  return CompiledQuery.raw(
    `insert into simpul.outbox (peer, id, kind, body, attachments, created_at, next_try, urgent)
     values ($1, $2, $3, $4, $5, $6, $6, $7) on conflict do nothing`,
    [out.to, out.id, out.kind, JSON.stringify(out.body), out.attachments ?? [], at, out.urgent ?? false],
  );
}
