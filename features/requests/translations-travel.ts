// Translations that go along with the words they translate, and those that come so: by a named officer, beside the original.
import { EnvelopeRefused } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AskDraft, Paragraph } from "./contract.ts";
import { digestOfText, freeTexts } from "./free-texts.ts";
import type { Db, RequestRow, RequestsNode } from "./node.ts";
import type { Wire } from "./shapes.ts";
import { most } from "./rules.ts";

export type Travelling = NonNullable<Wire<"request.sent">["translations"]>;

interface Row {
  field: string;
  original: Buffer;
  language: string;
  into_language: string;
  text: string;
  officer_id: Id;
}

/** The words that stand under one id: a request's own, or an answer's. */
export type Words = { draft: AskDraft } | { narrative: readonly Paragraph[] };
const nobody = "" as NodeCode;
function textsUnder(id: Id, words: Words): { field: string; text: string }[] {
  if ("draft" in words) return freeTexts({ id, draft: words.draft, from: nobody }, []);
  return words.narrative.map((one, at) => ({ field: `narrative.${String(at)}`, text: one.text }));
}

/** The digest of the words in that field; null where there are none. */
export function originalOf(about: Id, words: Words, field: string): Buffer | null {
  const found = textsUnder(about, words).find((one) => one.field === field);
  return found === undefined ? null : digestOfText(found.text);
}

/** In her own script, and in Latin for whoever does not read it. */
export function called(officer: { name: string; nameLatin: string | null } | undefined): string {
  const { name = "–", nameLatin = null } = officer ?? {};
  return [name, ...(nameLatin === null || nameLatin === name ? [] : [nameLatin])].join(" · ").slice(0, 200);
}

/** Of exactly these words: the last by an officer into each language; a machine's stays at home. Empty: nothing goes along. */
export async function alongWith(
  node: Pick<RequestsNode, "directory">,
  tx: Writer,
  about: Id,
  words: Words,
): Promise<{ translations?: Travelling }> {
  const { rows } = await sql<Row>`select field, original, language, into_language, text, officer_id
    from simpul.request_translations where about_id = ${about} and machine is null and officer_id is not null
    order by at, id`.execute(tx.rows);
  const texts = new Map(textsUnder(about, words).map((one) => [one.field, digestOfText(one.text)]));
  const holds = rows.filter((row) => texts.get(row.field)?.equals(row.original) === true);
  const last = new Map(holds.map((row) => [`${row.field} ${row.into_language}`, row]));
  if (last.size === 0) return {};
  const officers = await node.directory.officers([...new Set(holds.map((row) => row.officer_id))]);
  const list = [...last.values()].slice(0, most.translations);
  return {
    translations: list.map((row) => ({
      ...{ field: row.field, language: row.language, into: row.into_language, text: row.text },
      by: called(officers.get(row.officer_id)),
    })),
  };
}

/** Beside the words that came with it, bound to them. Throws the refusal `BAD_BODY` for a translation of nothing. */
export async function keepTravelled(
  tx: Writer,
  at: { request: Id; about: Id; from: NodeCode },
  words: Words,
  translations: Travelling = [],
): Promise<void> {
  const texts = new Map(textsUnder(at.about, words).map((one) => [one.field, one.text]));
  for (const one of translations) {
    const original = texts.get(one.field);
    if (original === undefined) throw new EnvelopeRefused("BAD_BODY", "a translation of nothing");
    await sql`insert into simpul.request_translations (request_id, id, about_id, field, original, language,
        into_language, text, machine, officer_id, from_node, from_officer, at)
      values (${at.request}, ${tx.newId()}, ${at.about}, ${one.field}, ${digestOfText(original)}, ${one.language},
        ${one.into}, ${one.text}, null, null, ${at.from}, ${one.by}, ${tx.at})`.execute(tx.rows);
  }
}

/** Where words of ours stand at another state. */
export interface Reached {
  about: Id;
  thread: Id;
  peer: NodeCode;
}

/** Which words have reached whom: a request's own by each of its threads, an answer's by the one it answers. */
export async function reached(db: Db, row: RequestRow): Promise<Reached[]> {
  const { rows } = await sql<Reached>`
    select r.id as about, t.id as thread, t.peer from simpul.requests r join simpul.request_threads t on t.request_id = r.id
      where r.id = ${row.id} and r.direction = 'outgoing' and t.correspondent is null
        and t.state not in ('queued', 'withdrawn', 'undelivered')
    union all
    select a.id, t.id, t.peer from simpul.request_answers a join simpul.request_threads t on t.id = a.thread_id
      where t.request_id = ${row.id} and a.direction = 'outgoing' and a.state = 'delivered' and t.correspondent is null
    order by 3`.execute(db.rows);
  return rows;
}
