// What the open desk is shown: the list in the order in which it should be looked at, and one message whole.
import type { AtDesk } from "@simpul/features/victims/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { excludedIn, notToTellIn, ofKind, readThread, readThreads, standing, type Thread } from "./book.ts";
import { DistressError } from "./contract.ts";
import type {
  CalledBack,
  DeskState,
  DraftView,
  MessageHead,
  MessageView,
  RecipientView,
} from "./contract.ts";
import { ofTheDesk, standingOf, type EmergencyNode } from "./node.ts";
import { recipients, type ListedRecipient } from "./places.ts";
import { alike, dueSteps, pressing, steps } from "./rules.ts";
import { keptOut } from "./tell.ts";

const minute = 60_000;
/** How long the desk is shown that something was taken back, in milliseconds. */
const calledBackShown = 14 * 24 * 60 * minute;

function clockOf(thread: Thread, now: Date): MessageHead["clock"] {
  const open = thread.messages.filter((one) => one.takenBy === null);
  const oldest = open.toSorted((a, b) => a.clockAt.getTime() - b.clockAt.getTime())[0];
  if (oldest === undefined) return null;
  const done = dueSteps(oldest.clockAt, now);
  const next = steps.find(({ level }) => !done.includes(level)) ?? steps.at(-1)!;
  return { level: next.level, due: new Date(oldest.clockAt.getTime() + next.after * minute).toISOString() };
}

/** What was said last about something; an empty later word does not take an earlier one back. */
const lastSaid = <T>(
  thread: Thread,
  of: (said: Thread["messages"][number]["message"]["said"]) => T | null | "",
): T | null =>
  (thread.messages
    .map(({ message }) => of(message.said))
    .findLast((value) => value !== null && value !== "") as T | null) ?? null;

export function headOf(
  node: EmergencyNode,
  thread: Thread,
  names: ReadonlyMap<Id, { name: string }>,
): MessageHead {
  const first = thread.messages[0]!.message;
  const last = thread.messages.at(-1)!;
  const by = thread.messages.findLast((one) => one.takenBy !== null)?.takenBy ?? null;
  const settled = [...ofKind(thread, "informed"), ...ofKind(thread, "inform-dropped")].map(
    (one) => one.fact.of,
  );
  return {
    id: thread.id,
    at: last.message.at,
    via: first.via,
    from: first.from?.state ?? null,
    language: first.said.language,
    where: (first.from?.told ?? lastSaid(thread, (said) => said.where) ?? first.said.more).slice(0, 300),
    many: lastSaid(thread, (said) => said.many),
    danger: lastSaid(thread, (said) => said.danger),
    child: thread.messages.some(({ message }) => message.said.child),
    slowed: first.slowed,
    state: standing(thread),
    takenBy: by === null ? null : (names.get(by)?.name ?? ""),
    clock: clockOf(thread, node.clock.now()),
    drafts: ofKind(thread, "inform-drafted").filter((one) => !settled.includes(one.id)).length,
  };
}

const officersIn = (threads: readonly Thread[]): Id[] => [
  ...new Set(
    threads
      .flatMap((thread) => [
        ...thread.messages.flatMap((one) => [one.takenBy, one.message.by as Id | null]),
        ...thread.facts.map((one) => one.by as Id),
      ])
      .filter((one) => one !== null),
  ),
];

/** In the order in which they press; what came through a flood comes behind what did not. */
export async function listMessages(
  node: EmergencyNode,
  who: AtDesk,
): Promise<{ messages: MessageHead[]; unread: number; calledBack: CalledBack[] }> {
  const { threads, unread } = await readThreads(node, who);
  const back = await node.store.read(standingOf(who), (db) => {
    db.noteRead("distress.called-back-read", {});
    return sql<{ state: string; at: Date }>`select state, at from simpul.distress_called_back
      where at > ${new Date(node.clock.now().getTime() - calledBackShown)} order by at desc limit 20`.execute(
      db.rows,
    );
  });
  const names = await node.directory.officers(officersIn(threads));
  const messages = threads.map((thread) => headOf(node, thread, names));
  const weight = (one: MessageHead): number =>
    pressing({ taken: one.state !== "waits", danger: one.danger, child: one.child }) +
    (one.slowed ? 5 : 0) +
    (one.state === "closed" ? 100 : 0);
  messages.sort((a, b) => weight(a) - weight(b) || (a.at < b.at ? -1 : 1));
  return {
    messages,
    unread,
    calledBack: back.rows.map(({ state, at }) => ({ state, at: at.toISOString() })),
  };
}

const recipientView = (thread: Thread, one: ListedRecipient): RecipientView => ({
  to: one.to,
  name: one.name,
  agency: one.agencyName,
  agencyKind: one.agencyKind,
  keptOut: keptOut(thread, one),
});

