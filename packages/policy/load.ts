// Reads the policies once: parsed, named, checked against the schema, kept parsed by the engine.
import type * as CedarWasm from "@cedar-policy/cedar-wasm/nodejs";
import { acts, needs, type Act, type Need } from "./acts.ts";
import { PolicyError } from "./errors.ts";
import { adPolicies } from "./policies/ads.ts";
import { borderPolicies } from "./policies/border.ts";
import { casePolicies } from "./policies/cases.ts";
import { distressPolicies } from "./policies/distress.ts";
import { evidencePolicies } from "./policies/evidence.ts";
import { exchangePolicies } from "./policies/exchange.ts";
import { jointPolicies } from "./policies/joint.ts";
import { retentionPolicies } from "./policies/retention.ts";
import { reviewPolicies } from "./policies/reviews.ts";
import { housePolicies } from "./policies/house.ts";
import { exercisePolicies } from "./policies/exercises.ts";
import { followUpPolicies } from "./policies/follow-up.ts";
import { operationPolicies } from "./policies/operations.ts";
import { picturePolicies } from "./policies/picture.ts";
import { schema as ourSchema } from "./schema.ts";

/** The parts of the Cedar engine in use; `@simpul/policy/cedar` has it for Node. */
export type CedarEngine = Pick<
  typeof CedarWasm,
  | "policySetTextToParts"
  | "policyToJson"
  | "validate"
  | "preparsePolicySet"
  | "preparseSchema"
  | "statefulIsAuthorized"
>;

export interface Loaded {
  /** The name under which the engine keeps the parsed schema. */
  schema: string;
  /** The name under which it keeps the policies that can speak to an act: twice as fast as asking all. */
  set(act: Act): string;
  /** Each policy's need, null where it has none; its keys are all policy ids. */
  policies: ReadonlyMap<string, Need | null>;
  /** Acts that whoever wrote something does not do by herself. */
  bySecond: ReadonlySet<Act>;
}

export const ourPolicies = [
  casePolicies,
  evidencePolicies,
  exchangePolicies,
  retentionPolicies,
  jointPolicies,
  reviewPolicies,
  housePolicies,
  operationPolicies,
  exercisePolicies,
  followUpPolicies,
  distressPolicies,
  borderPolicies,
  adPolicies,
  picturePolicies,
].join("\n");
let loaded = 0;

/** Throws `POLICIES_INVALID` for a fault in syntax, a missing or repeated `@id`, or anything the schema forbids. */
export function load(engine: CedarEngine, text: string, schema: string = ourSchema): Loaded {
  const refuse = (errors: readonly CedarWasm.DetailedError[]): never => {
    throw new PolicyError("POLICIES_INVALID", errors.map((error) => error.message).join("; "));
  };
  const parts = engine.policySetTextToParts(text);
  if (parts.type === "failure") return refuse(parts.errors);
  const policies = new Map<string, Need | null>();
  const byId: Record<string, string> = {};
  const speaksTo = new Map<string, (act: Act) => boolean>();
  for (const part of parts.policies) {
    const json = engine.policyToJson(part);
    if (json.type === "failure") return refuse(json.errors);
    const id = json.json.annotations?.["id"];
    const need = json.json.annotations?.["needs"] ?? null;
    if (id === undefined || policies.has(id))
      throw new PolicyError("POLICIES_INVALID", `no @id, or one used twice: ${id ?? part.slice(0, 80)}`);
    if (need !== null && !needs.includes(need as Need))
      throw new PolicyError("POLICIES_INVALID", `@needs("${need}")`);
    policies.set(id, need as Need | null);
    byId[id] = part;
    speaksTo.set(id, scope(json.json.action));
  }
  const set = { staticPolicies: byId };
  const checked = engine.validate({ schema, policies: set, validationSettings: { mode: "strict" } });
  if (checked.type === "failure") return refuse(checked.errors);
  const faults = [...checked.validationErrors, ...checked.validationWarnings];
  if (faults.length > 0)
    throw new PolicyError(
      "POLICIES_INVALID",
      faults.map((fault) => `${fault.policyId}: ${fault.error.message}`).join("; "),
    );
  const name = `simpul-${++loaded}`;
  const keptSchema = engine.preparseSchema(name, schema);
  if (keptSchema.type === "failure") return refuse(keptSchema.errors);
  const bySecond = new Set<Act>();
  for (const act of Object.keys(acts) as Act[]) {
    if ([...policies].some(([id, need]) => need === "second-person" && speaksTo.get(id)!(act)))
      bySecond.add(act);
    const some = Object.fromEntries(Object.entries(byId).filter(([id]) => speaksTo.get(id)!(act)));
    const kept = engine.preparsePolicySet(`${name} ${act}`, { staticPolicies: some });
    if (kept.type === "failure") return refuse(kept.errors);
  }
  return { schema: name, set: (act) => `${name} ${act}`, policies, bySecond };
}

/** Reads which acts a policy's scope admits. Actions have no groups here, so `in` is a plain list. */
function scope(action: CedarWasm.ActionConstraint): (act: Act) => boolean {
  if (action.op === "All") return () => true;
  const named = "entities" in action ? action.entities : "entity" in action ? [action.entity] : [];
  const ids = named.map((entity) => ("__entity" in entity ? entity.__entity.id : entity.id));
  return (act) => ids.includes(act);
}
