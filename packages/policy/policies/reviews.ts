// Legal reviews: who begins one of whom, and who says what follows from it (VIC-2).

import { prosecution, worksCases, worksOn } from "./words.ts";

export const reviewPolicies = `
@id("review.opened-by-who-works-on-it")
permit (principal is Simpul::Officer, action == Simpul::Action::"review.open", resource is Simpul::Case)
when { ${worksOn("resource")} && ${worksCases} };

// Immigration works with the person before it, and has no case for each.
@id("review.opened-at-the-border")
permit (principal is Simpul::Officer, action == Simpul::Action::"review.open", resource is Simpul::Desk)
when { principal.agencyKind == "immigration" && resource == principal.desk && ${worksCases} };

@id("review.ruled-by-prosecutors")
permit (principal is Simpul::Officer, action == Simpul::Action::"review.rule", resource is Simpul::Node)
when { ${prosecution} };
`;
