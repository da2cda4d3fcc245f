// Collects what waits for an officer and her desk from all features that hand something over.
import type { Clock } from "@simpul/model";
import type { Reader, Store } from "@simpul/store";
import type { InboxEntry, InboxSource, InboxStanding, InboxView, LaterEntry } from "./contract.ts";
import { putOffBy } from "./later.ts";
import { inOrder, putOffUntil, type PutOff } from "./rules.ts";

const most = 500;

/**
 * Every page asks for it again whenever something changes, so the sources are read in one transaction and noted in one
 * leaf; their plans are kept. PostgreSQL ends a transaction at its first error: then each source is asked by itself, and one that fails hides
 * its own entries, says so, and nothing else.
 */
export async function inboxOf(
  { store, clock }: { store: Store; clock: Clock },
  sources: readonly InboxSource[],
  standing: InboxStanding,
  log: (fault: unknown, source: string) => void,
): Promise<InboxView> {
  let put: readonly PutOff[] = [];
  const look = (asked: readonly InboxSource[]): Promise<InboxEntry[]> =>
    store.read(standing, async (look) => {
      const db: Reader = { ...look, rows: look.kept };
      const entries: InboxEntry[] = [];
      for (const source of asked)
        if ("waiting" in source) entries.push(...(await source.waiting(standing, db)));
      put = await putOffBy(db);
      db.noteRead("inbox.listed", { shown: entries.length });
      return entries;
    });
  const missing: string[] = [];
  const alone = async (source: InboxSource): Promise<InboxEntry[]> => {
    try {
      return await ("apart" in source ? source.apart(standing) : look([source]));
    } catch (fault) {
      missing.push(source.name);
      log(fault, source.name);
      return [];
    }
  };
  const each = async (asked: readonly InboxSource[]): Promise<InboxEntry[]> =>
    (await Promise.all(asked.map(alone))).flat();
  const together = sources.filter((source) => "waiting" in source);
  const [ours, others] = await Promise.all([
    look(together).catch(() => each(together)),
    each(sources.filter((source) => "apart" in source)),
  ]);
  const [entries, later]: [InboxEntry[], LaterEntry[]] = [[], []];
  for (const entry of inOrder([...ours, ...others])) {
    const until = putOffUntil(entry, put, clock.now());
    if (until === null) entries.push(entry);
    else later.push({ ...entry, until });
  }
  return { entries: entries.slice(0, most), later: later.slice(0, most), missing };
}
