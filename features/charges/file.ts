// The file of a charge: exhibits and how they are disclosed, which of them proves which element, what is missing, witnesses.
import { nameIn } from "@simpul/match/names";
import type { Id, NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { RecordKind } from "../cases/contract.ts";
import type { Element, OffenceKind } from "../offences/contract.ts";
import { asksOf, elementsOf } from "../offences/contract.ts";
import { gapOfNeed } from "./admission.ts";
import { chargeLimits, ChargesError, type AskAdmission, type Disclosure, type Witness } from "./contract.ts";
import { noteLegalGap } from "./legal-gaps.ts";
import { mustWorkOn, officerOf, type ChargesNode, type Db } from "./node.ts";
import { countOf, exhibitsOf, lockedRow, type Row } from "./records.ts";

/** Records of a case that can be an exhibit: what happened, what is stated to be linked, what was noted and decided. */
const exhibited: readonly RecordKind[] = ["event", "link", "note", "decision"];

/** What of the case can be put into the file, by what it is called. */
export async function availableIn(
  node: ChargesNode,
  db: Db,
  of: Id,
): Promise<{ kind: "item" | "record"; of: Id; title: string }[]> {
  const items = (await node.items.ofCase(db, of)).map((one) => ({
    ...{ kind: "item" as const, of: one.id, title: one.title },
  }));
  const { records } = await node.cases.recordsOf(db, of, exhibited);
  const titles = [
    ...(records.event ?? []).map((one) => ({ of: one.id, title: `${one.began} ${one.title}` })),
    ...(records.note ?? []).map((one) => ({ of: one.id, title: one.body })),
    ...(records.decision ?? []).map((one) => ({ of: one.id, title: `${one.decidedOn} ${one.title}` })),
    ...(records.link ?? []).map((one) => ({ of: one.id, title: `${one.kind} ${one.note}` })),
  ];
  return [
    ...items,
    ...titles.map((one) => ({ kind: "record" as const, of: one.of, title: one.title.trim().slice(0, 200) })),
  ];
}

/** Runs on a charge that is still worked on, by who works on its case. Gives the id of what was made. */
async function within(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  kind: string,
  act: (tx: Writer, row: Row, part: Id) => Promise<void>,
): Promise<Id> {
  const made = await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (row.state !== "prepared" && row.state !== "filed") throw new ChargesError("CHARGE_OVER");
    const part = tx.newId();
    await act(tx, row, part);
    tx.note(kind, { id, case: row.case_id });
    return part;
  });
  node.wake(`charge:${id}`);
  return made;
}

const room = async (tx: Writer, table: keyof typeof chargeLimits, id: Id): Promise<void> => {
  if ((await countOf(tx, table, id)) >= chargeLimits[table]) throw new ChargesError("LIMIT_REACHED");
};

/** A name, number or address where only a pseudonym may stand; what she proves may name the accused. */
function namesSomebody(
  ask: Pick<Witness, "label" | "protection">,
  subjects: readonly { names: readonly { text: string; romanised?: string }[] }[],
): boolean {
  if (/@|\d{6,}/.test((ask.label + ask.protection).replaceAll(/[\s-]/g, ""))) return true;
  const names = subjects.flatMap((one) => one.names).flatMap(({ text, romanised = "" }) => [text, romanised]);
  return nameIn(ask.label, names) !== null;
}

interface AskExhibit {
  kind: "item" | "record";
  of: Id;
  disclosure: Disclosure;
  reason: string;
}
const reasoned = (ask: Pick<AskExhibit, "disclosure" | "reason">): void => {
  // JIT-6: what is kept from the defence, or not used, says why.
  if (ask.disclosure !== "disclosable" && ask.reason.length < 3) throw new ChargesError("DISCLOSURE_REASON");
};

/** Throws `NOT_FOUND`, `EXHIBIT_ALREADY`, `DISCLOSURE_REASON`, `CHARGE_OVER`, `LIMIT_REACHED`, `Denied`. */
export function addExhibit(node: ChargesNode, standing: Standing, id: Id, ask: AskExhibit): Promise<Id> {
  reasoned(ask);
  return within(node, standing, id, "charge.exhibit-added", async (tx, row, part) => {
    await room(tx, "exhibits", id);
    const found = (await availableIn(node, tx, row.case_id)).find(
      (one) => one.of === ask.of && one.kind === ask.kind,
    );
    if (found === undefined) throw new ChargesError("NOT_FOUND");
    const number = Math.max(0, ...(await exhibitsOf(tx, id)).map((one) => one.number)) + 1;
    const { numAffectedRows } = await sql`insert into simpul.charge_exhibits
        (charge_id, id, number, kind, of_id, title, disclosure, reason, by_id, at)
      values (${id}, ${part}, ${number}, ${ask.kind}, ${ask.of}, ${found.title === "" ? "–" : found.title},
        ${ask.disclosure}, ${ask.reason}, ${officerOf(standing).id}, ${tx.at})
      on conflict (charge_id, of_id) do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new ChargesError("EXHIBIT_ALREADY");
  });
}

/** Whether an exhibit goes to the defence; not for the exhibits of a charge that is over. */
export async function discloseExhibit(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  exhibit: Id,
  ask: Pick<AskExhibit, "disclosure" | "reason">,
): Promise<void> {
  reasoned(ask);
  await within(node, standing, id, "charge.exhibit-marked", async (tx) => {
    const { numAffectedRows } = await sql`update simpul.charge_exhibits set disclosure = ${ask.disclosure},
      reason = ${ask.reason} where charge_id = ${id} and id = ${exhibit}`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new ChargesError("NOT_FOUND");
  });
}

function charged(node: ChargesNode, row: Row, ask: { offence: OffenceKind; element: Element }): void {
  if (!row.offences.includes(ask.offence) || !elementsOf(node.law, ask.offence).includes(ask.element))
    throw new ChargesError("OFFENCE_NOT_CHARGED");
}

/** Throws `NOT_FOUND`, `OFFENCE_NOT_CHARGED`, `CHARGE_OVER`, `LIMIT_REACHED`, `Denied`. */
export function addProof(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  ask: { exhibit: Id; offence: OffenceKind; element: Element; says: string },
): Promise<Id> {
  return within(node, standing, id, "charge.proof-added", async (tx, row, part) => {
    await room(tx, "proofs", id);
    charged(node, row, ask);
    if (!(await exhibitsOf(tx, id)).some((one) => one.id === ask.exhibit))
      throw new ChargesError("NOT_FOUND");
    await sql`insert into simpul.charge_proofs (charge_id, id, exhibit_id, offence, element, says, by_id, at)
      values (${id}, ${part}, ${ask.exhibit}, ${ask.offence}, ${ask.element}, ${ask.says},
        ${officerOf(standing).id}, ${tx.at})`.execute(tx.rows);
  });
}

/** It stays in the rows, and counts no more. */
export async function removeProof(node: ChargesNode, standing: Standing, id: Id, proof: Id): Promise<void> {
  await within(node, standing, id, "charge.proof-removed", async (tx) => {
    const { numAffectedRows } = await sql`update simpul.charge_proofs set removed_at = ${tx.at}
      where charge_id = ${id} and id = ${proof} and removed_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new ChargesError("NOT_FOUND");
  });
}

