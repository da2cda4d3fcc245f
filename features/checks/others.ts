// What checks do for other features: the hit that becomes a request, and the canary that tells a guess.
import type { CaseNumber, Id, Purpose } from "@simpul/model";
import { sql } from "kysely";
import { unwrapBlinds } from "./asking/run.ts";
import { hitLastsHours, type ChecksForOthers } from "./contract.ts";
import { isCanary } from "./holding/canaries.ts";
import { iso, type ChecksNode } from "./node.ts";

interface HitRow {
  case_id: Id;
  number: CaseNumber;
  purpose: Purpose;
  offence: string;
  legal_basis: string;
  at: Date;
  query: Id;
  epoch: string;
  blinds: Buffer;
  asked: { records: Id[] }[];
}

export const checksForOthers = (node: ChecksNode): ChecksForOthers => ({
  async hit(db, of) {
    const found =
      await sql<HitRow>`select c.case_id, k.number, c.purpose, c.offence, c.legal_basis, r.at, a.query,
        a.epoch, a.blinds, a.asked
      from simpul.check_results r
      join simpul.checks c on c.case_id = r.case_id and c.id = r.check_id
      join simpul.cases k on k.id = c.case_id
      join simpul.check_askings a on a.case_id = r.case_id and a.check_id = r.check_id and a.peer = r.peer
      where r.check_id = ${of.check} and r.peer = ${of.node} and r.record_id = ${of.record} and r.reply = 'hit'`.execute(
        db.rows,
      );
    const row = found.rows[0];
    if (row === undefined) return null;
    const all = await node.cases.selectorsOf(db, row.case_id);
    const selector = all.find((one) => one.record === of.record);
    // Taken out of the case since: there is nothing left to ask about.
    if (selector === undefined) return null;
    const place = row.asked.flatMap((group) => group.records).indexOf(of.record);
    const blinds = unwrapBlinds(node, of.check, of.node, row.blinds);
    return {
      check: of.check,
      case: { id: row.case_id, number: row.number },
      record: of.record,
      type: selector.type,
      canonical: selector.canonical,
      written: selector.written,
      role: selector.role,
      node: of.node,
      at: iso(row.at),
      expiresAt: iso(new Date(row.at.getTime() + hitLastsHours * 3_600_000)),
      purpose: row.purpose,
      offence: row.offence,
      legalBasis: row.legal_basis,
      proof: {
        query: row.query,
        place,
        blind: Buffer.from(blinds.subarray(32 * place, 32 * place + 32)).toString("hex"),
        epoch: row.epoch,
      },
    };
  },
  isCanary: (selector) => isCanary(node, selector),
});
