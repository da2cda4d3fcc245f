// Keeping and deleting: who says whether a record is still needed (RET-1).

import { actions, contactPoint, worksCases, worksOn } from "./words.ts";

export const retentionPolicies = `
// RET-1: the owner says whether it is still needed; a closed case too, for that is when it is asked.
@id("retention.decided-by-case-owner")
permit (
  principal is Simpul::Officer,
  action in ${actions("retention.decide", "retention.delete")},
  resource is Simpul::Case
)
when { ${worksOn("resource")} && ${worksCases} };

@id("retention.decided-by-desk")
permit (
  principal is Simpul::Officer,
  action in ${actions("retention.decide", "retention.delete")},
  resource is Simpul::Item
)
when { resource.desk == principal.desk && ${worksCases} };

@id("retention.decided-by-its-side")
permit (
  principal is Simpul::Officer,
  action in ${actions("retention.decide", "retention.delete")},
  resource is Simpul::Request
)
when {
  ${contactPoint} || (resource has desk && resource.desk == principal.desk && ${worksCases})
  || (resource has case && ${worksOn("resource.case")} && ${worksCases})
};
`;
