// The way of a formal request: drafted, opened and moved for the room of mutual legal assistance, answered here like any other.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import {
  RequestsError,
  type AskDraft,
  type FormalHeld,
  type FormalKind,
  type RequestsForAssistance,
  type SharedItem,
  type Stop,
} from "./contract.ts";
import { recipientsOf } from "./addressees.ts";
import { openThread } from "./draft.ts";
import { choices, gather, refuseStops } from "./gather.ts";
import { heldItems, heldRecords, stopsOf } from "./held.ts";
import { viewRequest } from "./look.ts";
import {
  addStep,
  factsOf,
  json,
  moveThread,
  officerOf,
  requestRow,
  threadsOf,
  type Db,
  type RequestRow,
  type RequestsNode,
  type Shared,
} from "./node.ts";
import { endClock, stopsCourt } from "./rules.ts";
import { openLetter } from "./on-paper.ts";
import { titleOf } from "./titles.ts";

/** HC-6: what came under H1 is not put into a formal request without its originator's word. */
function courtStops(node: RequestsNode, shared: Shared, to: NodeCode): Stop[] {
  const here = { code: node.code, now: node.clock.now() };
  const all = [
    ...shared.records.map((one) => ({ one, kind: one.kind, title: titleOf(one), version: one.version })),
    ...shared.items.map((one) => ({
      one,
      kind: "item" as const,
      title: one.fileName,
      version: one.digest,
    })),
  ];
  return all.flatMap(({ one, kind, title, version }): Stop[] => {
    if (one.originator === node.code) return [];
    const because = stopsCourt({ ...one, version }, here);
    if (because === null) return [];
    const helps = because === "H1" || because === "H3-purpose";
    const about = { record: one.id, kind, title, originator: one.originator };
    return [
      {
        what: "court",
        because,
        ...about,
        wayOut: helps ? "ask" : "none",
        permission: null,
        recipients: [to],
      },
    ];
  });
}

/** Copies of what was chosen; what is the other state's own is named in words, not sent back to it. */
async function shareOf(node: RequestsNode, db: Db, draft: AskDraft): Promise<Shared> {
  const { records, items } = await gather(node, db, draft);
  const to = recipientsOf(draft);
  return { records: records.filter((one) => !to.includes(one.originator)), items };
}

async function allStops(
  node: RequestsNode,
  db: Db,
  kind: FormalKind,
  shared: Shared,
  to: NodeCode,
): Promise<Stop[]> {
  const onward = await stopsOf(node, db, shared, [to], "mutual-assistance");
  return kind === "formal" ? [...onward, ...courtStops(node, shared, to)] : onward;
}

const formalRow = async (db: Db, id: Id, how: { lock?: true } = {}) => {
  const row = await requestRow(db, id, how);
  if (row.formal === null) throw new RequestsError("NOT_FOUND");
  return { ...row, formal: row.formal };
};

const toOf = (row: RequestRow): NodeCode => recipientsOf(row.draft)[0]!;

