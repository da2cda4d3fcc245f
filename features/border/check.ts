// One person checked: against the lists at hand and, by private check, those that stay with their state; then forgotten.
import { setTimeout as sleep } from "node:timers/promises";
import { ExchangeError } from "@simpul/exchange";
import { nameBirthKey } from "@simpul/match/names";
import { documentKey } from "@simpul/match/profiles";
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ListInUse } from "../watch-lists/contract.ts";
import { BorderError, type AskBorder, type BorderChecked, type Decision, type Hit } from "./contract.ts";
import { may, type BorderNode, type OfOfficer } from "./node.ts";
import { keepPace } from "./pace.ts";
import { answerOf, indexOf, judge, travellerOf, type Index, type Traveller } from "./rules.ts";
import terms from "./terms.json" with { type: "json" };

interface Purpose {
  id: Id;
  legal_basis: string;
  secret: string;
  lists: Id[];
}

/** A hit before it has its number: of a list that stays, without an entry. */
interface Meeting {
  kind: "compare" | "listed";
  by: "document" | "name-birth";
  list: ListInUse;
  entry: ListInUse["entries"][number] | null;
}

/** Purposes in force for a desk, the newest first. */
export async function purposesOf(db: Pick<Writer, "rows">, desk: Id, now: Date): Promise<Purpose[]> {
  const { rows } = await sql<Purpose>`select id, legal_basis, secret, lists from simpul.border_purposes
    where state = 'active' and until > ${now} and ${desk} = any(desks) order by agreed_at desc`.execute(
    db.rows,
  );
  return rows;
}

/** Throws `NO_STANDING_PURPOSE` where none is in force for her desk (HIT-2), and what reading and pace throw. */
export async function checkPerson(
  node: BorderNode,
  standing: OfOfficer,
  ask: AskBorder,
): Promise<BorderChecked> {
  const because = may(node, standing, "border.check");
  const now = node.clock.now();
  const { desk, id: officer } = standing.actor;
  const inUse = await node.lists.inUse();
  const { purposes, kept } = await node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("border.purposes-read", {});
    return { purposes: await purposesOf(db, desk, now), kept: await node.lists.keptFrom(db, inUse) };
  });
  const [purpose] = purposes;
  if (purpose === undefined) throw new BorderError("NO_STANDING_PURPOSE");
  const who = travellerOf(ask, now.toISOString().slice(0, 10));
  await keepPace(node, officer, who.document);
  const wanted = new Set(purposes.flatMap(({ lists }) => lists).filter((id) => !kept.has(id)));
  const { lists, index } = scoped(inUse, wanted);
  const found: Meeting[] = judge(index, who, now);
  const { meetings, away, limited } = await askAround(node, lists, { purpose, officer, who });
  const all = [...found, ...meetings];
  const hits = await node.store.write(standing, (tx) => keep(tx, { because, purpose, desk, officer }, all));
  const { name, birth, document, expired, stateKnown } = who;
  return {
    ...{ answer: answerOf(all), hits, read: { name, birth, document, expired, stateKnown } },
    ...{ lists: lists.length, away, limited },
  };
}

/** The lists of a purpose with their index, made once as long as they are the same. */
let scope: { of: readonly ListInUse[]; key: string; lists: ListInUse[]; index: Index } | null = null;
function scoped(all: readonly ListInUse[], wanted: ReadonlySet<Id>): { lists: ListInUse[]; index: Index } {
  const key = [...wanted].sort().join();
  if (scope?.of !== all || scope.key !== key) {
    const lists = all.filter(({ id }) => wanted.has(id));
    scope = { of: all, key, lists, index: indexOf(lists) };
  }
  return scope;
}

/** Counts her, notes the check without a value, and keeps what a list knew. */
async function keep(
  tx: Writer,
  of: { because: readonly string[]; purpose: Purpose; desk: Id; officer: Id },
  all: readonly Meeting[],
): Promise<Hit[]> {
  tx.allowed(of.because);
  const answer = answerOf(all);
  const compared = answer === "compare" ? 1 : 0;
  const listed = answer === "listed" ? 1 : 0;
  await sql`insert into simpul.border_counts as c (purpose_id, desk_id, day, checked, compared, listed)
    values (${of.purpose.id}, ${of.desk}, ${tx.at.toISOString().slice(0, 10)}, 1, ${compared}, ${listed})
    on conflict (purpose_id, desk_id, day) do update set checked = c.checked + 1,
      compared = c.compared + excluded.compared, listed = c.listed + excluded.listed`.execute(tx.rows);
  const hits: Hit[] = [];
  for (const { kind, by, list, entry } of all) {
    const id = tx.newId();
    await sql`insert into simpul.border_hits (id, purpose_id, desk_id, officer_id, at, kind, list_id, entry_id, found_by)
      values (${id}, ${of.purpose.id}, ${of.desk}, ${of.officer}, ${tx.at}, ${kind}, ${list.id}, ${entry?.id ?? null},
        ${by})`.execute(tx.rows);
    hits.push(hitOf({ id, kind, by, at: tx.at }, list, entry));
  }
  tx.note("border.checked", { id: tx.newId(), purpose: of.purpose.id, answer });
  return hits;
}

