// Who may use the routes of operations: tried by their own story, for a plan cannot be made by chance.
import type { Rule } from "./rights-table.ts";

const story: Rule = { kind: "elsewhere", file: "features/operations/operations.test.ts" };
const at = "/api/operations";

export const operationRules: Readonly<Record<string, Rule>> = Object.fromEntries(
  [
    ...["", "/start", "/choices", "/{id}", "/{id}/board", "/{id}/paper"].map((path) => `GET ${at}${path}`),
    ...["", "/{id}/risks", "/{id}/risks/{part}/close", "/{id}/members", "/{id}/send", "/{id}/reopen"].map(
      (path) => `POST ${at}${path}`,
    ),
    ...["/{id}/refs", "/{id}/compare", "/{id}/clear", "/{id}/vote", "/{id}/recall", "/{id}/entries"].map(
      (path) => `POST ${at}${path}`,
    ),
    ...["/{id}", "/{id}/sites/{part}", "/{id}/reception", "/{id}/identifiers", "/{id}/report"].map(
      (path) => `PUT ${at}${path}`,
    ),
    ...["/{id}/sites/{part}", "/{id}/members/{part}", "/{id}/refs/{part}"].map(
      (path) => `DELETE ${at}${path}`,
    ),
  ].map((route) => [route, story]),
);
