// Routes that answer before anybody signed in, and those of the victim rooms that are about the officer herself.
import { lists, open, own, type Rules } from "./rights-rule.ts";

export const openRules: Rules = {
  "GET /api/openapi.json": lists,
  "GET /handed/page.js": open,
  "GET /handed/page.css": open,
  "GET /handed/words.json": open,
  "GET /handed/{id}": open,
  "POST /api/handed/{id}/open": open,
  "POST /api/handed/{id}/answer": open,
  // A phone proves itself by its own key, without a session: features/field/field.test.ts.
  "POST /api/field/contact": open,
  "POST /api/victims/desk/close": own,
  "GET /api/victims/released": lists,
  "GET /api/victims/seal-to": own,
  "GET /api/reviews": lists,
  "GET /api/reviews/law": own,
  "GET /api/reviews/key": own,
  "POST /api/reviews/key/close": own,
};
