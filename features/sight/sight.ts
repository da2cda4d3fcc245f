// "Why can I see this? Who else can? Who did?" for one record of any kind, from the policy that decided and the log.
import type { Directory } from "@simpul/features/access/contract.ts";
import { Id, ModelError, type NodeCode } from "@simpul/model";
import { officersIn, whoMay, type Policy, type WhyView } from "@simpul/policy";
import type { OpenStore, Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { SightError, type InSight, type Posts, type SightSource } from "./contract.ts";
import { grouped } from "./rules.ts";

export interface SightNode {
  code: NodeCode;
  store: OpenStore;
  policy: Policy;
  sources: readonly SightSource[];
  posts: Posts;
  directory: Directory;
}

const job: Standing = { actor: { kind: "job", name: "sight" }, purpose: "administration" };

/** `ref` is a case number or the id of a record. Throws `NOT_FOUND` for what she does not see; her asking is noted. */
export async function whyThis(node: SightNode, standing: Standing, ref: string): Promise<WhyView> {
  const { actor, purpose } = standing;
  if (actor.kind !== "officer") throw new SightError("NOT_FOUND", ref);
  const asked = { purpose, officer: actor, now: node.store.clock.now() };
  const first = await node.store.read(standing, async (db) => {
    const found = await find(node, db, ref);
    const decisions = (found?.seen ?? []).map((one) => node.policy.decide({ ...asked, ...one }));
    const because = [...new Set(decisions.flatMap((one) => (one.allowed ? one.because : [])))];
    if (found === null || because.length === 0) {
      db.noteRead("sight.asked", { found: false });
      throw new SightError("NOT_FOUND", ref);
    }
    db.allowed(because);
    db.noteRead("sight.asked", { id: found.id, ...(found.case === null ? {} : { case: found.case }) });
    return { found, because, looks: await looksAt(db, found) };
  });
  // Row security hides from her what the policy weighs for others (a case behind a request); a job sees it whole.
  const whole = (await node.store.read(job, (db) => find(node, db, ref))) ?? first.found;
  const { posts: every, whole: all } = await node.posts.all();
  const posts = every.filter(({ officer }) => !whole.never?.has(officer));
  const may = whole.seen.flatMap((one) =>
    whoMay(node.policy, { node: node.code, now: asked.now, ...one }, posts),
  );
  const knowsCase = whole.seen.every((one) => {
    const record = one.act === "case.view" ? one.record : one.record.case;
    return record === null || node.policy.decide({ ...asked, act: "case.view", record }).allowed;
  });
  const named = new Set(whole.seen.flatMap((one) => [...officersIn(one.record)]));
  const others = grouped(may, { asker: actor.id, named, knowsCase });
  const officers = await node.directory.officers([
    ...others.persons.map((one) => one.officer),
    ...first.looks.map((one) => one.officer),
  ]);
  const desks = await node.directory.desks(others.desks.map((one) => one.desk));
  const nameOf = (id: Id): string => officers.get(id)?.name ?? id;
  return {
    kind: first.found.kind,
    id: first.found.id,
    because: first.because,
    persons: others.persons.map(({ officer, because }) => ({ name: nameOf(officer), because })),
    desks: others.desks.map(({ desk, roles, officers: count }) => ({
      desk: desks.get(desk)?.name ?? desk,
      agency: desks.get(desk)?.agency.name ?? "",
      roles,
      officers: count,
    })),
    hidden: others.hidden,
    officers: others.officers,
    whole: all,
    seen: first.looks.map(({ officer, ...look }) => ({ name: nameOf(officer), ...look })),
  };
}

async function find(node: SightNode, db: Reader, ref: string): Promise<InSight | null> {
  const id = idOf(ref);
  for (const source of node.sources) {
    const found = await source.find(db, ref, id);
    if (found !== null) return found;
  }
  return null;
}

function idOf(ref: string): Id | null {
  try {
    return Id.parse(ref.toLowerCase());
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}

interface Look {
  officer: Id;
  at: string;
  kind: string;
  purpose: string;
  times: number;
}

/** The last look of each officer among the newest two thousand, as far as the log is open to the asker. */
async function looksAt(db: Reader, { looks }: InSight): Promise<Look[]> {
  const { rows } = await sql<{ officer_id: Id; at: Date; kind: string; purpose: string; times: number }>`
    select officer_id, max(at) as at, count(*)::int as times,
      (array_agg(kind order by at desc))[1] as kind, (array_agg(purpose order by at desc))[1] as purpose
    from (select officer_id, at, kind, purpose from simpul.leaves
      where officer_id is not null and kind <> 'sight.asked'
        and (log = 'reads' or kind in ('evidence.viewed', 'evidence.copied'))
        and (about_id = any(${[...looks.about]}::uuid[]) or case_id = ${looks.case})
      order by at desc limit 2000) newest
    group by officer_id order by max(at) desc limit 30`.execute(db.rows);
  return rows.map(({ officer_id: officer, at, ...look }) => ({ officer, at: at.toISOString(), ...look }));
}
