// Choosing between two values that stand side by side in a draft or in an answer that is being written.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { written } from "./answer.ts";
import { besideOf } from "./beside.ts";
import { RequestsError, type AskAnswer, type AskDraft, type Saved } from "./contract.ts";
import { incoming } from "./desk.ts";
import { mayDraft, own } from "./draft.ts";
import { gather } from "./gather.ts";
import { json, officerOf, requireAct, type RequestsNode } from "./node.ts";

/** One of two values is chosen; the other stays in the row, so that nothing is lost either way. */
export async function settleBeside(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { beside: Id; take: boolean },
): Promise<Saved<AskDraft | AskAnswer>> {
  const settled = await node.store.write(standing, async (tx) => {
    const { rows } = await sql<{ about: Id; field: string; value: unknown }>`
      select about, field, value from simpul.request_beside
      where request_id = ${id} and id = ${ask.beside} and settled_at is null for update`.execute(tx.rows);
    const row = rows[0];
    if (row === undefined) throw new RequestsError("NOT_FOUND");
    const into = row.about === id ? intoDraft : intoAnswer;
    const { left, ...now } = await into(node, tx, id, row, ask.take);
    await sql`update simpul.request_beside set value = ${json(left)}, settled_by = ${officerOf(standing).id},
        settled_at = ${tx.at} where request_id = ${id} and id = ${ask.beside}`.execute(tx.rows);
    tx.note("request.beside-settled", { id, field: row.field, taken: ask.take });
    return { ...now, beside: await besideOf(tx, row.about) };
  });
  node.wake(`request:${id}`);
  return settled;
}

/** `left`: the value that was not taken, which stays in the row. */
interface Settled<T> {
  left: unknown;
  version: number;
  draft?: T;
}
interface Other {
  about: Id;
  field: string;
  value: unknown;
}

async function intoDraft(
  node: RequestsNode,
  tx: Writer,
  id: Id,
  other: Other,
  take: boolean,
): Promise<Settled<AskDraft>> {
  const request = await own(tx, id, "draft");
  await mayDraft(node, tx, request);
  if (!take) return { left: other.value, version: request.version };
  const before = (request.draft as unknown as Record<string, unknown>)[other.field] ?? null;
  const draft = { ...request.draft, [other.field]: other.value };
  const shared = await gather(node, tx, { ...draft, case: request.case_number });
  const versions = { ...request.field_versions, [other.field]: request.version + 1 };
  await sql`update simpul.requests set subject = ${draft.subject}, draft = ${json(draft)}, shared = ${json(shared)},
      field_versions = ${json(versions)}, version = version + 1, changed_at = ${tx.at} where id = ${id}`.execute(
    tx.rows,
  );
  return { left: before, version: request.version + 1, draft };
}

async function intoAnswer(
  node: RequestsNode,
  tx: Writer,
  id: Id,
  other: Other,
  take: boolean,
): Promise<Settled<AskAnswer>> {
  const { request, thread } = await incoming(node, tx, id, ["delivered", "opened", "in-work", "judicial"]);
  await requireAct(node, tx, "request.answer", request);
  const answer = await written(tx, thread.id, { lock: true });
  if (answer?.id !== other.about || answer.state !== "draft") throw new RequestsError("NOT_NOW");
  if (!take) return { left: other.value, version: answer.version };
  const before = (answer.content as unknown as Record<string, unknown>)[other.field] ?? null;
  const content = { ...answer.content, [other.field]: other.value };
  const shared = await gather(node, tx, content);
  const versions = { ...answer.field_versions, [other.field]: answer.version + 1 };
  await sql`update simpul.request_answers set content = ${json(content)}, shared = ${json(shared)},
      field_versions = ${json(versions)}, version = version + 1, changed_at = ${tx.at} where id = ${answer.id}`.execute(
    tx.rows,
  );
  return { left: before, version: answer.version + 1, draft: content };
}
