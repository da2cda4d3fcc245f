// Offering a case, or parts of it: put together by who leads it, let go by a second person, taken back while it waits.
import { afterWorked, type Id, type NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Choice, Chosen } from "../requests/contract.ts";
import { requireListed } from "./codes.ts";
import { HandOversError, type AskHandOver, type Content, type Offer, type Preview } from "./contract.ts";
import {
  change,
  json,
  officerOf,
  requireAct,
  requireInCase,
  rowOf,
  sign,
  tell,
  wakeSoon,
  type CaseOfOffer,
  type Db,
  type HandOversNode,
} from "./node.ts";
import { lineOf, most, sortOut, summed, withoutStopped } from "./rules.ts";
import { digestOf } from "./wire.ts";

const workingDay = 86_400_000;

async function checkAsk(node: HandOversNode, ask: AskHandOver): Promise<void> {
  if (!(await node.peers()).includes(ask.to)) throw new HandOversError("NOT_A_STATE", { node: ask.to });
  requireListed("reason", node.codes.reasons, ask.reason);
  requireListed("legalBasis", node.codes.legalBases, ask.legalBasis);
  const other =
    (ask.reason === "other" && ask.reasonText === "") ||
    (ask.legalBasis === "other" && ask.legalBasisText === "");
  if (other) throw new HandOversError("REASON_NEEDED");
}

interface Prepared {
  case: CaseOfOffer;
  content: Content;
  preview: Preview;
}

const asItIs = ({ id, handling, evaluation }: Choice): Chosen => ({ id, handling, evaluation, link: "" });

/** What goes now and what stays, under the codes that stand in the case. Throws `NOT_FOUND`, `NOT_ALLOWED`, `CASE_CLOSED`. */
async function prepare(
  node: HandOversNode,
  db: Db & Pick<Writer, "allowed">,
  ask: Pick<AskHandOver, "case" | "to" | "only">,
): Promise<Prepared> {
  const of = await node.caseHead(db, ask.case);
  await requireInCase(node, db, "hand-over.offer", of.id);
  const found = await node.records.choices(db, { case: ask.case, to: [ask.to] });
  const gone = new Set((await node.cases.handed(db, of.id)).map((one) => one.record));
  const { goes, stays } = sortOut([...found.records, ...found.items], {
    ...{ only: ask.only, to: ask.to, gone, now: node.clock.now() },
  });
  const items = goes.filter((one) => one.kind === "item");
  const records = goes.filter((one) => one.kind !== "item");
  if (records.length > most.records || items.length > most.items) throw new HandOversError("TOO_MUCH");
  const copies = await node.records.gather(db, {
    case: ask.case,
    records: records.map(asItIs),
    items: items.map(asItIs),
  });
  const { content, out } = withoutStopped(copies, await node.records.stops(db, copies, [ask.to]));
  const left = new Set([...content.records, ...content.items].map((one) => one.id));
  return {
    case: of,
    content,
    preview: {
      goes: goes.filter((one) => left.has(one.id)).map(lineOf),
      stays: [
        ...stays.map((one) => ({ ...lineOf(one), because: one.because })),
        ...goes.flatMap((one) => {
          const because = out.get(one.id);
          return because === undefined ? [] : [{ ...lineOf(one), because }];
        }),
      ],
    },
  };
}

/** Exactly what they will see, before anybody offers it. */
export async function preview(
  node: HandOversNode,
  standing: Standing,
  ask: Pick<AskHandOver, "case" | "to" | "only">,
): Promise<Preview> {
  return node.store.read(standing, async (db) => {
    db.noteRead("hand-over.previewed", { peer: ask.to });
    return (await prepare(node, db, ask)).preview;
  });
}

/** Put before the second person; what she lets go is what the case holds now. */
export async function offer(node: HandOversNode, standing: Standing, ask: AskHandOver): Promise<{ id: Id }> {
  await checkAsk(node, ask);
  const made = await node.store.write(standing, async (tx) => {
    const found = await prepare(node, tx, ask);
    if (found.preview.goes.length === 0) throw new HandOversError("NOTHING_TO_HAND_OVER");
    const content = JSON.stringify(contentOf(found.content));
    if (content.length > most.content) throw new HandOversError("TOO_MUCH");
    const waits = await sql`select 1 from simpul.hand_overs where case_id = ${found.case.id}
      and direction = 'outgoing' and state in ('submitted', 'pending')`.execute(tx.rows);
    if (waits.rows.length > 0) throw new HandOversError("OFFERED_ALREADY");
    const id = tx.newId();
    const officer = officerOf(standing);
    await sql`insert into simpul.hand_overs (id, direction, peer, state, case_id, agency_id, desk_id, author_id,
        reference, offer, content, created_at, changed_at)
      values (${id}, 'outgoing', ${ask.to}, 'submitted', ${found.case.id}, ${officer.agency}, ${officer.desk},
        ${officer.id}, ${await nextReference(node, tx, ask.to)}, ${json(offerOf(node, tx, ask, found))}, ${content},
        ${tx.at}, ${tx.at})`.execute(tx.rows);
    tx.note("hand-over.submitted", { id, case: found.case.id, peer: ask.to });
    return { id, case_id: found.case.id };
  });
  wakeSoon(node, made);
  return { id: made.id };
}

