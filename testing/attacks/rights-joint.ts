// The routes of joint spaces: who a space shows itself to depends on its members, which only its own stage has.
import type { Rule } from "./rights-table.ts";

const joint: Rule = { kind: "elsewhere", file: "features/joint/joint.test.ts" };

export const jointRights: Readonly<Record<string, Rule>> = {
  "GET /api/joint": { kind: "lists" },
  "GET /api/joint/codes": { kind: "lists" },
  "POST /api/joint": joint,
  "GET /api/joint/{id}": joint,
  "PUT /api/joint/{id}": joint,
  "POST /api/joint/{id}/extend": joint,
  "POST /api/joint/{id}/send": joint,
  "POST /api/joint/{id}/approve": joint,
  "POST /api/joint/{id}/decline": joint,
  "GET /api/joint/{id}/paper": joint,
  "POST /api/joint/{id}/remarks": joint,
  "POST /api/joint/{id}/clear": joint,
  "POST /api/joint/{id}/suspend": joint,
  "POST /api/joint/{id}/resume": joint,
  "POST /api/joint/{id}/withdraw": joint,
  "POST /api/joint/{id}/remove": joint,
  "GET /api/joint/{id}/things": joint,
  "GET /api/joint/{id}/picture": joint,
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
  "GET /api/joint/{id}/things/{thing}/certificate": joint,
  "POST /api/joint/{id}/things/{thing}/keep": joint,
};
