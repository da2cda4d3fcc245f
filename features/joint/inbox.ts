// What waits in this room: a note that asks for this state's word, tasks given to it, an end that comes near, a list to confirm.
import { sql } from "kysely";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { mayDraft, maySpace, type Db, type JointNode } from "./node.ts";
import { asksUs } from "./note.ts";
import { spokenOf, wordsOf } from "./note-words.ts";
import { policyFacts, type Held } from "./records.ts";
import { endOf, noteOf, outBy, phaseOf, purgeBy } from "./rules.ts";
import { spacesOf } from "./send.ts";

/** So many days before its end somebody asks whether it is extended. */
const nearDays = 5;
/** So many days before another party must disclose, the others hear of it. */
const warnDays = 30;
const day = 86_400_000;

export const jointInbox = (node: JointNode): InboxSource => ({
  name: "joint",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const now = node.clock.now();
    const speaks = mayDraft(node, standing);
    const spaces = await spacesOf(db);
    const open = spaces.filter((held) => phaseOf(held.facts, node.code, now) === "open");
    const { rows: tasks } = await sql<{
      id: Id;
      space_id: Id;
      title: string;
      due: string | null;
      at: Date;
    }>`select id, space_id, title, content #>> '{own,due}' as due, at from simpul.joint_things
        where kind = 'task' and state = 'standing' and content #>> '{own,state}' = 'open'
          and content #>> '{own,for}' = ${node.code} and space_id = any(${open.map((one) => one.row.id)}::uuid[])
        order by due nulls last limit 100`.execute(db.rows);
    // JIT-7: proceedings elsewhere that will force that state to show what it has of a space.
    const { rows: forced } = await sql<{ id: Id; space_id: Id; title: string; due: string; at: Date }>`
        select id, space_id, title, content #>> '{own,at}' as due, at from simpul.joint_things
        where kind = 'date' and state = 'standing' and content #>> '{own,discloses}' = 'true' and party <> ${node.code}
          and (content #>> '{own,at}')::timestamptz between ${now} and ${new Date(now.getTime() + warnDays * day)}
          and space_id = any(${open.map((one) => one.row.id)}::uuid[]) order by due limit 100`.execute(
      db.rows,
    );
    const { rows: done } = await sql<{ space_id: Id }>`select space_id from simpul.joint_confirmed
        where party = ${node.code}`.execute(db.rows);
    const confirmed = new Set(done.map((one) => one.space_id));
    const entries: InboxEntry[] = tasks.map((one) => ({
      ...{ id: one.id, kind: "joint-task", title: one.title, to: `/joint/${one.space_id}?kind=task` },
      ...{ due: one.due, since: one.at.toISOString(), for: "desk", case: null },
    }));
    for (const one of forced)
      entries.push({
        ...{
          id: one.id,
          kind: "joint-disclosure",
          title: one.title,
          to: `/joint/${one.space_id}?tab=calendar`,
        },
        ...{ due: one.due, since: one.at.toISOString(), for: "desk", case: null },
      });
    entries.push(...(await onNotes(node, standing, db, spaces)));
    for (const held of speaks ? spaces : []) {
      const { id, title, changed_at } = held.row;
      const entry = (kind: string, due: Date | null): InboxEntry => ({
        ...{ id, kind, title, to: `/joint/${id}`, due: due?.toISOString() ?? null },
        ...{ since: changed_at.toISOString(), for: "desk", case: null },
      });
      const note = noteOf(held.facts, node.code);
      const phase = phaseOf(held.facts, node.code, now);
      if (asksUs(node.code, held).length > 0) entries.push(entry("joint-approve", null));
      else if (note !== null && phase === "open" && endOf(note).getTime() - now.getTime() < nearDays * day)
        entries.push(entry("joint-ends", endOf(note)));
      else if (
        note !== null &&
        phase === "ended" &&
        !confirmed.has(id) &&
        outBy(held.facts, node.code)?.kind !== "declined"
      )
        entries.push(entry("joint-confirm", purgeBy(note, held.row.closed_at)));
    }
    return entries;
  },
});

/** JIT-2: a lawyer's clearance that is missing, and to a note's writer what others remark on its newest version. */
async function onNotes(
  node: JointNode,
  standing: Standing,
  db: Pick<Db, "rows">,
  spaces: readonly Held[],
): Promise<InboxEntry[]> {
  const now = node.clock.now();
  const agreeing = spaces.filter((held) => {
    const newest = spokenOf(held, node.code);
    return newest !== null && (noteOf(held.facts, node.code)?.version ?? 0) < newest.version;
  });
  const words = await wordsOf(
    db,
    agreeing.map((one) => one.row.id),
  );
  const speaks = mayDraft(node, standing);
  return agreeing.flatMap((held): InboxEntry[] => {
    const { id, title, proposer } = held.row;
    const { note, digest, at } = held.notes.at(-1)!;
    const of = words.filter((one) => one.space === id && one.digest === digest);
    const entry = (kind: string, since: string): InboxEntry => ({
      ...{ id, kind, title, to: `/joint/${id}?tab=paper`, due: null, since, for: "desk", case: null },
    });
    const cleared = of.some((one) => one.kind === "clearance" && one.party === node.code);
    if (note.clearance === true && !cleared && endOf(note) > now)
      return maySpace(node, standing, "joint.clear", policyFacts(node, held)).allowed
        ? [entry("joint-clear", at)]
        : [];
    const remarks = of.filter((one) => one.kind === "remark" && one.party !== node.code);
    return speaks && proposer === node.code && remarks.length > 0
      ? [entry("joint-remark", remarks.at(-1)!.at)]
      : [];
  });
}
