// Translating a free text: by a named officer, or by a machine where one may have it; always a record beside the original.
import type { Id, NodeCode, Officer } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Records } from "../cases/contract.ts";
import { RequestsError } from "./contract.ts";
import type { AskTranslation, FreeText, Translation, Translations } from "./contract.ts";
import { digestOfText, freeTexts, noMachine } from "./free-texts.ts";
import { decide } from "./may.ts";
import {
  factsOf,
  iso,
  officerOf,
  requestRow,
  type AnswerRow,
  type Db,
  type RequestRow,
  type RequestsNode,
} from "./node.ts";
import { reached } from "./translations-travel.ts";

/** Throws `NOT_FOUND` unless she sees the request by the policy too. */
async function seen(node: RequestsNode, db: Db, id: Id): Promise<RequestRow> {
  const row = await requestRow(db, id);
  if (!decide(node, db.standing, "request.view", await factsOf(node, db, row)).allowed)
    throw new RequestsError("NOT_FOUND");
  return row;
}

const writing: readonly string[] = ["draft", "submitted"];

/** Also those of an answer that is still being written here: its translation leaves with it. */
async function textsOf(
  node: RequestsNode,
  db: Db,
  row: RequestRow,
): Promise<(FreeText & { leaves: boolean })[]> {
  const { rows } = await sql<
    AnswerRow & { peer: RequestRow["peer"] }
  >`select a.*, t.peer from simpul.request_answers a
    join simpul.request_threads t on t.id = a.thread_id where t.request_id = ${row.id}
    and a.state in ('draft', 'submitted', 'queued', 'delivered', 'undelivered')
    order by a.released_at nulls last, a.id`.execute(db.rows);
  const home = new Set(rows.filter((one) => writing.includes(one.state)).map((one) => one.id));
  if (row.direction === "outgoing" && writing.includes(row.state)) home.add(row.id);
  return freeTexts(
    { id: row.id, draft: row.draft, from: row.peer ?? node.code },
    rows.map((one) => ({ row: one, from: one.direction === "incoming" ? one.peer! : node.code })),
  ).map((one) => ({ ...one, leaves: home.has(one.about) }));
}

/** Of the case where this officer sees it: what must never reach a machine, in the form in which it is looked for. */
async function hiddenIn(node: RequestsNode, db: Db, row: RequestRow): Promise<string[]> {
  if (row.seen_case === null) return [];
  const { records } = await node.cases.recordsOf(db, row.seen_case, ["subject", "selector"]);
  const { subject = [], selector = [] } = records as Partial<Pick<Records, "subject" | "selector">>;
  const protects = (one: { role: string }) => ["victim", "witness", "family"].includes(one.role);
  return [
    ...subject
      .filter(protects)
      .flatMap((one) => [one.pseudonym ?? "", ...one.names.map((name) => name.text)]),
    ...selector.filter(protects).flatMap((one) => [one.written, one.canonical]),
  ]
    .map((one) => one.normalize("NFKC").toLocaleLowerCase("und").trim())
    .filter((one) => one.length > 2);
}

interface Row {
  id: Id;
  about_id: Id;
  field: string;
  original: Buffer;
  language: string;
  into_language: string;
  text: string;
  machine: string | null;
  officer_id: Id | null;
  from_node: NodeCode | null;
  from_officer: string | null;
  at: Date;
}

/** What can be translated, and the translations that hold: those of the very words that stand there now. */
export async function translationsOf(node: RequestsNode, standing: Standing, id: Id): Promise<Translations> {
  return node.store.read(standing, async (db) => {
    db.noteRead("request.translations-viewed", { id });
    const row = await seen(node, db, id);
    const texts = await textsOf(node, db, row);
    const { rows } = await sql<Row>`select * from simpul.request_translations where request_id = ${id}
      order by at desc, id desc limit 500`.execute(db.rows);
    const whither = await whitherOf(db, row);
    const about = { ...here(node, row), hidden: await hiddenIn(node, db, row) };
    const known = new Map(texts.map((one) => [`${one.about} ${one.field}`, digestOfText(one.text)]));
    return {
      texts: texts.map((one) => ({
        ...{ about: one.about, field: one.field, language: one.language },
        noMachine: noMachine(one, about),
        leaves: one.leaves,
      })),
      translations: rows
        .filter((one) => known.get(`${one.about_id} ${one.field}`)?.equals(one.original) === true)
        .map((one) => ({ ...viewOf(one), ...whither(one) })),
      machine: node.translator === null ? "off" : node.translator.own ? "own" : "third-party",
    };
  });
}