export async function viewMessage(node: EmergencyNode, who: AtDesk, id: Id): Promise<MessageView> {
  const { desk, thread, threads } = await readThread(node, who, id);
  const listed = await recipients(node);
  const names = await node.directory.officers([
    ...officersIn([thread]),
    ...excludedIn(thread).flatMap((one) => (one.kind === "officer" ? [one.id as Id] : [])),
  ]);
  const person = (one: string): string => names.get(one as Id)?.name ?? "";
  const told = await toldOf(
    node,
    who,
    ofKind(thread, "informed").map((one) => one.fact.told as Id),
  );
  const deskNames = await node.directory.desks(
    [...excludedIn(thread), ...ofKind(thread, "inform-drafted").map((one) => one.fact.to)].flatMap((one) =>
      one.kind === "desk" ? [one.id as Id] : [],
    ),
  );
  const agencies = await agencyNames(node, who);
  const nameOf = (kind: string, of: string): string =>
    kind === "officer"
      ? person(of)
      : kind === "desk"
        ? (deskNames.get(of as Id)?.name ?? "")
        : kind === "agency"
          ? (agencies.get(of) ?? "")
          : of;
  const own = thread.messages.at(-1)!.message.said;
  return {
    ...headOf(node, thread, names),
    said: thread.messages.map(({ id: nth, message }) => {
      const where = node.fromZawgyi(message.said.where);
      const more = node.fromZawgyi(message.said.more);
      return {
        ...{ id: nth, at: message.at, via: message.via, said: message.said, cut: message.cut },
        by: message.by === null ? null : person(message.by),
        from: message.from,
        turned:
          where === null && more === null
            ? null
            : { where: where ?? message.said.where, more: more ?? message.said.more },
      };
    }),
    story: thread.facts.map((one) => ({
      ...{ id: one.id, at: one.at, by: person(one.by), kind: one.fact.kind },
      ...storyOf(one.fact, nameOf, desk),
    })),
    not: notToTellIn(thread),
    excluded: excludedIn(thread).map((one) => ({
      ...{ id: one.fact, kind: one.kind, why: one.why },
      name: nameOf(one.kind, one.id),
    })),
    recipients: listed.map((one) => recipientView(thread, one)),
    tellings: draftsOf(node, who, { thread, listed, told, person, deskNames }),
    alike: threads
      .filter((other) => other !== thread)
      .map((other) => ({
        id: other.id,
        at: other.messages.at(-1)!.message.at,
        where: other.messages[0]!.message.said.where.slice(0, 120),
        because: alike(own, other.messages.at(-1)!.message.said),
      }))
      .filter((one) => one.because.length > 0)
      .slice(0, 20),
    people: ofKind(thread, "linked").flatMap((one) => {
      const found = desk.person(one.fact.person as Id);
      return found === null ? [] : [{ pseudonym: found.pseudonym }];
    }),
    mayAnswer: thread.messages.some((one) => one.message.reply !== null),
  };
}

function storyOf(
  fact: Thread["facts"][number]["fact"],
  nameOf: (kind: string, id: string) => string,
  desk: { person(id: Id): { pseudonym: string } | null },
): { text: string; what: Record<string, string> } {
  switch (fact.kind) {
    case "taken":
      return { text: "", what: {} };
    case "noted":
    case "answered":
      return { text: fact.text, what: {} };
    case "called":
      return { text: fact.text, what: {} };
    case "excluded":
      return { text: fact.why, what: { kind: fact.who.kind, name: nameOf(fact.who.kind, fact.who.id) } };
    case "let-in":
    case "inform-dropped":
      return { text: fact.why, what: {} };
    case "said-otherwise":
      return { text: fact.how, what: { word: fact.word } };
    case "linked":
      return { text: "", what: { person: desk.person(fact.person as Id)?.pseudonym ?? "" } };
    case "inform-drafted":
      return { text: fact.why, what: { kind: fact.to.kind, name: nameOf(fact.to.kind, fact.to.id) } };
    case "informed":
      return { text: "", what: {} };
    case "closed":
      return { text: fact.text, what: { why: fact.why } };
  }
}

