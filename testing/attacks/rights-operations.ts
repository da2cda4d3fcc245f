// Who may use the routes of operations: tried by their own story, for a plan cannot be made by chance.
import { elsewhere, gated, lists, type Rules } from "./rights-rule.ts";

const story = elsewhere(
  "features/operations/operations.test.ts",
  "operation.plan",
  "operation.act",
  "operation.send",
);
/** Its story goes by other doors of the same acts. */
const inside = gated("operation.plan", "operation.act", "operation.send");
const at = "/api/operations";
const shown = /^GET .*\/(operations|start|choices)$/;
const untold = /\/(risks|risks\/\{part\}\/close|members|members\/\{part\}|reopen|identifiers)$/;

export const operationRules: Rules = Object.fromEntries(
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
  ].map((route) => [route, shown.test(route) ? lists : untold.test(route) ? inside : story]),
);
