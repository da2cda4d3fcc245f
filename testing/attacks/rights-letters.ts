// Rights of what is tried by the tests of its own room, because it needs another state's word first: letters on paper, what is
// called back, held requests, the duty desk, exclusions.
const elsewhere = <File extends string>(file: File) => ({ kind: "elsewhere", file }) as const;
const held = elsewhere("features/requests/story.test.ts");
const duty = elsewhere("features/requests/awake.test.ts");
const recalled = elsewhere("features/recalls/recalls.test.ts");
const graded = elsewhere("features/recalls/grades.test.ts");
const letters = elsewhere("features/letters/letters.test.ts");
const excluded = elsewhere("features/exclusions/exclusions.test.ts");

export const letterRules = {
  "POST /api/letters/{id}/recalled": letters,
  "POST /api/letters/{id}/permitted": letters,
  "GET /api/exclusions/recipients/{code}": excluded,
  "POST /api/exclusions": excluded,
  "POST /api/exclusions/{id}/agree": excluded,
  "POST /api/exclusions/{id}/drop": excluded,
  "POST /api/exclusions/{id}/lift": excluded,
  "POST /api/exclusions/{id}/review": excluded,
  "POST /api/exclusions/{id}/ask-lift": excluded,
  "PUT /api/requests/duty/phones": duty,
  "PUT /api/requests/duty/roster/{week}": duty,
  "POST /api/requests/duty/absences": duty,
  "DELETE /api/requests/duty/absences/{id}": duty,
  "POST /api/requests/{id}/called": duty,
  "GET /api/requests/received/{id}": held,
  "POST /api/requests/{id}/take-note": elsewhere("features/requests/life.test.ts"),
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
  "POST /api/recalls/{id}/return": recalled,
  "POST /api/recalls/{id}/drop": recalled,
  "POST /api/recalls/{id}/answer": recalled,
  "POST /api/recalls/{id}/on-paper": letters,
} as const;
