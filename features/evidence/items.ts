// Items as rooms show them: lists under the reader's rights, one item, its parts, its original bytes.
import { Evaluation, type Digest, type Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import type {
  Item,
  ItemScope,
  ItemView,
  ListedItems,
  NamesOfItems,
  Part,
  Reading,
  ReadingKind,
  ReadingRefusal,
  ReadingStage,
  ReadingWarning,
} from "./contract.ts";
import { openSealed } from "./intake/seal.ts";
import { hex, mayItem, officerOf, requireItem, type EvidenceNode } from "./node.ts";
import { identityOf, openReadingOf } from "./reading/job.ts";
import type { PlainSource } from "@simpul/evidence";

export interface AskItems {
  /** A case's number or its id. */
  case?: string;
  scope?: ItemScope;
  stage?: ReadingStage;
  /** Only those with findings that nobody decided about. */
  open?: boolean;
  /** Only those in no case yet. */
  loose?: boolean;
  text?: string;
  cursor?: string;
  limit?: number;
}

interface ItemRow {
  id: Id;
  case_id: Id | null;
  case_number: string | null;
  agency_id: Id;
  desk_id: Id;
  taken_in_by: Id | null;
  origin: "here" | "peer";
  state: "sealed" | "key-destroyed";
  file_name: string;
  media_type: string;
  size: string;
  digest: Buffer;
  method: Item["method"];
  taken_at: Date;
  sealed_at: Date;
  handling: Item["handling"];
  evaluation: string;
  r_state: Reading["state"];
  kind: ReadingKind | null;
  encoding: string | null;
  parts: number;
  characters: string;
  progress: number;
  refusal: { code: ReadingRefusal; facts: Record<string, string | number> } | null;
  warnings: ReadingWarning[];
  segments: number;
  detection: "waiting" | "done";
  open: string;
  confirmed: string;
  doubt: { state: string; since: string } | null;
}

const view = (row: ItemRow): Item => ({
  id: row.id,
  case: row.case_id,
  caseNumber: row.case_number,
  agency: row.agency_id,
  desk: row.desk_id,
  takenInBy: row.taken_in_by,
  origin: row.origin,
  state: row.state,
  fileName: row.file_name,
  mediaType: row.media_type,
  size: Number(row.size),
  digest: hex(row.digest),
  method: row.method,
  takenAt: row.taken_at.toISOString(),
  sealedAt: row.sealed_at.toISOString(),
  handling: row.handling,
  evaluation: Evaluation.parse(row.evaluation),
  reading: {
    item: row.id,
    state: row.r_state,
    kind: row.kind,
    encoding: row.encoding,
    parts: row.parts,
    characters: Number(row.characters),
    progress: row.progress,
    refusal: row.refusal,
    warnings: row.warnings,
    segments: row.segments,
    detection: row.detection,
  },
  findings: { open: Number(row.open), confirmed: Number(row.confirmed) },
  doubt: row.doubt === null ? null : { ...row.doubt, since: new Date(row.doubt.since).toISOString() },
});

const columns = sql`i.*, (select c.number from simpul.cases c where c.id = i.case_id) as case_number, coalesce(r.state, 'waiting') as r_state, r.kind, r.encoding, coalesce(r.parts, 0) as parts,
  coalesce(r.characters, 0) as characters, coalesce(r.progress, 0) as progress, r.refusal, coalesce(r.warnings, '[]') as warnings,
  coalesce(jsonb_array_length(r.places), 0) as segments, coalesce(r.detection, 'waiting') as detection,
  (select count(*) from simpul.evidence_findings f where f.item_id = i.id and f.state = 'candidate' and f.valid) as open,
  (select count(*) from simpul.evidence_findings f where f.item_id = i.id and f.state in ('confirmed', 'corrected')) as confirmed,
  (select jsonb_build_object('state', o.from_node, 'since', k.revoked_since)
    from simpul.evidence_origins o join (select node, revoked_since, revoked_at from simpul.peers
      union all select node, revoked_since, revoked_at from simpul.peer_keys) k on k.node = o.from_node
    where o.item_id = i.id and o.at between k.revoked_since and k.revoked_at limit 1) as doubt`;

/** What people call the officers and desks of these items. */
async function namesOf(node: EvidenceNode, items: readonly Item[]): Promise<NamesOfItems> {
  const [officers, desks] = await Promise.all([
    node.directory.officers([...new Set(items.flatMap((one) => one.takenInBy ?? []))]),
    node.directory.desks([...new Set(items.map((one) => one.desk))]),
  ]);
  const plain = (names: Map<Id, { name: string }>): Record<string, string> =>
    Object.fromEntries([...names].map(([key, { name }]) => [key, name]));
  return { officers: plain(officers), desks: plain(desks) };
}

const stages = { waiting: ["waiting", "reading"], ready: ["ready"], refused: ["refused"] } as const;
const number = /^[A-Za-z]{2}-\d{4}-\d{6}$/;

/** Items this officer sees, the last sealed first. Names are asked when the read has given its connection back. */
export async function listItems(node: EvidenceNode, standing: Standing, ask: AskItems): Promise<ListedItems> {
  const listed = await node.store.read(standing, (db) => pageOf(db, ask));
  return { ...listed, names: await namesOf(node, listed.items) };
}

async function pageOf(db: Reader, ask: AskItems): Promise<Omit<ListedItems, "names">> {
  const limit = Math.min(ask.limit ?? 50, 200);
  const [at, after] = ask.cursor?.split("_") ?? [null, null];
  const officer = ask.scope === undefined ? null : officerOf(db.standing);
  const states = ask.stage === undefined ? null : [...stages[ask.stage]];
  const ofCase =
    ask.case === undefined
      ? sql`true`
      : number.test(ask.case)
        ? sql`case_id = (select c.id from simpul.cases c where c.number = ${ask.case.toUpperCase()})`
        : sql`case_id = ${ask.case}::uuid`;
  const { rows } = await sql<ItemRow>`
    select ${columns} from (
      select * from simpul.evidence_items i
      where ${ofCase} and (not ${ask.loose ?? false} or case_id is null)
        and (${ask.scope ?? null}::text is distinct from 'mine' or taken_in_by = ${officer?.id ?? null}::uuid)
        and (${ask.scope ?? null}::text is distinct from 'desk' or desk_id = ${officer?.desk ?? null}::uuid)
        and (${states}::text[] is null or coalesce((select r.state from simpul.evidence_readings r where r.item_id = i.id),
          'waiting') = any(${states}::text[]))
        and (not ${ask.open ?? false} or exists (select 1 from simpul.evidence_findings f
          where f.item_id = i.id and f.state = 'candidate' and f.valid))
        and (${ask.text ?? null}::text is null or file_name ilike '%' || replace(replace(replace(${ask.text ?? ""}, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%')
        and (${at}::timestamptz is null or (sealed_at, id) < (${at}::timestamptz, ${after}::uuid))
      order by sealed_at desc, id desc limit ${limit + 1}) i
    left join simpul.evidence_readings r on r.item_id = i.id
    order by i.sealed_at desc, i.id desc`.execute(db.rows);
  const items = rows.slice(0, limit).map(view);
  const last = items.at(-1);
  const about = ask.case === undefined ? null : (last?.case ?? null);
  db.noteRead("evidence.listed", { count: items.length, ...(about && { case: about }) });
  return {
    items,
    next: rows.length > limit && last !== undefined ? `${last.sealedAt}_${last.id}` : null,
  };
}

/** Items this actor sees: those of a case, or those named. Whoever asks notes the read. */
export async function someItems(
  db: Pick<Reader, "rows">,
  ask: { case: Id } | { ids: readonly Id[] },
): Promise<Item[]> {
  const which = "case" in ask ? sql`i.case_id = ${ask.case}` : sql`i.id = any(${[...ask.ids]}::uuid[])`;
  const { rows } = await sql<ItemRow>`select ${columns} from simpul.evidence_items i
    left join simpul.evidence_readings r on r.item_id = i.id
    where ${which} and i.state = 'sealed' order by i.sealed_at desc, i.id desc limit 500`.execute(db.rows);
  return rows.map(view);
}

export async function findItem(node: EvidenceNode, standing: Standing, id: Id): Promise<ItemView> {
  const found = await node.store.read(standing, (db) => itemOf(node, db, id));
  return { ...found, names: await namesOf(node, [found]) };
}

async function itemOf(node: EvidenceNode, db: Reader, id: Id): Promise<Omit<ItemView, "names">> {
  const head = await requireItem(node, db, "evidence.view", id);
  db.noteRead("evidence.item", { id, ...(head.case_id && { case: head.case_id }) });
  const { rows } = await sql<ItemRow>`select ${columns} from simpul.evidence_items i
    left join simpul.evidence_readings r on r.item_id = i.id where i.id = ${id}`.execute(db.rows);
  const item = view(rows[0]!);
  const confirm = await mayItem(node, db, "evidence.confirm", head);
  const own = (await node.rests?.of(db, "item", id)) ?? null;
  const rests =
    own ?? (head.case_id === null ? null : ((await node.rests?.of(db, "case", head.case_id)) ?? null));
  return { ...item, may: { confirm: confirm && rests === null }, rests };
}

/** One segment of the reading, as parts. */
export async function segmentOf(node: EvidenceNode, db: Reader, id: Id, number: number): Promise<Part[]> {
  const item = await requireItem(node, db, "evidence.view", id);
  db.noteRead("evidence.read", { id, segment: number, ...(item.case_id && { case: item.case_id }) });
  return (await openReadingOf(node, db, id)).segment(number);
}

/** Where each segment begins, so that a page can ask for the one it shows. */
export async function placesOf(
  node: EvidenceNode,
  db: Reader,
  id: Id,
): Promise<{ number: number; firstPart: number; parts: number }[]> {
  await requireItem(node, db, "evidence.view", id);
  db.noteRead("evidence.read", { id });
  const reading = await openReadingOf(node, db, id);
  return reading.places.map(({ number, firstPart, parts }) => ({ number, firstPart, parts }));
}

export interface Original {
  source: PlainSource;
  fileName: string;
  mediaType: string;
  digest: Digest;
}

/** The original bytes, opened for reading in parts. */
export async function originalOf(node: EvidenceNode, db: Reader, id: Id): Promise<Original> {
  const item = await requireItem(node, db, "evidence.view", id);
  db.noteRead("evidence.original", { id, ...(item.case_id && { case: item.case_id }) });
  const sealed = hex(item.sealed_digest);
  const source = await openSealed(
    node,
    await identityOf(node, db, id),
    sealed,
    (await node.blobs.size(sealed)) ?? 0,
  );
  return { source, fileName: item.file_name, mediaType: item.media_type, digest: hex(item.digest) };
}
