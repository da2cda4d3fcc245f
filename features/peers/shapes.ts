// What comes in through the doors of this room, parsed once, with a limit on every size and count.
import { z } from "@simpul/doors/http";
import { doubtFindings } from "./contract.ts";
import { Id, NodeCode } from "@simpul/model";

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Names that we do not know are refused: nothing of a card goes unread. */
export const CardShape = z.strictObject({
  node: z.string().regex(/^[a-z]{2}$/),
  address: z
    .string()
    .max(300)
    .regex(/^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/),
  pin: hex64,
  signing: key,
  sealing: key,
  agencies: z.array(z.strictObject({ agency: z.uuid().toLowerCase(), key })).max(500),
  number: z.int().min(1).max(9999).optional(),
  exercise: z.literal(true).optional(),
  oprf: z
    .array(z.unknown())
    .max(500)
    .refine((keys) => JSON.stringify(keys).length <= 200_000)
    .optional(),
});

export const CodeShape = z
  .string()
  .regex(/^[a-z]{2}$/)
  .transform((text) => NodeCode.parse(text));
export const LetterIdShape = z.uuid().transform((text) => Id.parse(text.toLowerCase()));
export const HeardShape = z.strictObject({ heard: z.string().min(1).max(80) });
export const DoubtShape = z.strictObject({
  until: z.iso.datetime(),
  finding: z.enum(doubtFindings),
  text: z.string().trim().min(3).max(2000),
});
export const CloseShape = z.strictObject({ because: z.string().trim().min(3).max(2000) });
export const ChangeIdShape = LetterIdShape;
export const KeysShape = z
  .strictObject({
    kind: z.enum(["change", "stolen"]),
    because: z.string().trim().min(3).max(500),
    since: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .nullable()
      .default(null),
  })
  .refine((ask) => (ask.kind === "stolen") === (ask.since !== null), { path: ["since"] });
export const ReasonShape = z.strictObject({ reason: z.string().trim().min(3).max(500) });
