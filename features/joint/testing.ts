// For tests: a note of three states, signed by the exercise's liaison officers, and letters as a faulty party would send them.
import type { Envelope } from "@simpul/exchange";
import type { AskPut, NoteDraft, Page, SpaceView, ThingView } from "./contract.ts";

interface Person {
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** The click that stands for her passkey in an exercise, bound to one act on one record. */
export const prove = (who: Person, act: string, record: string): Promise<void> =>
  who.must("POST", "/api/access/step-up/exercise", { act, record });

/** Asks again until it is so, or says how it stood last. */
export async function until<T>(look: () => Promise<T>, so: (seen: T) => boolean): Promise<T> {
  for (const end = Date.now() + 40_000; ;) {
    const seen = await look();
    if (so(seen)) return seen;
    if (Date.now() > end) throw new Error(`still: ${JSON.stringify(seen).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

const day = 86_400_000;
export const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const noteOfThree = (more: Partial<NoteDraft> = {}): NoteDraft => ({
  parties: ["id", "kh", "ph"] as NoteDraft["parties"],
  title: "EXERCISE: the compound by the lake",
  facts: "EXERCISE: people lured by the same advertisements are held at one site and made to defraud others.",
  offences: ["trafficking-forced-criminality"],
  from: dayAt(Date.now()),
  until: dayAt(Date.now() + 30 * day),
  share: ["subject", "selector", "site", "event", "item", "task", "decision", "note", "date"],
  backfill: "all",
  court: true,
  leads: [{ state: "kh" as NoteDraft["parties"][number], part: "EXERCISE: the site" }],
  purgeDays: 28,
  ...more,
});

export const space = (who: Person, id: string): Promise<SpaceView> =>
  who.must<SpaceView>("GET", `/api/joint/${id}`);
export const things = async (who: Person, id: string, kind = ""): Promise<ThingView[]> =>
  (await who.must<Page>("GET", `/api/joint/${id}/things${kind === "" ? "" : `?kind=${kind}`}`)).things;
/** Once it stands so at this node. */
export const stands = (who: Person, id: string, so: (seen: SpaceView) => boolean): Promise<SpaceView> =>
  until(async () => {
    const got = await who.ask<SpaceView>("GET", `/api/joint/${id}`);
    return got.status === 200
      ? got.body
      : ({
          phase: "draft",
          parties: [],
          may: [],
          documents: [],
          counts: [],
          note: {},
        } as unknown as SpaceView);
  }, so);

/** Signed and sent by its state's liaison officer. */
export async function propose(liaison: Person, draft: NoteDraft): Promise<string> {
  const { id } = await liaison.must<{ id: string }>("POST", "/api/joint", draft);
  await prove(liaison, "joint.sign", id);
  await liaison.must("POST", `/api/joint/${id}/send`);
  return id;
}

/** Approves the version that waits for this state. */
export async function approve(liaison: Person, id: string): Promise<void> {
  const seen = await stands(liaison, id, (one) => one.may.includes("approve"));
  const { note, digest } = seen.next ?? seen;
  await prove(liaison, "joint.sign", id);
  await liaison.must("POST", `/api/joint/${id}/approve`, { version: note.version, digest });
}

export const writes = (text: string, more: Partial<AskPut> = {}): AskPut => ({
  ...{ case: null, records: [], items: [] },
  own: [{ kind: "note", fields: { text, language: "en" }, handling: { codes: ["H1", "H2"] } }],
  ...more,
});

export const letter = (from: string, type: string, body: unknown): Envelope =>
  ({
    from,
    type,
    body,
    id: "",
    seq: 1,
    at: new Date().toISOString(),
    attachments: [],
  }) as unknown as Envelope;
