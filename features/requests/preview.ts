// Exactly what would leave, before anybody lets it go.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { summed, written } from "./answer.ts";
import { RequestsError, type Preview } from "./contract.ts";
import { stopsOf } from "./held.ts";
import { along } from "./leave.ts";
import { requestRow, threadsOf, type RequestsNode } from "./node.ts";
import { addresseesOf, recipientsOf } from "./addressees.ts";
import { repeatsOf } from "./repeats.ts";
import { originatorsOf, unionOf } from "./rules.ts";

/** Exactly what each state will see, and what stands against it. */
export async function previewRequest(node: RequestsNode, standing: Standing, id: Id): Promise<Preview> {
  return node.store.read(standing, async (db) => {
    db.noteRead("request.previewed", { id });
    const row = await requestRow(db, id);
    if (row.direction !== "outgoing") throw new RequestsError("NOT_NOW", { state: row.state });
    const { case: _case, hit: _hit, to: _to, letters: _letters, ...said } = row.draft;
    const { records: _records, items: _items, ...request } = said;
    // HC-9: what waits for her as second officer stops nothing once she agrees.
    const { rows: agreed } = await sql<{ record: Id }>`select (r ->> 'record')::uuid as record
      from simpul.overrides v, jsonb_array_elements(v.records) r
      where v.request_id = ${id} and v.direction = 'ours' and v.state = 'waiting'`.execute(db.rows);
    const asked = new Set(agreed.map((one) => one.record));
    const pages = await Promise.all(
      addresseesOf(row.draft).map(async ({ peer: state, correspondent }) => {
        const records = along(node, row.shared.records, state);
        const items = along(node, row.shared.items, state);
        return {
          to: state,
          letter: correspondent,
          request,
          answer: null,
          records,
          items,
          handling: unionOf([...records, ...items, ...request.facts, request]),
          originators: originatorsOf(node.code, [...records, ...items]),
          stops: (await stopsOf(node, db, { records, items }, [state], request.purpose)).filter(
            (stop) => stop.because !== "H2" || !asked.has(stop.record),
          ),
        };
      }),
    );
    const repeats = await repeatsOf(node, db, {
      request: id,
      direction: "outgoing",
      records: row.shared.records,
      to: recipientsOf(row.draft),
    });
    return { pages, author: row.author_id, repeats };
  });
}

export async function previewAnswer(node: RequestsNode, standing: Standing, id: Id): Promise<Preview> {
  return node.store.read(standing, async (db) => {
    db.noteRead("answer.previewed", { id });
    const row = await requestRow(db, id);
    const thread = row.direction === "incoming" ? (await threadsOf(db, id))[0] : undefined;
    const answer = thread === undefined ? null : await written(db, thread.id);
    if (thread === undefined || answer === null) throw new RequestsError("NOT_NOW", { state: "none" });
    const { kind, narrative, refused, searched } = answer.content;
    const records = along(node, answer.shared.records, thread.peer);
    const items = along(node, answer.shared.items, thread.peer);
    return {
      pages: [
        {
          to: thread.peer,
          letter: null,
          request: null,
          answer: { kind, narrative, refused, searched: summed(searched) },
          records,
          items,
          handling: unionOf([...records, ...items, ...narrative]),
          originators: originatorsOf(node.code, [...records, ...items]),
          stops: await stopsOf(node, db, { records, items }, [thread.peer], row.draft.purpose),
        },
      ],
      author: answer.author_id,
      repeats: [],
    };
  });
}
