// Operations (OP-1 to OP-3): who plans, who lets a plan leave, who says go, who clears, who acts, who calls everybody back.
import { contactPoint } from "./words.ts";

const investigates = `(context.purpose == "crime-investigation"
    && principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison"]))`;

export const operationPolicies = `
@id("operation.planned-by-investigators")
permit (principal is Simpul::Officer, action == Simpul::Action::"operation.plan", resource is Simpul::Node)
when { ${investigates} };

// The plan leaves the state: those who speak for it, and another than whoever wrote it.
@id("operation.sent-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"operation.send", resource is Simpul::Order)
when { ${contactPoint} };

@id("operation.voted-by-supervisor")
permit (principal is Simpul::Officer, action == Simpul::Action::"operation.vote", resource is Simpul::Order)
when { ${investigates} && principal.roles.contains("supervisor") };

// OP-2: a collision is the liaison officers' alone.
@id("operation.cleared-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"operation.clear", resource is Simpul::Order)
when { ${contactPoint} };

// Row security says whose operation it is; the victim desk receives the people.
@id("operation.acted-on-by-its-people")
permit (principal is Simpul::Officer, action == Simpul::Action::"operation.act", resource is Simpul::Order)
when {
  ${investigates} || principal.roles.containsAny(["caseworker", "prosecutor"])
  || (principal.agencyKind == "victim-services" && principal.roles.contains("supervisor"))
};

// Calling everybody back must not wait for anybody.
@id("operation.recalled-by-its-people")
permit (principal is Simpul::Officer, action == Simpul::Action::"operation.recall", resource is Simpul::Order)
when { ${investigates} };
`;
