// For tests: the story's officers at work on requests, over the real doors of real nodes.
import type { NodeCode } from "@simpul/model";
import type { OpenStore, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { CaseHead, Records } from "../cases/contract.ts";
import type { AskAnswer, AskDraft, Chosen, RequestView } from "./contract.ts";

/** An officer of the story at her node's interface, as the stage for stories between states gives her. */
export interface Person {
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

const usual = { codes: ["H1", "H2"] as const };
const graded = { source: "B", information: "2" } as const;

/** The first case she sees whose title holds these words. */
export async function caseNamed(who: Person, words: string): Promise<CaseHead> {
  const { cases } = await who.must<{ cases: CaseHead[] }>("GET", "/api/cases?limit=100");
  const found = cases.find((one) => one.title.includes(words));
  if (found === undefined) throw new Error(`no case of hers is called ${words}`);
  return found;
}

export async function recordsOf(who: Person, number: string): Promise<Partial<Records>> {
  return (await who.must<{ records: Partial<Records> }>("GET", `/api/cases/${number}/records`)).records;
}

export const chosen = (id: string, more: Partial<Chosen> = {}): Chosen => ({
  id: id as Chosen["id"],
  handling: { codes: [...usual.codes] },
  evaluation: graded,
  link: "EXERCISE: used by the recruiter named in the chat",
  ...more,
});

/** A request that says all that it must (RFI-1). */
export const draft = (number: string, to: string[], more: Partial<AskDraft> = {}): AskDraft => ({
  case: number,
  hit: null,
  to: to as AskDraft["to"],
  subject: "EXERCISE: holder of a recruiter's number",
  questions: [{ text: "Who registered at the hotel with this number?", category: "case-information" }],
  facts: [
    {
      text: "EXERCISE: a returned worker was recruited by this number.",
      language: "en",
      handling: { codes: [...usual.codes] },
      evaluation: graded,
    },
  ],
  offence: "trafficking-forced-criminality",
  whyThere: "EXERCISE: the private check found the number with you.",
  purpose: "crime-investigation",
  legalBasis: "untoc-27",
  legalBasisText: "",
  urgent: false,
  urgencyReason: null,
  urgencyText: "",
  evidenceForeseen: true,
  restrictions: "",
  language: "en",
  languages: ["en", "km"],
  neededBy: null,
  handling: { codes: [...usual.codes] },
  records: [],
  items: [],
  ...more,
});

export const answer = (more: Partial<AskAnswer> = {}): AskAnswer => ({
  case: null,
  kind: "full",
  narrative: [
    {
      text: "EXERCISE: the number is in the registration of 5 February.",
      language: "en",
      handling: { codes: [...usual.codes] },
      evaluation: graded,
    },
  ],
  records: [],
  items: [],
  refused: [],
  searched: [],
  ...more,
});

/** The click that stands for her passkey in an exercise, bound to one act on one record. */
export const prove = (who: Person, act: string, record: string): Promise<void> =>
  who.must("POST", "/api/access/step-up/exercise", { act, record });

/** Asks again until it is so, or says how it stood last. */
export async function until<T>(look: () => Promise<T>, so: (seen: T) => boolean, seconds = 45): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (so(seen)) return seen;
    if (Date.now() > end) throw new Error(`still: ${JSON.stringify(seen).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Drafted, submitted by its author, approved by the liaison desk; gives its id. */
export async function ask(author: Person, liaison: Person, what: AskDraft): Promise<string> {
  const { id } = await author.must<{ id: string }>("POST", "/api/requests", what);
  await author.must("POST", `/api/requests/${id}/submit`);
  await prove(liaison, "request.approve", id);
  await liaison.must("POST", `/api/requests/${id}/approve`, { reason: "EXERCISE" });
  return id;
}

export const view = (who: Person, id: string): Promise<RequestView> =>
  who.must<RequestView>("GET", `/api/requests/${id}`);

/** The request as it stands with one state, once it stands so. */
export const stands = (who: Person, id: string, state: string): Promise<RequestView> =>
  until(
    () => view(who, id),
    (seen) => seen.threads[0]?.state === state,
  );

/** The last request that came in here, once one is there that was not before. */
export async function arrival(liaison: Person, known: readonly string[] = []): Promise<string> {
  const list = () => liaison.must<{ requests: { id: string }[] }>("GET", "/api/requests?box=incoming");
  const found = await until(list, ({ requests }) => requests.some((one) => !known.includes(one.id)));
  return found.requests.find((one) => !known.includes(one.id))!.id;
}

/** Sends a letter past all rooms; gives the code with which the other node refused it, null when it took it. */
export async function refusedWith(
  node: { store: OpenStore; peering: { wake(): void } },
  to: string,
  kind: string,
  body: object,
): Promise<string | null> {
  const job: Standing = { actor: { kind: "job", name: "test" }, purpose: "crime-investigation" };
  const letter = await node.store.write(job, async (tx) => {
    const made = tx.newId();
    await tx.send({ id: made, to: to as NodeCode, kind, body: { agency: made, ...body } });
    tx.note("test.sent", { id: made });
    return made;
  });
  node.peering.wake();
  const look = () =>
    node.store.chore("test", async ({ rows: db }) => {
      const found = await sql<{ state: string; last_error: string | null }>`
        select state, last_error from simpul.outbox where id = ${letter}`.execute(db);
      return found.rows[0]!;
    });
  return (await until(look, ({ state }) => !["waiting", "sending"].includes(state))).last_error;
}
