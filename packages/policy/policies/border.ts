// Work at a border: signed watch lists, the standing purpose of a control (HIT-2), and the check itself.
import { actions, contactPoint } from "./words.ts";

export const borderPolicies = `
// Who investigates or controls knows the lists and puts forward whom to list.
@id("watch-list.kept-by-investigators")
permit (principal is Simpul::Officer, action == Simpul::Action::"watch-list.keep", resource is Simpul::Node)
when {
  principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison"])
  && principal.agencyKind != "victim-services"
  && ["crime-investigation", "border-control", "mutual-assistance"].contains(context.purpose)
};

// A list leaves the state: a supervisor or the contact point lets it go.
@id("watch-list.agreed-by-supervisor")
permit (principal is Simpul::Officer, action == Simpul::Action::"watch-list.agree", resource is Simpul::Order)
when {
  principal.agencyKind != "victim-services" && (principal.roles.contains("supervisor") || ${contactPoint})
  && ["crime-investigation", "border-control", "mutual-assistance"].contains(context.purpose)
};

// HIT-2: the one query without a case stands on a purpose that two persons approved.
@id("border.proposed-at-the-border")
permit (principal is Simpul::Officer, action == Simpul::Action::"border.propose", resource is Simpul::Node)
when { (principal.agencyKind == "immigration" && context.purpose == "border-control") || ${contactPoint} };

@id("border.agreed-by-supervisor")
permit (principal is Simpul::Officer, action == Simpul::Action::"border.agree", resource is Simpul::Order)
when {
  ${contactPoint}
  || (principal.agencyKind == "immigration" && context.purpose == "border-control" && principal.roles.contains("supervisor"))
};

@id("border.checked-by-immigration")
permit (principal is Simpul::Officer, action == Simpul::Action::"border.check", resource is Simpul::Node)
when {
  principal.agencyKind == "immigration" && context.purpose == "border-control"
  && principal.roles.containsAny(["investigator", "analyst", "supervisor"])
};

@id("border.needs-second-person")
@needs("second-person")
forbid (principal, action in ${actions("watch-list.agree", "border.agree")}, resource is Simpul::Order)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };
`;
