// The board as a caseworker draws it: what we asked of others, what others ask of us, what was called back and by whom not
// yet answered. Names stay on her page; here stands what presses (VIC-4).
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { entriesOf, type AtDesk, type OpenDesk, type Person } from "../victims/contract.ts";
import type { Holder, NextOnTrack, Referred, Share, ShareKind } from "./contract.ts";
import type { Opening } from "./given.ts";
import { broughtKind, referralKind, stepKind, transferKind, type Referral } from "./kinds.ts";
import { LinkAnswer, linkPath, unbox } from "./links.ts";
import { ofTheDesk, shareRow, viewOf, type Db, type ReferralsNode, type ShareRow } from "./node.ts";
import { consentFacts, ownerOf, personOf, takenOf } from "./person.ts";
import { nextOnTrack } from "./tracks.ts";
import { knownBy } from "./transfer.ts";

const standingOf = ({ officer, purpose }: AtDesk) => ({ actor: officer, purpose });
const hour = 3_600_000;

export interface Card {
  share: Share;
  person: { id: Id; pseudonym: string } | null;
  recipientName: string;
  kind: string;
  urgent: boolean;
  /** The last step or word about it. */
  last: string | null;
  /** Of a service that said yes: its next step by the clock. */
  next: NextOnTrack | null;
  holders: Holder[];
}

/** Lists at most this many of what is over. */
const mostOver = 100;

export async function board(
  node: Opening,
  who: AtDesk,
): Promise<{
  out: Card[];
  came: (Card & { from: string })[];
  overrides: {
    person: { id: Id; pseudonym: string };
    override: Id;
    mine: boolean;
    because: string;
    at: string;
  }[];
}> {
  const desk = await node.compartment.open(who);
  const { rows, holders } = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("share.listed", {});
    const found =
      await sql<ShareRow>`(select * from simpul.victim_shares where state in ('pending', 'accepted')
        and what in ('referral', 'transfer', 'proposal'))
      union all (select * from simpul.victim_shares where state not in ('pending', 'accepted')
        and what in ('referral', 'transfer', 'proposal') and not (not ours and thread = id)
        order by changed_at desc, id limit ${mostOver})`.execute(db.rows);
    return { rows: found.rows, holders: await holdersOf(node, db, found.rows) };
  });
  const about = new Map<Id, Omit<Card, "share" | "holders">>();
  const overrides = [];
  const wanted = new Map(rows.map((row) => [row.id, row]));
  for (const person of desk.people()) {
    const head = { id: person.id, pseudonym: person.pseudonym };
    for (const { data } of entriesOf(person, referralKind)) {
      const row = wanted.get(data.share);
      if (row !== undefined)
        about.set(data.share, {
          ...headOf(person, data.share, head),
          recipientName: data.recipientName,
          kind: data.given.kind,
          urgent: data.given.urgent,
          next: trackOf(node, row, person, data),
        });
    }
    for (const { data } of entriesOf(person, transferKind))
      if (wanted.has(data.share))
        about.set(data.share, {
          ...headOf(person, data.share, head),
          recipientName: data.recipientName,
          kind: "transfer",
          urgent: false,
        });
    for (const taken of takenOf(person))
      if (wanted.has(taken.share))
        about.set(taken.share, {
          person: head,
          recipientName: "",
          kind: taken.what,
          urgent: false,
          last: null,
          next: null,
        });
    for (const one of consentFacts(person).overrides)
      if (one.review === null)
        overrides.push({
          person: head,
          override: one.id,
          mine: one.by === who.officer.id,
          because: one.override.because,
          at: one.at,
        });
  }
  const out: Card[] = [];
  const came: (Card & { from: string })[] = [];
  for (const row of rows) {
    const base = about.get(row.id) ?? {
      person: null,
      recipientName: row.peer?.toUpperCase() ?? "",
      kind: row.what,
      urgent: false,
      last: null,
      next: null,
    };
    const card = { ...base, share: viewOf(row), holders: holders.get(row.id) ?? [] };
    if (row.ours) out.push(card);
    else came.push({ ...card, ...(await givenHead(node, who, desk, row)), from: row.peer ?? "" });
  }
  return { out: out.sort(byClock), came: came.sort(byClock), overrides };
}

/** Of ours, once a service said yes; another state's desk keeps the track of what it accepted. */
function trackOf(
  node: ReferralsNode,
  row: Pick<ShareRow, "way" | "state" | "changed_at">,
  person: Pick<Person, "entries">,
  { share, given }: { share: Id; given: Pick<Referral["given"], "kind"> },
): NextOnTrack | null {
  if (row.way === "peer" || row.state !== "accepted") return null;
  const steps = entriesOf(person, stepKind).filter(({ data }) => data.share === share);
  const agreed = steps.find(({ data }) => data.step === "accepted");
  return nextOnTrack(node.terms, node.code, {
    kind: given.kind,
    acceptedAt: agreed?.at ?? row.changed_at.toISOString(),
    noted: steps.map(({ data }) => data.step),
  });
}

const headOf = (person: Parameters<typeof takenOf>[0], share: Id, head: { id: Id; pseudonym: string }) => ({
  person: head,
  last:
    entriesOf(person, stepKind)
      .filter(({ data }) => data.share === share)
      .at(-1)?.data.step ?? null,
  next: null,
});

const dueOf = ({ share, next }: Card): string => share.due ?? next?.due ?? "9";
/** What presses first: clocks that run, then the newest. */
const byClock = (a: Card, b: Card): number =>
  dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : a.share.changedAt < b.share.changedAt ? 1 : -1;

