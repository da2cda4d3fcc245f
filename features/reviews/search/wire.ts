// What victim desks say to each other in a private search, and its sizes (HIT-10); docs/protocol.md tells it to strangers.
import { ExchangeError, readBody } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { CompactEncrypt, decodeProtectedHeader, type JWK } from "jose";
import { z } from "zod";
import { purposeOfSearch } from "../contract/search.ts";

export const evaluateQuestion = "victim-search.evaluate";
/** Subjects of one search come in steps, each with so many tags: how many there truly are does not show. */
export const subjectStep = 8;
export const mostSubjects = 64;
export const tagsOfSubject = 16;
/** Elements of one question come in steps; at most so many. */
export const elementStep = 256;
export const mostElements = 8192;
/** One size for every reply. */
export const replyBytes = 24_576;

const id = z.uuid().transform((text) => text.toLowerCase() as Id);
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const text = (most: number) => z.string().max(most);
/** Sealed to a victim desk: compact JWE, read by an open desk alone. */
const jwe = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+$/)
    .refine(isForDesk, "NOT_SEALED");

function isForDesk(value: string): boolean {
  try {
    const { alg, enc } = decodeProtectedHeader(value);
    return alg === "ECDH-ES+A256KW" && enc === "A256GCM";
  } catch {
    return false;
  }
}

export const wire = {
  "victim-search.asked": z.strictObject({
    search: id,
    answerAt: z.iso.datetime(),
    question: jwe(400_000),
  }),
  "victim-search.answered": z.strictObject({
    search: id,
    reply: jwe(100_000),
  }),
} as const;
export type WireKind = keyof typeof wire;

/** Throws `BAD_BODY` of the exchange for anything else. */
export const read = <K extends WireKind>(kind: K, body: unknown): z.infer<(typeof wire)[K]> =>
  readBody(wire[kind], body) as z.infer<(typeof wire)[K]>;

/** Inside `question`. */
export const Question = z.strictObject({
  v: z.literal(1),
  search: id,
  /** Comes back in the reply: whoever could not open the question cannot answer it. */
  nonce: hex(32),
  purpose: z.enum(purposeOfSearch),
  /** The desk that asks, as its officers sign letters, and why. */
  unit: text(200),
  reason: text(1000),
  publicKey: hex(32),
  subjects: z
    .array(z.array(hex(16)).length(tagsOfSubject))
    .min(subjectStep)
    .max(mostSubjects),
});
export type Question = z.infer<typeof Question>;

export const ReplyLine = z.strictObject({
  /** Which of the question's subjects, from 0. */
  subject: z
    .number()
    .int()
    .min(0)
    .max(mostSubjects - 1),
  pseudonym: text(20),
  status: z.enum(["indicators", "presumed", "identified", "not-identified"]),
  authority: text(200),
  since: z.iso.datetime(),
});
/** Inside `reply`. An empty list is "nothing to tell", and never says why. */
export const Reply = z.strictObject({
  v: z.literal(1),
  search: id,
  nonce: hex(32),
  known: z.array(ReplyLine).max(mostSubjects),
});
export type Reply = z.infer<typeof Reply>;

export const Evaluate = z.strictObject({
  v: z.literal(1),
  search: id,
  /** Packed elements, base64url. */
  elements: z
    .string()
    .min(43)
    .max(400_000)
    .regex(/^[A-Za-z0-9_-]+$/),
});
export const Evaluated = z.strictObject({
  evaluated: z.string().max(400_000),
  proof: z.string().length(86),
});

/** JSON filled with spaces to `bytes`, sealed to that desk. Throws `RangeError` when it does not fit. */
export async function sealFixed(
  to: { kid: string; key: JWK },
  value: unknown,
  bytes: number,
): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(value));
  if (plain.length > bytes) throw new RangeError(`${plain.length} bytes`);
  const filled = new Uint8Array(bytes).fill(0x20);
  filled.set(plain);
  return new CompactEncrypt(filled)
    .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", kid: to.kid })
    .encrypt({ ...to.key, alg: "ECDH-ES+A256KW" });
}

/** A question's size follows from its steps of subjects. */
export const questionBytes = (subjects: number): number => 4096 + subjects * tagsOfSubject * 40;

export const parsed = (plain: Uint8Array | null): unknown => {
  if (plain === null) return null;
  try {
    return JSON.parse(new TextDecoder().decode(plain)) as unknown;
  } catch {
    return null;
  }
};

/** A question's body. Throws `BAD_REQUEST` of the exchange for anything else. */
export function readAs<S extends z.ZodType>(shape: S, body: Uint8Array): z.infer<S> {
  const result = shape.safeParse(parsed(body));
  if (!result.success) throw new ExchangeError("BAD_REQUEST", result.error.issues[0]?.path.join("."));
  return result.data;
}

export const print = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
