// Reading the room: the list of spaces, one space with its parties and lines, the things in it, and what could be put in.
import { Evaluation, type Id, type NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import {
  JointError,
  kindOfRecord,
  type Note,
  type Page,
  type PartyView,
  type Phase,
  type SpaceAct,
  type SpaceChoice,
  type SpaceHead,
  type SpaceView,
  type ThingKind,
  type ThingView,
} from "./contract.ts";
import { asksUs as documentAsksUs, documentsOf } from "./documents.ts";
import { endsOf } from "./ends.ts";
import { evaluatedBy, evaluationsOf, keptOf } from "./evaluation.ts";
import { spokenOf, wordsOf } from "./note-words.ts";
import { mayDraft, maySpace, type Db, type JointNode, type OfOfficer, type SpaceActName } from "./node.ts";
import { asksUs } from "./note.ts";
import { heldOf, hexOf, iso, policyFacts, type Held, type ThingRow } from "./records.ts";
import {
  endOf,
  noteOf,
  outBy,
  partiesIn,
  partyStands,
  phaseOf,
  purgeBy,
  recipientsOf,
  shunnedBy,
} from "./rules.ts";
import { spacesOf } from "./send.ts";
import { aboutThing } from "./titles.ts";

const newestNote = (held: Held) => held.notes.filter((one) => one.signed !== null).at(-1) ?? held.notes[0]!;
const ruling = (node: JointNode, held: Held) => {
  const note = noteOf(held.facts, node.code);
  return note === null ? newestNote(held) : held.notes.find((one) => one.version === note.version)!;
};

export async function listSpaces(node: JointNode, standing: Standing): Promise<SpaceHead[]> {
  return node.store.read(standing, async (db) => {
    const spaces = await spacesOf(db);
    db.noteRead("joint.listed", { shown: spaces.length });
    const { rows } = await sql<{
      space_id: Id;
      n: number;
    }>`select space_id, count(*)::int as n from simpul.joint_things
      where state = 'standing' and content is not null group by space_id`.execute(db.rows);
    const counts = new Map(rows.map((row) => [row.space_id, row.n]));
    const evaluated = await evaluatedBy(db, node.code);
    return spaces.map((held) => {
      const { note } = ruling(node, held);
      return {
        ...{
          id: held.row.id,
          title: held.row.title,
          phase: shownPhase(node, held, evaluated.has(held.row.id)),
        },
        ...{ proposer: held.row.proposer, parties: note.parties, until: note.until },
        ...{ things: counts.get(held.row.id) ?? 0, changedAt: iso(held.row.changed_at) },
        asksUs: mayDraft(node, standing) && asksUs(node.code, held).length > 0,
      };
    });
  });
}

/** JIT-2: closed, and evaluated by this state, it is a matter of the archive. */
const shownPhase = (node: JointNode, held: Held, evaluated: boolean): Phase => {
  const phase = phaseOf(held.facts, node.code, node.clock.now());
  return phase === "purged" && evaluated ? "archived" : phase;
};

/** The version that was signed before this one. */
const versionBefore = (held: Held, of: Note): Note | null =>
  held.notes.findLast((one) => one.signed !== null && one.note.version < of.version)?.note ?? null;

export async function viewSpace(node: JointNode, standing: OfOfficer, id: Id): Promise<SpaceView> {
  const lines = new Map((await node.lines()).map((one) => [one.node, one]));
  return node.store.read(standing, async (db) => {
    const held = await heldOf(db, id);
    const { allowed, because } = maySpace(node, standing, "joint.view", policyFacts(node, held));
    if (!allowed) throw new JointError("NOT_FOUND");
    db.allowed(because);
    db.noteRead("joint.viewed", { id });
    const { note, digest } = ruling(node, held);
    const draft = held.notes.find((one) => one.signed === null && one.note !== note);
    const next = draft ?? asksUs(node.code, held).find((one) => one.note !== note);
    const evaluations = await evaluationsOf(db, id);
    const phase = shownPhase(
      node,
      held,
      evaluations.some((one) => one.party === node.code),
    );
    const parties = await partiesOf(node, db, held, lines);
    const words = await wordsOf(db, [id]);
    const cleared = words.some(
      (one) =>
        one.kind === "clearance" && one.party === node.code && one.digest === held.notes.at(-1)!.digest,
    );
    const may = mayDo(node, standing, held, parties).filter((act) => act !== "clear" || !cleared);
    const { rows } = await sql<{ kind: ThingKind; count: number }>`select kind, count(*)::int as count
      from simpul.joint_things where space_id = ${id} and state = 'standing' and content is not null group by kind`.execute(
      db.rows,
    );
    return {
      ...{ id, own: node.code, phase, note, digest, parties, counts: rows, because },
      next:
        next === undefined
          ? null
          : {
              ...{ note: next.note, digest: next.digest, sent: next.signed !== null },
              approvedBy: held.approvals
                .filter((one) => one.version === next.version)
                .map((one) => one.party),
            },
      documents: (await documentsOf(db, id)).map((one) => ({
        ...one,
        asksUs: may.includes("document") && may.includes("evaluate") && documentAsksUs(node.code, held, one),
      })),
      evaluations,
      // What is in force is read as it stands.
      before: next !== undefined || phase === "proposed" ? versionBefore(held, next?.note ?? note) : null,
      words,
      purgeBy: phase === "ended" ? iso(purgeBy(note, held.row.closed_at)) : null,
      purgedAt: held.row.purged_at === null ? null : iso(held.row.purged_at),
      may,
    };
  });
}

function mayDo(node: JointNode, standing: OfOfficer, held: Held, parties: readonly PartyView[]): SpaceAct[] {
  const facts = policyFacts(node, held);
  const now = node.clock.now();
  const may = (act: SpaceActName) => maySpace(node, standing, act, facts).allowed;
  const signs = may("joint.sign");
  const phase = phaseOf(held.facts, node.code, now);
  const mine = held.row.proposer === node.code;
  const drafts = held.notes.some((one) => one.signed === null);
  const asked = asksUs(node.code, held).length > 0;
  const approved = held.approvals.some((one) => one.party === node.code);
  const spoken = spokenOf(held, node.code) !== null && (drafts || asked || phase === "proposed");
  const stands = partyStands(held.facts, node.code, now);
  const inside = partiesIn(held.facts, now);
  const others = inside.filter((one) => one !== node.code && !shunnedBy(held.facts, node.code, one));
  const confirmed = parties.some((one) => one.state === node.code && one.confirmed !== null);
  const all: [SpaceAct, boolean][] = [
    ["edit", signs && drafts],
    ["send", signs && drafts],
    ["approve", signs && asked],
    ["decline", signs && asked],
    ["extend", signs && mine && approved && !drafts && phase !== "purged"],
    ["contribute", may("joint.contribute")],
    ["members", may("joint.members") && phase !== "purged"],
    ["remark", spoken && may("joint.remark")],
    ["clear", spoken && may("joint.clear")],
    ["suspend", signs && stands === "in"],
    ["resume", signs && stands === "suspended"],
    [
      "withdraw",
      signs && approved && phase !== "purged" && outBy(held.facts, node.code) === null && phase !== "ended",
    ],
    ["remove", signs && inside.length > 2 && others.length > 0],
    ["confirm", signs && phase === "ended" && approved && !confirmed],
    ["document", may("joint.members") && approved && phase !== "purged"],
    ["evaluate", signs && approved],
  ];
  return all.filter(([, yes]) => yes).map(([act]) => act);
}

async function partiesOf(
  node: JointNode,
  db: Db,
  held: Held,
  lines: ReadonlyMap<NodeCode, { away: boolean; since: string | null }>,
): Promise<PartyView[]> {
  const now = node.clock.now();
  const named = [...new Set(held.notes.flatMap((one) => one.note.parties))];
  const waits = await sql<{
    party: NodeCode;
    n: number;
  }>`select party, count(*)::int as n from simpul.joint_waiting
    where space_id = ${held.row.id} group by party`.execute(db.rows);
  const confirmed = await sql<{ party: NodeCode; officer: string; at: Date; things: number }>`
    select party, officer, at, things from simpul.joint_confirmed where space_id = ${held.row.id}`.execute(
    db.rows,
  );
  return named.map((state): PartyView => {
    const line = lines.get(state);
    const done = confirmed.rows.find((one) => one.party === state);
    const n = waits.rows.find((one) => one.party === state)?.n ?? 0;
    return {
      state,
      stands: partyStands(held.facts, state, now),
      approved: held.approvals
        .filter((one) => one.party === state)
        .map(({ officer, office, version, at, digest }) => ({ officer, office, version, at, digest })),
      endings: held.endings.filter((one) => one.party === state),
      members: held.members
        .filter((one) => one.party === state)
        .map(({ id, name, office, role, since, ended }) => ({ id, name, office, role, since, ended })),
      line: state === node.code ? null : { away: line?.away ?? true, since: line?.since ?? null, waits: n },
      confirmed: done === undefined ? null : { officer: done.officer, at: iso(done.at), things: done.things },
    };
  });
}

const pageSize = 50;

/** Newest first; `before` is where the last page ended. */
export async function listThings(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  ask: { kind?: ThingKind | undefined; before?: string | undefined },
): Promise<Page> {
  return node.store.read(standing, async (db) => {
    const held = await heldOf(db, id);
    const { because } = maySpace(node, standing, "joint.view", policyFacts(node, held));
    db.allowed(because);
    const [at, last] = (ask.before ?? "").split("_");
    const { rows } = await sql<ThingRow & { earlier: number; arrived: string }>`
      select t.*, t.arrived_at::text as arrived, (select count(*)::int from simpul.joint_before b
        where b.space_id = t.space_id and b.thing_id = t.id) as earlier
      from simpul.joint_things t where t.space_id = ${id}
        ${ask.kind === undefined ? sql`` : sql`and t.kind = ${ask.kind}`}
        ${at === undefined || at === "" ? sql`` : sql`and (t.arrived_at, t.id) < (${at}::timestamptz, ${last ?? ""}::uuid)`}
      order by t.arrived_at desc, t.id desc limit ${pageSize + 1}`.execute(db.rows);
    db.noteRead("joint.things-listed", { id, shown: Math.min(rows.length, pageSize) });
    const shown = rows.slice(0, pageSize);
    const end = shown.at(-1);
    return {
      things: await viewsOf(node, db, standing, held, shown),
      next: rows.length > pageSize && end !== undefined ? `${end.arrived}_${end.id}` : null,
    };
  });
}

/** One of them, and what the space is called. Throws `NOT_FOUND`. */
export async function viewThing(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  thing: Id,
): Promise<{ view: ThingView; title: string }> {
  return node.store.read(standing, async (db) => {
    const held = await heldOf(db, id);
    db.allowed(maySpace(node, standing, "joint.view", policyFacts(node, held)).because);
    const { rows } = await sql<ThingRow & { earlier: number }>`select *, 0 as earlier from simpul.joint_things
      where space_id = ${id} and id = ${thing}`.execute(db.rows);
    db.noteRead("joint.certificate-read", { id, thing });
    const [view] = await viewsOf(node, db, standing, held, rows);
    if (view === undefined) throw new JointError("NOT_FOUND");
    return { view, title: held.row.title };
  });
}

/** Things as this reader sees them. */
export async function viewsOf(
  node: JointNode,
  db: Db,
  standing: OfOfficer,
  held: Held,
  rows: readonly (ThingRow & { earlier: number })[],
): Promise<ThingView[]> {
  const ids = rows.map((row) => row.id);
  const among = sql`space_id = ${held.row.id} and thing_id = any(${ids}::uuid[])`;
  const waits = await sql<{ thing_id: Id; party: NodeCode }>`select thing_id, party from simpul.joint_waiting
    where ${among}`.execute(db.rows);
  const refused = await sql<{ thing_id: Id; party: NodeCode; code: string; at: Date }>`
    select thing_id, party, code, at from simpul.joint_refused where ${among}`.execute(db.rows);
  const now = node.clock.now();
  const inside = partiesIn(held.facts, now);
  const note = noteOf(held.facts, node.code);
  const writes = maySpace(node, standing, "joint.contribute", policyFacts(node, held)).allowed;
  const cases = new Map<Id, string>();
  for (const id of new Set(rows.flatMap((row) => row.case_id ?? []))) {
    const head = await node.caseHead(db, id);
    if (head !== null) cases.set(id, head.number);
  }
  const kept = await keptOf(db, held.row.id, ids);
  const ends = await endsOf(db, held.row.id, rows);
  const role = held.members.find((one) => one.officer === standing.actor.id && one.ended === null)?.role;
  const keeps = (row: ThingRow): boolean =>
    row.content !== null &&
    row.party !== node.code &&
    role !== undefined &&
    role !== "reader" &&
    outBy(held.facts, row.party) !== null &&
    !kept.some((one) => one.thing === row.id && one.party === node.code);
  return rows.map((row): ThingView => {
    const ours = row.party === node.code;
    const standingOurs = ours && row.state === "standing" && held.row.purged_at === null;
    const open = writes && note?.share.includes(row.kind) === true;
    const { title, about } = aboutThing(node, row.content);
    const linked = ends.get(row.id);
    return {
      ...{ id: row.id, kind: row.kind, version: row.version, state: row.state, reason: row.reason },
      ...{ at: iso(row.at), firstAt: iso(row.first_at), arrivedAt: iso(row.arrived_at) },
      ...{ handling: row.handling, evaluation: Evaluation.parse(row.evaluation), content: row.content },
      ...{ title: title === "" ? row.title : title, about, party: row.party, originator: row.originator },
      by: held.members.find((one) => one.party === row.party && one.id === row.by_member)?.name ?? "",
      digest: hexOf(row.digest),
      frozen: !inside.includes(row.party),
      court: note?.court === true && row.originator === row.party && row.handling.codes.includes("H1"),
      case: row.case_id === null ? null : (cases.get(row.case_id) ?? null),
      earlier: row.earlier,
      ...(linked !== undefined && { ends: linked }),
      ...(row.because !== null && { because: row.because }),
      waits: waits.rows.filter((one) => one.thing_id === row.id).map((one) => one.party),
      refused: refused.rows
        .filter((one) => one.thing_id === row.id)
        .map(({ party, code, at }) => ({ party, code, at: iso(at) })),
      kept: kept.filter((one) => one.thing === row.id).map(({ thing: _, ...one }) => one),
      may: [
        ...(keeps(row) ? (["keep"] as const) : []),
        ...(standingOurs && open ? (["correct"] as const) : []),
        ...(standingOurs && writes ? (["withdraw"] as const) : []),
      ],
    };
  });
}

/** What of a case could be put in, each with what stands against it: the note, a permission, or that it is there. */
export async function choicesFor(
  node: JointNode,
  standing: OfOfficer,
  id: Id,
  ref: string,
): Promise<{ choices: SpaceChoice[] }> {
  return node.store.read(standing, async (db) => {
    const held = await heldOf(db, id);
    db.noteRead("joint.choices-listed", { id, ref });
    const note = noteOf(held.facts, node.code);
    const to = recipientsOf(held.facts, node.code, node.clock.now());
    const found = await node.records.choices(db, { case: ref, to });
    const { rows } = await sql<{ id: Id }>`select id from simpul.joint_things where space_id = ${id}
      and state = 'standing'`.execute(db.rows);
    const lies = new Set(rows.map((row) => row.id));
    const choices = [...found.records, ...found.items].map((one): SpaceChoice => {
      const kind: ThingKind = one.kind === "item" ? "item" : kindOfRecord(one.kind);
      const { title, about, originator, handling, evaluation, stop } = one;
      const there = lies.has(one.id);
      const forbidden = note?.share.includes(kind) !== true;
      const ends = one.ends === undefined ? {} : { ends: one.ends };
      const what = { id: one.id, kind, title, about, ...ends };
      return { ...what, originator, handling, evaluation, stop, forbidden, there };
    });
    return { choices };
  });
}

/** Ends that come by themselves, for the clocks at the top. */
export const runsOut = (held: Held, us: NodeCode): Date | null => {
  const note = noteOf(held.facts, us);
  return note === null ? null : endOf(note);
};
