// Files on their way in, kept outside every page: hashed at once, signed when the officer says so, sent, sealed.
import { useSyncExternalStore } from "react";
import { Refused, api, sessionDevice } from "@simpul/doors/web";
import { Id, type Digest } from "@simpul/model";
import type { Intake, IntakeStart } from "../contract.ts";
import { mediaTypeOf, refusedBeforehand, safeFileName, type Announced } from "../rules.ts";
import { digestOf, statementOf } from "./hasher.ts";
import { send, type Sending } from "./send.ts";

export type Step = "waiting" | "hashing" | "ready" | "signing" | "sending" | "sealing" | "sealed" | "failed";

export interface Work {
  key: string;
  name: string;
  size: number;
  pasted: boolean;
  step: Step;
  /** Of this step, 0 to 1. */
  part: number;
  /** When this step began, and how far it was then, to tell how long it will take. */
  began: number;
  beganAt: number;
  digest: Digest | null;
  /** The node's name of it, once announced; the item's when it is sealed. */
  item: Id | null;
  fault: Refused | null;
}

/** What the officer says once about all files: how and from where they came. */
export interface Acquired {
  method: Announced["facts"]["method"];
  takenAt: string;
  source: string;
  authority: string;
  place: string;
  note: string;
  case: Id | null;
  officerName: string;
}

const base = "/api/evidence/intakes";
let works: readonly Work[] = [];
const files = new Map<string, Blob>();
const sendings = new Map<string, Sending>();
const listeners = new Set<() => void>();
let serial = 0;

function change(next: readonly Work[]): void {
  works = next;
  for (const tell of listeners) tell();
}
const workOf = (key: string): Work | undefined => works.find((one) => one.key === key);
function put(key: string, to: Partial<Work>): void {
  const now = Date.now();
  change(
    works.map((one) => {
      if (one.key !== key) return one;
      const fresh = to.step !== undefined && to.step !== one.step;
      return { ...one, ...(fresh ? { began: now, beganAt: to.part ?? 0, part: 0 } : {}), ...to };
    }),
  );
}

export const useWorks = (): readonly Work[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => works,
  );

/** One after the other: a bad line carries one file better than five. */
function inTurn(): (work: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work, work);
    return last;
  };
}
const hashing = inTurn();
const sending = inTurn();

const faultOf = (fault: unknown): Refused => (fault instanceof Refused ? fault : new Refused(0, "FAULT"));
const fail = (key: string, fault: unknown): void => put(key, { step: "failed", fault: faultOf(fault) });

/** Takes files into the list and hashes them; what is unfinished at the node and has these very bytes goes on at once. */
export function addFiles(given: readonly { file: Blob; name: string; pasted?: boolean }[]): void {
  for (const { file, name, pasted = false } of given) {
    serial += 1;
    const key = `evidence-${serial}`;
    files.set(key, file);
    const work: Work = {
      ...{ key, name: safeFileName(name), size: file.size, pasted, step: "waiting", part: 0 },
      ...{ began: Date.now(), beganAt: 0, digest: null, item: null, fault: null },
    };
    change([...works, work]);
    void hashing(() => hash(key).catch((fault: unknown) => fail(key, fault)));
  }
}

async function hash(key: string): Promise<void> {
  const file = files.get(key);
  if (file === undefined || workOf(key) === undefined) return;
  const { limits } = await api.get<IntakeStart>(`${base}/start`);
  const beforehand = refusedBeforehand(file.size, limits);
  if (beforehand !== null)
    throw new Refused(422, beforehand, { facts: { size: file.size, limit: limits.file } });
  put(key, { step: "hashing" });
  const digest = await digestOf(file, (done) => put(key, { part: done / file.size }));
  if (workOf(key) === undefined) return;
  if (works.some((one) => one.key !== key && one.digest === digest && one.step !== "failed"))
    throw new Refused(0, "ALREADY_IN_LIST");
  const begun = (await unfinished()).find((one) => one.digest === digest && one.size === file.size);
  put(key, { step: "ready", part: 1, digest, item: begun?.item ?? null });
  if (begun !== undefined) void sending(() => carry(key));
}

/** Her files that the node does not have whole yet. */
export async function unfinished(): Promise<Intake[]> {
  const { intakes } = await api.get<{ intakes: Intake[] }>(base);
  return intakes.filter((one) => ["open", "refused"].includes(one.state));
}

/** Signs and sends every file that is ready. */
export function takeInAll(acquired: Acquired): void {
  for (const { key } of works.filter((one) => one.step === "ready" && one.item === null))
    void sending(async () => {
      try {
        await announceOne(key, acquired);
      } catch (fault) {
        fail(key, fault);
        return;
      }
      await carry(key);
    });
}

