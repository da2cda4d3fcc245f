// Filing and what the court does: passed by the legal review, checked against the file, told to states and targets.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AtDesk } from "../victims/contract.ts";
import { chargeLimits, ChargesError, type AskEvent, type Outcome } from "./contract.ts";
import { fileOf } from "./look.ts";
import { mustProsecute, officerOf, type ChargesNode } from "./node.ts";
import { countOf, eventsOf, lockedRow, rowOf, type Row } from "./records.ts";
import { nextEvents, objectionsTo, outcomeOf } from "./rules.ts";
import type { Told } from "./wire.ts";

/**
 * A prosecutor with her key open files it. To everybody else, whatever the review found, the answer is `REVIEW_PENDING`;
 * what held it back she alone reads (`REVIEW_LOCKED`, `REVIEW_WARNED`). Throws `FILE_OBJECTIONS` with what blocks.
 */
export async function fileCharge(
  node: ChargesNode,
  who: AtDesk,
  id: Id,
  ask: { court: string; ageBasis: string; sameAct: string },
): Promise<void> {
  const standing: Standing = { actor: who.officer, purpose: who.purpose };
  const row = await node.store.read(standing, async (db) => {
    db.noteRead("charge.viewed", { id });
    return rowOf(db, id, node.clock.now().toISOString().slice(0, 10));
  });
  if (row.state !== "prepared") throw new ChargesError("CHARGE_OVER");
  if (row.review_id !== null) await node.reviews.passReview(who, row.review_id, "charge");
  await node.store.write(standing, async (tx) => {
    const now = await lockedRow(tx, id);
    if (now.state !== "prepared") throw new ChargesError("CHARGE_OVER");
    mustProsecute(node, tx);
    const file = await fileOf(node, tx, { ...now, age_basis: ask.ageBasis, same_act: ask.sameAct });
    const blocking = objectionsTo(node.law, node.code, file).filter((one) => one.blocks);
    if (blocking.length > 0)
      throw new ChargesError("FILE_OBJECTIONS", {
        codes: [...new Set(blocking.map((one) => one.code))].join(","),
      });
    await sql`update simpul.charges set state = 'filed', court = ${ask.court}, age_basis = ${ask.ageBasis},
      same_act = ${ask.sameAct}, filed_by = ${who.officer.id}, filed_at = ${tx.at} where id = ${id}`.execute(
      tx.rows,
    );
    for (const one of file.exhibits)
      if (one.disclosure !== "unused")
        await sql`insert into simpul.charge_filed (charge_id, id, exhibit_id, digest, originator, at)
          values (${id}, ${tx.newId()}, ${one.id}, ${one.digest}, ${one.originator}, ${tx.at})`.execute(
          tx.rows,
        );
    const on = tx.at.toISOString().slice(0, 10);
    await tell(node, tx, now, "charged", on, ask.court);
    tx.note("charge.filed", { id, case: now.case_id });
  });
  node.wake(`charge:${id}`);
  node.send();
}

/** What the court did or will do. Throws `CHARGE_NOT_FILED`, `CHARGE_OVER`, `EVENT_OUT_OF_ORDER`, `DAYS_REVERSED`, `Denied`. */
export async function addEvent(node: ChargesNode, standing: Standing, id: Id, ask: AskEvent): Promise<Id> {
  if (ask.until !== null && ask.until < ask.on) throw new ChargesError("DAYS_REVERSED");
  const made = await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustProsecute(node, tx);
    if (row.state === "prepared") throw new ChargesError("CHARGE_NOT_FILED");
    if (row.state !== "filed") throw new ChargesError("CHARGE_OVER");
    if ((await countOf(tx, "events", id)) >= chargeLimits.events) throw new ChargesError("LIMIT_REACHED");
    const done = (await eventsOf(tx, id)).map((one) => one.event);
    if (!nextEvents(row.kind, row.state, done).includes(ask.event))
      throw new ChargesError("EVENT_OUT_OF_ORDER");
    const part = tx.newId();
    await sql`insert into simpul.charge_events (charge_id, id, event, on_day, until_day, text, amount, by_id, at)
      values (${id}, ${part}, ${ask.event}, ${ask.on}::date, ${ask.until}::date, ${ask.text}, ${ask.amount},
        ${officerOf(standing).id}, ${tx.at})`.execute(tx.rows);
    if (ask.event === "closed")
      await sql`update simpul.charges set state = 'ended' where id = ${id}`.execute(tx.rows);
    const outcome = outcomeOf(ask.event);
    if (outcome !== null) await tell(node, tx, row, outcome, ask.on, ask.text);
    tx.note("charge.court", { id, case: row.case_id, event: ask.event });
    return part;
  });
  node.wake(`charge:${id}`);
  node.send();
  return made;
}

/** The court was told that an exhibit of its file may not be used any more. Throws `NO_NOTICE_NEEDED`, `NOT_FOUND`, `Denied`. */
export async function tellCourt(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  exhibit: Id,
  ask: { on: string; text: string },
): Promise<Id> {
  const made = await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustProsecute(node, tx);
    if (row.state !== "filed") throw new ChargesError("CHARGE_NOT_FILED");
    const one = (await fileOf(node, tx, row)).exhibits.find((each) => each.id === exhibit);
    if (one === undefined) throw new ChargesError("NOT_FOUND");
    if (!one.filed || one.stopped.length === 0) throw new ChargesError("NO_NOTICE_NEEDED");
    const part = tx.newId();
    await sql`insert into simpul.charge_events (charge_id, id, event, on_day, text, exhibit_id, by_id, at)
      values (${id}, ${part}, 'notice', ${ask.on}::date, ${ask.text}, ${exhibit}, ${officerOf(standing).id},
        ${tx.at})`.execute(tx.rows);
    tx.note("charge.court", { id, case: row.case_id, event: "notice" });
    return part;
  });
  node.wake(`charge:${id}`);
  return made;
}

/**
 * Every state that gave something to the case, or asked about it, hears what became of it by the request it knows: the
 * outcome, offences and days, nobody's name. A letter waits in the outbox while a state is away; one without a node is
 * told on paper, which the page says.
 */
async function tell(
  node: ChargesNode,
  tx: Writer,
  row: Row,
  outcome: Outcome,
  on: string,
  text: string,
): Promise<void> {
  const officer = officerOf(tx.standing);
  for (const one of await node.contributions(tx, row.case_id)) {
    const id = tx.newId();
    await sql`insert into simpul.charge_told (charge_id, id, thread_id, peer, reference, outcome, at)
      values (${row.id}, ${id}, ${one.thread}, ${one.peer}, ${one.reference}, ${outcome}, ${tx.at})`.execute(
      tx.rows,
    );
    if (one.letter) continue;
    const body: Told = {
      ...{ agency: officer.agency, thread: one.thread, outcome, offences: row.offences },
      ...{ began: row.began, ended: row.ended, on },
    };
    await tx.send({ id, to: one.peer, kind: "outcome.told", body });
  }
  await node.targets.tell(tx, {
    ...{ case: row.case_id, subject: row.subject_id, outcome, on, text: text.slice(0, 2000) },
    review: row.review_id,
  });
}
