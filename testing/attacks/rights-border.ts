// Rights of watch lists and the border: what each route takes cannot be made by chance, so their own test tries them.
import { elsewhere, gated, type Rules } from "./rights-rule.ts";

const file = "features/border/border.test.ts";
const lists = elsewhere(file, "watch-list.keep", "watch-list.agree");
const border = elsewhere(file, "border.check", "border.propose", "border.agree");

export const borderRules: Rules = {
  "GET /api/watch-lists": lists,
  "POST /api/watch-lists": lists,
  "GET /api/watch-lists/{id}": lists,
  "POST /api/watch-lists/{id}/agree": lists,
  "POST /api/watch-lists/{id}/drop": gated("watch-list.keep", "watch-list.agree"),
  "POST /api/watch-lists/{id}/recall": lists,
  "POST /api/watch-lists/{id}/entries": lists,
  "POST /api/watch-lists/{id}/entries/{entry}/correct": lists,
  "POST /api/watch-lists/{id}/entries/{entry}/remove": lists,
  "GET /api/border": border,
  "POST /api/border/check": border,
  "POST /api/border/hits/{id}": border,
  "POST /api/border/purposes": border,
  "POST /api/border/purposes/{id}/agree": border,
  "POST /api/border/purposes/{id}/end": border,
};
