// Deeds on several entries at once: each is done by the room whose entry it is, under the officer's own rights.
import { Id, SimpulError } from "@simpul/model";
import { InboxError, type DoneDeeds, type EntryDeed, type EntryName, type InboxSource } from "./contract.ts";
import type { InboxStanding } from "./contract.ts";

/**
 * One after another, so that what was done stays done when a later one is refused; says of each which it was. What no
 * room does is refused like what is not there.
 */
export async function doEach(
  sources: readonly InboxSource[],
  standing: InboxStanding,
  { entries, deed }: { entries: readonly EntryName[]; deed: EntryDeed },
  log: (fault: unknown, source: string) => void,
): Promise<DoneDeeds> {
  const told: DoneDeeds = { done: [], refused: [] };
  for (const { kind, id } of entries) {
    const source = sources.find((one) => one.deeds?.kinds.includes(kind));
    try {
      if (source?.deeds === undefined) throw new InboxError("NOT_FOUND", kind);
      await source.deeds.do(standing, Id.parse(id), deed);
      told.done.push({ kind, id });
    } catch (fault) {
      const code = fault instanceof SimpulError ? (fault as SimpulError).code : "FAULT";
      if (code === "FAULT") log(fault, kind);
      told.refused.push({ kind, id, code });
    }
  }
  return told;
}
