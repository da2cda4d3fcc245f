// Letting a bundle out: what would leave, the decision with its reason and proof, and the disclosure of each item.
import { openConcealed, acquisitionOf, readStatement, type ConcealedName } from "@simpul/evidence";
import { Handling, type Id, type NodeCode } from "@simpul/model";
import { demand, type Proof, type Terms } from "@simpul/policy";
import { parseSignedStatement } from "@simpul/seal";
import type { Reader, Standing, Writer } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import {
  EvidenceRoomError,
  type AskExport,
  type Export,
  type ExportedItem,
  type ExportPreview,
} from "../contract.ts";
import { addEvent, payloadOf } from "../custody.ts";
import { hex, itemFacts, officerOf, tables } from "../node.ts";
import { refuseCalledBack } from "../called-back.ts";
import { exportsIn, exportView, type ExportNode } from "./node.ts";
import { trustPolicy } from "./policy.ts";
import { grantedFor, missingUses, originators, type Held } from "./terms.ts";

/** More than a court wants to read, and an end to what one click can set in motion. */
export const mostItems = 2000;

async function itemsOf(db: Pick<Reader, "rows">, of: Id, chosen: readonly Id[] | undefined) {
  const all = await tables(db)
    .selectFrom("simpul.evidence_items")
    .selectAll()
    .where("case_id", "=", of)
    .orderBy("taken_at")
    .orderBy("id")
    .limit(mostItems + 1)
    .execute();
  const items = chosen === undefined ? all : all.filter((one) => chosen.includes(one.id));
  // An item of another case, or one that she does not see, is not there.
  if (chosen !== undefined && items.length !== new Set(chosen).size) {
    await refuseCalledBack(db, chosen);
    throw new EvidenceRoomError("NOT_FOUND");
  }
  if (items.length > mostItems) throw new EvidenceRoomError("LIMIT_REACHED", { most: mostItems });
  return items;
}
type ItemRow = Awaited<ReturnType<typeof itemsOf>>[number];

const caseNumber = async (db: Pick<Reader, "rows">, id: Id): Promise<string> => {
  const { rows } = await sql<{ number: string }>`select number from simpul.cases where id = ${id}`.execute(
    db.rows,
  );
  if (rows[0] === undefined) throw new EvidenceRoomError("NOT_FOUND");
  return rows[0].number;
};

/** Each item as its terms stand, and what is missing for this recipient. */
async function termsOf(
  node: ExportNode,
  db: Pick<Reader, "rows">,
  items: readonly ItemRow[],
  to: NodeCode,
): Promise<Map<Id, Held & Pick<ExportedItem, "missing" | "over"> & { terms: Terms }>> {
  const whose = await originators(
    db,
    items.map((one) => one.id),
  );
  const found = new Map<Id, Held & Pick<ExportedItem, "missing" | "over"> & { terms: Terms }>();
  for (const { id, handling, origin } of items) {
    const originator = whose.get(id) ?? node.code;
    const foreign = origin === "peer" || originator !== node.code;
    const held = { originator, foreign, handling };
    const { permitted, over = false } = await grantedFor(node, db, id, held, to);
    found.set(id, {
      ...held,
      terms: { codes: handling.codes, foreign, permitted },
      missing: missingUses(node.code, to, held, permitted),
      over,
    });
  }
  return found;
}

/** What evidence tells other rooms of items that would go to a court of this state: what stops each as things stand. */
export async function courtTerms(
  node: ExportNode,
  db: Pick<Reader, "rows">,
  ask: { case: Id } | { items: readonly Id[] },
): Promise<
  (Pick<ExportedItem, "id" | "missing" | "over" | "originator" | "digest" | "fileName"> & {
    statements: number;
  })[]