/** Of what came: which help, how urgent, and whom we know by it. */
async function givenHead(node: Opening, who: AtDesk, desk: OpenDesk, row: ShareRow) {
  const known = row.state === "pending" && row.what !== "referral" ? knownBy(desk, row.thread) : null;
  const person = known === null ? {} : { person: { id: known.id, pseudonym: known.pseudonym } };
  if (row.what !== "referral" || !["pending", "accepted"].includes(row.state)) return person;
  const content = (await node.readGiven(who, row.id))?.content as Referred | undefined;
  return { ...person, kind: content?.kind ?? row.what, urgent: content?.urgent ?? false };
}

async function holdersOf(
  node: ReferralsNode,
  db: Pick<Db, "rows">,
  rows: readonly ShareRow[],
): Promise<Map<Id, Holder[]>> {
  const list = new Map<Id, Holder[]>();
  const ids = rows.filter(({ ours }) => ours).map(({ id }) => id);
  if (ids.length === 0) return list;
  const found = await sql<{
    root: Id;
    share: Id;
    via: Id | null;
    state: Holder["state"];
    way: Holder["way"];
    told_at: Date | null;
    closed_at: Date | null;
  }>`select * from simpul.victim_share_holders where root = any(${ids}::uuid[]) order by root, via nulls first, share`.execute(
    db.rows,
  );
  const late = node.clock.now().getTime() - node.terms.hours.acknowledge.hours * hour;
  for (const { root, told_at, closed_at, ...one } of found.rows)
    list.set(root, [
      ...(list.get(root) ?? []),
      {
        ...one,
        toldAt: told_at?.toISOString() ?? null,
        closedAt: closed_at?.toISOString() ?? null,
        overdue: closed_at === null && told_at !== null && told_at.getTime() < late,
      },
    ]);
  return list;
}

/** One share in full: what was given, on which basis, who holds it, what was answered. */
export async function shareView(node: Opening, who: AtDesk, id: Id) {
  const desk = await node.compartment.open(who);
  const { row, holders } = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("share.viewed", { id });
    const found = await shareRow(db, id);
    return { row: found, holders: (await holdersOf(node, db, [found])).get(id) ?? [] };
  });
  const base = { share: viewOf(row), holders };
  if (!row.ours) {
    const given = await node.readGiven(who, id);
    const person = row.what === "referral" ? findTaken(desk, id) : knownBy(desk, row.thread);
    return {
      ...base,
      given: given?.content ?? null,
      person: headAs(person),
      answer: null,
      link: null,
      next: null,
      steps: [],
    };
  }
  for (const person of desk.people()) {
    const referral =
      entriesOf(person, referralKind).find(({ data: each }) => each.share === id)?.data ?? null;
    const data =
      referral ?? entriesOf(person, transferKind).find(({ data: each }) => each.share === id)?.data;
    if (data === undefined) continue;
    const link = referral?.link ?? null;
    return {
      ...base,
      next: referral === null ? null : trackOf(node, row, person, referral),
      given: referral?.given ?? null,
      recipientName: data.recipientName,
      basis: data.basis,
      person: headAs(person),
      answer: await answerOf(node, who, row, link),
      link: link !== null && row.state === "pending" ? linkPath(id, link) : null,
      steps: entriesOf(person, stepKind)
        .filter((one) => one.data.share === id)
        .map(({ at, by, data: step }) => ({ at, by: by.officer, ...step })),
    };
  }
  return {
    ...base,
    given: null,
    person: null,
    answer: await answerOf(node, who, row, null),
    link: null,
    next: null,
    steps: [],
  };
}

const headAs = (person: { id: Id; pseudonym: string } | null) =>
  person === null ? null : { id: person.id, pseudonym: person.pseudonym };

function findTaken(desk: OpenDesk, share: Id) {
  for (const person of desk.people()) if (takenOf(person).some((one) => one.share === share)) return person;
  return null;
}

/** What was answered; null while nothing was, or where it cannot be opened. */
export async function answerOf(
  node: Opening,
  who: AtDesk,
  row: ShareRow,
  link: string | null,
): Promise<unknown> {
  if (row.answer === null) return null;
  if (row.way === "peer") return node.unseal(who, row.answer);
  if (link === null) return null;
  const read = LinkAnswer.safeParse(unbox(Buffer.from(link, "base64url"), `answer ${row.id}`, row.answer));
  return read.success ? read.data : null;
}

/** On her own page: who looks after her, what runs, what other desks brought. */
export async function personView(node: Opening, who: AtDesk, id: Id) {
  const desk = await node.compartment.open(who);
  const person = personOf(desk, id);
  const owner = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("share.owner", {});
    return ownerOf(db, person);
  });
  return {
    person: { id: person.id, pseudonym: person.pseudonym, age: person.age },
    owner: owner?.state ?? null,
    brought: entriesOf(person, broughtKind).map(({ id: entry, at, data }) => ({
      id: entry,
      takenAt: at,
      ...data,
    })),
    taken: takenOf(person),
    named: person.facts.names.length > 0,
  };
}

/** Somebody looked at what was answered, returned or called back: it leaves the inbox. */
export async function see(node: ReferralsNode, standing: Standing, id: Id): Promise<void> {
  const because = ofTheDesk(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const row = await shareRow(tx, id, { lock: true });
    await sql`update simpul.victim_shares set seen_at = ${tx.at} where id = ${row.id}`.execute(tx.rows);
    tx.note("share.seen", { id });
  });
  node.wake(`shares:${node.code}`);
}

export type { ShareKind };
