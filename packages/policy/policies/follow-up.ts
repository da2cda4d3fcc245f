// Following up what was agreed: who takes in tables of others, and who writes the report that a desk owes.

export const followUpPolicies = `
@id("follow-up.tables-by-analysts")
permit (principal is Simpul::Officer, action == Simpul::Action::"follow-up.table", resource is Simpul::Node)
when { principal.roles.containsAny(["analyst", "supervisor", "liaison"]) };

// Whoever works at a desk writes its report; nobody of another desk does.
@id("follow-up.report-by-own-desk")
permit (principal is Simpul::Officer, action == Simpul::Action::"follow-up.report", resource is Simpul::Desk)
when {
  resource == principal.desk
  && principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker"])
};
`;