async function announceOne(key: string, acquired: Acquired): Promise<void> {
  const work = workOf(key);
  if (work === undefined || work.digest === null) return;
  put(key, { step: "signing" });
  const asked = Date.now();
  const start = await api.get<IntakeStart>(`${base}/start`);
  const device = await sessionDevice().catch(() => {
    throw new Refused(0, "NO_DEVICE");
  });
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
  const item = Id.make({ clock: { now: () => new Date() }, random });
  const { officerName, source, authority, place, note } = acquired;
  const ask = await statementOf(
    {
      facts: {
        ...{ item, node: start.node, officer: start.officer, desk: start.desk, device: Id.parse(device.id) },
        method: work.pasted ? "pasted" : acquired.method,
        mediaType: mediaTypeOf(work.name),
        size: work.size,
        takenAt: acquired.takenAt,
      },
      digest: work.digest,
      hidden: { fileName: work.name, officerName, source, authority, place, note },
      clockOffset: (asked + Date.now()) / 2 - Date.parse(start.now),
    },
    device,
  );
  const given = { ...ask, ...(acquired.case === null ? {} : { case: acquired.case }) };
  const intake = await api.post<Intake>(base, given);
  // Another than ours where the same file came in before, and nobody here heard how it went.
  put(key, { item: intake.item });
}

const allThere = (item: Id): Promise<boolean> =>
  api.get<Intake>(`${base}/${item}`).then(
    ({ state }) => state === "sealing" || state === "sealed",
    () => false,
  );

/** Sends what the node lacks and waits in the background until it is sealed. */
async function carry(key: string): Promise<void> {
  const work = workOf(key);
  const file = files.get(key);
  if (!work?.item || file === undefined) return;
  try {
    const { received, state } = await api.get<Intake>(`${base}/${work.item}`);
    put(key, { step: "sending", part: received / work.size });
    if (state !== "sealing" && state !== "sealed") {
      const going = send(work.item, file, received > 0, (sent) => put(key, { part: sent / work.size }));
      sendings.set(key, going);
      await going.done;
      await api.post(`${base}/${work.item}/seal`);
    }
  } catch (fault) {
    // All may be there, and only the answer that said so was lost.
    if (!(await allThere(work.item))) {
      fail(key, fault);
      return;
    }
  } finally {
    sendings.delete(key);
  }
  put(key, { step: "sealing", fault: null });
  void sealed(key, work.item);
}

async function sealed(key: string, item: Id): Promise<void> {
  for (let wait = 250; ; wait = Math.min(wait * 1.5, 3_000)) {
    // A line that is away for a while does not change what the node is doing.
    const intake = await api.get<Intake>(`${base}/${item}`).catch((fault: unknown) => faultOf(fault));
    if (intake instanceof Refused) {
      if (intake.status !== 0 && intake.status < 500) {
        fail(key, intake);
        return;
      }
    } else if (intake.refusal !== null && intake.state === "refused") {
      fail(key, new Refused(422, intake.refusal.code, { facts: intake.refusal.facts }));
      return;
    } else if (intake.state === "sealed") {
      files.delete(key);
      put(key, { step: "sealed", part: 1 });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** Tries again from where it broke: hashes anew, or goes on sending. */
export function retry(key: string): void {
  const work = workOf(key);
  if (work === undefined) return;
  put(key, { fault: null, step: "waiting" });
  if (work.digest === null) void hashing(() => hash(key).catch((fault: unknown) => fail(key, fault)));
  else if (work.item === null) put(key, { step: "ready", part: 1 });
  else void sending(() => carry(key));
}

/** Takes a file off the list; what the node has of it is given up too, unless it is sealed. */
export async function drop(key: string): Promise<void> {
  const work = workOf(key);
  sendings.get(key)?.stop();
  files.delete(key);
  change(works.filter((one) => one.key !== key));
  if (work?.item && work.step !== "sealed") await giveUp(work.item);
}

export const giveUp = (item: Id): Promise<void> => api.delete(`${base}/${item}`);

/** Takes what is done off the list. */
export const clearDone = (): void => change(works.filter((one) => one.step !== "sealed"));

/** Seconds that this step still takes, as it went so far; null when nobody knows yet. */
export function leftOf(work: Work, now: number): number | null {
  const gone = (now - work.began) / 1000;
  const did = work.part - work.beganAt;
  return gone < 2 || did <= 0 || work.part >= 1 ? null : Math.round((gone / did) * (1 - work.part));
}

// When the line is back, what broke with it goes on by itself.
if (typeof window !== "undefined")
  window.addEventListener("online", () => {
    for (const work of works)
      if (work.step === "failed" && work.fault?.code === "NO_CONNECTION") retry(work.key);
  });
