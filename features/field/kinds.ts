// What the phone itself tells the desk beside the answers: which wristband, when it began, which phone.
import { z } from "zod";
import type { EntryKind } from "../victims/contract.ts";

const MetShape = z.strictObject({
  wristband: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{12}$/)
    .nullable(),
  began: z.iso.datetime(),
  phone: z.uuid(),
});
export type Met = z.infer<typeof MetShape>;
export const metKind: EntryKind<Met> = { kind: "field.met", schema: MetShape };
export const fieldKinds: readonly EntryKind[] = [metKind];
