// For tests: two persons of a node who introduce a peer by the doors, a proof by the exercise's click, patience.
import type { StepUpAct } from "@simpul/policy";
import type { OwnCard, PeerView } from "./contract.ts";

/** An officer as testing/nations.ts signs her in. */
export interface Signed {
  ask<Answer>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>;
  must<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** The click that stands for a passkey, bound to this act on this state. */
export const prove = (who: Signed, act: StepUpAct, record: string): Promise<unknown> =>
  who.must("POST", "/api/access/step-up/exercise", { act, record });

/** What the other state reads out at the end. */
export const heard = (own: OwnCard): string => own.fingerprint.slice(-4).join(" ");

/** One enters what another state handed over, another confirms what she heard. */
export async function introduceBy(one: Signed, other: Signed, own: OwnCard): Promise<PeerView> {
  const { node } = own.card;
  await one.must("POST", "/api/peers", own.card);
  await prove(other, "peers.confirm", node);
  return other.must<PeerView>("POST", `/api/peers/${node}/confirm`, { heard: heard(own) });
}

/** Waits until `holds`; throws after `ms` with what was seen last. */
export async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean, ms = 60_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`waited in vain: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
