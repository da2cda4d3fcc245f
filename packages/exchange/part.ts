// What a feature hands to the exchange: the envelopes it takes and sends, the questions it answers, the files it offers.
import type { AttachmentSource } from "./attachments.ts";
import type { Ahead } from "./ahead.ts";
import { EnvelopeRefused } from "./errors.ts";
import type { ExchangeSettings } from "./exchange.ts";
import type { Receipt } from "./receipt.ts";
import type { OnEnvelope } from "./receiver.ts";
import type { MayLeave, Outgoing } from "./sender.ts";
import type { Questions } from "./server.ts";

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
  const [ahead, second] = parts.flatMap((part) => (part.ahead === undefined ? [] : [part.ahead]));
  if (second !== undefined) throw new Error("two features speak for what goes ahead");
  return {
    ...(ahead === undefined ? {} : { ahead }),
    questions: Object.fromEntries(byName(parts.map((part) => part.questions))),
    async onEnvelope(tx, envelope) {
      const take = takes.get(envelope.type);
      if (take === undefined) throw new EnvelopeRefused("UNKNOWN_TYPE");
      await take(tx, envelope);
    },
    async mayLeave(envelope) {
      const may = leaves.get(envelope.kind);
      return may === undefined
        ? { kind: "may-not", because: `no feature speaks for ${envelope.kind}` }
        : may(envelope);
    },
    onReceipt: async (envelope, receipt) => receipted.get(envelope.kind)?.(envelope, receipt),
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
