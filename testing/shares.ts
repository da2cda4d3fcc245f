// For tests: a victim desk open, a person in it, her word, and the clicks that refer her or hand her over.
import { openVictimDesk, type VictimDesk } from "./victim-desk.ts";
import type { Nation } from "./nations.ts";
import type { Id, NodeCode } from "@simpul/model";
import { randomId } from "@simpul/features/victims/contract.ts";
import type { Consent, DataSet, Referred, Service, Share } from "@simpul/features/referrals/contract.ts";

export interface Helper extends VictimDesk {
  /** Her second factor for what leaves the state, bound to this share. */
  prove(share: Id): Promise<unknown>;
}

export async function helper(nation: Nation, officer: string): Promise<Helper> {
  const desk = await openVictimDesk(nation, officer);
  return {
    ...desk,
    prove: (record) =>
      desk.person.must("POST", "/api/access/step-up/exercise", { act: "victims.share", record }),
  };
}

export const nurul = {
  names: [{ text: "Nurul Hidayah EXERCISE", use: "own" as const }],
  languages: ["id"],
  ageSaid: "adult" as const,
};

export const newPerson = async (of: Helper, facts: object = nurul): Promise<Id> =>
  (await of.desk()).act((tx) => tx.create(facts));

export const word = (more: Partial<Consent> = {}): Consent => ({
  recipient: { kind: "state", state: "kh" as NodeCode },
  recipientName: "Cambodia",
  purpose: "help",
  data: ["name", "language", "needs"],
  onward: true,
  answer: "given",
  language: "id",
  text: "2026-11-27",
  how: "heard",
  interpreter: "",
  guardian: null,
  ...more,
});

export const says = async (of: Helper, person: Id, consent: Consent): Promise<Id> =>
  (await of.person.must<{ id: Id }>("POST", `/api/referrals/people/${person}/consent`, consent)).id;

export const given = (more: Partial<Referred> = {}): Omit<Referred, "desk"> => ({
  kind: "victim-desk",
  purpose: "help",
  urgent: false,
  data: { name: "Nurul Hidayah EXERCISE", language: "id" } satisfies Partial<Record<DataSet, string>>,
  note: "EXERCISE",
  onward: true,
  ...more,
});

/** Refers to another state's victim desk. */
export async function referTo(
  of: Helper,
  person: Id,
  state: string,
  more: Partial<Referred> = {},
): Promise<Id> {
  const share = randomId();
  await of.prove(share);
  await of.person.must("POST", `/api/referrals/people/${person}/refer`, {
    share,
    recipient: { kind: "state", state },
    given: given(more),
  });
  return share;
}

export async function handOver(of: Helper, person: Id, to: string, thread?: Id): Promise<Id> {
  const share = randomId();
  await of.prove(share);
  await of.person.must("POST", `/api/referrals/people/${person}/transfer`, {
    share,
    to,
    unnamed: false,
    ...(thread === undefined ? {} : { thread }),
  });
  return share;
}

export interface Seen {
  share: Share;
  person: { id: Id; pseudonym: string } | null;
  given: Record<string, unknown> | null;
  answer: Record<string, unknown> | null;
  link: string | null;
  steps: { step: string }[];
  holders: { share: Id; via: Id | null; state: string | null; closedAt: string | null; overdue: boolean }[];
}
export const share = (of: Helper, id: Id): Promise<Seen> =>
  of.person.must<Seen>("GET", `/api/referrals/shares/${id}`);

/** Waits until a share stands so; throws with how it stood last. */
export async function stands(of: Helper, id: Id, ...states: string[]): Promise<Seen> {
  return until(
    async () => {
      const got = await of.person.ask<Seen>("GET", `/api/referrals/shares/${id}`);
      return got.status === 200 && states.includes(got.body.share.state) ? got.body : null;
    },
    `${id} never stood ${states.join(" or ")}`,
  );
}

export async function until<T>(look: () => Promise<T | null>, what: string, ms = 20_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > end) throw new Error(what);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

export const service = (more: Partial<Service> = {}) => ({
  name: "Rumah Aman Melati (EXERCISE)",
  kinds: ["shelter"],
  languages: ["id", "en"],
  serves: ["women", "girls"],
  capacity: 12,
  place: "Jakarta",
  contact: "EXERCISE",
  way: "link",
  active: true,
  vettedUntil: "2099-01-01",
  ...more,
});