/** What is missing: a task of the case for a desk here, or written down as to be asked of a state. */
export function addGap(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  ask: {
    offence: OffenceKind;
    element: Element;
    text: string;
    due: string;
    to: { desk: Id } | { state: NodeCode };
  },
): Promise<Id> {
  return within(node, standing, id, "charge.gap-given", async (tx, row, part) => {
    await room(tx, "gaps", id);
    charged(node, row, ask);
    const task =
      "desk" in ask.to
        ? await node.addTask(tx, row.case_id, {
            ...{ title: ask.text.slice(0, 200), desk: ask.to.desk, due: ask.due },
            note: ask.text,
          })
        : null;
    await sql`insert into simpul.charge_gaps (charge_id, id, offence, element, text, to_state, task_id, due, by_id, at)
      values (${id}, ${part}, ${ask.offence}, ${ask.element}, ${ask.text},
        ${"state" in ask.to ? ask.to.state : null}, ${task}, ${ask.due}::date, ${officerOf(standing).id},
        ${tx.at})`.execute(tx.rows);
  });
}

/** VIC-1: under the word by which the case knows her; a victim never without her protection, never with where she is. */
export function addWitness(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  ask: Omit<Witness, "id">,
): Promise<Id> {
  if (ask.kind === "victim" && ask.protection.length < 3) throw new ChargesError("PROTECTION_NEEDED");
  return within(node, standing, id, "charge.witness-added", async (tx, row, part) => {
    await room(tx, "witnesses", id);
    if (ask.kind === "victim") {
      const { records } = await node.cases.recordsOf(tx, row.case_id, ["subject"]);
      if (ask.state !== null || namesSomebody(ask, records.subject ?? []))
        throw new ChargesError("WITNESS_NAMED");
    }
    await sql`insert into simpul.charge_witnesses
        (charge_id, id, label, kind, way, state, language, protection, proves, by_id, at)
      values (${id}, ${part}, ${ask.label}, ${ask.kind}, ${ask.way}, ${ask.state}, ${ask.language},
        ${ask.protection}, ${ask.proves}, ${officerOf(standing).id}, ${tx.at})`.execute(tx.rows);
  });
}

/** How a need of an exhibit stands. Throws `NOT_FOUND`, `NEED_NOT_ASKED`, `CHARGE_OVER`, `LIMIT_REACHED`, `Denied`. */
export function writeAdmission(
  node: ChargesNode,
  standing: Standing,
  id: Id,
  ask: AskAdmission,
): Promise<Id> {
  return within(node, standing, id, "charge.admission-written", async (tx, row, part) => {
    await room(tx, "admissions", id);
    const exhibit = (await exhibitsOf(tx, id)).find((one) => one.id === ask.exhibit);
    if (exhibit === undefined) throw new ChargesError("NOT_FOUND");
    if (asksOf(node.law, ask.court, ask.need) === "none") throw new ChargesError("NEED_NOT_ASKED");
    const desk = ask.to !== null && "desk" in ask.to ? ask.to.desk : null;
    const task =
      desk !== null && ask.due !== null
        ? await node.addTask(tx, row.case_id, {
            ...{ title: ask.says.slice(0, 200), desk, due: ask.due, note: ask.says },
          })
        : null;
    await sql`insert into simpul.charge_admissions
        (charge_id, id, exhibit_id, court, need, stands, says, to_state, task_id, due, by_id, at)
      values (${id}, ${part}, ${ask.exhibit}, ${ask.court}, ${ask.need}, ${ask.stands}, ${ask.says},
        ${ask.to !== null && "state" in ask.to ? ask.to.state : null}, ${task}, ${ask.due}::date,
        ${officerOf(standing).id}, ${tx.at})`.execute(tx.rows);
    // A step stopped at the law of the court's state: counted by its kind alone.
    if (ask.stands === "no-law")
      await noteLegalGap(tx, { state: ask.court, kind: gapOfNeed(ask.need), step: "trial" });
  });
}