export function requestsForAssistance(node: RequestsNode): RequestsForAssistance {
  return {
    facts: async (db, id) => factsOf(node, db, await formalRow(db, id)),
    async source(standing, request) {
      const view = await viewRequest(node, standing, request);
      if (view.box !== "outgoing" || view.case === null || view.formal !== null)
        throw new RequestsError("NOT_FOUND");
      return {
        id: request,
        case: view.case.number,
        draft: view.draft,
        threads: view.full.map(({ peer, reference, answers }) => ({
          peer,
          reference,
          narrative: answers.flatMap((one) =>
            one.narrative.map((paragraph) => ({ answer: one.id, paragraph })),
          ),
        })),
      };
    },
    choices: (db, { case: of, to }) =>
      choices(node, db, { case: of, to: [to], purpose: "mutual-assistance" }),
    async held(db, { request, to, kind }) {
      const records = await heldRecords(node, db, { request });
      const items = (await heldItems(node, db, { request })).filter((one) => one.arrival.state === "sealed");
      const stops = await allStops(node, db, kind, { records, items }, to);
      const of = (id: Id) => stops.filter((one) => one.record === id);
      return [
        ...records.map((record): FormalHeld => {
          const { title, reference } = record;
          return { record, item: null, title, reference, stops: of(record.id) };
        }),
        ...items.map((item): FormalHeld => {
          const { fileName, reference } = item;
          return { record: null, item, title: fileName, reference, stops: of(item.id) };
        }),
      ];
    },
    async begin(tx, kind, draft) {
      const officer = officerOf(tx.standing);
      const { head } = await node.cases.recordsOf(tx, draft.case, []);
      const shared = await shareOf(node, tx, draft);
      const id = tx.newId();
      await sql`insert into simpul.requests (id, direction, state, case_id, case_number, case_title, agency_id, desk_id,
          author_id, subject, draft, shared, formal, created_at, changed_at)
        values (${id}, 'outgoing', 'draft', ${head.id}, ${head.number}, ${head.title}, ${officer.agency},
          ${officer.desk}, ${officer.id}, ${draft.subject}, ${json({ ...draft, case: head.number })}, ${json(shared)},
          ${kind}, ${tx.at}, ${tx.at})`.execute(tx.rows);
      return { id, case: head.id };
    },
    async save(tx, id, draft) {
      const row = await formalRow(tx, id, { lock: true });
      const shared = await shareOf(node, tx, { ...draft, case: row.case_number! });
      await sql`update simpul.requests set subject = ${draft.subject},
          draft = ${json({ ...draft, case: row.case_number })}, shared = ${json(shared)}, version = version + 1,
          changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    },
    async shown(db, id) {
      const row = await formalRow(db, id);
      const { records, items } = row.shared;
      if (row.direction === "incoming") {
        const came = new Map(
          (await heldItems(node, db, { request: id })).map((one) => [one.id, one.arrival]),
        );
        const sealed = (one: Id) => came.get(one)?.state === "sealed";
        return { records, items: items.map((one) => ({ ...one, sealed: sealed(one.id) })), stops: [] };
      }
      const stops = row.state === "draft" ? await allStops(node, db, row.formal, row.shared, toOf(row)) : [];
      return { records, items: items.map((one) => ({ ...one, sealed: true })), stops };
    },
    async open(tx, id, approval, follows) {
      const row = await formalRow(tx, id, { lock: true });
      if (row.state !== "draft") throw new RequestsError("NOT_NOW", { state: row.state });
      const to = toOf(row);
      refuseStops(await allStops(node, tx, row.formal, row.shared, to));
      const letter = row.draft.letters?.[0];
      if (letter === undefined) await openThread(node, tx, row, to, approval, follows);
      else await openLetter(node, tx, row, node.letters.one(letter), approval);
      await sql`update simpul.requests set state = 'sent', approved_by = ${approval.by}, changed_at = ${tx.at}
        where id = ${id}`.execute(tx.rows);
      return { reference: (await threadsOf(tx, id))[0]!.reference };
    },
    async drop(tx, id) {
      await sql`update simpul.requests set state = 'withdrawn', changed_at = ${tx.at} where id = ${id}
        and formal is not null and state = 'draft'`.execute(tx.rows);
    },
    async moves(tx, id, to, said) {
      const thread = (await threadsOf(tx, id))[0];
      if (thread === undefined || thread.state === to) return;
      const ends = ["refused", "withdrawn", "closed", "answered"].includes(to);
      await moveThread(tx, thread, {
        state: to,
        ...(ends && thread.clock !== null ? { clock: endClock(thread.clock, tx.at) } : {}),
      });
      const kinds = {
        refused: "refused",
        withdrawn: "withdrawn",
        closed: "closed",
        answered: "answered",
      } as const;
      if (to in kinds)
        await addStep(tx, thread.id, {
          kind: kinds[to as keyof typeof kinds],
          side: said.theirs ? "theirs" : "ours",
          text: said.text === "" ? null : said.text.slice(0, 4000),
        });
    },
    async assign(tx, id, desk) {
      const found = (await node.directory.desks([desk])).get(desk);
      if (found === undefined) throw new RequestsError("NOT_FOUND");
      const thread = (await threadsOf(tx, id))[0];
      if (thread === undefined) throw new RequestsError("NOT_FOUND");
      await sql`update simpul.requests set desk_id = ${found.id}, agency_id = ${found.agency.id},
        changed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
      await addStep(tx, thread.id, { kind: "assigned", side: "ours", desk: found.id });
      if (["delivered", "opened"].includes(thread.state)) await moveThread(tx, thread, { state: "in-work" });
    },
    async arrived(tx, id, from) {
      const { rows } = await sql<{ formal: FormalKind | null; reference: string }>`
        select r.formal, t.reference from simpul.requests r join simpul.request_threads t on t.request_id = r.id
        where r.id = ${id} and r.direction = 'incoming' and t.peer = ${from}`.execute(tx.rows);
      const row = rows[0];
      if (row === undefined || row.formal === null) return null;
      return { kind: row.formal, reference: row.reference };
    },
    async cameBack(db, id) {
      const { rows } = await sql<{ id: Id; kind: string; at: Date }>`
        select a.id, a.content ->> 'kind' as kind, a.released_at as at from simpul.request_answers a
        join simpul.request_threads t on t.id = a.thread_id where t.request_id = ${id}
          and a.state in ('queued', 'delivered', 'undelivered') order by a.released_at, a.id`.execute(
        db.rows,
      );
      const row = await formalRow(db, id);
      const outgoing = row.direction === "outgoing";
      return {
        answers: rows.map((one) => ({ id: one.id, final: one.kind !== "interim", at: one.at.toISOString() })),
        items: outgoing
          ? (await heldItems(node, db, { request: id })).map((one) => ({
              id: one.id,
              title: one.fileName,
              sealed: one.arrival.state === "sealed",
              court: one.may.court,
              text: one.may.text,
            }))
          : [],
        records: outgoing
          ? (await heldRecords(node, db, { request: id })).map((one) => ({
              id: one.id,
              copy: one.copy,
              title: one.title,
              court: one.may.court,
              text: one.may.text,
            }))
          : [],
      };
    },
    async exhibits(db, id) {
      const row = await formalRow(db, id);
      if (row.direction === "outgoing") return row.shared.items;
      const { rows } = await sql<{ items: SharedItem[] }>`select a.shared -> 'items' as items
        from simpul.request_answers a join simpul.request_threads t on t.id = a.thread_id
        where t.request_id = ${id} and a.direction = 'outgoing' and a.state not in ('undelivered', 'dropped')
        order by a.created_at, a.id`.execute(db.rows);
      return [...new Map(rows.flatMap(({ items }) => items).map((one) => [one.id, one] as const)).values()];
    },
    async letter(db, id) {
      const thread = (await threadsOf(db, id))[0];
      return thread === undefined || thread.correspondent === null ? null : thread.id;
    },
    async answered(db, id) {
      const { rows } = await sql`select 1 from simpul.request_answers a
        join simpul.request_threads t on t.id = a.thread_id where t.request_id = ${id}
          and a.state in ('queued', 'delivered') limit 1`.execute(db.rows);
      return rows.length > 0;
    },
  };
}