function draftsOf(
  node: EmergencyNode,
  who: AtDesk,
  of: {
    thread: Thread;
    listed: readonly ListedRecipient[];
    told: ReadonlyMap<string, ToldRow>;
    person(id: string): string;
    deskNames: ReadonlyMap<Id, { name: string; agency: { name: string; kind: RecipientView["agencyKind"] } }>;
  },
): DraftView[] {
  const { thread, listed } = of;
  return ofKind(thread, "inform-drafted").map((one) => {
    const { to, text, why } = one.fact;
    const informed = ofKind(thread, "informed").find((each) => each.fact.of === one.id);
    const dropped = ofKind(thread, "inform-dropped").some((each) => each.fact.of === one.id);
    const state = informed !== undefined ? "told" : dropped ? "dropped" : "waits";
    const here = listed.find((each) => each.to.kind === to.kind && each.to.id === to.id);
    const known = to.kind === "desk" ? of.deskNames.get(to.id as Id) : undefined;
    const answered = informed === undefined ? undefined : of.told.get(informed.fact.told);
    const decision = node.policy.decide({
      ...{ officer: who.officer, purpose: who.purpose, now: node.clock.now() },
      act: "distress.tell",
      record: { kind: "order", id: one.id, author: one.by as Id },
    });
    const agrees = decision.allowed || decision.needs === "step-up";
    return {
      ...{ id: one.id, text, why, by: of.person(one.by), at: one.at, state },
      to:
        here !== undefined
          ? recipientView(thread, here)
          : {
              ...{ to: to as RecipientView["to"], name: known?.name ?? "", agency: known?.agency.name ?? "" },
              ...{ agencyKind: known?.agency.kind ?? null, keptOut: null },
            },
      answer:
        answered !== undefined && answered.answered_at !== null
          ? { text: answered.answer ?? "", at: answered.answered_at.toISOString() }
          : null,
      calledBack: calledBackOf(answered),
      may: state !== "waits" ? [] : [...(agrees ? (["agree"] as const) : []), "drop" as const],
    };
  });
}

interface ToldRow {
  id: Id;
  answer: string | null;
  answered_at: Date | null;
  state: string | null;
  seen_at: Date | null;
  withdrawn_at: Date | null;
  gone_at: Date | null;
  gone_taken: boolean | null;
  gone_onward: string[] | null;
  gone_waits: string[];
}
async function toldOf(
  node: EmergencyNode,
  who: AtDesk,
  ids: readonly Id[],
): Promise<ReadonlyMap<string, ToldRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await node.store.read(standingOf(who), (db) => {
    db.noteRead("distress.answers-read", {});
    return sql<ToldRow>`select id, answer, answered_at, state, seen_at, withdrawn_at, gone_at, gone_taken, gone_onward,
        gone_waits
      from simpul.distress_told where id = any(${ids}::uuid[])`.execute(db.rows);
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** From a desk of this state it is gone at once. */
function calledBackOf(row: ToldRow | undefined): DraftView["calledBack"] {
  if (row === undefined || row.withdrawn_at === null) return null;
  const at = row.withdrawn_at.toISOString();
  if (row.state === null) return { at, gone: { at, taken: row.seen_at !== null, onward: [], waits: [] } };
  return {
    at,
    gone:
      row.gone_at === null
        ? null
        : {
            ...{ at: row.gone_at.toISOString(), taken: row.gone_taken! },
            ...{ onward: row.gone_onward ?? [], waits: row.gone_waits },
          },
  };
}

async function agencyNames(node: EmergencyNode, who: AtDesk): Promise<ReadonlyMap<string, string>> {
  const { rows } = await node.store.read(standingOf(who), (db) => {
    db.noteRead("distress.agencies-read", {});
    return sql<{ id: Id; name: string }>`select id, name from simpul.agencies limit 1000`.execute(db.rows);
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** How the desk stands for her, without opening it: counts and clocks only. */
export async function deskState(node: EmergencyNode, who: AtDesk): Promise<DeskState> {
  const open = await node.compartment.open(who).then(
    () => true,
    (fault: unknown) => {
      if ((fault as { code?: string }).code === "DESK_CLOSED") return false;
      throw fault;
    },
  );
  return node.store.read(standingOf(who), async (db) => {
    db.noteRead("distress.state-read", {});
    const { rows } = await sql<{
      listed: boolean;
      waiting: number;
      call: boolean;
    }>`select simpul.opens_distress() as listed,
      (select count(*)::int from simpul.distress_messages where taken_by is null) as waiting,
      exists (select 1 from simpul.distress_steps s join simpul.distress_messages m on m.id = s.message_id
        where s.level = 'phone' and m.taken_by is null) as call`.execute(db.rows);
    const phones = await sql<{ name: string; phone: string }>`select name, phone from simpul.distress_phones
      order by position`.execute(db.rows);
    const { listed, waiting, call } = rows[0]!;
    return {
      ...{ onList: listed, open, waiting: listed ? waiting : null, call, phones: phones.rows },
      keepsPhones: who.officer.roles.includes("supervisor"),
      page: node.page,
    };
  });
}

export async function keepPhones(
  node: EmergencyNode,
  who: AtDesk,
  phones: readonly { name: string; phone: string }[],
): Promise<void> {
  const because = ofTheDesk(node, who);
  if (!who.officer.roles.includes("supervisor")) throw new DistressError("NOT_FOUND");
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    await sql`delete from simpul.distress_phones`.execute(tx.rows);
    for (const [nth, one] of phones.entries())
      await sql`insert into simpul.distress_phones (position, name, phone, changed_by, changed_at)
        values (${nth}, ${one.name}, ${one.phone}, ${who.officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("distress.phones-kept", { count: phones.length });
  });
}
