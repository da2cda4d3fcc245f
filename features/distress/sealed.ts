// What is sealed to the desk: messages as they came, and what the desk itself did with them. Nothing of it is kept open.
import type { DeskKey } from "@simpul/features/victims/contract.ts";
import { CompactEncrypt } from "jose";
import { z } from "zod";
import { closings, dangers, howMany, answerWays, notToTell, pageLanguages } from "./contract.ts";

const text = (most: number) => z.string().max(most);
const Recipient = z.union([
  z.object({ kind: z.literal("desk"), id: z.uuid() }),
  z.object({ kind: z.literal("state"), id: z.string().regex(/^[a-z]{2}$/) }),
]);

export const SaidShape = z.object({
  language: z.enum(pageLanguages),
  where: text(2000),
  many: z.enum(howMany).nullable(),
  danger: z.enum(dangers).nullable(),
  child: z.boolean(),
  answer: z.enum(answerWays).nullable(),
  contact: text(400),
  not: z.array(z.enum(notToTell)).max(6),
  notOther: text(400),
  more: text(4000),
  for: z.enum(["me", "other"]).nullable(),
  call: z
    .object({
      caller: z.enum(["self", "family", "friend", "other"]).nullable(),
      callerName: text(200),
      phone: text(100),
      callBack: z.enum(["any-time", "at-times", "text-only", "never"]).nullable(),
      callBackNote: text(400),
      person: text(200),
      nationality: text(60),
      finished: z.boolean(),
    })
    .nullable(),
});

/** A message as it lies sealed. `thread` joins what was written with one number; `from` is a state that passed it on. */
export const MessageShape = z.object({
  v: z.literal(1),
  at: z.iso.datetime(),
  via: z.enum(["page", "hotline", "state"]),
  thread: text(64),
  said: SaidShape,
  cut: z.boolean(),
  slowed: z.boolean(),
  /** What opens the way back to whoever wrote; null: none. */
  reply: z.object({ tag: text(64), key: text(64) }).nullable(),
  /** Who took down the call. */
  by: z.uuid().nullable(),
  from: z
    .object({ state: z.string().regex(/^[a-z]{2}$/), id: z.uuid(), why: text(2000), told: text(6000) })
    .nullable(),
});
export type Message = z.infer<typeof MessageShape>;

/** What the desk did, one fact each; a later one never changes an earlier one. */
const facts = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("taken") }),
  z.object({ kind: z.literal("noted"), text: text(4000) }),
  z.object({ kind: z.literal("answered"), text: text(3000) }),
  z.object({
    kind: z.literal("excluded"),
    who: z.object({ kind: z.enum(["desk", "agency", "officer", "state"]), id: text(40) }),
    why: text(2000),
  }),
  z.object({ kind: z.literal("let-in"), of: z.uuid(), why: text(2000) }),
  /** The caller took back a word about who must not be told, and how that is known. */
  z.object({ kind: z.literal("said-otherwise"), word: z.enum(notToTell), how: text(2000) }),
  z.object({ kind: z.literal("linked"), person: z.uuid() }),
  z.object({ kind: z.literal("inform-drafted"), to: Recipient, text: text(6000), why: text(2000) }),
  z.object({ kind: z.literal("informed"), of: z.uuid(), told: z.uuid() }),
  z.object({ kind: z.literal("inform-dropped"), of: z.uuid(), why: text(2000) }),
  z.object({ kind: z.literal("called"), step: text(20), text: text(2000) }),
  z.object({ kind: z.literal("closed"), why: z.enum(closings), text: text(2000) }),
]);
export const FactShape = z.object({ v: z.literal(1), at: z.iso.datetime(), by: z.uuid(), fact: facts });
export type SealedFact = z.infer<typeof FactShape>;
export type Fact = SealedFact["fact"];

/** Lengths in steps, so that a sealed row tells nothing by its size. */
const sizes = [4096, 16_384, 65_536] as const;

/** JWE compact (ECDH-ES+A256KW, A256GCM) to a desk key; anybody can make it, only the open desk reads it. */
export async function sealFor(to: DeskKey, value: Message | SealedFact): Promise<string> {
  const plain = Buffer.from(JSON.stringify(value));
  const size = sizes.find((one) => one >= plain.length);
  if (size === undefined) throw new RangeError("at most 64 KiB are sealed at once");
  const padded = Buffer.alloc(size, 0x20);
  plain.copy(padded);
  const jwe = await new CompactEncrypt(padded)
    .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", kid: to.kid })
    .encrypt({ ...to.key, alg: "ECDH-ES+A256KW" });
  plain.fill(0);
  padded.fill(0);
  return jwe;
}
