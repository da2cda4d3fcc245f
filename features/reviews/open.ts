// A review begins and may be withdrawn: of a case's subject, or of a person whom an immigration officer writes down.
import { normalise, type Hints } from "@simpul/match/profiles";
import { demand } from "@simpul/policy";
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { ReviewsError, type AskReview, type ReviewedPerson } from "./contract.ts";
import { json, officerOf, type ReviewsNode } from "./node.ts";
import { dueOf, issuedBy } from "./rules.ts";

/** Gives the id. Throws `NOT_FOUND`, `NOT_A_PERSON`, `NOT_NAMED`, `LIMIT_REACHED`, `Denied`. */
export async function openReview(node: ReviewsNode, standing: Standing, ask: AskReview): Promise<Id> {
  const id = await node.store.write(standing, (tx) => beginReview(node, tx, ask));
  node.wake(`review:${id}`);
  return id;
}

/** The same within an act that goes on. */
export async function beginReview(node: ReviewsNode, tx: Writer, ask: AskReview): Promise<Id> {
  const officer = officerOf(tx.standing);
  const { person, of } =
    "case" in ask.of ? await fromCase(node, tx, ask.of) : await written(node, tx, ask.of.person);
  if (person.names.length + person.documents.length + person.phones.length === 0)
    throw new ReviewsError("NOT_NAMED");
  const pending = await sql<{ count: number }>`select count(*)::int as count from simpul.legal_reviews
    where desk_id = ${officer.desk} and withdrawn_at is null and due_at > ${tx.at}`.execute(tx.rows);
  const most = node.law.mostPendingPerDesk;
  if (pending.rows[0]!.count >= most) throw new ReviewsError("LIMIT_REACHED", { most });
  const id = tx.newId();
  await sql`insert into simpul.legal_reviews (id, kind, case_id, subject_id, person, reason, officer_id, desk_id,
      opened_at, due_at, law_version)
    values (${id}, ${ask.kind}, ${of?.case ?? null}, ${of?.subject ?? null}, ${json(person)}::jsonb, ${ask.reason},
      ${officer.id}, ${officer.desk}, ${tx.at}, ${dueOf(tx.at, node.law.pendingHours)}, ${node.law.version})`.execute(
    tx.rows,
  );
  tx.note("review.opened", { id, review: ask.kind, ...(of !== null && { case: of.case }) });
  return id;
}

interface Of {
  person: ReviewedPerson;
  of: { case: Id; subject: Id } | null;
}

/** The subject with the documents and phones that the case says are hers. */
async function fromCase(node: ReviewsNode, tx: Writer, ask: { case: string; subject: Id }): Promise<Of> {
  const { head, records } = await node.cases.recordsOf(tx, ask.case, ["subject", "selector"]).catch(() => {
    throw new ReviewsError("NOT_FOUND");
  });
  const subject = records.subject?.find((one) => one.id === ask.subject);
  if (subject === undefined) throw new ReviewsError("NOT_FOUND");
  allow(node, tx, await node.caseFacts(tx, head.id));
  if (subject.kind !== "person") throw new ReviewsError("NOT_A_PERSON");
  const hers = (records.selector ?? []).filter((one) => one.subject === subject.id && one.valid);
  const of = (type: string): string[] => [
    ...new Set(hers.filter((one) => one.type === type).map((one) => one.canonical)),
  ];
  return {
    of: { case: head.id, subject: subject.id },
    person: {
      names: subject.names.map(({ text, language, romanised }) => ({
        ...{ text, language },
        ...(romanised !== undefined && { romanised }),
      })),
      birth: subject.birth,
      nationalities: subject.nationalities,
      documents: of("document"),
      phones: of("phone"),
    },
  };
}

/** Immigration works with the person before it, and has no case for each. */
async function written(node: ReviewsNode, tx: Writer, person: ReviewedPerson): Promise<Of> {
  const { desk, agency } = officerOf(tx.standing);
  allow(node, tx, { kind: "desk", id: desk, agency });
  const read = (type: "document" | "phone", values: readonly string[], hints: Hints): string[] => [
    ...new Set(values.map((value) => normalise(type, value, hints).canonical)),
  ];
  await Promise.resolve();
  return {
    of: null,
    person: {
      ...person,
      documents: read("document", person.documents, issuedBy(person.nationalities)),
      phones: read("phone", person.phones, { region: node.code }),
    },
  };
}

type Record = Parameters<typeof demand<"review.open">>[1]["record"];
const allow = (node: ReviewsNode, tx: Writer, record: Record): void =>
  tx.allowed(
    demand(node.policy, {
      officer: officerOf(tx.standing),
      act: "review.open",
      record,
      purpose: tx.standing.purpose,
      now: tx.at,
    }),
  );

/** The desk that asked needs it no longer. Throws `NOT_FOUND`, `NOT_NOW`. */
export async function withdrawReview(node: ReviewsNode, standing: Standing, id: Id): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const { rows } = await sql<{ withdrawn_at: Date | null; case_id: Id | null; desk_id: Id }>`
      select withdrawn_at, case_id, desk_id from simpul.legal_reviews where id = ${id}`.execute(tx.rows);
    if (rows[0] === undefined) throw new ReviewsError("NOT_FOUND");
    const ours = rows[0].desk_id === officerOf(standing).desk;
    if (!ours || rows[0].withdrawn_at !== null) throw new ReviewsError("NOT_NOW");
    await sql`update simpul.legal_reviews set withdrawn_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("review.withdrawn", { id, ...(rows[0].case_id !== null && { case: rows[0].case_id }) });
  });
  node.wake(`review:${id}`);
}
