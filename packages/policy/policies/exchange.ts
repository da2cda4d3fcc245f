// What is asked of other states and what leaves ours: checks, requests, answers, permissions, releases.

import {
  actions,
  centralAuthority,
  contactPoint,
  onTeam,
  prosecution,
  sees,
  worksCases,
  worksOn,
} from "./words.ts";

const atItsDesk = (request: string): string =>
  `(${request} has desk && ${request}.desk == principal.desk && ${worksCases})`;
export const exchangePolicies = `
// HIT-2: no case, no query.
@id("check.asked-in-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"check.ask", resource is Simpul::Case)
when { ${worksOn("resource")} && ${worksCases} };

// HIT-2, HIT-5: many at once, or what looks like guessing, goes out only when a supervisor agrees.
@id("check.agreed-by-supervisor")
permit (principal is Simpul::Officer, action == Simpul::Action::"check.agree", resource is Simpul::Case)
when { ${sees("resource")} && principal.roles.contains("supervisor") };

// HIT-5, HIT-11: who asked how much, and the switch for a state.
@id("check.watched-by-contact-point")
permit (
  principal is Simpul::Officer,
  action in ${actions("check.watch", "check.switch")},
  resource is Simpul::Node
)
when { ${contactPoint} };

@id("check.watched-by-oversight")
permit (principal is Simpul::Officer, action == Simpul::Action::"check.watch", resource is Simpul::Node)
when { principal.roles.contains("oversight") };

// MSG-8: whom to call at night is kept by those who answer for the duty desk.
@id("duty.kept-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"duty.manage", resource is Simpul::Node)
when { ${contactPoint} && principal.roles.contains("supervisor") };

// A desk's roster is written by who answers for it; the row says whose desk it is.
@id("duty.roster-kept-by-head-of-desk")
permit (principal is Simpul::Officer, action == Simpul::Action::"duty.roster", resource is Simpul::Node)
when { principal.roles.contains("supervisor") };

@id("request.drafted-in-worked-case")
permit (
  principal is Simpul::Officer,
  action in ${actions("request.draft", "permission.ask")},
  resource is Simpul::Case
)
when { ${worksOn("resource")} && ${worksCases} };

// MSG-2: contacts, hours, outages and practice are told from contact point to contact point, without a case.
@id("request.administered-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"request.administer", resource is Simpul::Node)
when { ${contactPoint} };

@id("request.seen-with-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"request.view", resource is Simpul::Request)
when { resource has case && ${sees("resource.case")} };

@id("request.seen-by-its-desk")
permit (
  principal is Simpul::Officer,
  action in ${actions("request.view", "permission.ask")},
  resource is Simpul::Request
)
when { ${atItsDesk("resource")} };

@id("request.seen-by-contact-point")
permit (
  principal is Simpul::Officer,
  action in ${actions("request.view", "request.assign", "request.refuse")},
  resource is Simpul::Request
)
when { ${contactPoint} };

@id("request.withdrawn-by-its-side")
permit (principal is Simpul::Officer, action == Simpul::Action::"request.withdraw", resource is Simpul::Request)
when { resource.outgoing && ((resource has author && resource.author == principal) || ${contactPoint}) };

@id("request.approved-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"request.approve", resource is Simpul::Request)
when { resource.outgoing && (${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor"))) };

@id("request.answered-by-its-desk")
permit (
  principal is Simpul::Officer,
  action in ${actions("request.answer", "request.refuse", "request.assign")},
  resource is Simpul::Request
)
when { !resource.outgoing && ${atItsDesk("resource")} };

@id("request.answered-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"request.answer", resource is Simpul::Request)
when { !resource.outgoing && ${contactPoint} };

@id("permission.decided-by-originator")
permit (principal is Simpul::Officer, action == Simpul::Action::"permission.decide", resource is Simpul::Request)
when { !resource.outgoing && (${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor"))) };

@id("release.by-supervisor-or-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"release", resource is Simpul::Release)
when { ${contactPoint} || (${atItsDesk("resource.request")} && principal.roles.contains("supervisor")) };

@id("request.needs-second-person")
@needs("second-person")
forbid (principal, action == Simpul::Action::"request.approve", resource is Simpul::Request)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

@id("release.needs-second-person")
@needs("second-person")
forbid (principal, action == Simpul::Action::"release", resource is Simpul::Release)
when { !context.waived.contains("second-person") && resource.author == principal };

// COR-1: whoever works on it on the giving side may call it back; a second person lets the recall go.
@id("recall.drafted-by-its-side")
permit (principal is Simpul::Officer, action == Simpul::Action::"recall.draft", resource is Simpul::Request)
when {
  ${contactPoint} || ${atItsDesk("resource")}
  || (resource has case && ${worksOn("resource.case")} && ${worksCases})
};

@id("recall.let-go-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"recall.approve", resource is Simpul::Request)
when { ${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor")) };

@id("recall.needs-second-person")
@needs("second-person")
forbid (principal, action == Simpul::Action::"recall.approve", resource is Simpul::Request)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

// COR-2: a named officer of the holder answers, one who works with it or speaks for the state.
@id("recall.answered-by-holder")
permit (principal is Simpul::Officer, action == Simpul::Action::"recall.answer", resource is Simpul::Request)
when {
  ${contactPoint} || ${atItsDesk("resource")}
  || (resource has case && ${worksOn("resource.case")} && ${worksCases})
};

// A case goes to another state by two persons here, and is taken over by the contact point there.
@id("hand-over.offered-by-lead")
permit (principal is Simpul::Officer, action == Simpul::Action::"hand-over.offer", resource is Simpul::Case)
when {
  (${onTeam("resource")} && resource.leads.contains(principal))
  || (resource.desk == principal.desk && principal.roles.contains("supervisor") && !resource.covert)
};

@id("hand-over.let-go-by-second")
permit (principal is Simpul::Officer, action == Simpul::Action::"hand-over.approve", resource is Simpul::Request)
when { resource.outgoing && (${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor"))) };

@id("hand-over.needs-second-person")
@needs("second-person")
forbid (principal, action == Simpul::Action::"hand-over.approve", resource is Simpul::Request)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

@id("hand-over.accepted-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"hand-over.accept", resource is Simpul::Request)
when { !resource.outgoing && ${contactPoint} };

// What was handed over is another state's; who worked on it here may say there what she learned since.
@id("hand-over.proposed-in-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"hand-over.propose", resource is Simpul::Request)
when { resource.outgoing && resource has case && ${worksOn("resource.case")} && ${worksCases} };

// MLA-4: drafted where the case is worked, reviewed by a prosecutor, sent by the central authority.
@id("assistance.drafted-in-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"assistance.draft", resource is Simpul::Case)
when { ${worksOn("resource")} && ${worksCases} };

@id("assistance.reviewed-by-prosecutor")
permit (principal is Simpul::Officer, action == Simpul::Action::"assistance.review", resource is Simpul::Request)
when { resource.outgoing && ${prosecution} };

@id("assistance.sent-by-central-authority")
permit (principal is Simpul::Officer, action == Simpul::Action::"assistance.send", resource is Simpul::Request)
when { resource.outgoing && ${centralAuthority} };

// Freezing is quick: police to police, and nothing of what is frozen is seen by it.
@id("assistance.frozen-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"assistance.freeze", resource is Simpul::Request)
when { resource.outgoing && (${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor"))) };

@id("assistance.needs-second-person")
@needs("second-person")
forbid (
  principal,
  action in ${actions("assistance.review", "assistance.send", "assistance.freeze")},
  resource is Simpul::Request
)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

@id("assistance.followed-by-its-side")
permit (principal is Simpul::Officer, action == Simpul::Action::"assistance.follow", resource is Simpul::Request)
when {
  resource.outgoing && (${centralAuthority} || ${prosecution}
  || (resource has case && ${worksOn("resource.case")} && ${worksCases}))
};

@id("assistance.handled-by-central-authority")
permit (
  principal is Simpul::Officer,
  action in ${actions("assistance.handle", "assistance.execute")},
  resource is Simpul::Request
)
when { !resource.outgoing && ${centralAuthority} };

@id("assistance.executed-by-its-desk")
permit (
  principal is Simpul::Officer,
  action in ${actions("assistance.execute", "assistance.keep")},
  resource is Simpul::Request
)
when { !resource.outgoing && ${atItsDesk("resource")} };

@id("assistance.kept-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"assistance.keep", resource is Simpul::Request)
when { !resource.outgoing && ${contactPoint} };

// HC-9: where a life is at risk a holder may pass on without asking; a second officer agrees where one is on duty.
@id("override.made-in-worked-case")
permit (principal is Simpul::Officer, action == Simpul::Action::"override.make", resource is Simpul::Request)
when { resource.outgoing && resource has case && ${worksOn("resource.case")} && ${worksCases} };

// Asked only where the duty desk has nobody else.
@id("override.with-one-officer")
permit (principal is Simpul::Officer, action == Simpul::Action::"override.alone", resource is Simpul::Request)
when { resource.outgoing && resource has case && ${worksOn("resource.case")} && ${worksCases} };

@id("override.agreed-by-second")
permit (principal is Simpul::Officer, action == Simpul::Action::"override.agree", resource is Simpul::Request)
when { resource.outgoing && (${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor"))) };

@id("override.needs-second-person")
@needs("second-person")
forbid (principal, action == Simpul::Action::"override.agree", resource is Simpul::Request)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };

@id("override.reviewed-by-supervisor")
permit (principal is Simpul::Officer, action == Simpul::Action::"override.review", resource is Simpul::Request)
when { principal.roles.contains("supervisor") && (${contactPoint} || ${atItsDesk("resource")}) };

@id("override.reviewed-by-owner")
permit (principal is Simpul::Officer, action == Simpul::Action::"override.review-told", resource is Simpul::Request)
when { ${contactPoint} || (${atItsDesk("resource")} && principal.roles.contains("supervisor")) };

@id("override.reviewed-by-oversight")
permit (
  principal is Simpul::Officer,
  action in ${actions("override.review", "override.review-told")},
  resource is Simpul::Request
)
when { principal.roles.contains("oversight") && context.purpose == "oversight" };

@id("override.not-reviewed-by-maker")
forbid (principal, action == Simpul::Action::"override.review", resource is Simpul::Request)
when { resource has author && resource.author == principal };

// HC-6: what another state gave under H2 is not passed on without asking it.
@id("handling.not-onward")
@needs("permission")
forbid (principal, action == Simpul::Action::"release", resource is Simpul::Release)
when {
  !context.waived.contains("permission") && resource.terms.foreign
  && resource.terms.codes.contains("H2") && !resource.terms.permitted.contains("onward")
};

@id("purpose.does-not-fit")
forbid (
  principal,
  action in ${actions("check.ask", "check.agree", "request.draft", "request.administer", "request.approve", "override.make", "override.alone", "override.agree", "evidence.export", "release", "recall.draft", "recall.approve", "hand-over.offer", "hand-over.approve", "hand-over.accept", "hand-over.propose", "assistance.draft", "assistance.review", "assistance.send", "assistance.freeze")},
  resource
)
when { ["oversight", "administration", "victim-assistance"].contains(context.purpose) };
`;
