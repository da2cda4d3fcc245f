// What this room asks of its node, and each kept record as its tables hold it, under the reader's own sight.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import type { CaseFacts, Policy, RequestFacts } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Directory, Proofs } from "../access/contract.ts";
import {
  RetentionError,
  type HoldersForRetention,
  type ItemsForRetention,
  type KeptKind,
  type Terms,
} from "./contract.ts";

export interface RetentionNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  terms: Terms;
  signer: Signer;
  proofs: Proofs;
  directory: Directory;
  caseFacts(db: Pick<Reader | Writer, "rows">, id: Id): Promise<CaseFacts>;
  requestFacts(db: Db, id: Id): Promise<RequestFacts>;
  holders: HoldersForRetention;
  items: ItemsForRetention;
  wake(topic: string): void;
  send(): void;
}

export type Db = Pick<Reader | Writer, "rows" | "standing">;

export const jobStanding = { actor: { kind: "job", name: "retention" }, purpose: "administration" } as const;

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new RetentionError("NOT_FOUND");
  return standing.actor;
}

// A type, not an interface: rows are read by hand-written SQL.
export type KeptRow = {
  kind: KeptKind;
  id: Id;
  title: string;
  case_id: Id | null;
  number: string | null;
  desk_id: Id | null;
  since: Date;
  review_on: string | null;
  basis: string | null;
  state: "kept" | "asked" | "going" | "gone" | null;
  delete_after: Date | null;
  reason: string | null;
  decided_by: Id | null;
  hold_reason: string | null;
  hold_by: Id | null;
  hold_at: Date | null;
  frozen: boolean;
  due: string;
};

/** Which of all that is kept: what was asked about, what is held, one record, or all; each without reading the rest. */
export type Within = "due" | "held" | "all" | { id: Id } | { over: string };

const branch = (kind: KeptKind, terms: Terms, within: Within, id: string, since: string) => {
  const of = sql.raw(id);
  if (within === "all") return sql`true`;
  if (within === "due")
    return sql`${of} in (select t.record_id from simpul.retentions t where t.kind = ${kind} and t.state in ('asked', 'going'))`;
  if (within === "held")
    return sql`${of} in (select h.record_id from simpul.retention_holds h where h.kind = ${kind} and h.ended_at is null)`;
  if ("id" in within) return sql`${of} = ${within.id}::uuid`;
  return sql`(${sql.raw(since)} < ${within.over}::date + 1 - ${terms.kinds[kind].days}::int * interval '1 day'
    or ${of} in (select t.record_id from simpul.retentions t where t.kind = ${kind} and t.review_on <= ${within.over}::date))`;
};

/**
 * What has a review date, as this actor sees it: the date that was set, else the first period from its beginning. A hold
 * or freeze of its case holds it too.
 */
export const keptOf = (terms: Terms, within: Within) => sql`
  select k.*, c.number, coalesce(c.desk_id, k.desk) as desk_id, t.review_on::text as review_on, t.basis, t.state,
    t.delete_after, t.reason, t.decided_by, h.reason as hold_reason, h.placed_by as hold_by, h.placed_at as hold_at,
    exists (select 1 from simpul.frozen(case when k.kind in ('item', 'request') then k.kind else 'case' end,
        case when k.kind in ('item', 'request') then k.id else k.case_id end))
      or (k.case_id is not null and exists (select 1 from simpul.frozen('case', k.case_id))) as frozen,
    coalesce(t.review_on, (k.since + k.days * interval '1 day')::date)::text as due
  from (
    select 'case' as kind, c.id, c.title, c.id as case_id, null::uuid as desk, c.opened_at as since,
      ${terms.kinds.case.days}::int as days from simpul.cases c
      where c.forgotten_at is null and ${branch("case", terms, within, "c.id", "c.opened_at")}
    union all
    select 'subject', s.id, coalesce(s.names -> 0 ->> 'text', s.pseudonym, ''), s.case_id, null, s.created_at,
      ${terms.kinds.subject.days}::int from simpul.case_subjects s
      where ${branch("subject", terms, within, "s.id", "s.created_at")}
    union all
    select 'selector', o.id, o.written, o.case_id, null, o.created_at, ${terms.kinds.selector.days}::int
      from simpul.selector_occurrences o where ${branch("selector", terms, within, "o.id", "o.created_at")}
    union all
    select 'item', i.id, i.file_name, i.case_id, i.desk_id, i.sealed_at, ${terms.kinds.item.days}::int
      from simpul.evidence_items i
      where i.state = 'sealed' and ${branch("item", terms, within, "i.id", "i.sealed_at")}
    union all
    select 'request', r.id, r.subject, r.case_id, r.desk_id, r.created_at, ${terms.kinds.request.days}::int
      from simpul.requests r
      where r.forgotten_at is null and ${branch("request", terms, within, "r.id", "r.created_at")}
  ) k
  left join simpul.cases c on c.id = k.case_id
  left join simpul.retentions t on t.kind = k.kind and t.record_id = k.id
  left join lateral (select h.* from simpul.retention_holds h where h.ended_at is null
    and ((h.kind = k.kind and h.record_id = k.id) or (h.kind = 'case' and h.record_id = k.case_id))
    order by (h.kind = k.kind) desc limit 1) h on true`;