/** Per translation: which states have its words, and which of them has it too. */
async function whitherOf(
  db: Db,
  row: RequestRow,
): Promise<(one: Row) => Pick<Translation, "sendTo" | "sentTo">> {
  const have = await reached(db, row);
  const { rows } = await sql<{ translation_id: Id; peer: NodeCode }>`select s.translation_id, t.peer
    from simpul.translation_sendings s join simpul.request_threads t on t.id = s.thread_id
    where s.request_id = ${row.id} order by t.peer`.execute(db.rows);
  return (one) => {
    const sentTo = rows.filter((sent) => sent.translation_id === one.id).map((sent) => sent.peer);
    const ours = one.machine === null && one.officer_id !== null;
    const withWords = have.filter(({ about }) => ours && about === one.about_id).map(({ peer }) => peer);
    return { sendTo: withWords.filter((peer) => !sentTo.includes(peer)), sentTo };
  };
}

/** By where the text stands: what officers made of a request's own words in this language until then, the last of each. */
export async function translationsInto(
  node: RequestsNode,
  db: Db,
  row: RequestRow,
  into: string,
  until: Date,
): Promise<Record<string, string>> {
  const known = new Map(
    freeTexts({ id: row.id, draft: row.draft, from: node.code }, []).map((one) => [
      one.field,
      digestOfText(one.text),
    ]),
  );
  const { rows } = await sql<Row>`select * from simpul.request_translations where request_id = ${row.id}
    and about_id = ${row.id} and into_language = ${into} and machine is null and at <= ${until}
    order by at, id`.execute(db.rows);
  return Object.fromEntries(
    rows
      .filter((one) => known.get(one.field)?.equals(one.original) === true)
      .map((one) => [one.field, one.text] as const),
  );
}

const here = (node: RequestsNode, row: RequestRow) => ({
  code: node.code,
  purpose: row.draft.purpose,
  translator: node.translator,
});

const viewOf = (row: Row): Omit<Translation, "sendTo" | "sentTo"> => ({
  id: row.id,
  about: row.about_id,
  field: row.field,
  language: row.language,
  into: row.into_language,
  text: row.text,
  machine: row.machine,
  by: row.officer_id,
  from: row.from_node === null ? null : { state: row.from_node, officer: row.from_officer ?? "–" },
  at: iso(row.at),
});

type Place = Pick<AskTranslation, "about" | "field" | "language" | "into">;
async function textAt(node: RequestsNode, db: Db, row: RequestRow, ask: Place): Promise<FreeText> {
  const found = (await textsOf(node, db, row)).find(
    (one) => one.about === ask.about && one.field === ask.field,
  );
  if (found === undefined) throw new RequestsError("NOT_FOUND");
  return found;
}

async function keep(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: AskTranslation,
  made: { original: Buffer | null; machine: string | null },
): Promise<{ id: Id }> {
  const kept = await node.store.write(standing, async (tx) => {
    const row = await seen(node, tx, id);
    const original = digestOfText((await textAt(node, tx, row, ask)).text);
    // What was asked of a machine a moment ago may have changed meanwhile.
    if (made.original !== null && !original.equals(made.original))
      throw new RequestsError("NOT_NOW", { state: "changed" });
    const officer: Officer = officerOf(standing);
    const translation = tx.newId();
    await sql`insert into simpul.request_translations (request_id, id, about_id, field, original, language, into_language,
        text, machine, officer_id, at)
      values (${id}, ${translation}, ${ask.about}, ${ask.field}, ${original}, ${ask.language}, ${ask.into}, ${ask.text},
        ${made.machine}, ${officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("request.translated", {
      id,
      about: ask.about,
      field: ask.field,
      into: ask.into,
      ...(made.machine !== null && { machine: made.machine }),
      original: original.toString("hex"),
    });
    return { id: translation };
  });
  node.wake(`request:${id}`);
  return kept;
}

/** A named officer's translation. Throws `NOT_FOUND` where no such text stands. */
export const translate = (
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: AskTranslation,
): Promise<{ id: Id }> => keep(node, standing, id, ask, { original: null, machine: null });

/**
 * Asks the service that this node was given. That the text went there stands in the ledger before it goes. Throws
 * `NO_MACHINE` with the reason where no machine may have it, `NO_TRANSLATION` where the service gives none.
 */
export async function translateByMachine(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: Place,
): Promise<{ id: Id }> {
  const { translator } = node;
  const text = await node.store.write(standing, async (tx) => {
    const row = await seen(node, tx, id);
    const found = await textAt(node, tx, row, ask);
    const because = noMachine(found, { ...here(node, row), hidden: await hiddenIn(node, tx, row) });
    if (because !== null || translator === null)
      throw new RequestsError("NO_MACHINE", { because: because ?? "off" });
    tx.note("request.text-to-machine", {
      id,
      about: ask.about,
      field: ask.field,
      original: digestOfText(found.text).toString("hex"),
      to: translator.host,
      own: translator.own,
    });
    return found.text;
  });
  const said = await translator!.translate(text, ask.language, ask.into);
  return keep(
    node,
    standing,
    id,
    { ...ask, text: said },
    { original: digestOfText(text), machine: translator!.host },
  );
}
