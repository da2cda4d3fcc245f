// From what an officer chose to what will be seen: copies of her case's records and items, or why one may not go.
import { Handling, type HolderRole, type Id, type NodeCode } from "@simpul/model";
import type { Records } from "../cases/contract.ts";
import type { Item } from "../evidence/contract.ts";
import { closingKinds } from "../recalls/contract.ts";
import { RequestsError, sharedKinds } from "./contract.ts";
import type { Choice, Chosen, SharedFields, SharedItem, SharedKind, SharedRecord, Stop } from "./contract.ts";
import { versionOf } from "./grants.ts";
import { heldItems, heldRecords, stopsOf } from "./held.ts";
import type { Db, RequestsNode, Shared } from "./node.ts";
import { aboutOf, titleOf } from "./titles.ts";

type Own = NonNullable<Partial<Records>[SharedKind]>[number];

// Never asked of others or shown to them by this room (HIT-1, VIC-7): the victim desks have a way of their own.
const hidden: readonly HolderRole[] = ["victim", "witness", "family"];
const roleOf = (kind: SharedKind, fields: object): HolderRole | null =>
  kind === "subject" || kind === "selector" ? (fields as { role: HolderRole }).role : null;
const isHidden = (kind: SharedKind, fields: object): boolean => {
  const role = roleOf(kind, fields);
  return role !== null && hidden.includes(role);
};

/** The fields that travel; what points to a record that does not travel with it points nowhere. */
function fieldsOf(kind: SharedKind, own: Own, along: ReadonlySet<Id>): SharedFields[SharedKind] {
  const here = (id: Id | null): Id | null => (id !== null && along.has(id) ? id : null);
  const all = own as unknown as SharedFields["subject"] &
    SharedFields["selector"] &
    SharedFields["place"] &
    SharedFields["event"] &
    SharedFields["link"];
  switch (kind) {
    case "subject": {
      const { role, names, pseudonym, birth, nationalities } = all;
      return { kind: all.kind, role, names, pseudonym, birth, nationalities };
    }
    case "selector": {
      const { type, canonical, profile, written, valid, role } = all;
      return { type, canonical, profile, written, valid, role, subject: here(all.subject) };
    }
    case "place": {
      const { names, country, province, position } = all;
      return { names, kind: all.kind, country, province, position };
    }
    case "event": {
      const { title, began, ended } = all;
      const subjects = all.subjects.filter((one) => along.has(one));
      return { kind: all.kind, title, began, ended, place: here(all.place), subjects };
    }
    case "link": {
      const { from, toKind, to, began, ended } = all;
      return { kind: all.kind, from, toKind, to, began, ended };
    }
  }
}

interface Found {
  own: Map<Id, { kind: SharedKind; record: Own }>;
  items: Map<Id, Item>;
}

async function inCase(node: RequestsNode, db: Db, ref: string | null): Promise<Found> {
  const own: Found["own"] = new Map();
  const items: Found["items"] = new Map();
  if (ref === null) return { own, items };
  const { head, records } = await node.cases.recordsOf(db, ref, sharedKinds);
  for (const kind of sharedKinds)
    for (const record of records[kind] ?? []) own.set(record.id, { kind, record });
  for (const item of await node.items.itemsOf(db, { case: head.id })) items.set(item.id, item);
  return { own, items };
}

/**
 * Copies of what was chosen, in its order; what is gone from the case meanwhile is left out. Throws `PROTECTED_PERSON`
 * for a victim's, witness's or relative's record. Another state's codes stay as they are (HC-5, HC-11).
 */
export async function gather(
  node: RequestsNode,
  db: Db,
  ask: { case: string | null; records: readonly Chosen[]; items: readonly Chosen[] },
): Promise<Shared> {
  const found = await inCase(node, db, ask.case);
  const foreign = ask.records.filter((one) => !found.own.has(one.id)).map((one) => one.id);
  const held = new Map(
    (await heldRecords(node, db, { records: foreign })).map((one) => [one.id, one] as const),
  );
  const heldFiles = new Map(
    (await heldItems(node, db, { records: ask.items.map((one) => one.id) })).map(
      (one) => [one.id, one] as const,
    ),
  );
  const along = new Set(ask.records.map((one) => one.id));
  const records = ask.records.flatMap((one): SharedRecord[] => {
    const own = found.own.get(one.id);
    if (own !== undefined) {
      const fields = fieldsOf(own.kind, own.record, along);
      if (isHidden(own.kind, fields)) throw new RequestsError("PROTECTED_PERSON", { record: one.id });
      const bare = { id: one.id, kind: own.kind, fields };
      const { handling, evaluation, link } = one;
      const kept = { handling: Handling.parse(handling), evaluation, link, grants: [] };
      return [{ ...bare, originator: node.code, version: versionOf(bare), ...kept }];
    }
    const copy = held.get(one.id);
    if (copy === undefined) return [];
    const { id, kind, originator, version, fields, handling, evaluation, grants } = copy;
    return [{ id, kind, originator, version, fields, handling, evaluation, link: one.link, grants }];
  });
  const items = ask.items.flatMap((one): SharedItem[] => {
    const item = found.items.get(one.id);
    const copy = heldFiles.get(one.id);
    if (copy !== undefined && copy.arrival.state === "sealed") {
      const { id, originator, fileName, mediaType, size, digest, handling, evaluation, grants } = copy;
      const about = { id, originator, fileName, mediaType, size, digest };
      return [{ ...about, handling, evaluation, link: one.link, grants }];
    }
    if (item === undefined || item.origin === "peer") return [];
    const { id, fileName, mediaType, size, digest } = item;
    const { handling, evaluation, link } = one;
    const about = { id, originator: node.code, fileName, mediaType, size, digest };
    return [{ ...about, handling: Handling.parse(handling), evaluation, link, grants: [] }];
  });
  const got = new Set([...records, ...items].map((one) => one.id));
  await refuseCalledBack(
    node,
    db,
    [...ask.records, ...ask.items].map((one) => one.id).filter((id) => !got.has(id)),
  );
  return { records, items };
}

