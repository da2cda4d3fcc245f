// Decisions of access from values alone: how long things last, how often they may be tried, what devices sign.
import type { Id, NodeCode } from "@simpul/model";

const minutes = 60_000;

/** How long a session lives unseen, and at most. */
export const sessionLimits = {
  browser: { idle: 30 * minutes, most: 12 * 60 * minutes },
  cli: { idle: 4 * 60 * minutes, most: 12 * 60 * minutes },
} as const;
/** A session is marked as seen at most this often. */
export const seenEvery = minutes;
/** An invited officer has this long to add her first passkey. */
export const enrolmentLasts = 24 * 60 * minutes;
/** The second who saw her has this long after the first. */
export const recoveryLasts = 2 * 60 * minutes;
/** The code by which she then adds a passkey. */
export const recoveryCodeLasts = 30 * minutes;
export const challengeLasts = 5 * minutes;
export const deviceCodeLasts = 10 * minutes;
/** RFC 8628 section 3.5: seconds between two questions of a waiting command line. */
export const pollEvery = 3;
/** Devices, passkeys and live sessions of one officer at most. */
export const mostBelongings = 50;

/** Tries allowed in a window, by what is guarded. */
export const allowances = {
  "sign-in": { most: 60, within: 10 * minutes },
  enrol: { most: 10, within: 10 * minutes },
  /** All addresses together: a code has 49 bits, so even a year of this finds none. */
  "enrol-anywhere": { most: 300, within: 10 * minutes },
  "step-up": { most: 30, within: 10 * minutes },
  "user-code": { most: 10, within: 10 * minutes },
  "device-begin": { most: 30, within: 10 * minutes },
  exercise: { most: 600, within: 10 * minutes },
} as const satisfies Record<string, { most: number; within: number }>;
export type Guarded = keyof typeof allowances;

/** The start of the window that `now` falls into. */
export const windowOf = (guarded: Guarded, now: Date): Date =>
  new Date(Math.floor(now.getTime() / allowances[guarded].within) * allowances[guarded].within);

export interface Lifetime {
  door: "browser" | "cli";
  seenAt: Date;
  endsAt: Date;
}

/** A session ends when its time is over or when nobody was seen in it for too long. */
export const lives = (session: Lifetime, now: Date): boolean =>
  now < session.endsAt && now.getTime() - session.seenAt.getTime() < sessionLimits[session.door].idle;

/** Letters and digits that nobody confuses when reading them aloud (no I, L, O, U, 0, 1). */
export const codeLetters = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

/** Reads a code as people type it: any case, with or without the dash. Null when it cannot be one. */
export function readCode(text: string, length: number): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "");
  return code.length === length && new RegExp(`^[${codeLetters}]+$`).test(code) ? code : null;
}

/** `ABCDE-FGHJK`: halves are easier to carry over. */
export const printCode = (code: string): string =>
  `${code.slice(0, Math.ceil(code.length / 2))}-${code.slice(Math.ceil(code.length / 2))}`;

export const enrolmentCodeLength = 10;
export const userCodeLength = 8;

/** What a device signs to be known in a session. The session is named, so that it proves nothing in another one. */
export const deviceStatement = (node: NodeCode, session: Id, publicKey: string): string =>
  `simpul device v1\n${node}\n${session}\n${publicKey}\n`;

/** What a waiting command line signs at each question: that it holds the key it showed at the start. */
export const pollStatement = (node: NodeCode, deviceCode: string): string =>
  `simpul device-sign-in v1\n${node}\n${deviceCode}\n`;

/** What a command line signs to get a new session for a device that was approved before. */
export const renewStatement = (node: NodeCode, device: Id, challenge: string): string =>
  `simpul renew v1\n${node}\n${device}\n${challenge}\n`;

/** What the challenge of a step-up is the hash of: the act, the record and a fresh nonce. */
export const stepUpStatement = (node: NodeCode, act: string, record: string, nonce: string): string =>
  `simpul step-up v1\n${node}\n${act}\n${record}\n${nonce}\n`;

/** Seconds that the provider's clock may be behind ours where its word says when it asked her. */
const providerLag = 10;

/** The provider asked her after we did, and not what it remembers of an hour ago. */
export const askedAnew = (authTime: unknown, madeAt: Date): boolean =>
  typeof authTime === "number" && authTime + providerLag >= Math.floor(madeAt.getTime() / 1000);

/** Names of officers, desks, devices: trimmed, of one line; null when it is none. */
export function readName(text: string, most = 200): string | null {
  const name = text.normalize("NFC").trim();
  // Joiners shape letters in Khmer and Indic names; any other invisible character has no place in one.
  const hidden = /\p{Cc}|(?![\u200c\u200d])\p{Cf}/u.test(name);
  return name.length >= 1 && name.length <= most && !hidden ? name : null;
}
