// What the note allows, decided from values alone: the same lines run where a thing is put in and where it arrives.
import type { HolderRole, NodeCode } from "@simpul/model";
import { clausesFor, sameClause } from "./contract/clauses.ts";
import { outKinds, restKinds } from "./contract/note.ts";
import type {
  Approval,
  Content,
  Ending,
  Member,
  Note,
  NoteDraft,
  PartyState,
  Phase,
  PutRefusal,
  ThingKind,
} from "./contract.ts";

const day = 86_400_000;

export const most = {
  parties: 10,
  units: 4,
  days: 366,
  purgeDays: 90,
  line: 300,
  text: 4000,
  /** Characters of all clauses together: with them the signed note stays under 256 kB in any script. */
  clauseText: 40_000,
  things: 50_000,
  atOnce: 200,
  members: 200,
  /** Remarks and clearances of one party. */
  words: 200,
  documentBytes: 1_500_000,
} as const;
/** JIT-3: thirty days unless somebody says otherwise; JIT-8: four weeks. */
export const usual = { days: 30, purgeDays: 28 } as const;

/** A note's last day ends when it ends, in UTC. */
export const startOf = (note: Pick<Note, "from">): Date => new Date(`${note.from}T00:00:00.000Z`);
export const endOf = (note: Pick<Note, "until">): Date => new Date(`${note.until}T23:59:59.999Z`);
export const purgeBy = (note: Pick<Note, "until" | "purgeDays">, closedAt: Date | null): Date =>
  new Date(Math.min(endOf(note).getTime(), closedAt?.getTime() ?? Infinity) + note.purgeDays * day);

export interface NoteFinding {
  field: keyof NoteDraft;
  code:
    | "missing"
    | "too-few"
    | "not-us"
    | "no-line"
    | "day-passed"
    | "too-long"
    | "unknown"
    | "is-party"
    | "twice"
    | "too-many-words";
}

/** What is wrong with its clauses, at its writer and where it arrives: one of nobody among the parties, one twice, too many words. */
export function clauseFinding({
  clauses = [],
  parties,
}: Pick<NoteDraft, "clauses" | "parties">): NoteFinding["code"] | null {
  const possible = clausesFor(parties);
  if (clauses.some((one) => !possible.some((each) => sameClause(one, each)))) return "unknown";
  if (clauses.some((one, at) => clauses.findIndex((each) => sameClause(one, each)) !== at)) return "twice";
  const words = clauses.reduce((sum, { text }) => sum + text.length, 0);
  return words > most.clauseText ? "too-many-words" : null;
}

/** What is missing before a note can be sent; empty when it can. */
export function findingsOf(
  note: NoteDraft,
  here: { own: NodeCode; peers: readonly NodeCode[]; offences: readonly string[]; today: string },
): NoteFinding[] {
  const found: NoteFinding[] = [];
  const add = (field: NoteFinding["field"], code: NoteFinding["code"]) => found.push({ field, code });
  for (const field of ["title", "facts"] as const) if (note[field].trim() === "") add(field, "missing");
  if (note.offences.length === 0) add("offences", "missing");
  if (note.offences.some((one) => !here.offences.includes(one))) add("offences", "unknown");
  if (note.share.length === 0) add("share", "missing");
  if (new Set(note.parties).size < 2) add("parties", "too-few");
  if (!note.parties.includes(here.own)) add("parties", "not-us");
  if (note.parties.some((one) => one !== here.own && !here.peers.includes(one))) add("parties", "no-line");
  if (note.leads.some((one) => !note.parties.includes(one.state))) add("leads", "unknown");
  const units = note.coordination ?? [];
  // Who is a party reads everything: it cannot at the same time be the one who sees nobody.
  if (units.some((one) => one === here.own || note.parties.includes(one))) add("coordination", "is-party");
  if (units.some((one) => !here.peers.includes(one))) add("coordination", "no-line");
  const clause = clauseFinding(note);
  if (clause !== null) add("clauses", clause);
  if (note.until < here.today) add("until", "day-passed");
  if (note.until < note.from) add("until", "day-passed");
  if (endOf(note).getTime() - startOf(note).getTime() > most.days * day) add("until", "too-long");
  return found;
}

