// Letting figures go: one person looks and proposes, another releases with her passkey; then they stand here and travel to every
// state that takes part. What was wrong is corrected by a later one, or called back.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { PictureError, type Published, type Release } from "./contract.ts";
import { mayDo, mustRelease, type Db, type OfOfficer, type PictureNode } from "./node.ts";
import { countAgain } from "./prepare.ts";
import { keepRelease, releasesOf, type DraftRow } from "./records.ts";
import type { Wire } from "./wire.ts";

/** As many tables as one proposal holds: some months of all figures. */
export const mostProposed = 200;

/**
 * Proposes drafts that she looked at; gives the proposal. All of one month. Throws `NOT_FOUND`, `CHANGED_MEANWHILE` where one
 * is proposed or dropped already, `Denied`.
 */
export async function propose(node: PictureNode, standing: OfOfficer, drafts: readonly Id[]): Promise<Id> {
  const because = mayDo(node, standing, "picture.work");
  const id = await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ id: Id; month: string; free: boolean }>`
      select d.id, d.month, d.dropped_at is null and (p.id is null or p.state = 'returned') as free
      from simpul.picture_drafts d left join simpul.picture_proposals p on p.id = d.proposal_id
      where d.id = any (${[...drafts]}::uuid[]) order by d.id for update of d`.execute(tx.rows);
    if (rows.length !== new Set(drafts).size) throw new PictureError("NOT_FOUND");
    if (rows.some((one) => !one.free)) throw new PictureError("CHANGED_MEANWHILE");
    const { month } = rows[0]!;
    if (rows.some((one) => one.month !== month)) throw new PictureError("NOT_FOUND");
    const made = tx.newId();
    await sql`insert into simpul.picture_proposals (id, month, state, proposed_by, proposed_at)
      values (${made}, ${month}, 'proposed', ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    await sql`update simpul.picture_drafts set proposal_id = ${made} where id = any (${[...drafts]}::uuid[])`.execute(
      tx.rows,
    );
    tx.note("picture.proposed", { id: made, month, tables: rows.length });
    return made;
  });
  node.wake("picture:work");
  return id;
}

interface ProposalRow {
  month: string;
  proposed_by: Id;
}
async function openProposal(tx: Writer, id: Id): Promise<ProposalRow> {
  const { rows } = await sql<ProposalRow & { state: string }>`
    select month, proposed_by, state from simpul.picture_proposals where id = ${id} for update`.execute(
    tx.rows,
  );
  const [row] = rows;
  if (row === undefined) throw new PictureError("NOT_FOUND");
  if (row.state !== "proposed") throw new PictureError("CHANGED_MEANWHILE");
  return row;
}

/**
 * Lets a proposal of another person go: its tables stand from now on, here and at every state that takes part. Throws
 * `NOT_FOUND`, `CHANGED_MEANWHILE`, `NOTHING_TO_RELEASE`, `Denied`.
 */
export async function releaseProposal(node: PictureNode, standing: OfOfficer, id: Id): Promise<number> {
  const peers = await node.peers();
  const tables = await node.store.write(standing, async (tx) => {
    const proposal = await openProposal(tx, id);
    await mustRelease(node, tx, { id, author: proposal.proposed_by });
    const { rows } = await sql<Pick<DraftRow, "id" | "published" | "number" | "reason">>`
      select id, published, number, reason from simpul.picture_drafts
      where proposal_id = ${id} and dropped_at is null order by figure, number`.execute(tx.rows);
    if (rows.length === 0) throw new PictureError("NOTHING_TO_RELEASE");
    const by = { proposed: proposal.proposed_by, released: standing.actor.id };
    for (const { id: draft, published, number, reason } of rows) {
      // The draft's id is the release's: what was looked at is what leaves.
      const release = { id: draft, published, number, at: tx.at, by, reason };
      await keepRelease(tx, release);
      for (const to of peers) await tellReleased(tx, to, { ...release, agency: standing.actor.agency });
    }
    await sql`update simpul.picture_proposals set state = 'released', decided_by = ${standing.actor.id},
      decided_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("picture.released", { id, month: proposal.month, tables: rows.length, to: peers });
    return rows.length;
  });
  node.wake("picture:released");
  node.send();
  return tables;
}

