// For tests: what the desks of the ring's script do, over the real doors of their nodes.
import type { SessionView } from "../access/contract.ts";
import { answer, caseNamed, prove } from "../requests/testing.ts";

interface Person {
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Answered by Cambodia's police, let go by its contact point. */
export async function releases(police: Person, liaison: Person, request: string): Promise<void> {
  const { officer } = await police.must<SessionView>("GET", "/api/access/session");
  await liaison.must("POST", `/api/requests/${request}/assign`, { desk: officer.desk.id, note: "" });
  const written = answer({ case: (await caseNamed(police, "សណ្ឋាគារ")).number });
  const { id } = await police.must<{ id: string }>("PUT", `/api/requests/${request}/answer`, written);
  await police.must("POST", `/api/requests/${request}/answer/submit`);
  await prove(liaison, "release", id);
  await liaison.must("POST", `/api/requests/${request}/answer/release`, { reason: "EXERCISE" });
}
