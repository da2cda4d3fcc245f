// Cases: who sees one, who changes it. The three rules of sight are repeated, word for word, by row security.

import { actions, onTeam, openedBy, worksCases } from "./words.ts";

const worksHere = (record: string): string =>
  `${record}.desk == principal.desk && principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison"])`;

export const casePolicies = `
@id("case.seen-by-agency")
permit (principal is Simpul::Officer, action in ${actions("case.view", "case.note")}, resource is Simpul::Case)
when { !resource.covert && resource.agency == principal.agency && ${worksCases} };

@id("case.seen-by-team")
permit (
  principal is Simpul::Officer,
  action in ${actions("case.view", "case.note", "case.task", "case.edit")},
  resource is Simpul::Case
)
when { ${onTeam("resource")} };

@id("case.seen-by-covert-supervisor")
permit (
  principal is Simpul::Officer,
  action in ${actions("case.view", "case.note", "case.task", "case.edit")},
  resource is Simpul::Case
)
when { resource.covert && resource.desk == principal.desk && principal.roles.contains("supervisor") };

@id("case.seen-in-emergency")
permit (principal is Simpul::Officer, action == Simpul::Action::"case.view", resource is Simpul::Case)
when { ${openedBy("resource")} };

// Whoever works cases may open an ordinary one that she does not see; somebody else looks at it afterwards.
@id("case.opened-in-emergency")
permit (principal is Simpul::Officer, action == Simpul::Action::"case.emergency", resource is Simpul::Case)
when {
  !resource.covert && ${worksCases}
  && ["crime-investigation", "victim-identification", "victim-assistance", "border-control"].contains(context.purpose)
};

@id("case.emergency-reviewed-by-lead")
permit (principal is Simpul::Officer, action == Simpul::Action::"case.review-emergency", resource is Simpul::Case)
when {
  (${onTeam("resource")} && resource.leads.contains(principal))
  || (resource.desk == principal.desk && principal.roles.contains("supervisor"))
};

@id("case.emergency-reviewed-by-oversight")
permit (principal is Simpul::Officer, action == Simpul::Action::"case.review-emergency", resource is Simpul::Case)
when { principal.roles.contains("oversight") && context.purpose == "oversight" };

@id("case.emergency-not-reviewed-by-opener")
forbid (principal, action == Simpul::Action::"case.review-emergency", resource is Simpul::Case)
when { resource.opened.contains(principal) };

@id("case.worked-by-desk")
permit (
  principal is Simpul::Officer,
  action in ${actions("case.task", "case.edit")},
  resource is Simpul::Case
)
when { !resource.covert && ${worksHere("resource")} };

@id("case.led")
permit (
  principal is Simpul::Officer,
  action in ${actions("case.assign", "case.close")},
  resource is Simpul::Case
)
when { ${onTeam("resource")} && resource.leads.contains(principal) };

@id("case.supervised")
permit (
  principal is Simpul::Officer,
  action in ${actions("case.assign", "case.close")},
  resource is Simpul::Case
)
when { resource.desk == principal.desk && principal.roles.contains("supervisor") };

@id("case.opened-at-own-agency")
permit (principal is Simpul::Officer, action == Simpul::Action::"case.open", resource is Simpul::Desk)
when { resource.agency == principal.agency && ${worksCases} };

@id("case.searched")
permit (principal is Simpul::Officer, action == Simpul::Action::"case.search", resource is Simpul::Node)
when { ${worksCases} || principal.roles.contains("caseworker") };

@id("case.is-closed")
forbid (
  principal,
  action in ${actions("case.edit", "case.task", "check.ask", "request.draft", "hand-over.offer")},
  resource is Simpul::Case
)
when { resource.closed };
`;
