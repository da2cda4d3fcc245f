// What the surge room keeps of a person, sealed with her record: the row of a list, wristbands, what an embassy may be told.
import { z } from "zod";
import type { EntryKind } from "../victims/contract.ts";
import { rowIssues } from "./issues.ts";

const wristband = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{12}$/);

const ListedShape = z.strictObject({
  list: z.uuid(),
  row: z.number().int().min(1),
  sheet: z.string().max(200),
  /** As the list wrote it, by heading. */
  written: z.record(z.string().max(100), z.string().max(2000)),
  issues: z.array(z.enum(rowIssues)),
  wristband,
});
export type Listed = z.infer<typeof ListedShape>;
/** She stands on a list, at this row. */
export const listedKind: EntryKind<Listed> = { kind: "surge.listed", schema: ListedShape };

/** A wristband given in place of one that was lost, or to somebody who is on no list. */
export const wristbandKind: EntryKind<{ code: string }> = {
  kind: "surge.wristband",
  schema: z.strictObject({ code: wristband }),
};

/** An officer decided that two are two: they are not shown as possibly one again. */
export const apartKind: EntryKind<{ other: string }> = {
  kind: "surge.apart",
  schema: z.strictObject({ other: z.uuid() }),
};

export const embassyFields = ["name", "born", "sex", "document"] as const;
const EmbassyShape = z.strictObject({
  allow: z.boolean(),
  fields: z.array(z.enum(embassyFields)).max(embassyFields.length),
  /** How it was asked and answered, in words. */
  reason: z.string().trim().min(3).max(1000),
});
export type EmbassyWord = z.infer<typeof EmbassyShape>;
/** Whether her embassy may be told, and what; without it nothing is told. */
export const embassyKind: EntryKind<EmbassyWord> = { kind: "surge.embassy", schema: EmbassyShape };

/** What her embassy was told, by whom it was agreed. */
export const toldKind: EntryKind<{ paper: string; state: string; fields: string[]; agreedBy: string }> = {
  kind: "surge.told",
  schema: z.strictObject({
    paper: z.uuid(),
    state: z.string().regex(/^[A-Z]{2}$/),
    fields: z.array(z.string().max(40)).max(10),
    agreedBy: z.uuid(),
  }),
};

export const surgeKinds: readonly EntryKind[] = [listedKind, wristbandKind, apartKind, embassyKind, toldKind];
