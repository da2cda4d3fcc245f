// Walking the tree at a holder: what was made of it is flagged, whom we gave it is told, and those who told us hear from us.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Thing } from "./contract.ts";
import {
  hexOf,
  jobStanding,
  recallRow,
  thingsOf,
  type RecallRow,
  type RecallsNode,
  type ThingRow,
} from "./node.ts";
import { answersItself, onwardOf } from "./rules.ts";
import { contactAgency, tell } from "./tell.ts";
import { sign, type Report } from "./wire.ts";

/** Handlers for the node's worker. Each may run twice. */
export const recallsJobs = (node: RecallsNode) => ({
  "recalls.go-on": {
    run: (job: { payload: unknown }) => goOn(node, (job.payload as { recall: Id }).recall),
    tries: 30,
  },
});

const thingOf = (row: ThingRow): Thing => ({
  record: row.record_id,
  version: hexOf(row.version),
  what: row.what,
});

export async function goOn(node: RecallsNode, id: Id): Promise<void> {
  const places = await node.store.write(jobStanding("recalls"), async (tx) => {
    const row = await recallRow(tx, id, { lock: true });
    if (row.ours) return [];
    const things = await thingsOf(tx, id);
    const { rows: lies } = await sql<{ request_id: Id; case_id: Id | null }>`
      select request_id, case_id from simpul.recall_places where recall_id = ${id}`.execute(tx.rows);
    for (const thing of things)
      if (row.kind === "correct" && thing.next !== null)
        await node.copies.replace(tx, thingOf(thing), thing.next);
    const flags = await flagWhatWasMade(node, tx, row, things);
    const onward = await passOn(node, tx, row, things);
    const itself = row.state === "open" && answersItself(row.kind, flags, lies.length > 0);
    if (itself)
      await sql`update simpul.recalls set state = 'answered', outcome = 'complied', answer_text = '',
        answered_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    const now = itself ? await recallRow(tx, id) : row;
    if (now.state === "answered" && now.kind === "destroy" && now.outcome === "complied")
      await destroy(node, tx, now, things);
    await report(node, tx, now, onward);
    tx.note("recall.went-on", { id, onward, flags, answered: now.state === "answered" });
    return lies;
  });
  node.send();
  node.wake(`recall:${id}`);
  for (const { request_id: request, case_id: of } of places) {
    node.wake(`request:${request}`);
    if (of !== null) node.wake(`case:${of}`);
  }
}

/** COR-2: bundles, answers, requests, selectors made of it are flagged. Gives how many flags there are. */
async function flagWhatWasMade(
  node: RecallsNode,
  tx: Writer,
  row: RecallRow,
  things: readonly ThingRow[],
): Promise<number> {
  const found = [
    ...(await node.copies.flags(tx, things.map(thingOf))),
    ...(await node.items.flags(
      tx,
      things.filter((one) => one.what === "item").map((one) => one.record_id),
    )),
  ];
  for (const one of found)
    await sql`insert into simpul.recall_flags (recall_id, what, about_id, record_id, request_id, case_id, label, at)
      values (${row.id}, ${one.what}, ${one.about}, ${one.record}, ${one.request}, ${one.case}, ${one.label.slice(0, 200)},
        ${tx.at}) on conflict do nothing`.execute(tx.rows);
  return found.length;
}

/** COR-1: every state to which this node passed it on is told in its turn, of what it was given and no more. */
async function passOn(
  node: RecallsNode,
  tx: Writer,
  row: RecallRow,
  things: readonly ThingRow[],
): Promise<NodeCode[]> {
  const shared = await node.copies.holders(
    tx,
    things.map((one) => one.record_id),
  );
  const { rows: tellers } = await sql<{ peer: NodeCode }>`select peer from simpul.recall_tellers
    where recall_id = ${row.id}`.execute(tx.rows);
  const onward = onwardOf(
    shared.map((one) => one.to),
    { self: node.code, originator: row.originator, tellers: tellers.map((one) => one.peer) },
  );
  const agency = await contactAgency(tx);
  for (const state of onward) {
    const theirs = new Set(
      shared.filter((one) => one.to === state).map((one) => `${one.record} ${one.version}`),
    );
    const told = things.filter((one) => theirs.has(`${one.record_id} ${hexOf(one.version)}`));
    if (told.length > 0) await tell(node, tx, row, told, state, agency);
  }
  return onward;
}

/** COR-3: keys, content and names are destroyed; a signed tombstone without a word of what it was stays. */
async function destroy(
  node: RecallsNode,
  tx: Writer,
  row: RecallRow,
  things: readonly ThingRow[],
): Promise<void> {
  const open = things.filter((one) => one.tombstone === null);
  await node.copies.destroy(tx, open.map(thingOf));
  for (const one of open) {
    if (one.what === "item")
      await node.items.destroy(tx, one.record_id, { recall: row.id, to: row.originator });
    const tombstone = await sign(node, "tombstone", {
      v: 1,
      recall: row.id,
      ...thingOf(one),
      node: node.code,
      at: tx.at.toISOString(),
    });
    await sql`update simpul.recall_things set tombstone = ${tombstone} where recall_id = ${row.id}
      and record_id = ${one.record_id} and version = ${one.version}`.execute(tx.rows);
  }
}

/** Signed words upwards: that it is closed here, and once it is decided, what was decided and by whom. */
async function report(
  node: RecallsNode,
  tx: Writer,
  row: RecallRow,
  onward: readonly NodeCode[],
): Promise<void> {
  const { rows: tellers } = await sql<{ peer: NodeCode; taken_told: boolean; answer_told: boolean }>`
    select * from simpul.recall_tellers where recall_id = ${row.id}`.execute(tx.rows);
  const agency = await contactAgency(tx);
  const say = async (peer: NodeCode, words: Report) =>
    tx.send({
      id: tx.newId(),
      to: peer,
      kind: "recall.reported",
      body: { agency, recall: row.id, report: await sign(node, "report", words) },
    });
  const base = { v: 1 as const, recall: row.id, holder: node.code, onward: [...onward] };
  const nothing = { outcome: null, code: null, text: null, officer: null, tombstones: [] };
  for (const { peer, taken_told: told } of tellers)
    if (!told) await say(peer, { ...base, stage: "taken", at: tx.at.toISOString(), ...nothing });
  if (row.state === "answered") {
    const things = await thingsOf(tx, row.id);
    const answer: Report = {
      ...base,
      stage: "answered",
      at: (row.answered_at ?? tx.at).toISOString(),
      outcome: row.outcome,
      code: row.answer_code,
      text: row.answer_text,
      officer: await nameOf(node, row.answered_by),
      tombstones: things.flatMap((one) => (one.tombstone === null ? [] : [one.tombstone])),
    };
    for (const { peer, answer_told: told } of tellers) if (!told) await say(peer, answer);
  }
  await sql`update simpul.recall_tellers set taken_told = true, answer_told = ${row.state === "answered"}
    where recall_id = ${row.id}`.execute(tx.rows);
}

/** COR-2: a named officer answers; her name travels, as her signature would on paper. */
async function nameOf(node: RecallsNode, officer: Id | null): Promise<string | null> {
  if (officer === null) return null;
  const found = (await node.directory.officers([officer])).get(officer);
  return found?.name.slice(0, 200) ?? null;
}
