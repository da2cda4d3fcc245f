// Collects what waits for an officer and her desk from all features that hand something over.
import type { Officer, Purpose } from "@simpul/model";
import type { Store } from "@simpul/store";
import type { InboxEntry, InboxSource, InboxView } from "./contract.ts";
import { inOrder } from "./rules.ts";

const most = 500;

type Standing = { actor: Officer; purpose: Purpose };

/**
 * Every page asks for it again whenever something changes, so all sources are read in one transaction and noted in one
 * leaf. PostgreSQL ends a transaction at its first error: then each source is asked by itself, and one that fails hides
 * its own entries, says so, and nothing else.
 */
export async function inboxOf(
  store: Store,
  sources: readonly InboxSource[],
  standing: Standing,
  log: (fault: unknown, source: string) => void,
): Promise<InboxView> {
  const look = (of: readonly InboxSource[]): Promise<InboxEntry[]> =>
    store.read(standing, async (db) => {
      const entries: InboxEntry[] = [];
      for (const source of of) entries.push(...(await source.waiting(standing, db)));
      db.noteRead("inbox.listed", { shown: entries.length });
      return entries;
    });
  const missing: string[] = [];
  const one = async (source: InboxSource): Promise<InboxEntry[]> => {
    try {
      return await look([source]);
    } catch (fault) {
      missing.push(source.name);
      log(fault, source.name);
      return [];
    }
  };
  const apart = async (): Promise<InboxEntry[]> => (await Promise.all(sources.map(one))).flat();
  const entries = await look(sources).catch(apart);
  return { entries: inOrder(entries).slice(0, most), missing };
}
