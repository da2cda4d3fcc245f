// What others may know of the compartment: people and entries, who may read them and how, its doors and refusals (VIC-1).
import type { Id, NodeCode, Officer, Purpose } from "@simpul/model";
import type { Writer } from "@simpul/store";
import type { JWK } from "jose";
import type { z } from "zod";
import type { SealedEntry } from "./sealing.ts";

export { randomId, sealEntry } from "./sealing.ts";
export type { LeftEntry, SealedEntry } from "./sealing.ts";
export { factsKind, statusKind } from "./kinds.ts";
export type { Facts, StatusSaid } from "./kinds.ts";
export { VictimsError, victimsRefusals } from "./contract/refusals.ts";
export type { VictimsCode } from "./contract/refusals.ts";
export { ageOf, needs, referenceForm, releasable, risks, statuses, testimonyPart } from "./people.ts";
export type { Age, Need, Releasable, Risk, Status } from "./people.ts";
import type { Facts, StatusSaid } from "./kinds.ts";
import type { Age, Need, Releasable, Risk, Status } from "./people.ts";

/** Through which door something came into the compartment. `desk`: written by an open desk, else it is as the sealer says. */
export type Door = "desk" | "field" | "hotline" | "page" | "peer";

export interface Author {
  node: NodeCode;
  /** Null where no officer wrote it: a person herself, another state's desk as such. */
  officer: Id | null;
  door: Door;
}

/** One sealed fact about a person; never changed, only followed by another. */
export interface Entry<D = unknown> {
  id: Id;
  person: Id;
  kind: string;
  /** ISO instant. */
  at: string;
  by: Author;
  data: D;
  /** It came from outside and its kind's own shape does not fit; shown as it came, counted for nothing. */
  unfit?: true;
}

/**
 * A kind of entry. Each feature declares its own, named `<feature>.<what>`, and the server hands the list to the
 * compartment; what is appended is parsed by its schema.
 */
export interface EntryKind<D = unknown> {
  kind: string;
  schema: z.ZodType<D>;
}

/** Somebody in the compartment, as her entries add up. */
export interface Person {
  id: Id;
  /** What others may be told: random, never ordered, saying nothing, e.g. `ID-7F3K-9Q2M`. */
  pseudonym: string;
  facts: Facts;
  /** Doubt counts as child; a date of birth beats what was ticked. */
  age: Age;
  /** The last word of each authority that decides, newest last; decisions of two states stand side by side (VIC-2). */
  statuses: readonly (StatusSaid & { at: string; by: Author })[];
  /** Oldest first, those of people merged into her among them. */
  entries: readonly Entry[];
  /** People who were merged into her. */
  merged: readonly Id[];
  /** ISO instants. */
  since: string;
  changed: string;
}

/** Entries of one kind, oldest first, without those that do not fit it. */
export const entriesOf = <D>(person: Pick<Person, "entries">, kind: EntryKind<D>): Entry<D>[] =>
  person.entries.filter((one): one is Entry<D> => one.kind === kind.kind && one.unfit !== true);

/** The officer with her session: an open desk ends with it. `c.var.acting` of a route is one. */
export interface AtDesk {
  officer: Officer;
  purpose: Purpose;
  session: Id;
}

export interface DeskKey {
  kid: string;
  key: JWK;
}

export interface Compartment {
  /** To what entries are sealed; null as long as the desk has no key. */
  sealTo(): Promise<DeskKey | null>;
  /**
   * Anybody's door, inside the writer's own transaction, which notes a leaf of its own: keeps what was sealed to the
   * desk until one is open. Safe to repeat: `known` was here before. Throws `NOT_SEALED` for what is no such JWE or
   * not sealed to a key of this desk, `TOO_MANY` above 1,000, `NOT_ALLOWED` for an officer who acts for a purpose
   * other than identifying or assisting victims.
   */
  leave(tx: Writer, sealed: readonly SealedEntry[]): Promise<{ taken: Id[]; known: Id[] }>;
  /** Throws `DESK_CLOSED` until she opened it in this session, `NOT_FOUND` for everybody who is not of the desk. */
  open(who: AtDesk): Promise<OpenDesk>;
}