> {
  const chosen = "items" in ask ? [...ask.items] : [];
  if ("items" in ask && chosen.length === 0) return [];
  const rows = await tables(db)
    .selectFrom("simpul.evidence_items")
    .selectAll()
    .where((eb) => ("case" in ask ? eb("case_id", "=", ask.case) : eb("id", "in", chosen)))
    .where("state", "=", "sealed")
    .orderBy("taken_at")
    .orderBy("id")
    .limit(mostItems)
    .execute();
  const terms = await termsOf(node, db, rows, node.code);
  return rows.map((one) => ({
    ...{ id: one.id, fileName: one.file_name, digest: hex(one.digest), statements: one.chain },
    ...{ originator: terms.get(one.id)!.originator, missing: terms.get(one.id)!.missing },
    over: terms.get(one.id)!.over,
  }));
}

/** Exactly what the recipient would see, and what stands against it. Throws `NOT_FOUND`. */
export async function previewExport(
  node: ExportNode,
  standing: Standing,
  ask: { case: Id; to: NodeCode },
): Promise<ExportPreview> {
  // A read of its own: a reader that held its connection meanwhile would wait for a second one.
  const { cosigners, needed } = await trustPolicy(node);
  const seen = await node.store.read(standing, (db) => whatGoes(node, db, ask));
  return { ...seen, cosigners, needed };
}

async function whatGoes(
  node: ExportNode,
  db: Reader,
  ask: { case: Id; to: NodeCode },
): Promise<Omit<ExportPreview, "cosigners" | "needed">> {
  await node.caseFacts(db, ask.case);
  db.noteRead("evidence.export-looked", { case: ask.case });
  const items = await itemsOf(db, ask.case, undefined);
  const terms = await termsOf(node, db, items, ask.to);
  const first = await firstStatements(
    db,
    items.map((one) => one.id),
  );
  return {
    items: items
      .filter((one) => one.state === "sealed")
      .map((one) => ({
        id: one.id,
        fileName: one.file_name,
        mediaType: one.media_type,
        size: Number(one.size),
        digest: hex(one.digest),
        takenAt: one.taken_at.toISOString(),
        statements: one.chain,
        handling: one.handling,
        originator: terms.get(one.id)!.originator,
        missing: terms.get(one.id)!.missing,
        over: terms.get(one.id)!.over,
        fields: fieldsOf(first.get(one.id)!, one.disclosures),
      })),
    size: items.reduce((sum, one) => sum + Number(one.size), 0),
    codes: Handling.union(items.map((one) => one.handling)),
  };
}

const firstStatements = async (db: Pick<Reader, "rows">, items: readonly Id[]): Promise<Map<Id, string>> => {
  if (items.length === 0) return new Map();
  const rows = await tables(db)
    .selectFrom("simpul.evidence_statements")
    .select(["item_id", "signed"])
    .where("item_id", "in", [...items])
    .where("number", "=", 0)
    .execute();
  return new Map(rows.map((row) => [row.item_id, row.signed]));
};

/** The concealed facts of an acquisition with their values, in the order in which papers show them. */
export function fieldsOf(
  statement: string,
  disclosures: readonly string[],
): { name: ConcealedName; value: string }[] {
  const acquisition = acquisitionOf(readStatement(payloadOf(parseSignedStatement(statement))));
  const open = openConcealed(nodeVerifying.hash, acquisition, disclosures);
  return Object.entries(open).map(([name, value]) => ({ name: name as ConcealedName, value }));
}

/**
 * Decides and records that a bundle leaves, with one event in each item's custody; packing it is a job. Throws
 * `PERMISSION_NEEDED` (before she is asked for anything else), `Denied` (`STEP_UP`), `NOTHING_TO_EXPORT`, `NOT_FOUND`,
 * `KEY_DESTROYED`, `LIMIT_REACHED`.
 */
