// For tests: somebody at another state is excluded by two people, and two people lift it.
import { prove } from "@simpul/features/requests/testing.ts";

interface Person {
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const exclusionOf = (more: object): object => ({
  side: "there",
  label: "",
  reason: "EXERCISE: what we sent was known in the compound a day later",
  review: inDays(30),
  ...more,
});

/** Proposed by one and agreed to by the other: in force. Gives its id. */
export async function exclude(one: Person, other: Person, more: object): Promise<string> {
  const { id } = await one.must<{ id: string }>("POST", "/api/exclusions", exclusionOf(more));
  await prove(other, "exclusion.agree", id);
  await other.must("POST", `/api/exclusions/${id}/agree`);
  return id;
}

export async function lift(one: Person, other: Person, which: string): Promise<void> {
  await one.must("POST", `/api/exclusions/${which}/ask-lift`, { reason: "EXERCISE: it was not them" });
  await prove(other, "exclusion.agree", which);
  await other.must("POST", `/api/exclusions/${which}/lift`);
}
