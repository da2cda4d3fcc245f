// A charge is prepared by who works on the case; for a person a legal review begins, like for every other (VIC-2).
import type { Id } from "@simpul/model";
import { inTurn, type Standing } from "@simpul/store";
import { sql } from "kysely";
import { offenceOf } from "../offences/contract.ts";
import { ChargesError, type AskCharge } from "./contract.ts";
import { noteLegalGap } from "./legal-gaps.ts";
import { mustProsecute, mustWorkOn, officerOf, prosecutes, type ChargesNode } from "./node.ts";
import { lockedRow } from "./records.ts";
import { overlap } from "./rules.ts";

/** Gives its id. Throws `NOT_FOUND`, `CHARGE_ALREADY`, `CHARGE_PROTECTED`, `ACCUSED_DEAD`, `DAYS_REVERSED`, `Denied`, and what reviews refuse. */
export async function prepareCharge(node: ChargesNode, standing: Standing, ask: AskCharge): Promise<Id> {
  if (ask.began > ask.ended) throw new ChargesError("DAYS_REVERSED");
  const officer = officerOf(standing);
  const id = await node.store.write(standing, async (tx) => {
    const { head, records } = await node.cases.recordsOf(tx, ask.case, ["subject"]).catch(() => {
      throw new ChargesError("NOT_FOUND");
    });
    mustWorkOn(node, tx, await node.caseFacts(tx, head.id));
    const subject = records.subject?.find((one) => one.id === ask.subject);
    if (subject === undefined) throw new ChargesError("NOT_FOUND");
    // Whom this very case keeps under a pseudonym, as everybody in it reads; who is a victim elsewhere is not looked up.
    const [name] = subject.names;
    if (subject.pseudonym !== null || name === undefined) throw new ChargesError("CHARGE_PROTECTED");
    // Two who charge her at once are one after the other.
    await inTurn(tx, `charges of ${subject.id}`);
    const before = await sql<{
      state: string;
      offences: string[];
      began: string;
      ended: string;
      died: boolean;
    }>`
      select state, offences, began::text, ended::text, exists (select 1 from simpul.charge_events e
        where e.charge_id = c.id and e.event = 'died') as died
      from simpul.charges c where case_id = ${head.id} and subject_id = ${subject.id} limit 200`.execute(
      tx.rows,
    );
    if (before.rows.some((one) => one.died)) throw new ChargesError("ACCUSED_DEAD");
    // Twice for one act in this state; of another state an objection tells (rules.ts).
    if (
      before.rows.some(
        (one) =>
          one.state !== "withdrawn" &&
          overlap(one, ask) &&
          one.offences.some((each) => (ask.offences as string[]).includes(each)),
      )
    )
      throw new ChargesError("CHARGE_ALREADY");
    const person = subject.kind === "person";
    const review = person
      ? await node.reviews.begin(tx, {
          kind: "charge",
          of: { case: head.id, subject: subject.id },
          reason: ask.facts.slice(0, 2000),
        })
      : null;
    const made = tx.newId();
    const { text, language, romanised } = name;
    await sql`
      insert into simpul.charges (id, case_id, subject_id, kind, name, birth, offences, began, ended, place, facts,
        law_version, review_id, prepared_by, prepared_at, agency_id, desk_id, state)
      values (${made}, ${head.id}, ${subject.id}, ${subject.kind},
        ${JSON.stringify({ text, language, romanised })}::jsonb, ${subject.birth}, ${JSON.stringify(ask.offences)}::jsonb,
        ${ask.began}::date, ${ask.ended}::date, ${ask.place}, ${ask.facts}, ${node.law.version}, ${review},
        ${officer.id}, ${tx.at}, ${officer.agency}, ${officer.desk}, 'prepared')`.execute(tx.rows);
    for (const kind of ask.offences)
      if (offenceOf(node.law, node.code, kind) === null)
        await noteLegalGap(tx, { state: node.code, kind: "no-offence", step: "charge" });
    tx.note("charge.prepared", { id: made, case: head.id, of: subject.kind });
    return made;
  });
  node.wake(`charge:${id}`);
  return id;
}

/** Given up before or after it was filed, with the reason. Throws `NOT_FOUND`, `CHARGE_OVER`, `Denied`. */
export async function withdrawCharge(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  reason: string,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    if (row.state !== "prepared" && row.state !== "filed") throw new ChargesError("CHARGE_OVER");
    if (row.state === "filed" || prosecutes(node, standing)) mustProsecute(node, tx);
    else mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    await sql`update simpul.charges set state = 'withdrawn' where id = ${id}`.execute(tx.rows);
    const on = tx.at.toISOString().slice(0, 10);
    await sql`insert into simpul.charge_events (charge_id, id, event, on_day, text, by_id, at)
      values (${id}, ${tx.newId()}, 'closed', ${on}::date, ${reason}, ${officerOf(standing).id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("charge.withdrawn", { id, case: row.case_id });
  });
  node.wake(`charge:${id}`);
}
