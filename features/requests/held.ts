// What is held of other states: copies of records, items, the permissions on them, and what they stop.
import { Digest, Evaluation, type Handling, type Id, type NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { closingKinds, type Closing } from "../recalls/contract.ts";
import type { GrantsForItems, TermUse } from "../evidence/contract.ts";
import type {
  Arrival,
  Grant,
  PermissionState,
  ReceivedItem,
  ReceivedRecord,
  SharedFields,
  SharedItem,
  SharedKind,
  SharedRecord,
  Stop,
} from "./contract.ts";
import { grantsOf } from "./grants.ts";
import { hexOf, iso, type Db, type RequestsNode } from "./node.ts";
import { inForce, isOver, stopsCourt, stopsOnward, termsInWords } from "./rules.ts";
import { titleOf } from "./titles.ts";

interface HeldRow {
  thread_id: Id;
  request_id: Id;
  answer_id: Id | null;
  case_id: Id | null;
  from_node: NodeCode;
  originator: NodeCode;
  handling: Handling;
  evaluation: string;
  link: string;
  at: Date;
  reference: string;
}
interface RecordRow extends HeldRow {
  id: Id;
  record_id: Id;
  kind: SharedKind;
  version: Buffer;
  fields: SharedFields[SharedKind];
}
interface ItemRow extends HeldRow {
  fetched: string;
  item_id: Id;
  file_name: string;
  media_type: string;
  size: string;
  digest: Buffer;
  state: Arrival["state"];
  code: string | null;
}

export type WhichHeld =
  { case: Id } | { request: Id } | { copies: readonly Id[] } | { records: readonly Id[] };

const where = (ask: WhichHeld, copy: "id" | "item_id", record: "record_id" | "item_id") =>
  "case" in ask
    ? sql`h.case_id = ${ask.case}`
    : "request" in ask
      ? sql`h.request_id = ${ask.request}`
      : "copies" in ask
        ? sql`h.${sql.ref(copy)} = any(${[...ask.copies]}::uuid[])`
        : sql`h.${sql.ref(record)} = any(${[...ask.records]}::uuid[])`;

interface Asked {
  id: Id;
  state: PermissionState;
  action: "court" | "onward";
  records: { record: Id }[];
}

/** Permissions asked by us about these records, newest first. */
async function askedFor(db: Pick<Db, "rows">, records: readonly Id[]): Promise<Map<Id, Asked[]>> {
  const { rows } =
    await sql<Asked>`select id, state, ask ->> 'action' as action, records from simpul.permissions
    where direction = 'outgoing' and exists (select 1 from jsonb_array_elements(records) r
      where (r ->> 'record')::uuid = any(${[...records]}::uuid[])) order by at desc`.execute(db.rows);
  const found = new Map<Id, Asked[]>();
  for (const row of rows)
    for (const { record } of row.records) found.set(record, [...(found.get(record) ?? []), row]);
  return found;
}

/** Foreign records that this actor sees, newest first, each with what may be done with it now. */
export async function heldRecords(node: RequestsNode, db: Db, ask: WhichHeld): Promise<ReceivedRecord[]> {
  const { rows } = await sql<RecordRow>`select h.*, t.reference from simpul.received_records h
    join simpul.request_threads t on t.id = h.thread_id where ${where(ask, "id", "record_id")}
    order by h.at desc, h.id limit 1000`.execute(db.rows);
  const ids = rows.map((row) => row.record_id);
  const grants = await grantsOf(db, ids);
  const asked = await askedFor(db, ids);
  const doubtful = await doubtfulAmong(node, db, rows);
  const here = { code: node.code, now: node.clock.now() };
  return rows.map((row) => {
    const record: SharedRecord = {
      id: row.record_id,
      kind: row.kind,
      originator: row.originator,
      version: Digest.parse(hexOf(row.version)),
      fields: row.fields,
      handling: row.handling,
      evaluation: Evaluation.parse(row.evaluation),
      link: row.link,
      grants: withoutOurs(grants.get(row.record_id), node),
    };
    return {
      ...record,
      copy: row.id,
      title: titleOf(record),
      ...whence(row),
      doubtful: doubtful(row),
      may: termsInWords(record, here),
      permissions: (asked.get(row.record_id) ?? []).map(({ id, state, action }) => ({ id, state, action })),
    };
  });
}

/** HC-9: an override of ours is for what left with it; nothing that is chosen later goes by it. */
const withoutOurs = (grants: readonly Grant[] = [], { code }: Pick<RequestsNode, "code">): Grant[] =>
  grants.filter((grant) => grant.action !== "override" || grant.holder !== code);

/** Which of them came while a key was stolen; what an officer found genuine since is not doubtful any more. */
async function doubtfulAmong(
  node: RequestsNode,
  db: Db,
  rows: readonly HeldRow[],
): Promise<(row: HeldRow) => boolean> {
  const doubts = await node.doubts?.among(db, [...new Set(rows.map((row) => row.request_id))]);
  return (row) =>
    (doubts?.get(row.request_id) ?? []).some(
      ({ peer, since, until, review }) =>
        peer === row.from_node &&
        review?.finding !== "genuine" &&
        iso(row.at) >= since &&
        iso(row.at) <= until,
    );
}

const whence = (row: HeldRow) => ({
  request: row.request_id,
  thread: row.thread_id,
  reference: row.reference,
  case: row.case_id,
  from: row.from_node,
  at: iso(row.at),
});

export async function heldItems(node: RequestsNode, db: Db, ask: WhichHeld): Promise<ReceivedItem[]> {
  const { rows } = await sql<ItemRow>`select h.*, t.reference from simpul.received_items h
    join simpul.request_threads t on t.id = h.thread_id where ${where(ask, "item_id", "item_id")}
    order by h.at desc, h.item_id limit 500`.execute(db.rows);
  const ids = rows.map((row) => row.item_id);
  const grants = await grantsOf(db, ids);
  const asked = await askedFor(db, ids);
  const doubtful = await doubtfulAmong(node, db, rows);
  const here = { code: node.code, now: node.clock.now() };
  return rows.map((row) => {
    const item = itemOf(row);
    item.grants = withoutOurs(grants.get(row.item_id), node);
    return {
      ...item,
      ...whence(row),
      doubtful: doubtful(row),
      arrival: arrivalOf(row),
      may: termsInWords({ ...item, version: item.digest }, here),
      permissions: (asked.get(row.item_id) ?? []).map(({ id, state, action }) => ({ id, state, action })),
    };
  });
}

const itemOf = (row: ItemRow): SharedItem => ({
  id: row.item_id,
  originator: row.originator,
  fileName: row.file_name,
  mediaType: row.media_type,
  size: Number(row.size),
  digest: Digest.parse(hexOf(row.digest)),
  handling: row.handling,
  evaluation: Evaluation.parse(row.evaluation),
  link: row.link,
  grants: [],
});

interface ArrivalRow {
  item_id: Id;
  state: Arrival["state"];
  code: string | null;
  fetched: string;
  size: string;
}

function arrivalOf(row: ArrivalRow): Arrival {
  const size = Number(row.size);
  const fetched = Math.min(Number(row.fetched), size);
  const progress = row.state === "sealed" ? 1 : size === 0 ? 0 : fetched / size;
  return { state: row.state, code: row.code, progress, fetched, size };
}

/** How far items have come on their way in, for showing them with the answer that brought them. */
export async function arrivals(db: Pick<Db, "rows">, thread: Id): Promise<Map<Id, Arrival>> {
  const { rows } = await sql<ArrivalRow>`
    select item_id, state, code, fetched, size from simpul.received_items where thread_id = ${thread}`.execute(
    db.rows,
  );
  return new Map(rows.map((row) => [row.item_id, arrivalOf(row)]));
}

interface Held {
  record: Id;
  kind: SharedKind | "item";
  title: string;
  originator: NodeCode;
  handling: Handling;
  version: Digest;
  grants: SharedRecord["grants"];
}
const asHeld = (shared: { records: readonly SharedRecord[]; items: readonly SharedItem[] }): Held[] => [
  ...shared.records.map((one) => ({ ...one, record: one.id, title: titleOf(one) })),
  ...shared.items.map((one) => ({
    ...one,
    record: one.id,
    kind: "item" as const,
    title: one.fileName,
    version: one.digest,
  })),
];

/**
 * What other states' terms stop of this on its way to these states, each with its way out (HC-4, HC-6). Grants are read
 * anew, so that one that ended meanwhile no longer helps.
 */
export async function stopsOf(
  node: RequestsNode,
  db: Pick<Db, "rows">,
  shared: { records: readonly SharedRecord[]; items: readonly SharedItem[] },
  to: readonly NodeCode[],
  purpose: string,
): Promise<Stop[]> {
  const back = await calledBack(node, db, asHeld(shared), to);
  const stopped = new Set(back.map((one) => one.record));
  const foreign = asHeld(shared).filter((one) => one.originator !== node.code && !stopped.has(one.record));
  if (foreign.length === 0) return back;
  const ids = foreign.map((one) => one.record);
  const grants = await grantsOf(db, ids);
  const asked = await askedFor(db, ids);
  const peers = await node.peers();
  const byLetter = await cameByLetter(db, ids);
  const here = { code: node.code, now: node.clock.now() };
  const others = foreign.flatMap((one): Stop[] => {
    const carried = new Set(one.grants.map((grant) => grant.id));
    const known = (grants.get(one.record) ?? []).filter(
      (grant) => grant.action !== "override" || carried.has(grant.id),
    );
    const held = { ...one, id: one.record, grants: known };
    const stop = stopsOnward(held, to, purpose, here);
    if (stop === null) return [];
    const waiting = (asked.get(one.record) ?? []).find(
      (ask) => ask.action === "onward" && ["sent", "delivered"].includes(ask.state),
    );
    const helps = stop.because === "H2" || stop.because === "H3-recipient" || stop.because === "H3-purpose";
    return [
      {
        what: "onward",
        ...stop,
        record: one.record,
        kind: one.kind,
        title: one.title,
        originator: one.originator,
        wayOut: !helps
          ? "none"
          : waiting !== undefined
            ? "waiting"
            : peers.includes(one.originator) || byLetter.has(one.record)
              ? "ask"
              : "letter",
        permission: waiting?.id ?? null,
      },
    ];
  });
  return [...back, ...others];
}

/** Scans of letters: their originator is asked by letter, to whoever gave them. */
async function cameByLetter(db: Pick<Db, "rows">, ids: readonly Id[]): Promise<Set<Id>> {
  const { rows } = await sql<{ item_id: Id }>`select h.item_id from simpul.received_items h
    join simpul.request_threads t on t.id = h.thread_id
    where h.item_id = any(${[...ids]}::uuid[]) and h.from_node = h.originator and t.correspondent is not null`.execute(
    db.rows,
  );
  return new Set(rows.map((row) => row.item_id));
}

/** What its originator called back, ours included, goes nowhere; nobody can permit it (COR-2). */
async function calledBack(
  node: RequestsNode,
  db: Pick<Db, "rows">,
  held: readonly Held[],
  to: readonly NodeCode[],
): Promise<Stop[]> {
  const ids = held.map((one) => one.record);
  const closings: Closing[] = [
    ...(await node.recalls.among(db, ids)),
    ...(await node.recalls.ownAmong(db, ids)),
  ].filter((one) => closingKinds.includes(one.kind));
  return held
    .filter((one) => closings.some((each) => each.record === one.record && each.version === one.version))
    .map(({ record, kind, title, originator }) => ({
      what: "onward",
      because: "called-back",
      ...{ record, kind, title, originator },
      wayOut: "none",
      permission: null,
      recipients: [...to],
    }));
}

/**
 * What originators have permitted with an item that they gave, for a bundle that leaves towards a state: only grants in
 * force, for this very version, given to us. Nothing for what is our own.
 */
export const grantsForItems = (node: Pick<RequestsNode, "code" | "clock">): GrantsForItems => ({
  async termsOf(db, item, to) {
    const { rows } = await sql<ItemRow>`select * from simpul.received_items where item_id = ${item}
      order by at desc limit 1`.execute(db.rows);
    const row = rows[0];
    if (row === undefined) return { permitted: [], permissions: [] };
    const about = itemOf(row);
    const here = { code: node.code, now: node.clock.now() };
    const grants = withoutOurs((await grantsOf(db, [item])).get(item), node);
    const held = { ...about, version: about.digest, grants };
    const permitted: TermUse[] = [];
    if (stopsCourt(held, here) === null) permitted.push("court");
    if (stopsOnward(held, [to], "prosecution", here) === null) permitted.push("onward");
    const along = held.grants.filter(
      (grant) =>
        inForce(grant, held.version, here) &&
        (grant.action === "court" || (grant.action === "onward" && grant.recipients.includes(to))),
    );
    const over = isOver(held, here);
    return { permitted, permissions: along.map(({ id, signed }) => ({ id, signed })), over };
  },
});
