// The region's picture (STAT-1): who reads what was published, who looks at figures before they leave, who lets them go.
import { actions, contactPoint } from "./words.ts";

export const picturePolicies = `
// What is published was protected first, and names nobody.
@id("picture.read-by-officers")
permit (principal is Simpul::Officer, action == Simpul::Action::"picture.read", resource is Simpul::Node)
when { principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker", "oversight"]) };

@id("picture.worked-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"picture.work", resource is Simpul::Node)
when { ${contactPoint} };

@id("picture.released-by-contact-point")
permit (principal is Simpul::Officer, action == Simpul::Action::"picture.release", resource is Simpul::Order)
when { ${contactPoint} };

@id("picture.needs-second-person")
@needs("second-person")
forbid (principal, action in ${actions("picture.release")}, resource is Simpul::Order)
when { !context.waived.contains("second-person") && resource has author && resource.author == principal };
`;
