// What victim desks send each other: an offer that is sealed, and the short word that says what became of it.
import { readBody } from "@simpul/exchange";
import { anId, aNodeCode } from "@simpul/doors/http";
import { z } from "zod";
import { shareKinds, ways } from "./contract.ts";
import { shareSteps } from "./rules.ts";

const instant = z.iso.datetime();
/** JWE compact, to a victim desk's key. */
export const jwe = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+$/);

export const wire = {
  /** The first of a thread names it; `due` is when silence returns it. */
  "share.offered": z.strictObject({
    share: anId,
    thread: anId,
    what: z.enum(shareKinds),
    at: instant,
    due: instant,
    jwe: jwe(3_000_000),
  }),
  /**
   * A step of either side. `closed`: it is called back here too. `onward`: it went on, under the name that `onward`
   * gives it; with `closed`, that it is called back there.
   */
  "share.said": z.strictObject({
    share: anId,
    step: z.enum([...shareSteps, "closed", "onward"]),
    at: instant,
    answer: jwe(1_400_000).nullable(),
    onward: z
      .strictObject({ share: anId, via: anId, state: aNodeCode.nullable(), way: z.enum(ways) })
      .nullable(),
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;