/** What is gone because its originator called it back says so, with who did (COR-2); what is merely gone is left out. */
async function refuseCalledBack(node: RequestsNode, db: Db, gone: readonly Id[]): Promise<void> {
  const closing = (await node.recalls.among(db, gone)).find((one) => closingKinds.includes(one.kind));
  if (closing === undefined) return;
  const { originator, record, recall } = closing;
  throw new RequestsError("CALLED_BACK", { originator, record, recall });
}

const protectedStop = (id: Id, kind: SharedKind, title: string, originator: NodeCode): Stop => ({
  what: "onward",
  because: "protected",
  record: id,
  kind,
  title,
  originator,
  wayOut: "none",
  permission: null,
  recipients: [],
});

/** Everything of a case that could be put in, own and held, each with what stands against it towards these states. */
export async function choices(
  node: RequestsNode,
  db: Db,
  ask: { case: string; to: readonly NodeCode[]; purpose: string },
): Promise<{ records: Choice[]; items: Choice[] }> {
  const found = await inCase(node, db, ask.case);
  const { head } = await node.cases.recordsOf(db, ask.case, []);
  const held = await heldRecords(node, db, { case: head.id });
  const heldFiles = (await heldItems(node, db, { case: head.id })).filter(
    (one) => one.arrival.state === "sealed",
  );
  const stops = await stopsOf(node, db, { records: held, items: heldFiles }, ask.to, ask.purpose);
  const stopOf = (id: Id) => stops.find((stop) => stop.record === id) ?? null;
  const all = new Set(found.own.keys());
  const own = [...found.own].map(([id, { kind, record }]) => {
    const fields = fieldsOf(kind, record, all);
    return { id, kind, record, fields, title: titleOf({ kind, fields }) };
  });
  const named = own.filter((one) => !isHidden(one.kind, one.fields));
  const titles = new Map([...named, ...held].map((one) => [one.id, one.title]));
  const linked = (kind: SharedKind, fields: SharedFields[SharedKind]): Pick<Choice, "ends"> => {
    if (kind !== "link") return {};
    const { from, to } = fields as SharedFields["link"];
    return { ends: { from: titles.get(from) ?? null, to: titles.get(to) ?? null } };
  };
  const records: Choice[] = own.map(({ id, kind, record, fields, title }) => {
    const { source, information } = record.evaluation;
    return {
      id,
      kind,
      title,
      about: aboutOf(kind, fields),
      ...linked(kind, fields),
      originator: node.code,
      handling: record.handling,
      evaluation: { source, information },
      foreign: false,
      stop: isHidden(kind, fields) ? protectedStop(id, kind, title, node.code) : null,
    };
  });
  for (const { id, kind, title, fields, originator, handling, evaluation } of held)
    records.push({
      id,
      kind,
      title,
      about: aboutOf(kind, fields),
      ...linked(kind, fields),
      originator,
      handling,
      evaluation,
      foreign: true,
      stop: stopOf(id),
    });
  const items: Choice[] = [...found.items.values()]
    .filter((item) => item.origin === "here" && !heldFiles.some((one) => one.id === item.id))
    .map((item) => ({
      id: item.id,
      kind: "item",
      title: item.fileName,
      about: item.mediaType,
      originator: node.code,
      handling: item.handling,
      evaluation: item.evaluation,
      foreign: false,
      stop: null,
    }));
  for (const { id, fileName, mediaType, originator, handling, evaluation } of heldFiles)
    items.push({
      id,
      kind: "item",
      title: fileName,
      about: mediaType,
      originator,
      handling,
      evaluation,
      foreign: true,
      stop: stopOf(id),
    });
  return { records, items };
}

/** What is left to say before it may go; throws with the first stop, so that a screen can name the way out. */
export function refuseStops(stops: readonly Stop[]): void {
  const stop = stops[0];
  if (stop === undefined) return;
  throw new RequestsError(stop.wayOut === "none" ? "TERMS_FORBID" : "NEEDS_PERMISSION", {
    originator: stop.originator,
    record: stop.record,
    title: stop.title,
    what: stop.what,
    because: stop.because,
    wayOut: stop.wayOut,
    recipients: stop.recipients.join(","),
  });
}
