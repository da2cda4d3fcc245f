// What emergency desks send each other: a message passed on, sealed; somebody took it; it is called back; it is gone.
import { readBody } from "@simpul/exchange";
import { anId } from "@simpul/doors/http";
import { z } from "zod";

const wire = {
  "distress.passed": z.strictObject({
    v: z.literal(1),
    id: anId,
    /** JWE compact to the other desk's key. */
    jwe: z
      .string()
      .min(200)
      .max(131_072)
      .regex(/^[\w-]+(\.[\w-]+){4}$/),
  }),
  "distress.taken": z.strictObject({ v: z.literal(1), id: anId }),
  "distress.called-back": z.strictObject({ v: z.literal(1), id: anId }),
  "distress.gone": z.strictObject({
    v: z.literal(1),
    id: anId,
    /** Whether an officer there had taken it. */
    taken: z.boolean(),
    /** States whose desk had it from there; each was sent the same word. */
    onward: z.array(z.string().regex(/^[a-z]{2}$/)).max(20),
    /** Those of them that have not said that it is gone there; the same word comes again as they do. */
    waits: z
      .array(z.string().regex(/^[a-z]{2}$/))
      .max(20)
      .exactOptional(),
  }),
} as const;
export type WireType = keyof typeof wire;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): z.infer<(typeof wire)[T]> =>
  readBody(wire[type], body) as z.infer<(typeof wire)[T]>;
