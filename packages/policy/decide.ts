// The answer to "may she, and why": one Cedar decision, and what is missing when something is.
import type { Id, NodeCode, Officer, Purpose } from "@simpul/model";
import { acts, needs, proofLasts, type Act, type Need } from "./acts.ts";
import { officerEntity, recordEntities, recordUid, uid } from "./entities.ts";
import { PolicyError } from "./errors.ts";
import { load, ourPolicies, type CedarEngine, type Loaded } from "./load.ts";
import type { RecordFacts } from "./records.ts";
import { agreeable, asItComes, personsSet, type TwoPersons } from "./two-persons.ts";

/** A colleague who agreed that an officer does one act on one record, as she stood when she said so. */
export interface Word {
  officer: Officer;
  purpose: Purpose;
}

/** What was shown for one act on one record (features/access keeps and spends it). */
export interface Proof {
  act: Act;
  record: Id | NodeCode;
  officer: Id;
  /** When she showed her second factor for it; null: she has not. */
  at: Date | null;
  word?: Word | null;
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
  /** Acts that whoever wrote something does not do by herself, unless this state's setting says so. */
  readonly bySecond: ReadonlySet<Act>;
  readonly twoPersons: TwoPersons;
}

/** Nothing allowed it: what an officer reads when no single policy can be named. */
export const noPolicy = "policy.none";

/** What an engine has taken in already: it keeps parsed policies for as long as it lives, some megabytes each time. */
const taken = new WeakMap<CedarEngine, Map<string, Loaded>>();

/** Loads the policies into the engine, once for each text, and checks them; throws `POLICIES_INVALID`. */
export function loadPolicy(
  engine: CedarEngine,
  { text = ourPolicies, twoPersons = asItComes }: { text?: string; twoPersons?: TwoPersons } = {},
): Policy {
  const texts = taken.get(engine) ?? new Map<string, Loaded>();
  taken.set(engine, texts);
  const loaded = texts.get(text) ?? load(engine, text);
  texts.set(text, loaded);
  return deciding(engine, loaded, twoPersons);
}

function deciding(engine: CedarEngine, loaded: Loaded, twoPersons: TwoPersons): Policy {
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
        wordMissing: wordMissing(asking),
        waived: [...waived, ...(aloneHere(asking) ? ["second-person"] : [])],
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

  /** This state lets whoever wrote it do it by herself. */
  function aloneHere<A extends Act>({ act, record }: Asking<A>): boolean {
    return loaded.bySecond.has(act) && personsSet(twoPersons, act, record) === 1;
  }

  /** This state asks for the word of a colleague, who could do it herself, and there is none. */
  function wordMissing<A extends Act>(asking: Asking<A>): boolean {
    const { act, record, officer, proof } = asking;
    if (!(agreeable as readonly Act[]).includes(act) || personsSet(twoPersons, act, record) !== 2)
      return false;
    const word = isFor(asking, proof) ? proof.word : null;
    if (word === undefined || word === null || word.officer.id === officer.id) return true;
    return !ask({ ...asking, ...word, proof: null }, ["second-word", "step-up"]).allowed;
  }

  return {
    ids: [...loaded.policies.keys()],
    bySecond: loaded.bySecond,
    twoPersons,
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

const isFor = <A extends Act>(asking: Asking<A>, proof: Proof | null | undefined): proof is Proof =>
  proof?.act === asking.act && proof.record === asking.record.id && proof.officer === asking.officer.id;

function proves<A extends Act>(asking: Asking<A>): boolean {
  const { proof, now } = asking;
  if (!isFor(asking, proof) || proof.at === null) return false;
  const age = (now.getTime() - proof.at.getTime()) / 1000;
  return age >= 0 && age <= proofLasts;
}
