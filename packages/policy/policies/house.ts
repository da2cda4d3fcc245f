// The house itself: managing access, looking over shoulders, the ledger, and the second factor.
import { factorLasts, stepUpActs } from "../acts.ts";
import { agreeable } from "../two-persons.ts";
import { actions, contactPoint } from "./words.ts";

export const housePolicies = `
@id("access.managed-by-administrator")
permit (principal is Simpul::Officer, action == Simpul::Action::"access.manage", resource is Simpul::Node)
when { principal.roles.contains("administrator") && context.purpose == "administration" };

// Two who saw her let an officer in again who lost every passkey; which roles may is the node's setting.
@id("access.vouched-by-keepers")
permit (principal is Simpul::Officer, action == Simpul::Action::"access.vouch", resource is Simpul::Order)
when { principal.roles.containsAny(["administrator", "supervisor", "liaison", "oversight"]) };

@id("access.own")
permit (principal is Simpul::Officer, action == Simpul::Action::"access.own", resource is Simpul::Belonging)
when { resource.owner == principal };

// Other states' nodes: read by those who keep the lines, send over them, or look over shoulders.
@id("peers.seen-by-keepers")
permit (principal is Simpul::Officer, action == Simpul::Action::"peers.read", resource is Simpul::Node)
when { principal.roles.containsAny(["administrator", "liaison", "oversight"]) };

@id("peers.managed-by-administrator")
permit (
  principal is Simpul::Officer,
  action in ${actions("peers.enter", "peers.confirm", "peers.stop", "peers.suspend", "peers.resume", "keys.change")},
  resource is Simpul::Node
)
when { principal.roles.contains("administrator") && context.purpose == "administration" };

// AUD-2
@id("oversight.reads-logs")
permit (principal is Simpul::Officer, action == Simpul::Action::"oversight.read", resource is Simpul::Node)
when { principal.roles.contains("oversight") };

// AUD-2: she marks what she sampled, decides about what was noticed, and orders that something rests; nothing else.
@id("oversight.marks-and-freezes")
permit (
  principal is Simpul::Officer,
  action in ${actions("oversight.mark", "freeze.order", "subject.enter")},
  resource is Simpul::Node
)
when { principal.roles.contains("oversight") && context.purpose == "oversight" };

@id("oversight.second-person-oversees")
permit (principal is Simpul::Officer, action in ${actions("freeze.lift", "subject.agree")}, resource is Simpul::Order)
when { principal.roles.contains("oversight") && context.purpose == "oversight" };

@id("oversight.second-person-contact-point")
permit (principal is Simpul::Officer, action in ${actions("freeze.lift", "subject.agree")}, resource is Simpul::Order)
when { ${contactPoint} && principal.roles.contains("supervisor") };

// What passed under a stolen key is looked at by those who speak with that state.
@id("doubt.reviewed-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"doubt.review", resource is Simpul::Node)
when { ${contactPoint} };

// Evidences that differ: not by whoever keeps the machine on which one of them may have been changed.
@id("incident.closed-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"incident.close", resource is Simpul::Node)
when { ${contactPoint} };

// A recipient suspected of leaking: decided by those who speak for the state or look over shoulders.
@id("exclusion.ordered-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"exclusion.order", resource is Simpul::Node)
when { ${contactPoint} || principal.roles.contains("oversight") };

@id("exclusion.agreed-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"exclusion.agree", resource is Simpul::Order)
when { ${contactPoint} || principal.roles.contains("oversight") };

@id("order.needs-second-person")
@needs("second-person")
forbid (principal, action in ${actions("freeze.lift", "access.vouch", "subject.agree", "exclusion.agree", "operation.send")}, resource is Simpul::Order)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

@id("ledger.open-to-officers")
permit (principal is Simpul::Officer, action == Simpul::Action::"ledger.read", resource is Simpul::Node);

// VIC-1: the compartment is there for the victim desk alone.
@id("victims.opened-by-victim-desk")
permit (principal is Simpul::Officer, action == Simpul::Action::"victims.open", resource is Simpul::Node)
when {
  principal.agencyKind == "victim-services" && principal.roles.containsAny(["caseworker", "supervisor"])
  && ["victim-assistance", "victim-identification"].contains(context.purpose)
};

// VIC-4: what is told to another state's victim desk leaves the state, and asks for her second factor.
@id("victims.shared-by-victim-desk")
permit (principal is Simpul::Officer, action == Simpul::Action::"victims.share", resource is Simpul::Order)
when {
  principal.agencyKind == "victim-services" && principal.roles.containsAny(["caseworker", "supervisor"])
  && context.purpose == "victim-assistance"
};

// Whoever identifies or assists victims has phones that leave sealed entries with the desk.
@id("field.phones-of-who-identifies")
permit (principal is Simpul::Officer, action == Simpul::Action::"field.phone", resource is Simpul::Node)
when {
  principal.roles.containsAny(["investigator", "liaison", "caseworker", "supervisor"])
  && ["victim-assistance", "victim-identification"].contains(context.purpose)
};

// A state may ask that a colleague who may do it herself agrees first (two-persons.ts).
@id("two-persons.word-of-colleague")
@needs("second-word")
forbid (principal, action in ${actions(...agreeable)}, resource)
when { context.wordMissing && !context.waived.contains("second-word") };

@id("step-up.bound-to-act")
@needs("step-up")
forbid (principal, action in ${actions(...stepUpActs)}, resource)
unless { context.proven || context.waived.contains("step-up") };

@id("step-up.recent")
@needs("step-up")
forbid (principal, action == Simpul::Action::"access.manage", resource)
unless { (context has factorAge && context.factorAge <= ${factorLasts}) || context.proven || context.waived.contains("step-up") };
`;