/** All that was said about a space, as a node holds it. */
export interface SpaceFacts {
  notes: readonly Note[];
  approvals: readonly Approval[];
  endings: readonly Ending[];
  purged: boolean;
}

/** Versions that at least two parties approved (JIT-3). */
const agreed = ({ notes, approvals }: SpaceFacts): Note[] =>
  notes.filter((note) => approvals.filter((one) => one.version === note.version).length >= 2);

/** The newest agreed version that this party approved; null where there is none. */
export function noteOf(facts: SpaceFacts, party: NodeCode): Note | null {
  const signed = agreed(facts).filter((note) =>
    facts.approvals.some((one) => one.version === note.version && one.party === party),
  );
  return signed.toSorted((a, b) => b.version - a.version)[0] ?? null;
}

/** When this party last approved; empty where it never did. */
const lastApproval = (facts: SpaceFacts, party: NodeCode): string =>
  facts.approvals
    .filter((one) => one.party === party)
    .reduce((newest, one) => (one.at > newest ? one.at : newest), "");

type Out = Ending & { kind: (typeof outKinds)[number] };
const isOut = (one: Ending): one is Out => outKinds.some((kind) => kind === one.kind);

/**
 * Whether somebody said after its last approval that this party is out: itself, or two others. To approve again brings it
 * back in.
 */
export function outBy(facts: SpaceFacts, party: NodeCode): Out | null {
  const last = lastApproval(facts, party);
  const after = facts.endings.filter(isOut).filter((one) => one.party === party && one.at >= last);
  const own = after.find((one) => one.by === party);
  if (own !== undefined) return own;
  const others = after.filter((one) => one.kind === "removed");
  return others.length >= 2 ? others[1]! : null;
}

/** JIT-2: its own last word since it approved is that its part rests. */
function rests(facts: SpaceFacts, party: NodeCode): boolean {
  const last = lastApproval(facts, party);
  const said = facts.endings.filter(
    (one) =>
      one.party === party &&
      one.by === party &&
      one.at >= last &&
      restKinds.some((kind) => kind === one.kind),
  );
  return said.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)?.kind === "suspended";
}

/** Whether this state said so of another: it sends that one nothing from then on, whatever the others say. */
export const shunnedBy = (facts: SpaceFacts, us: NodeCode, party: NodeCode): boolean => {
  const last = lastApproval(facts, party);
  return facts.endings.some((one) => one.party === party && one.by === us && one.at >= last);
};

export function partyStands(facts: SpaceFacts, party: NodeCode, now: Date): PartyState {
  const out = outBy(facts, party);
  if (out !== null) return out.kind;
  const note = noteOf(facts, party);
  if (note === null) return "asked";
  if (now > endOf(note)) return "over";
  return rests(facts, party) ? "suspended" : "in";
}

/** Parties whose approval is in force now. Before its first day a space shows nobody anything. */
export const partiesIn = (facts: SpaceFacts, now: Date): NodeCode[] => partiesThat("in", facts, now);

function partiesThat(stand: "in" | "suspended", facts: SpaceFacts, now: Date): NodeCode[] {
  const all = [...new Set(facts.notes.flatMap((note) => note.parties))];
  return all.filter((party) => {
    const note = noteOf(facts, party);
    return note !== null && now >= startOf(note) && partyStands(facts, party, now) === stand;
  });
}

/** Where it stands for one party. */
export function phaseOf(facts: SpaceFacts, us: NodeCode, now: Date): Phase {
  if (facts.purged) return "purged";
  const note = noteOf(facts, us);
  if (note === null) {
    const sent = facts.approvals.length > 0 && outBy(facts, us) === null;
    return sent ? "proposed" : facts.approvals.length === 0 ? "draft" : "ended";
  }
  if (now < startOf(note)) return "proposed";
  const inside = partiesIn(facts, now);
  if (inside.includes(us) && inside.length >= 2) return "open";
  const all = [...inside, ...partiesThat("suspended", facts, now)];
  return all.includes(us) && all.length >= 2 ? "suspended" : "ended";
}

