// For tests: Cambodia gives, Indonesia holds and passes on, the Philippines hold; the acts of calling back over real doors.
import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { SessionView } from "../features/access/contract.ts";
import type { CaseHead } from "../features/cases/contract.ts";
import type { AskDraft, Chosen, ReceivedItem, ReceivedRecord } from "../features/requests/contract.ts";
import {
  answer,
  arrival,
  ask,
  caseNamed,
  chosen,
  draft,
  prove,
  stands,
  until,
} from "../features/requests/testing.ts";
import type { AskRecall, Given, RecallHead, RecallView } from "../features/recalls/contract.ts";

interface Person {
  id: string;
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}
interface Nation {
  web: { address: string };
  as(key: string): Promise<Person>;
}

export type Held = { records: ReceivedRecord[]; items: ReceivedItem[] };
export type People = Record<"rina" | "agus" | "sophea" | "sreymom" | "rithy" | "grace", Person>;

export async function peopleOf(id: Nation, kh: Nation, ph: Nation): Promise<People> {
  return {
    rina: await id.as("rina"),
    agus: await id.as("agus"),
    sophea: await kh.as("sophea"),
    sreymom: await kh.as("sreymom"),
    rithy: await kh.as("rithy"),
    grace: await ph.as("grace"),
  };
}

/** A small file of the exercise on disk, for taking in. */
export async function fileOf(name: string, text: string): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-recalls-"));
  const file = path.join(home, name);
  await writeFile(file, text);
  return file;
}

export interface Thread {
  /** The request at Indonesia, and the same as Cambodia knows it. */
  asked: string;
  came: string;
  ours: CaseHead;
  theirs: CaseHead;
}

/** Indonesia asks; Cambodia's desk has it. */
export async function asks(
  { rina, agus, sophea, sreymom }: People,
  known: string[] = [],
  more: Partial<AskDraft> = {},
): Promise<Thread> {
  const ours = await caseNamed(rina, "pembayar tiket");
  const theirs = await caseNamed(sreymom, "សណ្ឋាគារ");
  const asked = await ask(rina, agus, draft(ours.number, ["kh"], more));
  const came = await arrival(sophea, known);
  const { officer } = await sreymom.must<SessionView>("GET", "/api/access/session");
  await sophea.must("POST", `/api/requests/${came}/assign`, { desk: officer.desk.id, note: "" });
  return { asked, came, ours, theirs };
}

/** Cambodia's answer is written, submitted and released; gives its id. */
export async function answers(
  { sreymom, sophea }: People,
  { came, theirs }: Thread,
  what: { records?: Chosen[]; items?: Chosen[]; text?: string },
): Promise<string> {
  const { text } = what;
  const written = answer({ case: theirs.number, records: what.records ?? [], items: what.items ?? [] });
  if (text !== undefined) written.narrative = [{ ...written.narrative[0]!, text }];
  const { id } = await sreymom.must<{ id: string }>("PUT", `/api/requests/${came}/answer`, {
    ...written,
    confirmH0: true,
  });
  await sreymom.must("POST", `/api/requests/${came}/answer/submit`);
  await prove(sophea, "release", id);
  await sophea.must("POST", `/api/requests/${came}/answer/release`, { reason: "EXERCISE" });
  return id;
}

export const arrived = (who: Person, request: string) => stands(who, request, "answered");

/** What this officer can read of what came, by case. */
export const held = (who: Person, number: string): Promise<Held> =>
  who.must<Held>("GET", `/api/requests/received?case=${number}`);
export const heldBy = (who: Person, request: string): Promise<Held> =>
  who.must<Held>("GET", `/api/requests/received?request=${request}`);

/** Indonesia puts held records before the Philippines, as far as terms let it. */
export async function passesOn(
  { rina, agus, grace }: People,
  number: string,
  records: string[],
  items: string[] = [],
  known: string[] = [],
): Promise<{ asked: string; there: string }> {
  const what = draft(number, ["ph"], {
    records: records.map((one) => chosen(one)),
    items: items.map((one) => chosen(one)),
  });
  const asked = await ask(rina, agus, what);
  return { asked, there: await arrival(grace, known) };
}

/** What of ours left with this request. */
export const givenWith = async (who: Person, request: string): Promise<Given[]> =>
  (await who.must<{ given: Given[] }>("GET", `/api/recalls/given/${request}`)).given;

export const why = (kind: AskRecall["kind"], records: string[], more: Partial<AskRecall> = {}) => ({
  kind,
  records,
  reasonCode: kind === "restrict" ? "terms-too-wide" : kind === "regrade" ? "source-doubted" : "inaccurate",
  reason: "EXERCISE: the hotel corrected its list.",
  safety: false,
  ...more,
});

/** Written by the desk, let go by the contact point; gives its id. */
export async function callsBack(
  { sreymom, sophea }: Pick<People, "sreymom" | "sophea">,
  request: string,
  what: ReturnType<typeof why>,
): Promise<string> {
  const { id } = await sreymom.must<{ id: string }>("POST", `/api/recalls/given/${request}`, what);
  await prove(sophea, "recall.approve", id);
  await sophea.must("POST", `/api/recalls/${id}/approve`, { reason: "EXERCISE" });
  return id;
}

export const recallOf = (who: Person, id: string): Promise<RecallView> =>
  who.must<RecallView>("GET", `/api/recalls/${id}`);

export const recallStands = (who: Person, id: string, so: (view: RecallView) => boolean) =>
  until(
    async () => (await who.ask<RecallView>("GET", `/api/recalls/${id}`)).body,
    (seen) => "tree" in (seen as object) && so(seen),
  );

export const recallsAt = (who: Person, query = ""): Promise<{ recalls: RecallHead[] }> =>
  who.must("GET", `/api/recalls${query}`);
