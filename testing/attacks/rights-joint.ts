// The routes of joint spaces: who a space shows itself to depends on its members, which only its own stage has.
import { elsewhere, gated, lists, type Rules } from "./rights-rule.ts";

const joint = elsewhere("features/joint/joint.test.ts", "case.search");
const note = elsewhere("features/joint/note.test.ts", "case.search");
/** A member of a space works cases, or speaks for the state. */
const member = gated("case.search");

export const jointRights: Rules = {
  "GET /api/joint": lists,
  "GET /api/joint/codes": lists,
  "POST /api/joint": elsewhere("features/joint/joint.test.ts", "joint.draft"),
  "GET /api/joint/{id}": joint,
  "PUT /api/joint/{id}": joint,
  "POST /api/joint/{id}/extend": joint,
  "POST /api/joint/{id}/send": joint,
  "POST /api/joint/{id}/approve": joint,
  "POST /api/joint/{id}/decline": member,
  "GET /api/joint/{id}/paper": note,
  "POST /api/joint/{id}/remarks": note,
  "POST /api/joint/{id}/clear": note,
  "POST /api/joint/{id}/suspend": note,
  "POST /api/joint/{id}/resume": note,
  "POST /api/joint/{id}/withdraw": joint,
  "POST /api/joint/{id}/remove": note,
  "GET /api/joint/{id}/things": joint,
  "GET /api/joint/{id}/picture": elsewhere("features/joint/terms.test.ts", "case.search"),
  "GET /api/joint/{id}/choices": joint,
  "POST /api/joint/{id}/things": joint,
  "PUT /api/joint/{id}/things/{thing}": joint,
  "POST /api/joint/{id}/things/{thing}/withdraw": joint,
  "POST /api/joint/{id}/members": joint,
  "DELETE /api/joint/{id}/members/{member}": joint,
  "GET /api/joint/{id}/export": joint,
  "POST /api/joint/{id}/confirm": joint,
  "POST /api/joint/{id}/documents": joint,
  "GET /api/joint/{id}/documents/{document}": joint,
  "POST /api/joint/{id}/documents/{document}/sign": joint,
  "POST /api/joint/{id}/evaluation": joint,
  "GET /api/joint/{id}/things/{thing}/certificate": member,
  "POST /api/joint/{id}/things/{thing}/keep": joint,
};