export function hitOf(
  of: { id: Id; kind: "compare" | "listed"; by: "document" | "name-birth"; at: Date },
  list: Pick<ListInUse, "origin" | "title" | "call">,
  entry: ListInUse["entries"][number] | null,
): Hit {
  const { id, kind, by, at } = of;
  const shown =
    entry === null
      ? null
      : {
          ...{ name: entry.name, birth: entry.birth, document: entry.document, role: entry.role },
          ...{ evaluation: entry.evaluation, whatToDo: entry.whatToDo, note: entry.note },
        };
  return {
    id,
    kind,
    by,
    origin: list.origin,
    list: list.title,
    call: list.call,
    at: at.toISOString(),
    entry: shown,
  };
}

/** Peers that were silent a moment ago: the queue does not wait for each of them again. */
const resting = new Map<NodeCode, number>();

async function askAround(
  node: BorderNode,
  lists: readonly ListInUse[],
  of: { purpose: Purpose; officer: Id; who: Traveller },
): Promise<{ meetings: Meeting[]; away: NodeCode[]; limited: NodeCode[] }> {
  const staying = lists.filter(({ stays }) => stays !== null);
  const peers = [...new Set(staying.map(({ origin }) => origin))];
  const now = node.clock.now().getTime();
  const away: NodeCode[] = [];
  const limited: NodeCode[] = [];
  const asked = await Promise.all(
    peers.map(async (peer): Promise<Meeting[]> => {
      const theirs = staying.filter(({ origin, until }) => origin === peer && Date.parse(until) > now);
      if ((resting.get(peer) ?? -Infinity) > now) {
        away.push(peer);
        return [];
      }
      try {
        const known = await within(
          node.lists.askStaying(peer, {
            ...{ purpose: of.purpose.id, secret: of.purpose.secret, legalBasis: of.purpose.legal_basis },
            officer: of.officer,
            lists: theirs.map(({ id, stays }) => ({ id, stays: stays! })),
            document: of.who.document === null ? null : documentKey(of.who.document),
            nameBirth: nameBirthKey(of.who.name, of.who.birth),
          }),
        );
        if (known === "limited") limited.push(peer);
        // What stays there shows no birthday to compare: that state says more when it is called.
        return known === "limited"
          ? []
          : known.map(({ list, by }) => ({
              ...{ kind: by === "document" ? ("listed" as const) : ("compare" as const), by, entry: null },
              list: theirs.find(({ id }) => id === list)!,
            }));
      } catch (fault) {
        if (!(fault instanceof ExchangeError)) throw fault;
        resting.set(peer, now + terms.peerRestMs);
        away.push(peer);
        return [];
      }
    }),
  );
  return { meetings: asked.flat(), away: away.sort(), limited: limited.sort() };
}

/** So long the queue waits for another state. */
async function within<T>(work: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = sleep(terms.peerWaitMs, null, { signal: stop.signal }).then(() =>
    Promise.reject(new ExchangeError("TIMEOUT")),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}

/** HIT-7: an officer looked, and says whether it is that person. */
export async function decideHit(
  node: BorderNode,
  standing: OfOfficer,
  id: Id,
  ask: { is: Decision; note: string },
): Promise<void> {
  const because = may(node, standing, "border.check");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ decided: string | null }>`select decided from simpul.border_hits
      where id = ${id} for update`.execute(tx.rows);
    if (rows[0] === undefined) throw new BorderError("NOT_FOUND", id);
    if (rows[0].decided !== null && rows[0].decided !== "unsure")
      throw new BorderError("ALREADY_DECIDED", id);
    await sql`update simpul.border_hits set decided = ${ask.is}, decided_by = ${standing.actor.id},
      decided_at = ${tx.at}, note = ${ask.note} where id = ${id}`.execute(tx.rows);
    tx.note("border.hit-decided", { id, is: ask.is });
  });
}
