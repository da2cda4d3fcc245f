// One purpose at a time: which purposes an officer may act for, and which of her roles count under each.
import { purposes, type AgencyKind, type Purpose, type Role } from "@simpul/model";

const rolesOf: Readonly<Record<Purpose, readonly Role[]>> = {
  "crime-investigation": ["investigator", "analyst", "supervisor", "liaison"],
  "victim-identification": ["investigator", "supervisor", "liaison", "prosecutor", "caseworker"],
  "victim-assistance": ["caseworker", "supervisor"],
  prosecution: ["prosecutor", "investigator", "analyst", "supervisor"],
  "mutual-assistance": ["liaison", "prosecutor", "supervisor"],
  "border-control": ["investigator", "analyst", "supervisor"],
  oversight: ["oversight"],
  administration: ["administrator"],
};

const atVictimDesk: readonly Purpose[] = [
  "victim-identification",
  "victim-assistance",
  "oversight",
  "administration",
];

/** In the order in which a screen offers them; the first is the usual one. */
export function purposesFor(member: { roles: readonly Role[]; agencyKind: AgencyKind }): Purpose[] {
  return purposes.filter(
    (purpose) =>
      member.roles.some((role) => rolesOf[purpose].includes(role)) &&
      (purpose !== "border-control" || member.agencyKind === "immigration") &&
      (purpose !== "victim-assistance" || member.agencyKind === "victim-services") &&
      (member.agencyKind !== "coordination" || purpose === "mutual-assistance") &&
      // A victim desk investigates and prosecutes nobody, its supervisors neither.
      (member.agencyKind !== "victim-services" || atVictimDesk.includes(purpose)),
  );
}

/**
 * The roles that count while acting for a purpose: who administers or oversees does nothing else meanwhile, so that
 * an administrator who is also an investigator sees no case while she administers. At a coordination unit none counts:
 * it works without nominal data, and neither policy nor row security shows it any.
 */
export function rolesUnder(purpose: Purpose, roles: readonly Role[], agencyKind: AgencyKind): Role[] {
  if (agencyKind === "coordination") return [];
  if (purpose === "administration") return roles.filter((role) => role === "administrator");
  if (purpose === "oversight") return roles.filter((role) => role === "oversight");
  return roles.filter((role) => role !== "administrator" && role !== "oversight");
}