/** The compartment as an officer of the desk reads it, until her session ends or rests too long. */
export interface OpenDesk {
  /** Those who stand for themselves, not those merged into another. */
  people(): Iterable<Person>;
  /** Null when there is none, or she is forgotten; for one who was merged, the person she was merged into. */
  person(id: Id): Person | null;
  /**
   * Opens what another room sealed to the desk's key and keeps by itself (a message of somebody in danger); null when no
   * key of the desk opens it.
   */
  unseal(jwe: string): Promise<Uint8Array | null>;
  /** The same as long as the desk stays open: what another room decrypted hangs on it (WeakMap) and goes with it. */
  readonly holder: object;
  /**
   * Secrets of the desk for another use, 32 bytes each: they follow from its keys, so only an open desk knows them. The
   * first is in force; the others are of desk keys before it.
   */
  secrets(use: string): readonly Uint8Array[];
  /** By the reference that others may know. */
  byPseudonym(reference: string): Person | null;
  /**
   * One transaction in the officer's name, with a leaf `victims.entry` that names nobody when something was kept. What
   * it keeps is read by the desk after the commit, not before.
   */
  act<T>(fn: (tx: DeskWriter) => Promise<T>): Promise<T>;
}

export interface DeskWriter extends Writer {
  /** A new person, with what is known of her. */
  create(facts: Partial<Facts>, door?: Door): Promise<Id>;
  /** Throws `NOT_FOUND`, `UNKNOWN_KIND`, `UNFIT` (with `facts`: the path) for data that does not fit its kind. */
  append<D>(person: Id, kind: EntryKind<D>, data: D): Promise<Entry<D>>;
  /** `other` is seen as `keep` from now on; nothing is lost. Throws `NOT_FOUND`, `ALREADY_ONE`. */
  merge(keep: Id, other: Id, reason: string): Promise<void>;
  /** Undoes it: both stand for themselves again. Throws `NOT_FOUND`. */
  part(keep: Id, other: Id, reason: string): Promise<void>;
  /** Destroys her record key and those merged into her; nothing of her is read again, and nothing late is kept. */
  forget(person: Id): Promise<void>;
}

/** Something of hers that is due: which day, what (a key of words), and where it is done. */
export interface DueDay {
  /** `2031-04-17`. */
  on: string;
  words: string;
  to: string;
}
export interface DueLine extends DueDay {
  pseudonym: string;
}

/** One field as a case sees it; codes stay codes, the page says them in words. */
export interface ShownField {
  field: Releasable;
  values: string[];
}

export interface AskRelease {
  case: string;
  fields: Releasable[];
  testimonies: string[];
  reason: string;
}

/** A release as the desk sees it, on her page. */
export interface ReleaseView {
  id: Id;
  case: string;
  shown: ShownField[];
  testimonies: Id[];
  reason: string;
  at: string;
  by: Id | null;
  /** `asked`: waits for a second officer. */
  state: "asked" | "made" | "ended";
  ended: string | null;
}

/** A release as the case sees it; nothing but the times once it was called back. */
export interface Released {
  id: Id;
  case: string;
  at: string;
  by: string;
  ended: string | null;
  reference: string | null;
  fields: ShownField[];
  testimonies: { id: Id; name: string; type: string; size: number; digest: string }[];
}

export interface AskTestimony {
  name: string;
  type: string;
  size: number;
  /** SHA-256, hex. */
  digest: string;
}
export interface TestimonyView extends AskTestimony {
  id: Id;
  at: string;
  /** When all of it was here and its digest went into the log; null while pieces are missing. */
  sealedAt: string | null;
}

/** How the desk stands for this officer. */
export interface DeskView {
  /** `none`: no key yet. `stranger`: she has no key of her own. `waits`: somebody must let her in. `shut`: hers to open. */
  state: "none" | "stranger" | "waits" | "shut" | "open";
  /** Passkeys and a passphrase that open it. */
  openers: {
    id: Id;
    how: "passphrase" | "passkey";
    credential: string | null;
    salt: string | null;
    at: string;
  }[];
  officers: {
    id: Id;
    name: string;
    key: Id;
    /** Read out to each other before one lets the other in. */
    fingerprint: string;
    state: "in" | "waits";
    at: string;
    hers: boolean;
  }[];
  /** Waiting in the intake; how many cannot be read with any key of the desk. */
  waiting: number;
  unread: number;
  /** Seconds without work after which it closes. */
  idle: number;
  /** Which half of the sheet another officer entered just now. */
  half: 1 | 2 | null;
  /** Whether a recovery sheet is in force, and since when. */
  sheet: string | null;
  /** She founds, changes the key, makes the sheet. */
  supervises: boolean;
  /** The exercise's passphrase, shown because it protects nobody. */
  exercise: string | null;
}

/** A hand-over of hers: offered to a state's victim desk and not answered, or accepted. */
export interface Away {
  state: NodeCode;
  share: Id;
  pending: boolean;
}