/** To whom we send: who is in, but for whom we ourselves want out (what leaves a state is decided there). */
export const recipientsOf = (facts: SpaceFacts, us: NodeCode, now: Date): NodeCode[] =>
  phaseOf(facts, us, now) !== "open"
    ? []
    : partiesIn(facts, now).filter((one) => one !== us && !shunnedBy(facts, us, one));

/** Parties that approved and are not out, whether or not the first day has come; none while we are not among them. */
export const approvedOf = (facts: SpaceFacts, us: NodeCode, now: Date): NodeCode[] => {
  const all = [...new Set(facts.approvals.map((one) => one.party))];
  const inside = all.filter((party) => partyStands(facts, party, now) === "in");
  return inside.includes(us) ? inside.filter((one) => one !== us && !shunnedBy(facts, us, one)) : [];
};

// HIT-1, VIC-7: nothing of a victim, witness or relative is put into a space; the victim desks have a way of their own.
const hidden: readonly HolderRole[] = ["victim", "witness", "family"];
export const isProtected = (content: Content | null): boolean => {
  if (content === null || !("record" in content)) return false;
  const { role } = content.record.fields as { role?: HolderRole };
  return role !== undefined && hidden.includes(role);
};

export interface Putting {
  party: NodeCode;
  kind: ThingKind;
  state: "standing" | "withdrawn";
  content: Content | null;
  /** The member of that party who put it in; null for none that is known. */
  member: Pick<Member, "role" | "since" | "ended"> | null;
  /** When it was written. */
  at: string;
  /** Who wrote the version that is there; null for a new thing. */
  writer: NodeCode | null;
  /** What an originator's terms stop of it (HC-6). */
  stop: "none" | "ask" | "bar";
}

/**
 * JIT-4: rights are note and handling and the member's role. Null when it may. Its own writer may withdraw a thing
 * whatever the note has come to.
 */
export function mayPut(facts: SpaceFacts, putting: Putting, now: Date): PutRefusal | null {
  const { party, kind, member, content } = putting;
  if (putting.writer !== null && putting.writer !== party) return "NOT_ITS_WRITER";
  if (putting.state === "withdrawn") return null;
  const note = noteOf(facts, party);
  const stands = partyStands(facts, party, now);
  if (stands === "declined" || stands === "withdrawn" || stands === "removed") return "PARTY_IS_OUT";
  if (note === null || phaseOf(facts, party, now) !== "open") return "SPACE_NOT_OPEN";
  if (!note.share.includes(kind)) return "KIND_NOT_IN_NOTE";
  if (isProtected(content)) return "PERSON_PROTECTED";
  if (member === null || member.role === "reader") return "MEMBER_ROLE_ENDED";
  if (putting.at < member.since || (member.ended !== null && putting.at >= member.ended))
    return "MEMBER_ROLE_ENDED";
  if (putting.stop === "ask") return "ORIGINATOR_NOT_ASKED";
  if (putting.stop === "bar") return "TERMS_BAR";
  return null;
}

/** Rule 12.4: whether a party that approved at `approvedAt` is given what was first put in at `firstAt`. */
export const givenTo = (note: Note, approvedAt: string, firstAt: string): boolean =>
  note.backfill === "all" || firstAt >= approvedAt;

/** Since when a party is in, for the back-fill: its first approval that still counts. */
export const inSince = (facts: SpaceFacts, party: NodeCode): string => {
  const left = facts.endings
    .filter((one) => one.party === party && isOut(one))
    .reduce((newest, one) => (one.at > newest ? one.at : newest), "");
  const counts = facts.approvals.filter((one) => one.party === party && one.at > left);
  return counts.map((one) => one.at).sort()[0] ?? "9999";
};
