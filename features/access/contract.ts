// What others may know of access: its refusals, what a session tells a page, and the acts that features borrow.
import { SimpulError } from "@simpul/model";
import type { AgencyKind, Id, NodeCode, Officer, Purpose, Role } from "@simpul/model";
import type { Act, AgreeableAct, Proof, StepUpAct, TwoPersonsRule } from "@simpul/policy";
import type { Writer } from "@simpul/store";

export type AccessCode =
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "NOT_SIGNED_IN"
  | "PASSKEY_REFUSED"
  | "CODE_REFUSED"
  | "CHALLENGE_OVER"
  | "TOO_MANY"
  | "NOT_HER_DESK"
  | "NOT_HER_PURPOSE"
  | "NO_PLACE"
  | "LAST_PASSKEY"
  | "DEVICE_REFUSED"
  | "NUMBER_TAKEN"
  | "NO_EXERCISE"
  | "NOT_A_NAME"
  | "RESTS"
  | "UNDER_WAY"
  | "ASKED_ALREADY"
  | "SAME_DESK"
  | "HAS_PASSKEY"
  | "NO_PROVIDER"
  | "PROVIDER_AWAY"
  | "PROVIDER_REFUSED"
  | "NOT_KNOWN_HERE";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const accessRefusals: Readonly<Record<AccessCode, 401 | 403 | 404 | 409 | 422 | 429 | 503>> = {
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  NOT_SIGNED_IN: 401,
  PASSKEY_REFUSED: 403,
  CODE_REFUSED: 403,
  CHALLENGE_OVER: 409,
  TOO_MANY: 429,
  NOT_HER_DESK: 403,
  NOT_HER_PURPOSE: 403,
  NO_PLACE: 403,
  LAST_PASSKEY: 409,
  DEVICE_REFUSED: 403,
  NUMBER_TAKEN: 409,
  NO_EXERCISE: 404,
  NOT_A_NAME: 422,
  RESTS: 403,
  UNDER_WAY: 409,
  ASKED_ALREADY: 409,
  SAME_DESK: 403,
  HAS_PASSKEY: 409,
  NO_PROVIDER: 404,
  PROVIDER_AWAY: 503,
  PROVIDER_REFUSED: 403,
  NOT_KNOWN_HERE: 403,
};

/** A refusal of the access room; `facts` travel to the page (how long to wait). */
export class AccessError extends SimpulError<AccessCode> {
  readonly facts: Record<string, string | number>;
  constructor(code: AccessCode, detail?: string, facts: Record<string, string | number> = {}) {
    super(code, detail);
    this.facts = facts;
  }
}

export interface Named {
  id: Id;
  name: string;
  nameLatin: string | null;
}

/** What `GET /api/access/session` answers. */
export interface SessionView {
  id: Id;
  node: { code: NodeCode; name: string; exercise: boolean };
  officer: Named & {
    number: string;
    desk: Named;
    agency: Named & { kind: AgencyKind };
    /** The roles that count under the purpose in force. */
    roles: Role[];
  };
  desks: Named[];
  purpose: Purpose;
  purposes: Purpose[];
  language: string;
  device: Id | null;
  provenAt: string | null;
  endsAt: string;
}

/** What `GET /api/access/door` answers to everybody. */
export interface DoorView {
  code: NodeCode;
  name: string;
  exercise: boolean;
  /** What the ministry's sign-in is called; null where there is none. */
  provider: string | null;
  /** It counts as a second factor, also for an act. */
  providerProves: boolean;
}

/** A colleague as she is chosen for a team, or shown beside what she did. */
export interface Colleague extends Named {
  number: string;
  left: boolean;
  places: { desk: Named; agency: Named & { kind: AgencyKind }; roles: Role[] }[];
}

export interface DeskView extends Named {
  agency: Named & { kind: AgencyKind };
}

export interface PasskeyView {
  id: Id;
  name: string;
  addedAt: string;
  lastUsedAt: string | null;
  backedUp: boolean;
}

