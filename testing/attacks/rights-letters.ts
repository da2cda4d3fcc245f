// Rights of letters about something given: what comes back to them cannot be made by chance, so their own test tries them.
const letters = { kind: "elsewhere", file: "features/letters/letters.test.ts" } as const;

export const letterRules = {
  "POST /api/letters/{id}/recalled": letters,
  "POST /api/letters/{id}/permitted": letters,
} as const;