/** One table, as it was let go, to one state. */
export async function tellReleased(
  tx: Writer,
  to: NodeCode,
  one: { id: Id; number: number; published: Published; at: Date; reason: string; agency?: Id },
): Promise<void> {
  const { state: _, ...table } = one.published;
  const body: Wire<"picture.released"> = {
    ...{ agency: one.agency, release: one.id, number: one.number, reason: one.reason, table },
    at: one.at.toISOString(),
  };
  await tell(tx, one.id, to, "picture.released", body);
}

async function tell(
  tx: Writer,
  release: Id,
  to: Release["state"],
  kind: string,
  body: object,
): Promise<void> {
  await tx.send({ id: tx.newId(), to, kind, body });
  await sql`insert into simpul.picture_told (release_id, peer, sent_at) values (${release}, ${to}, ${tx.at})
    on conflict (release_id, peer) do update set sent_at = excluded.sent_at, answered_at = null`.execute(
    tx.rows,
  );
}

/** Sends a proposal back, with a word why; its tables wait again. Throws `NOT_FOUND`, `CHANGED_MEANWHILE`, `Denied`. */
export async function returnProposal(
  node: PictureNode,
  standing: OfOfficer,
  id: Id,
  reason: string,
): Promise<void> {
  const because = mayDo(node, standing, "picture.work");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    await openProposal(tx, id);
    await sql`update simpul.picture_proposals set state = 'returned', decided_by = ${standing.actor.id},
      decided_at = ${tx.at}, reason = ${reason} where id = ${id}`.execute(tx.rows);
    tx.note("picture.returned", { id });
  });
  node.wake("picture:work");
}

/** A draft that nobody proposed is dropped; what its noise spent stays spent. Throws `NOT_FOUND`, `CHANGED_MEANWHILE`, `Denied`. */
export async function dropDraft(node: PictureNode, standing: OfOfficer, id: Id): Promise<void> {
  const because = mayDo(node, standing, "picture.work");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ free: boolean }>`
      select d.dropped_at is null and (p.id is null or p.state = 'returned') as free
      from simpul.picture_drafts d left join simpul.picture_proposals p on p.id = d.proposal_id
      where d.id = ${id} for update of d`.execute(tx.rows);
    if (rows[0] === undefined) throw new PictureError("NOT_FOUND");
    if (!rows[0].free) throw new PictureError("CHANGED_MEANWHILE");
    await sql`update simpul.picture_drafts set dropped_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("picture.dropped", { id });
  });
  node.wake("picture:work");
}

/** One of ours that stands. Throws `NOT_FOUND`. */
async function oursStanding(node: PictureNode, db: Db, id: Id): Promise<Release> {
  const { rows } = await sql<{ month: string; figure: string }>`
    select month, figure from simpul.picture_releases where id = ${id} and state = ${node.code}
      and ended_at is null`.execute(db.rows);
  const [row] = rows;
  const found =
    row === undefined
      ? []
      : await releasesOf(db, { from: row.month, until: row.month, figures: [row.figure], state: node.code });
  const release = found.find((one) => one.id === id);
  if (release === undefined) throw new PictureError("NOT_FOUND");
  return release;
}

/** Counts one of ours anew because it was wrong. Throws `NOT_FOUND`, `NOT_COUNTED_SO`, `COUNTED_ALREADY`, `BUDGET_SPENT`, `Denied`. */
export async function correct(node: PictureNode, standing: OfOfficer, id: Id, reason: string): Promise<void> {
  mayDo(node, standing, "picture.work");
  const release = await node.store.read(standing, async (db) => {
    db.noteRead("picture.work-viewed", { id });
    return oursStanding(node, db, id);
  });
  await countAgain(node, standing, release, reason);
}

/** Calls one of ours back without another in its place: it stands nowhere any more. Throws `NOT_FOUND`, `Denied`. */
export async function callBack(
  node: PictureNode,
  standing: OfOfficer,
  id: Id,
  reason: string,
): Promise<void> {
  const because = mayDo(node, standing, "picture.work");
  const peers = await node.peers();
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { figure, definition, month, number } = await oursStanding(node, tx, id);
    await sql`update simpul.picture_releases set ended_at = ${tx.at}, reason = ${reason}
      where id = ${id} and ended_at is null`.execute(tx.rows);
    const body: Wire<"picture.called-back"> = {
      ...{ agency: standing.actor.agency, release: id, figure, definition, month, number, reason },
      at: tx.at.toISOString(),
    };
    for (const to of peers) await tell(tx, id, to, "picture.called-back", body);
    tx.note("picture.called-back", { id, figure, month, to: peers });
  });
  node.wake("picture:released");
  node.send();
}
