// For tests: officers and cases that meet often enough to matter, and the rule of sight as one plain function.
import {
  agencyKinds,
  roles,
  type AgencyKind,
  type Id,
  type NodeCode,
  type Officer,
  type Role,
} from "@simpul/model";
import fc from "fast-check";
import type { CaseFacts } from "./records.ts";

export { officerEntity, recordEntities } from "./entities.ts";
export { ourPolicies } from "./load.ts";

const numbered = (kind: number, n: number): Id =>
  `018f0000-000${kind}-7000-8000-${String(n).padStart(12, "0")}` as Id;

/** Two agencies with two desks each, and five officers: small, so that desks, agencies and teams coincide. */
export const agencies: readonly Id[] = [numbered(1, 1), numbered(1, 2)];
export const desks: readonly { id: Id; agency: Id }[] = [
  { id: numbered(2, 1), agency: numbered(1, 1) },
  { id: numbered(2, 2), agency: numbered(1, 1) },
  { id: numbered(2, 3), agency: numbered(1, 2) },
  { id: numbered(2, 4), agency: numbered(1, 2) },
];
export const people: readonly Id[] = [1, 2, 3, 4, 5].map((n) => numbered(3, n));

export const arbitraryOfficer: fc.Arbitrary<Officer> = fc
  .record({
    id: fc.constantFrom(...people),
    desk: fc.constantFrom(...desks),
    agencyKind: fc.constantFrom<AgencyKind>(...agencyKinds),
    roles: fc.uniqueArray(fc.constantFrom<Role>(...roles), { maxLength: 3 }),
    provenAt: fc.option(fc.integer({ min: 1_900_000_000, max: 1_900_003_600 })),
  })
  .map(({ desk, ...officer }) => ({
    ...officer,
    kind: "officer",
    node: "id" as NodeCode,
    agency: desk.agency,
    desk: desk.id,
  }));

export const arbitraryCase: fc.Arbitrary<CaseFacts> = fc
  .record({
    n: fc.integer({ min: 1, max: 999_999 }),
    desk: fc.constantFrom(...desks),
    covert: fc.boolean(),
    closed: fc.boolean(),
    team: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 3 }),
    led: fc.boolean(),
    opened: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 1 }),
  })
  .map(({ n, desk, covert, closed, team, led, opened }) => ({
    kind: "case",
    id: numbered(4, n),
    agency: desk.agency,
    desk: desk.id,
    covert,
    closed,
    team,
    leads: led ? team.slice(0, 1) : [],
    opened,
  }));

/** Who sees a case, in plain words of the working rules: the reference for Cedar and for row security alike. */
export function seesCase(officer: Officer, record: CaseFacts): boolean {
  const works: readonly Role[] = ["investigator", "analyst", "supervisor", "liaison", "prosecutor"];
  const onTeams: readonly Role[] = [...works, "caseworker"];
  if (record.team.includes(officer.id) && officer.roles.some((role) => onTeams.includes(role))) return true;
  const opened = record.opened?.includes(officer.id) === true && !record.covert;
  if (opened && officer.roles.some((role) => works.includes(role))) return true;
  if (record.covert) return record.desk === officer.desk && officer.roles.includes("supervisor");
  return record.agency === officer.agency && officer.roles.some((role) => works.includes(role));
}
