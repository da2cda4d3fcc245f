// What this room knows of one person from her sealed facts: her consent as it stands, what was shared, who has her.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { entriesOf, type Away, type DueDay, type OpenDesk, type Person } from "../victims/contract.ts";
import { ReferralsError } from "./contract.ts";
import {
  consentKind,
  overrideKind,
  referralKind,
  reviewedKind,
  takenKind,
  transferKind,
  withdrawnKind,
} from "./kinds.ts";
import type { Db, ShareRow } from "./node.ts";
import { ownerBy, type Facts } from "./rules.ts";

/** Throws `NOT_FOUND`. */
export function personOf(desk: OpenDesk, id: Id): Person {
  const person = desk.person(id);
  if (person === null) throw new ReferralsError("NOT_FOUND");
  return person;
}

export function consentFacts(person: Pick<Person, "entries">): Facts {
  return {
    consents: entriesOf(person, consentKind).map(({ id, at, data }) => ({ id, at, consent: data })),
    withdrawn: new Map(entriesOf(person, withdrawnKind).map(({ at, data }) => [data.consent, at])),
    overrides: entriesOf(person, overrideKind).map(({ id, at, by, data }) => {
      const review = entriesOf(person, reviewedKind).find((one) => one.data.override === id);
      return {
        ...{ id, at, override: data, by: by.officer ?? "" },
        review: review === undefined ? null : { upheld: review.data.upheld },
      };
    }),
  };
}

/** Shared without her word, and not yet looked at by somebody else. */
export const reviewsOf = (person: Person): DueDay[] =>
  consentFacts(person)
    .overrides.filter(({ review }) => review === null)
    .map(({ at }) => ({
      on: at.slice(0, 10),
      words: "referrals.review.waits",
      to: `/referrals/people/${person.id}`,
    }));

export interface Made {
  share: Id;
  person: Id;
  what: "referral" | "transfer";
  at: string;
  basis: { kind: "consent" | "override" | "onward"; id: Id };
}

/** Everything of hers that went out. */
export const madeFor = (person: Person): Made[] =>
  [
    ...entriesOf(person, referralKind).map((one) => ({ ...one, what: "referral" as const })),
    ...entriesOf(person, transferKind).map((one) => ({ ...one, what: "transfer" as const })),
  ].map(({ what, at, data }) => ({ what, at, person: person.id, share: data.share, basis: data.basis }));

export const takenOf = (person: Person) =>
  entriesOf(person, takenKind).map(({ data, at }) => ({ ...data, at }));

export async function rowsOf(db: Pick<Db, "rows">, ids: readonly Id[]): Promise<Map<Id, ShareRow>> {
  if (ids.length === 0) return new Map();
  const { rows } =
    await sql<ShareRow>`select * from simpul.victim_shares where id = any(${ids}::uuid[])`.execute(db.rows);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Whom another state's desk looks after, or is offered: both sides see a hand-over as pending (VIC-4). Whoever is in this
 * desk's care and offered to nobody has no line.
 */
export async function awayOf(
  db: Pick<Db, "rows">,
  people: readonly Person[],
): Promise<ReadonlyMap<Id, Away>> {
  const given = new Map(
    people.map((person) => [
      person,
      entriesOf(person, transferKind).map(({ at, data }) => ({ at, ...data })),
    ]),
  );
  const rows = await rowsOf(
    db,
    [...given.values()].flat().map((one) => one.share),
  );
  const away = new Map<Id, Away>();
  for (const [person, all] of given) {
    const offers = all.map((one) => ({
      at: one.at,
      state: rows.get(one.share)?.state ?? "pending",
      to: one.recipient.kind === "state" ? one.recipient.state : null,
      share: one.share,
    }));
    const came = takenOf(person).filter((one) => one.what === "transfer");
    const owner = ownerBy([
      ...offers.map((one) => ({ ...one, ours: true })),
      ...came.map((one) => ({ at: one.at, state: "accepted" as const, to: null, ours: false })),
    ]);
    const pending = owner === null;
    const last = offers.filter((one) => one.state === (pending ? "pending" : "accepted")).at(-1);
    const state = owner ?? last?.to ?? null;
    if (last !== undefined && state !== null) away.set(person.id, { state, share: last.share, pending });
  }
  return away;
}

/** The state whose desk looks after her now; null: this one. */
export async function ownerOf(
  db: Pick<Db, "rows">,
  person: Person,
): Promise<{ state: NodeCode; share: Id } | null> {
  const away = (await awayOf(db, [person])).get(person.id);
  return away === undefined || away.pending ? null : away;
}
