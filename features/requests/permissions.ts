// Permission between states: asked of the originator, decided there by a second factor, given as signed grants (HC-7, HC-8).
import { Digest, type Id, type NodeCode } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { RequestFacts } from "@simpul/policy";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { RequestsError } from "./contract.ts";
import type { AskDecision, AskPermission, Grant } from "./contract.ts";
import { keepGrants, signGrant } from "./grants.ts";
import { heldItems, heldRecords } from "./held.ts";
import { send } from "./leave.ts";
import { askByLetter } from "./paper-permissions.ts";
import { json, officerOf, requestRow, requireInCase, type Db, type RequestsNode } from "./node.ts";
import { endOf } from "./rules.ts";
import { outcome, permissionRow, settle, type Asked, type PermissionRow } from "./permission-rows.ts";
import { nextReference } from "./thread.ts";

interface Wanted extends Asked {
  originator: NodeCode;
  from: NodeCode;
  request: Id;
  thread: Id;
}

/** What is held under these ids (a copy's or a record's), for asking about it; throws where something is not. */
async function wanted(node: RequestsNode, db: Db, ids: readonly Id[]): Promise<Wanted[]> {
  const records = [
    ...(await heldRecords(node, db, { copies: ids })),
    ...(await heldRecords(node, db, { records: ids })),
  ];
  const items = await heldItems(node, db, { records: ids });
  return ids.map((id): Wanted => {
    const record = records.find((one) => one.copy === id || one.id === id);
    const item = items.find((one) => one.id === id);
    const found = record ?? item;
    if (found === undefined) throw new RequestsError("OURS_ALREADY", { record: id });
    const { originator, from, request, thread, id: about } = found;
    return {
      record: about,
      kind: record?.kind ?? "item",
      version: record?.version ?? item!.digest,
      title: record?.title ?? item!.fileName,
      granted: null,
      ground: null,
      originator,
      from,
      request,
      thread,
    };
  });
}

/** Asks the originator; the envelope leaves with this act. All of one question belong to one state and one request. */
export async function askPermission(
  node: RequestsNode,
  standing: Standing,
  ask: AskPermission,
): Promise<{ id: Id }> {
  const officer = officerOf(standing);
  const { codes } = node;
  requireListed(
    "legalBasis",
    codes.legalBases.map((one) => one.code),
    ask.legalBasis,
  );
  requireListed("purpose", codes.purposes, ask.purpose);
  if (ask.action === "onward" && ask.recipients.length === 0)
    throw new RequestsError("INCOMPLETE", { missing: "recipients" });
  if (ask.action === "court" && (ask.court ?? "").trim() === "")
    throw new RequestsError("INCOMPLETE", { missing: "court" });
  const peers = await node.peers();
  for (const one of ask.recipients)
    if (!peers.includes(one)) throw new RequestsError("NOT_A_STATE", { node: one });
  const made = await node.store.write(standing, async (tx) => {
    const { head } = await node.cases.recordsOf(tx, ask.case, []);
    await requireInCase(node, tx, "permission.ask", head.id);
    const about = await wanted(node, tx, [...new Set(ask.records)]);
    const first = about[0]!;
    // What came through a third state is asked of its originator by that state, which holds the thread with it.
    const apart = about.find((one) => one.originator !== one.from || one.thread !== first.thread);
    if (apart !== undefined)
      throw new RequestsError("TERMS_FORBID", { originator: apart.originator, record: apart.record });
    const id = tx.newId();
    const to = first.originator;
    const reference = await nextReference(node, tx, to, "permission");
    const due = new Date(
      ask.neededBy === null
        ? tx.at.getTime() + codes.days.permission * 86_400_000
        : Math.max(endOf(ask.neededBy), tx.at.getTime()),
    );
    const { case: _case, records: _records, ...kept } = ask;
    const records = about.map(({ record, kind, version, title }) => ({
      record,
      kind,
      version,
      title,
      granted: null,
      ground: null,
    }));
    await sql`insert into simpul.permissions (id, direction, peer, reference, state, request_id, thread_id, case_id,
        asked_by, desk_id, agency_id, ask, records, at, due_at)
      values (${id}, 'outgoing', ${to}, ${reference}, 'sent', ${first.request}, ${first.thread}, ${head.id},
        ${officer.id}, ${officer.desk}, ${officer.agency}, ${json(kept)}, ${json(records)}, ${tx.at}, ${due})`.execute(
      tx.rows,
    );
    if (peers.includes(to))
      await send(tx, to, "permission.asked", {
        agency: officer.agency,
        permission: id,
        thread: first.thread,
        reference,
        ...kept,
        records: records.map(({ record, version }) => ({ record, version })),
        due: due.toISOString(),
      });
    else
      await askByLetter(node, tx, {
        id,
        to,
        thread: first.thread,
        request: first.request,
        ask,
        records,
        due,
      });
    tx.note("permission.asked", {
      id: first.request,
      permission: id,
      case: head.id,
      peer: to,
      act: ask.action,
    });
    return { id, request: first.request };
  });
  node.send();
  node.wake(`permission:${made.id}`);
  node.wake(`request:${made.request}`);
  return { id: made.id };
}

