// Evidence: taking in, reading, confirming what was found, and letting it out of the house.

import { actions, sees, worksCases, worksOn } from "./words.ts";

const maySend = `principal.roles.containsAny(["investigator", "supervisor", "liaison", "prosecutor"])`;

export const evidencePolicies = `
@id("evidence.taken-in-at-own-desk")
permit (principal is Simpul::Officer, action == Simpul::Action::"evidence.take-in", resource is Simpul::Desk)
when { resource == principal.desk && ${worksCases} };

@id("evidence.taken-into-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"evidence.take-in", resource is Simpul::Case)
when { !resource.closed && ${worksOn("resource")} };

@id("evidence.seen-with-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"evidence.view", resource is Simpul::Item)
when { resource has case && ${sees("resource.case")} };

@id("evidence.seen-by-taker")
permit (
  principal is Simpul::Officer,
  action in ${actions("evidence.view", "evidence.confirm")},
  resource is Simpul::Item
)
unless { resource has case }
when { resource has takenInBy && resource.takenInBy == principal };

@id("evidence.seen-by-supervisor")
permit (
  principal is Simpul::Officer,
  action in ${actions("evidence.view", "evidence.confirm")},
  resource is Simpul::Item
)
unless { resource has case }
when { resource.desk == principal.desk && principal.roles.contains("supervisor") };

@id("evidence.confirmed-in-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"evidence.confirm", resource is Simpul::Item)
when { resource has case && ${worksOn("resource.case")} };

@id("evidence.exported-from-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"evidence.export", resource is Simpul::Case)
when { (${worksOn("resource")} && ${maySend}) || (${sees("resource")} && principal.roles.contains("prosecutor")) };

@id("evidence.item-exported-from-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"evidence.export", resource is Simpul::Item)
when {
  resource has case
  && ((${worksOn("resource.case")} && ${maySend}) || (${sees("resource.case")} && principal.roles.contains("prosecutor")))
};

// HC-6: without the originator's permission H1 keeps it out of court files.
@id("handling.not-in-court")
@needs("permission")
forbid (principal, action == Simpul::Action::"evidence.export", resource is Simpul::Item)
when {
  !context.waived.contains("permission") && resource has terms && resource.terms.foreign
  && resource.terms.codes.contains("H1") && !resource.terms.permitted.contains("court")
};

@id("handling.case-not-in-court")
@needs("permission")
forbid (principal, action == Simpul::Action::"evidence.export", resource is Simpul::Case)
when {
  !context.waived.contains("permission") && resource has terms && resource.terms.foreign
  && resource.terms.codes.contains("H1") && !resource.terms.permitted.contains("court")
};
`;
