// For tests over whole nodes: a case with selectors of several roles, a check asked and waited for.
import type { AskCheck, CheckView, Result } from "./contract.ts";

/** What a signed-in officer can do over HTTP; `Person` of testing/nations.ts. */
export interface Asker {
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

export interface WantedSelector {
  type: string;
  written: string;
  role: string;
}

/** Opens a case with these selectors; gives its number and the records in the same order. */
export async function caseWith(
  who: Asker,
  selectors: readonly WantedSelector[],
  more: { crimeType?: string; covert?: boolean; grade?: { source: string; information: string } } = {},
): Promise<{ number: string; records: string[] }> {
  const { number } = await who.must<{ number: string }>("POST", "/api/cases", {
    title: "EXERCISE: a returned worker's phone",
    crimeType: more.crimeType ?? "trafficking-forced-criminality",
    covert: more.covert ?? false,
  });
  const records: string[] = [];
  for (const fields of selectors) {
    const made = await who.must<{ id: string }>("POST", `/api/cases/${number}/records/selector`, {
      fields,
      evaluation: more.grade ?? { source: "B", information: "2" },
    });
    records.push(made.id);
  }
  return { number, records };
}

export async function until(holds: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const facts = { offence: "trafficking-forced-criminality", legalBasis: "UNTOC art. 27" };

/** Asks and waits until no state is waiting any more. */
export async function checked(
  who: Asker,
  ask: Pick<AskCheck, "case"> & { selectors: string[]; states: string[] },
): Promise<CheckView> {
  const { id } = await who.must<{ id: string }>("POST", "/api/checks", { ...ask, ...facts });
  return settled(who, id);
}

export async function settled(who: Asker, id: string): Promise<CheckView> {
  let view!: CheckView;
  await until(async () => {
    view = await who.must<CheckView>("GET", `/api/checks/${id}`);
    return view.asked.every((one) => one.state !== "waiting");
  });
  return view;
}

/** The bit of a state for a record. */
export const answerOf = (view: CheckView, record: string, node: string): Result | undefined =>
  view.list.find((one) => one.record === record)?.results.find((one) => one.node === node)?.result;
