// Rights of what is tried by the tests of its own room, because it needs another state's word first: letters on paper, what is
// called back, held requests, the duty desk, exclusions.
import { elsewhere, gated, type Rules } from "./rights-rule.ts";

const held = elsewhere("features/requests/story.test.ts", "case.search");
const duty = elsewhere("features/requests/awake.test.ts", "duty.manage");
const roster = elsewhere("features/requests/awake.test.ts", "duty.roster");
const recalled = elsewhere("features/recalls/recalls.test.ts", "case.search");
const graded = elsewhere("features/recalls/grades.test.ts", "case.search");
const typed = elsewhere("features/recalls/command.test.ts", "case.search");
const letters = elsewhere("features/letters/letters.test.ts", "case.search");
const excluded = elsewhere("features/exclusions/exclusions.test.ts", "exclusion.order");

export const letterRules: Rules = {
  "POST /api/letters/{id}/recalled": letters,
  "POST /api/letters/{id}/permitted": letters,
  "GET /api/exclusions/recipients/{code}": excluded,
  "POST /api/exclusions": excluded,
  "POST /api/exclusions/{id}/agree": excluded,
  "POST /api/exclusions/{id}/drop": gated("exclusion.order"),
  "POST /api/exclusions/{id}/lift": excluded,
  "POST /api/exclusions/{id}/review": excluded,
  "POST /api/exclusions/{id}/ask-lift": excluded,
  "PUT /api/requests/duty/phones": duty,
  "PUT /api/requests/duty/roster/{week}": roster,
  "POST /api/requests/duty/absences": duty,
  "DELETE /api/requests/duty/absences/{id}": duty,
  "POST /api/requests/{id}/called": duty,
  "GET /api/requests/received/{id}": held,
  "POST /api/requests/{id}/take-note": elsewhere("features/requests/life.test.ts", "case.search"),
  "GET /api/requests/items/{id}/reports": elsewhere("features/requests/terms.test.ts"),
  "POST /api/requests/permissions": held,
  "GET /api/requests/permissions/{id}": held,
  "POST /api/requests/permissions/{id}/decide": held,
  "POST /api/requests/permissions/{id}/withdraw": held,
  "GET /api/letters/preview": letters,
  "GET /api/letters/preview/page": letters,
  "GET /api/letters/{id}": letters,
  "GET /api/letters/{id}/page": letters,
  "GET /api/letters/{id}/paper": letters,
  "POST /api/letters/{id}/posted": letters,
  "POST /api/letters/{id}/acknowledged": letters,
  "POST /api/letters/{id}/answer": letters,
  "POST /api/letters/{id}/refused": letters,
  "POST /api/recalls/grades": graded,
  "POST /api/recalls/grades/{id}/answer": graded,
  "GET /api/recalls/given/{request}": recalled,
  "POST /api/recalls/given/{request}": recalled,
  "GET /api/recalls/{id}": recalled,
  "POST /api/recalls/{id}/approve": recalled,
  "POST /api/recalls/{id}/return": typed,
  "POST /api/recalls/{id}/drop": graded,
  "POST /api/recalls/{id}/answer": recalled,
  // That a state answers by its node is said before anything of a recall is looked at.
  "POST /api/recalls/{id}/on-paper": elsewhere("features/letters/letters.test.ts"),
};
