// What nodes say to each other about checks: shapes, sizes, and the entry that both logs hold (HIT-2, HIT-6, HIT-11).
import { createHash } from "node:crypto";
import { ExchangeError } from "@simpul/exchange";
import { purposes, selectorTypes } from "@simpul/model";
import { z } from "zod";

const epoch = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const keyId = z.string().regex(/^[0-9a-f]{16}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const pseudonym = z.string().regex(/^[0-9a-f]{32}$/);
const node = z.string().regex(/^[a-z]{2}$/);
const type = z.enum(selectorTypes);
/** Packed elements of a group at most: 65,535 of them in base64url would not fit the door anyway. */
const elements = z
  .string()
  .min(43)
  .max(200_000)
  .regex(/^[A-Za-z0-9_-]+$/);

export const questions = {
  keys: "check.keys",
  filter: "check.filter",
  ask: "check.ask",
  compare: "check.compare",
} as const;

export const keysType = "application/vnd.simpul.check-keys+json";

/** A state's keys of a month and the filters it offers, signed by its node. */
export const KeysStatement = z.strictObject({
  v: z.literal(1),
  node,
  epoch,
  madeAt: z.iso.datetime(),
  keys: z.array(z.strictObject({ type, id: keyId, publicKey: digest })).max(selectorTypes.length),
  filters: z
    .array(
      z.strictObject({
        type,
        digest,
        size: z.number().int().min(1).max(400_000_000),
        profile: z.string().max(64),
      }),
    )
    .max(selectorTypes.length),
});
export type KeysStatement = z.infer<typeof KeysStatement>;

/** Bytes of a filter in one answer; an answer holds 1 MiB at most. */
export const pieceBytes = 512 * 1024;
export const AskFilter = z.strictObject({
  v: z.literal(1),
  type,
  epoch,
  digest,
  offset: z.number().int().min(0),
});

/** The question itself: facts of HIT-2, and blinded elements per type under the key of one month. */
export const AskElements = z.strictObject({
  v: z.literal(1),
  query: z.uuid(),
  facts: z.strictObject({
    case: digest.nullable(),
    purpose: z.enum(purposes).nullable(),
    offence: z.string().max(60).nullable(),
    legalBasis: z.string().max(500).nullable(),
    operator: pseudonym.nullable(),
    supervisor: pseudonym.nullable(),
  }),
  groups: z.array(z.strictObject({ type, epoch, keyId, elements })).min(1).max(selectorTypes.length),
});
export type AskElements = z.infer<typeof AskElements>;

export const Reply = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("evaluated"),
    groups: z
      .array(z.object({ type, evaluated: elements, proof: z.string().length(86) }))
      .max(selectorTypes.length),
  }),
  z.object({ kind: z.enum(["limited", "refused", "not-searchable"]), because: z.string().max(60) }),
]);
export type Reply = z.infer<typeof Reply>;

/** HIT-6: all replies to so many elements have one size, whatever they say; the count is filled up to a step. */
export function printReply(reply: Reply, count: number, padTo: number): Uint8Array {
  const text = Buffer.from(JSON.stringify(reply));
  const size = 4096 + 48 * Math.ceil(count / padTo) * padTo;
  if (text.length > size) throw new ExchangeError("TOO_LARGE", "a reply");
  return Buffer.concat([text, Buffer.alloc(size - text.length, " ")]);
}

export const AskCompare = z.strictObject({ v: z.literal(1), month: epoch });
export const Compared = z.object({ count: z.number().int().min(0), root: digest });

/** Reads what a peer sent; throws `BAD_REQUEST` of the exchange for anything else. */
export function readAs<S extends z.ZodType>(shape: S, body: Uint8Array): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new ExchangeError("BAD_REQUEST", "not JSON", cause);
  }
  const read = shape.safeParse(json);
  if (!read.success) throw new ExchangeError("BAD_REQUEST", read.error.issues[0]?.path.join("."));
  return read.data;
}

export const print = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

/** One question as both logs hold it: who, whom, which request, on what facts. Neither values nor answers. */
export const entryOf = (of: {
  from: string;
  to: string;
  query: string;
  request: string;
  count: number;
}): string =>
  sha256(JSON.stringify(["simpul/check-entry/1", of.from, of.to, of.query, of.request, of.count]));

/** What two logs compare: the entries of a month, in one order. */
export const rootOf = (entries: readonly string[]): string => sha256([...entries].sort().join("\n"));