export interface PersonLine {
  id: Id;
  pseudonym: string;
  /** As she says it; null when nobody asked yet. */
  name: string | null;
  age: Age;
  languages: string[];
  needs: Need[];
  risks: Risk[];
  /** The last decision of any authority. */
  status: Status;
  changed: string;
  /** Found by a name that only sounds or looks alike; false without a question. */
  alike?: boolean;
  /** In lists of people: who has her, or is offered her. */
  away?: Away;
}

export interface PeopleAsked {
  q?: string | undefined;
  need?: Need | undefined;
  risk?: Risk | undefined;
  status?: Status | undefined;
  age?: Age | undefined;
  language?: string | undefined;
  after?: Id | undefined;
  limit: number;
}

export interface PeoplePage {
  people: PersonLine[];
  total: number;
  next: Id | null;
}

/** `born` as it is written; empty takes it away. */
export type AskFacts = Partial<Omit<Facts, "born">> & { born?: string };
export type AskStatus = Omit<StatusSaid, "state">;

export interface ShownEntry {
  id: Id;
  kind: string;
  at: string;
  unfit: boolean;
  by: Author & { name: string | null };
}

/** A person's page: masked fields are empty in `facts` and named in `masked`. */
export interface PersonView extends Pick<Person, "id" | "pseudonym" | "age" | "since" | "changed" | "facts"> {
  /** The state whose desk looks after her since a hand-over: what is learnt here goes there as a proposal. */
  elsewhere: NodeCode | null;
  /** A hand-over that nobody answered yet; she is in this desk's care. */
  offered: Away | null;
  /** What was ticked; `age` may know better. */
  ageSaid: Age;
  masked: ("contacts" | "documents" | "place" | "heldAt" | "note")[];
  statuses: (StatusSaid & { at: string; by: Author })[];
  releases: ReleaseView[];
  testimonies: TestimonyView[];
  merged: { id: Id; name: string | null }[];
  alike: (PersonLine & { by: "document" | "contact" | "name" })[];
  /** Without the looks, oldest first. */
  history: ShownEntry[];
  /** Newest first. */
  seen: (ShownEntry & { what: string[]; reason: string })[];
}

/*
 * Doors, all below /api/victims.
 *
 *   GET  /desk                       DeskView
 *   POST /desk/found                 { passphrase }: the first key, by a supervisor
 *   POST /desk/ask                   { passphrase, again? }: a key of her own, waiting to be let in
 *   POST /desk/open                  { passphrase }
 *   POST /desk/open-by-passkey       { opener, secret }: what the passkey gave for its salt, 32 bytes base64url
 *   POST /desk/passkeys              { passphrase, credential, salt, secret }
 *   POST /desk/close
 *   POST /desk/change-key            { leaving }: an officer who is shut out, or null
 *   POST /desk/sheet                 -> { halves }: shown once
 *   POST /desk/half                  { half } -> { done }
 *   POST /desk/officers/{key}/agree  { fingerprint }
 *   POST /people/find                PeopleAsked -> PeoplePage
 *   POST /people                     AskFacts -> { id }
 *   GET  /alike                      { one, other, by }[]
 *   GET  /due                        { due: DueLine[] }: what is planned or waits for a review, the earliest first
 *   GET  /people/{id}                PersonView; that she was looked at stands on her page
 *   POST /people/{id}/reveal         { fields, reason } -> the fields
 *   POST /people/{id}/facts          AskFacts
 *   POST /people/{id}/status         AskStatus
 *   POST /people/{id}/merge          { other, reason, undo? }
 *   POST /people/{id}/print          { reason }
 *   DELETE /people/{id}              forgets her, for ever
 *   POST /people/{id}/releases       AskRelease -> { release }
 *   POST /people/{id}/releases/{release}/agree   { case }: typed by the second officer
 *   POST /people/{id}/releases/{release}/end     { reason }
 *   POST /people/{id}/testimonies    AskTestimony -> { testimony }; then its pieces:
 *   POST /people/{id}/testimonies/{testimony}/parts/{nth}   { bytes }: base64 of `testimonyPart` bytes, the last fewer
 *   POST /people/{id}/testimonies/{testimony}/whole
 *   POST /people/{id}/testimonies/{testimony}/read          { reason } -> the bytes
 *   GET  /waiting                    { person, release: ReleaseView }[]: for her, as the second officer
 *   GET  /released?case              Released[]: to whoever sees the case
 *   GET  /released/{release}/testimonies/{testimony}        the bytes
 *   GET  /seal-to                    DeskKey or null: to anybody signed in
 *   POST /left                       { sealed: SealedEntry[] } -> { taken, known }
 *
 * Live topic: `victims:<state>`.
 */