export interface DeviceView {
  id: Id;
  kind: "browser" | "cli";
  name: string;
  addedAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
  /** It is the one she sits at. */
  here: boolean;
}

export interface LiveSession {
  id: Id;
  door: "browser" | "cli";
  method: "passkey" | "enrolment" | "device" | "exercise" | "provider";
  desk: string;
  startedAt: string;
  seenAt: string;
  endsAt: string;
  device: string | null;
  here: boolean;
}

/** What an officer can end by herself. */
export interface Belongings {
  passkeys: PasskeyView[];
  devices: DeviceView[];
  sessions: LiveSession[];
}

/** An officer who comes back by two persons. */
export interface Recovery {
  id: Id;
  officer: { id: Id; name: string };
  /** Who saw her first, and how. */
  first: { name: string; saw: string; at: string };
  second: { name: string; at: string } | null;
  /** Until when the second may vouch. */
  until: string;
  may: ("vouch" | "drop")[];
  /** It is about the reader herself. */
  mine: boolean;
}

/** One officer asks another by name to agree that she does something. */
export interface SecondAsked {
  id: Id;
  act: AgreeableAct;
  /** Where the asked one can look at it, under her own rights. */
  page: string;
  reason: string;
  by: string;
  of: string;
  at: string;
  until: string;
  /** When she agreed; null: not yet. */
  agreed: string | null;
  /** The reader asked it. */
  mine: boolean;
}

/** What takes two persons at this node. */
export interface TwoPersonsView {
  version: string;
  /** `usual`: how it comes; `fixed`: no state sets it; the first of `rules` that fits decides. */
  acts: { act: Act; usual: 1 | 2; fixed: boolean; rules: TwoPersonsRule[] }[];
  /** Settings that were in force, newest first. */
  history: { version: string; since: string }[];
}

/** A command line that waits for a yes. */
export interface WaitingDevice {
  code: string;
  name: string;
  from: string;
  /** A short fingerprint of its key; the command line shows the same. */
  fingerprint: string;
  expiresAt: string;
}

/** An officer as the exercise offers her: one click signs in. */
export interface ExerciseOfficer extends Named {
  number: string;
  desk: Named;
  agency: Named & { kind: AgencyKind };
  roles: Role[];
  membership: Id;
}

/**
 * Spends a fresh second factor for one act on one record; features call it inside the transaction of the act and hand
 * the result to `policy.decide`. Null when none was shown, or it was spent or is too old.
 */
export interface Proofs {
  take(tx: Writer, ask: { act: StepUpAct; record: Id | NodeCode }): Promise<Proof | null>;
  /** The same without spending it, to tell beforehand whether it will be asked for. */
  shown(
    tx: Pick<Writer, "rows" | "standing">,
    ask: { act: StepUpAct; record: string },
    now: Date,
  ): Promise<Proof | null>;
}

/** Public keys of devices, for checking what officers signed. */
export interface DeviceKeys {
  /** Null for a device that is not there; a revoked one keeps its key, with the time from which it counts no more. */
  keyOf(
    device: Id,
  ): Promise<{ publicKey: Uint8Array; officer: Id; addedAt: Date; revokedAt: Date | null } | null>;
}

/** Names for ids, for lists and histories of any room. */
export interface Directory {
  officers(ids: readonly Id[]): Promise<Map<Id, Named>>;
  desks(ids: readonly Id[]): Promise<Map<Id, DeskView>>;
}

/** Officers' names by their ids, each asked once; whoever is not there any more is left out. */
export async function namesOf(
  directory: Pick<Directory, "officers">,
  ids: readonly (Id | null | undefined)[],
): Promise<Record<string, string>> {
  const found = await directory.officers([...new Set(ids.flatMap((one) => one ?? []))]);
  return Object.fromEntries([...found].map(([key, { name }]) => [key, name]));
}

export type { Officer };
