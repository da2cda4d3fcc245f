// Decisions of the field phone that node and phone share: what is signed, padding, when to wipe, how the state is said.
import type { FieldTerms } from "./contract.ts";

/** The bytes that a phone signs at a contact: which phone, when, and exactly this body. */
export const contactMessage = (phone: string, at: string, bodyHash: string): Uint8Array =>
  new TextEncoder().encode(`simpul-field-contact/1\n${phone}\n${at}\n${bodyHash}\n`);

/** Sizes are rounded up to steps, so that a length tells nothing of what was said. */
export const padStep = 4096;

/** JSON with spaces up to the next step; parsing it gives the value again. */
export function padded(value: unknown): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(Math.ceil((text.length + 1) / padStep) * padStep).fill(0x20);
  bytes.set(text);
  return bytes;
}

/** A PIN is at least so long, and not one digit or a row of them; letters may stand in it. */
export function pinFault(
  pin: string,
  terms: Pick<FieldTerms, "pinLength">,
): "PIN_SHORT" | "PIN_SIMPLE" | null {
  const signs = Array.from(pin, (sign) => sign.codePointAt(0)!);
  if (signs.length < terms.pinLength) return "PIN_SHORT";
  const steps = new Set(signs.slice(1).map((sign, i) => sign - signs[i]!));
  return steps.size === 1 && [0, 1, -1].some((step) => steps.has(step)) ? "PIN_SIMPLE" : null;
}

/** Whether what is being worked on is destroyed now: too many wrong PINs, or too long without the right one. */
export function mustWipe(
  lock: { failed: number; openedAt: string },
  terms: Pick<FieldTerms, "attempts" | "wipeAfterHours">,
  now: Date,
): "attempts" | "time" | null {
  if (lock.failed >= terms.attempts) return "attempts";
  const hours = (now.getTime() - Date.parse(lock.openedAt)) / 3_600_000;
  return hours >= terms.wipeAfterHours ? "time" : null;
}

export type SyncState =
  | { kind: "nothing" }
  | { kind: "waiting"; count: number; oldest: string }
  | { kind: "sending"; count: number; oldest: string }
  | { kind: "refused"; count: number; oldest: string; code: string };

/** What the phone says of its outbox, from what lies in it. */
export function syncState(
  waiting: readonly { at: string }[],
  now: { sending: boolean; refused: string | null },
): SyncState {
  if (waiting.length === 0) return { kind: "nothing" };
  const oldest = waiting.map((one) => one.at).reduce((a, b) => (a < b ? a : b));
  const facts = { count: waiting.length, oldest };
  if (now.sending) return { kind: "sending", ...facts };
  return now.refused === null
    ? { kind: "waiting", ...facts }
    : { kind: "refused", ...facts, code: now.refused };
}
