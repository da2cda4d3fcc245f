// Rights of watch lists and the border: what each route takes cannot be made by chance, so their own test tries them.
const border = { kind: "elsewhere", file: "features/border/border.test.ts" } as const;

export const borderRules = {
  "GET /api/watch-lists": border,
  "POST /api/watch-lists": border,
  "GET /api/watch-lists/{id}": border,
  "POST /api/watch-lists/{id}/agree": border,
  "POST /api/watch-lists/{id}/drop": border,
  "POST /api/watch-lists/{id}/recall": border,
  "POST /api/watch-lists/{id}/entries": border,
  "POST /api/watch-lists/{id}/entries/{entry}/correct": border,
  "POST /api/watch-lists/{id}/entries/{entry}/remove": border,
  "GET /api/border": border,
  "POST /api/border/check": border,
  "POST /api/border/hits/{id}": border,
  "POST /api/border/purposes": border,
  "POST /api/border/purposes/{id}/agree": border,
  "POST /api/border/purposes/{id}/end": border,
} as const;
