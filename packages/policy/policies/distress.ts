// The emergency desk: who puts a desk on the list, who lets something out of the compartment; always a second officer.
import { actions } from "./words.ts";

const atVictimDesk = `principal.agencyKind == "victim-services"
  && ["victim-assistance", "victim-identification"].contains(context.purpose)`;

export const distressPolicies = `
// Nothing about somebody in danger is told to another desk or state but by two officers of the victim desk.
@id("distress.told-by-victim-desk")
permit (
  principal is Simpul::Officer,
  action in ${actions("distress.tell", "standards.export")},
  resource is Simpul::Order
)
when { ${atVictimDesk} && principal.roles.containsAny(["caseworker", "supervisor"]) };

@id("distress.place-agreed-by-supervisor")
permit (principal is Simpul::Officer, action == Simpul::Action::"distress.place", resource is Simpul::Order)
when { ${atVictimDesk} && principal.roles.contains("supervisor") };

@id("distress.needs-second-person")
@needs("second-person")
forbid (
  principal,
  action in ${actions("distress.tell", "distress.place", "standards.export")},
  resource is Simpul::Order
)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };
`;