/** A permission as the policy sees it: something that came in, at the desk that works on its request. */
export async function permissionFacts(db: Db, row: PermissionRow): Promise<RequestFacts> {
  const request = await requestRow(db, row.request_id);
  const { desk_id: desk, agency_id: agency } = request;
  return { kind: "request", id: row.id, direction: row.direction, desk, agency, author: null, case: null };
}

/** The originator decides, record by record; what is granted becomes a signed object and leaves with this act. */
export async function decide(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: AskDecision,
): Promise<void> {
  const officer = officerOf(standing);
  const grounds = node.codes.grounds.map((one) => one.code);
  for (const one of ask.decisions) if (!one.grant) requireListed("ground", grounds, one.ground ?? "");
  if (ask.notAfter !== null && endOf(ask.notAfter) < node.clock.now().getTime())
    throw new RequestsError("DATE_PASSED");
  const request = await node.store.write(standing, async (tx) => {
    const row = await permissionRow(tx, id, { lock: true });
    if (row.direction !== "incoming" || row.state !== "delivered")
      throw new RequestsError("NOT_NOW", { state: row.state });
    tx.allowed(
      demand(node.policy, {
        officer,
        act: "permission.decide",
        record: await permissionFacts(tx, row),
        purpose: standing.purpose,
        now: node.clock.now(),
        proof: await node.proofs.take(tx, { act: "permission.decide", record: id }),
      }),
    );
    const about = new Map(row.records.map((one) => [one.record, one]));
    const all = ask.decisions.length === about.size && ask.decisions.every((one) => about.has(one.record));
    if (!all) throw new RequestsError("INCOMPLETE", { missing: "decisions" });
    const notAfter = ask.notAfter === null ? null : new Date(endOf(ask.notAfter)).toISOString();
    const grants: Grant[] = await Promise.all(
      ask.decisions
        .filter((one) => one.grant)
        .map((one) =>
          signGrant(node, {
            id: tx.newId(),
            originator: node.code,
            holder: row.peer,
            record: one.record,
            version: Digest.parse(about.get(one.record)!.version),
            action: row.ask.action,
            recipients: row.ask.recipients,
            court: row.ask.court,
            thread: row.thread_id,
            conditions: ask.conditions,
            notAfter,
            at: tx.at.toISOString(),
          }),
        ),
    );
    const state = outcome(ask.decisions, ask.conditions.trim() !== "" || notAfter !== null);
    await keepGrants(tx, grants, { request: row.request_id, permission: id, given: true });
    const decisions = ask.decisions.map((one) => ({
      record: one.record,
      grant: one.grant,
      ground: one.grant ? null : (one.ground ?? null),
    }));
    await settle(tx, row, { ...ask, state, decisions, notAfter, by: officer.id });
    await send(tx, row.peer, "permission.decided", {
      agency: officer.agency,
      permission: id,
      state: state as "granted",
      decisions,
      grants,
      conditions: ask.conditions,
      notAfter,
      reason: ask.reason,
    });
    tx.note("permission.decided", {
      id: row.request_id,
      permission: id,
      peer: row.peer,
      outcome: state,
      grants: grants.map((one) => one.id),
    });
    return row.request_id;
  });
  node.send();
  node.wake(`permission:${id}`);
  node.wake(`request:${request}`);
}

export async function withdrawPermission(node: RequestsNode, standing: Standing, id: Id): Promise<void> {
  const officer = officerOf(standing);
  await node.store.write(standing, async (tx) => {
    const row = await permissionRow(tx, id, { lock: true });
    if (row.direction !== "outgoing" || !["sent", "delivered"].includes(row.state))
      throw new RequestsError("NOT_NOW", { state: row.state });
    await requireInCase(node, tx, "permission.ask", row.case_id!);
    await sql`update simpul.permissions set state = 'withdrawn' where id = ${id}`.execute(tx.rows);
    if ((await node.letters.lettersOf(tx, id)).length > 0) await node.letters.withdrawn(tx, id);
    else await send(tx, row.peer, "permission.withdrawn", { agency: officer.agency, permission: id });
    tx.note("permission.withdrawn", { id: row.request_id, permission: id, peer: row.peer });
  });
  node.send();
  node.wake(`permission:${id}`);
}