/** Only the fields that travel. */
const contentOf = ({ records, items }: Content): Content => ({
  records,
  items: items.map(
    ({ id, originator, fileName, mediaType, size, digest, handling, evaluation, link, grants }) => ({
      ...{ id, originator, fileName, mediaType, size, digest, handling, evaluation, link, grants },
    }),
  ),
});

function offerOf(node: HandOversNode, tx: Writer, ask: AskHandOver, found: Prepared): Offer {
  const { case: _case, to, only, ...said } = ask;
  const { number, crimeType, covert } = found.case;
  const counted = node.workDays.entered([node.code, to], tx.at.getUTCFullYear());
  return {
    ...said,
    case: number,
    crimeType,
    covert,
    whole: only === null,
    ...summed(found.preview),
    counted,
  };
}

/** Counted apart for each pair and year, so that one tells of no other (MSG-6). */
async function nextReference(node: HandOversNode, tx: Writer, peer: NodeCode): Promise<string> {
  const year = tx.at.getUTCFullYear();
  const { rows } = await sql<{
    last: number;
  }>`insert into simpul.hand_over_serials as s (peer, year, last) values (${peer}, ${year}, 1)
    on conflict (peer, year) do update set last = s.last + 1 returning last`.execute(tx.rows);
  return `${node.code}-${peer}-H${String(year)}-${String(rows[0]!.last).padStart(6, "0")}`.toUpperCase();
}

/** A second person lets it go: signed, with the day on which silence gives it back (HC-8). */
export async function approve(node: HandOversNode, standing: Standing, id: Id): Promise<void> {
  const done = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    await requireAct(node, tx, "hand-over.approve", row);
    if (row.direction !== "outgoing" || row.state !== "submitted")
      throw new HandOversError("NOT_NOW", { state: row.state });
    const content = JSON.parse(row.content!) as Content;
    // What was called back since it was put together does not go.
    const stopped = await node.records.stops(tx, content, [row.peer]);
    if (stopped.length > 0) throw new HandOversError("NOT_NOW", { state: "called-back" });
    const due = afterWorked(
      tx.at,
      node.codes.workingDays * workingDay,
      node.workDays.of([node.code, row.peer]),
    );
    const offered = await sign(node, "offered", {
      v: 1,
      ...{ handOver: id, from: node.code, to: row.peer, reference: row.reference },
      ...{ at: tx.at.toISOString(), due: due.toISOString() },
      content: digestOf(row.content!),
      offer: row.offer,
    });
    await sql`update simpul.hand_overs set approved_by = ${officerOf(standing).id} where id = ${id}`.execute(
      tx.rows,
    );
    await change(tx, row, { state: "pending", due_at: due, offered });
    await tell(tx, row.peer, "hand-over.offered", { handOver: id, offered });
    tx.note("hand-over.offered", { id, case: row.case_id!, peer: row.peer });
    return row;
  });
  wakeSoon(node, done);
}

/** Before it left: by its author, or whoever may let it go. */
export async function drop(node: HandOversNode, standing: Standing, id: Id): Promise<void> {
  const done = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    await requireAct(node, tx, "request.withdraw", row);
    if (row.state !== "submitted") throw new HandOversError("NOT_NOW", { state: row.state });
    await change(tx, row, { state: "dropped", content: null });
    tx.note("hand-over.dropped", { id, case: row.case_id! });
    return row;
  });
  wakeSoon(node, done);
}

/** While it waits: from this moment on no acceptance is taken, however it crosses. */
export async function takeBack(node: HandOversNode, standing: Standing, id: Id, text: string): Promise<void> {
  const done = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    await requireAct(node, tx, "request.withdraw", row);
    if (row.direction !== "outgoing" || row.state !== "pending")
      throw new HandOversError("NOT_NOW", { state: row.state });
    await change(tx, row, { state: "taken-back" });
    await say(tx, row, { step: "taken-back", text });
    tx.note("hand-over.taken-back", { id, case: row.case_id!, peer: row.peer });
    return row;
  });
  wakeSoon(node, done);
}

/** A step, told to the other side. */
export const say = (
  tx: Writer,
  row: { id: Id; peer: NodeCode },
  said: { step: "accepted" | "declined" | "taken-back" | "returned" } & Partial<{
    code: string | null;
    text: string;
    desk: string;
    lead: string;
    accepted: string | null;
    handed: string | null;
  }>,
): Promise<void> =>
  tell(tx, row.peer, "hand-over.said", {
    handOver: row.id,
    ...{ code: null, text: "", desk: "", lead: "", accepted: null, handed: null },
    ...said,
  });