export async function askExport(node: ExportNode, standing: Standing, ask: AskExport): Promise<Export> {
  const officer = officerOf(standing);
  const view = await node.store.write({ ...standing, case: ask.case }, async (tx) => {
    const facts = await node.caseFacts(tx, ask.case);
    const number = await caseNumber(tx, ask.case);
    const items = await itemsOf(tx, ask.case, ask.items);
    const sealed = ask.items === undefined ? items.filter((one) => one.state === "sealed") : items;
    if (sealed.length === 0) throw new EvidenceRoomError("NOTHING_TO_EXPORT");
    const gone = sealed.find((one) => one.state !== "sealed");
    if (gone !== undefined) throw new EvidenceRoomError("KEY_DESTROYED", { item: gone.id });

    const proofless = { officer, act: "evidence.export", purpose: standing.purpose, now: tx.at } as const;
    await refuseForeign(node, tx, proofless, sealed, ask.recipientState);
    const proof = await node.proofs.take(tx, { act: "evidence.export", record: ask.case });
    tx.allowed(demand(node.policy, { ...proofless, record: facts, proof }));
    for (const item of sealed) {
      // The proof was made for this letting-out as a whole, and so for each item in it.
      const own: Proof | null = proof === null ? null : { ...proof, record: item.id };
      const terms = (await termsOf(node, tx, [item], ask.recipientState)).get(item.id)!;
      demand(node.policy, {
        ...proofless,
        record: { ...(await itemFacts(node, tx, item)), terms: terms.terms },
        proof: own,
      });
    }

    const id = tx.newId();
    const chosen = [];
    for (const item of sealed) {
      chosen.push({ id: item.id, last: item.chain });
      await addEvent(node, tx, item.id, "disclosed", {
        export: id,
        to: ask.recipientState,
        shown: ask.fields.length,
      });
    }
    const row = await exportsIn(tx)
      .insertInto("simpul.evidence_exports")
      .values({
        id,
        case_id: ask.case,
        case_number: number,
        officer_id: officer.id,
        agency_id: officer.agency,
        desk_id: officer.desk,
        purpose: standing.purpose,
        recipient: ask.recipient,
        recipient_state: ask.recipientState,
        reason: ask.reason,
        items: JSON.stringify(chosen),
        fields: JSON.stringify(ask.fields),
        unproven: ask.unproven ?? null,
        state: "waiting",
        failure: null,
        size: null,
        digest: null,
        proven: null,
        blob: null,
        blob_size: null,
        wrapped: null,
        started_at: tx.at,
        ready_at: null,
        changed_at: tx.at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    tx.note("evidence.export-asked", {
      id,
      case: ask.case,
      to: ask.recipientState,
      items: chosen.length,
      ...(ask.unproven !== undefined && { unproven: true }),
    });
    await tx.enqueue({ kind: "evidence.export", payload: { export: id }, key: id });
    return exportView(row);
  });
  for (const item of view.items) node.wake(`item:${item}`);
  return view;
}

/** HC-6: told first, with whose it is and the way out, so that nobody proves herself for an act that cannot be. */
async function refuseForeign(
  node: ExportNode,
  tx: Writer,
  asking: { officer: ReturnType<typeof officerOf>; purpose: Standing["purpose"]; now: Date },
  items: readonly ItemRow[],
  to: NodeCode,
): Promise<void> {
  const terms = await termsOf(node, tx, items, to);
  const stopped: ItemRow[] = [];
  for (const item of items) {
    const { missing, over, terms: facts } = terms.get(item.id)!;
    const decision = node.policy.decide({
      ...asking,
      act: "evidence.export",
      record: { ...(await itemFacts(node, tx, item)), terms: facts },
    });
    const refused = !decision.allowed && decision.needs === "permission";
    if (over || missing.length > 0 || refused) stopped.push(item);
  }
  if (stopped.length === 0) return;
  const of = stopped.map((item) => terms.get(item.id)!);
  throw new EvidenceRoomError("PERMISSION_NEEDED", {
    originator: [...new Set(of.map((one) => one.originator))].join(","),
    codes: Handling.union(of.map((one) => one.handling)).codes.join("+"),
    uses: [...new Set(of.flatMap((one) => one.missing))].join(","),
    items: stopped.map((item) => item.id).join(","),
    count: stopped.length,
  });
}
