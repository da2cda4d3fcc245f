// Values that many doors read from outside alike: text without control characters, ids, codes of states, digests.
import { Digest, Id, NodeCode } from "@simpul/model";
import { z } from "zod";

/** Text of at most `longest` UTF-16 units; line breaks and tabs may stand in it, other control characters and half signs not. */
export const clean = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine(
      (value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\p{Cs}]/u.test(value),
      "CONTROL_CHARACTER",
    );

/** The same without the space around it, of at least `shortest` units. */
export const text = (shortest: number, longest: number) =>
  clean(longest)
    .transform((value) => value.trim())
    .pipe(z.string().min(shortest));

const parsed = <T>(parse: (value: string) => T, code: string) =>
  z
    .string()
    .max(100)
    .transform((value, context) => {
      try {
        return parse(value);
      } catch {
        context.addIssue({ code: "custom", message: code });
        return z.NEVER;
      }
    });

/** An id, of either case. */
export const anId = parsed((value) => Id.parse(value.toLowerCase()), "NOT_AN_ID");
export const aNodeCode = parsed((value) => NodeCode.parse(value), "NOT_A_NODE_CODE");
export const aDigest = parsed((value) => Digest.parse(value), "NOT_A_DIGEST");
