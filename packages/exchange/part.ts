// What a feature hands to the exchange: the envelopes it takes and sends, the questions it answers, the files it offers.
import type { AttachmentSource } from "./attachments.ts";
import type { Ahead } from "./ahead.ts";
import type { Envelope, Excluded } from "./envelope.ts";
import { EnvelopeRefused } from "./errors.ts";
import type { ExchangeSettings } from "./exchange.ts";
import type { Receipt } from "./receipt.ts";
import type { OnEnvelope } from "./receiver.ts";
import type { MayLeave, Outgoing } from "./sender.ts";
import type { Questions } from "./server.ts";
import type { Writer } from "@simpul/store";

/** One feature's side of the exchange; kinds of envelope begin with the feature's word (`request.sent`). */
export interface PeerPart {
  /** Takes an envelope in, by its type, in the transaction that receipts it. */
  takes?: Readonly<Record<string, OnEnvelope>>;
  /** The law's last word before each sending, by kind. A kind that no feature speaks for does not leave. */
  leaves?: Readonly<Record<string, MayLeave>>;
  /** Told of the peer's receipt, by kind; may be told twice. */
  receipted?: Readonly<Record<string, (envelope: Outgoing, receipt: Receipt) => Promise<void>>>;
  questions?: Questions;
  attachments?: AttachmentSource;
  /** What goes ahead of every envelope; one feature at most speaks for it. */
  ahead?: Ahead;
  /** Who is not to see what; one feature at most speaks for it. */
  exclusion?: Exclusion;
}

/** Keeps from officers what a sender, or their own supervisors, exclude them from. */
export interface Exclusion {
  /** Whom an envelope that may leave excludes at the node that gets it. */
  of(envelope: Outgoing): Promise<readonly Excluded[]>;
  /**
   * Runs `take` and keeps what it took from those who are excluded, in the same transaction. Throws the refusal
   * `CANNOT_EXCLUDE` where this node cannot.
   */
  honour(tx: Writer, envelope: Envelope, take: () => Promise<void>): Promise<void>;
  /** The peer's receipt for an envelope that excludes somebody; may be told twice. */
  receipted(envelope: Outgoing, receipt: Receipt): Promise<void>;
}

type Joined = Required<
  Pick<ExchangeSettings, "mayLeave" | "onEnvelope" | "onReceipt" | "questions" | "attachments">
> &
  Pick<ExchangeSettings, "ahead">;

function byName<Value>(lists: readonly (Readonly<Record<string, Value>> | undefined)[]): Map<string, Value> {
  const all = new Map<string, Value>();
  for (const list of lists)
    for (const [name, value] of Object.entries(list ?? {})) {
      if (all.has(name)) throw new Error(`two features speak for ${name}`);
      all.set(name, value);
    }
  return all;
}

/** Makes one exchange of all features' parts. An envelope of a type that nobody takes is refused `UNKNOWN_TYPE`. */
export function joinParts(parts: readonly PeerPart[]): Joined {
  const takes = byName(parts.map((part) => part.takes));
  const leaves = byName(parts.map((part) => part.leaves));
  const receipted = byName(parts.map((part) => part.receipted));
  const sources = parts.flatMap((part) => (part.attachments === undefined ? [] : [part.attachments]));
  const [exclusion] = parts.flatMap((part) => (part.exclusion === undefined ? [] : [part.exclusion]));
  const [ahead, second] = parts.flatMap((part) => (part.ahead === undefined ? [] : [part.ahead]));
  if (second !== undefined) throw new Error("two features speak for what goes ahead");
  return {
    ...(ahead === undefined ? {} : { ahead }),
    questions: Object.fromEntries(byName(parts.map((part) => part.questions))),
    async onEnvelope(tx, envelope) {
      const take = takes.get(envelope.type);
      if (take === undefined) throw new EnvelopeRefused("UNKNOWN_TYPE");
      if (exclusion !== undefined) return exclusion.honour(tx, envelope, () => take(tx, envelope));
      // Shown to everybody is the one thing that must not happen to it.
      if (envelope.excluded !== undefined) throw new EnvelopeRefused("CANNOT_EXCLUDE");
      await take(tx, envelope);
    },
    async mayLeave(envelope) {
      const may = leaves.get(envelope.kind);
      if (may === undefined) return { kind: "may-not", because: `no feature speaks for ${envelope.kind}` };
      const leave = await may(envelope);
      const excluded = leave.kind === "may" ? await exclusion?.of(envelope) : undefined;
      return excluded === undefined || excluded.length === 0 ? leave : { kind: "may", excluded };
    },
    async onReceipt(envelope, receipt) {
      await receipted.get(envelope.kind)?.(envelope, receipt);
      if (envelope.excluded.length > 0) await exclusion?.receipted(envelope, receipt);
    },
    attachments: {
      async open(digest) {
        for (const source of sources) {
          const found = await source.open(digest);
          if (found !== null) return found;
        }
        return null;
      },
    },
  };
}
