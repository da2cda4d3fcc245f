// Opening a case: its number, who leads it, and its first selectors from what was confirmed in evidence.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { insertFindings } from "./add.ts";
import { drawnNumber, nextNumber } from "./cases.ts";
import { requireCode } from "./codes.ts";
import { CasesError } from "./contract.ts";
import type { AskOpen, ConfirmedFinding, Opened } from "./contract.ts";
import { officerOf } from "./node.ts";
import type { CasesNode } from "./node.ts";
import { limits } from "./rules.ts";
import { caseEntry, keepWords } from "./words-index.ts";

/** Opens a case at the officer's desk, led by her. Items named in `ask` come with their confirmed findings. */
export async function openCase(
  node: CasesNode,
  standing: Standing,
  ask: AskOpen,
  findings: readonly ConfirmedFinding[] = [],
): Promise<Opened> {
  const items = [...new Set(ask.items ?? [])];
  if (items.length > limits.itemsAtOpening) throw new CasesError("LIMIT_REACHED", "items");
  const opened = await node.store.write(standing, async (tx) => {
    const made = await insertCase(node, tx, ask);
    let all = findings;
    if (items.length > 0) {
      if (!node.findings) throw new CasesError("NOT_FOUND", "items");
      all = [...findings, ...(await node.findings.confirmed(tx, items))];
      await node.findings.attach(tx, items, made.id);
    }
    const selectors = await insertFindings(tx, made.id, all);
    tx.note("case.opened", { id: made.id, case: made.id, items: items.length, selectors: selectors.length });
    return made;
  });
  node.wake(`case:${opened.id}`);
  return opened;
}

async function insertCase(node: CasesNode, tx: Writer, ask: AskOpen): Promise<Opened> {
  const officer = officerOf(tx.standing);
  const decision = node.policy.decide({
    officer,
    act: "case.open",
    record: { kind: "desk", id: officer.desk, agency: officer.agency },
    purpose: tx.standing.purpose,
    now: tx.at,
  });
  if (!decision.allowed) throw new CasesError("NOT_ALLOWED", decision.because.join(" "));
  tx.allowed(decision.because);
  const title = ask.title.trim();
  if (title === "") throw new CasesError("NOT_A_VALUE", "title");
  requireCode(
    node.codes.crimeTypes.types.map((type) => type.code),
    ask.crimeType,
  );
  const id: Id = tx.newId();
  const covert = ask.covert ?? false;
  const number = await (covert ? drawnNumber : nextNumber)(tx, node.code, tx.at.getUTCFullYear());
  await sql`insert into simpul.cases (id, number, title, crime_type, crime_types_version, agency_id, desk_id, covert,
      summary, summary_language, opened_by, opened_at, changed_at)
    values (${id}, ${number}, ${title}, ${ask.crimeType}, ${node.codes.crimeTypes.version}, ${officer.agency},
      ${officer.desk}, ${covert}, ${ask.summary?.trim() ?? ""}, ${ask.summaryLanguage ?? null},
      ${officer.id}, ${tx.at}, ${tx.at})`.execute(tx.rows);
  await sql`insert into simpul.case_team (case_id, id, officer_id, role, added_by, added_at)
    values (${id}, ${tx.newId()}, ${officer.id}, 'lead', ${officer.id}, ${tx.at})`.execute(tx.rows);
  await keepWords(tx, id, id, caseEntry(number, title));
  return { id, number };
}
