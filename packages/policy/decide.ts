// The answer to "may she, and why": one Cedar decision, and what is missing when something is.
import type { Id, NodeCode, Officer, Purpose } from "@simpul/model";
import { acts, needs, proofLasts, type Act, type Need } from "./acts.ts";
import { officerEntity, recordEntities, recordUid, uid } from "./entities.ts";
import { PolicyError } from "./errors.ts";
import { load, ourPolicies, type CedarEngine } from "./load.ts";
import type { RecordFacts } from "./records.ts";

/** A second factor shown for one act on one record (features/access keeps and spends it). */
export interface Proof {
  act: Act;
  record: Id | NodeCode;
  officer: Id;
  at: Date;
}

export interface Asking<A extends Act = Act> {
  officer: Officer;
  act: A;
  record: Extract<RecordFacts, { kind: (typeof acts)[A][number] }>;
  purpose: Purpose;
  now: Date;
  proof?: Proof | null;
}

/** `because` holds message ids (`policy.case.seen-by-team`) of packages/policy/words. */
export type Decision =
  { allowed: true; because: string[] } | { allowed: false; because: string[]; needs?: Need };

export interface Policy {
  /** Throws `POLICY_FAILED` when a policy could not be evaluated: a fault is never a yes. */
  decide<A extends Act>(asking: Asking<A>): Decision;
  /** The ids of all policies, for catalogues and tests. */
  readonly ids: readonly string[];
}

/** Nothing allowed it: what an officer reads when no single policy can be named. */
export const noPolicy = "policy.none";

/** What an engine has taken in already: it keeps parsed policies for as long as it lives, some megabytes each time. */
const taken = new WeakMap<CedarEngine, Map<string, Policy>>();

/** Loads the policies into the engine, once for each text, and checks them; throws `POLICIES_INVALID`. */
export function loadPolicy(engine: CedarEngine, text: string = ourPolicies): Policy {
  const texts = taken.get(engine) ?? new Map<string, Policy>();
  taken.set(engine, texts);
  let policy = texts.get(text);
  if (policy === undefined) {
    policy = takeIn(engine, text);
    texts.set(text, policy);
  }
  return policy;
}

function takeIn(engine: CedarEngine, text: string): Policy {
  const loaded = load(engine, text);

  function ask<A extends Act>(
    asking: Asking<A>,
    waived: readonly Need[],
  ): { allowed: boolean; by: string[] } {
    const { officer, act, record } = asking;
    const age = officer.provenAt === null ? null : Math.floor(asking.now.getTime() / 1000) - officer.provenAt;
    const answer = engine.statefulIsAuthorized({
      principal: uid("Officer", officer.id),
      action: uid("Action", act),
      resource: recordUid(record),
      context: {
        purpose: asking.purpose,
        proven: proves(asking),
        waived: [...waived],
        // A factor shown in the future is a clock gone wrong, and counts as never.
        ...(age === null || age < 0 ? {} : { factorAge: age }),
      },
      preparsedPolicySetId: loaded.set(act),
      preparsedSchemaName: loaded.schema,
      validateRequest: true,
      entities: [officerEntity(officer), ...recordEntities(record)],
    });
    if (answer.type === "failure")
      throw new PolicyError("POLICY_FAILED", answer.errors.map((error) => error.message).join("; "));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0)
      throw new PolicyError("POLICY_FAILED", diagnostics.errors.map((error) => error.policyId).join(", "));
    return { allowed: decision === "allow", by: diagnostics.reason.toSorted() };
  }

  return {
    ids: [...loaded.policies.keys()],
    decide(asking) {
      if (!(acts[asking.act] as readonly string[]).includes(asking.record.kind))
        throw new PolicyError("ACT_NOT_FOR_RECORD", `${asking.act} ${asking.record.kind}`);
      const first = ask(asking, []);
      if (first.allowed) return { allowed: true, because: first.by.map(reason) };
      const missing = needs.filter((need) => first.by.some((id) => loaded.policies.get(id) === need));
      if (missing.length === 0) return { allowed: false, because: reasons(first.by) };
      // Something is missing; is that all? Otherwise the need would tell more than the refusal.
      const then = ask(asking, missing);
      return then.allowed
        ? { allowed: false, because: first.by.map(reason), needs: missing[0]! }
        : { allowed: false, because: reasons(then.by) };
    },
  };
}

const reason = (id: string): string => `policy.${id}`;
const reasons = (ids: string[]): string[] => (ids.length === 0 ? [noPolicy] : ids.map(reason));

function proves<A extends Act>({ proof, act, record, officer, now }: Asking<A>): boolean {
  if (proof === undefined || proof === null) return false;
  const age = (now.getTime() - proof.at.getTime()) / 1000;
  const same = proof.act === act && proof.record === record.id && proof.officer === officer.id;
  return same && age >= 0 && age <= proofLasts;
}
