// What the inbox collects: entries that features hand over, each with its address, its deadline, whose it is.
import { SimpulError, type Id, type Officer, type Purpose } from "@simpul/model";
import type { Reader } from "@simpul/store";

/** Something that waits for an officer or her desk. */
export interface InboxEntry {
  id: Id;
  /** What it is: `task`, `item`, `request`, …; its words are `inbox.kind.<kind>`. */
  kind: string;
  title: string;
  /** Where it is done, e.g. `/cases/ID-2031-000417/tasks`. */
  to: string;
  /** A day (`2031-04-17`) or an instant; null when nothing presses. */
  due: string | null;
  since: string;
  /** For whom it waits: this officer, or anybody at her desk. */
  for: "me" | "desk";
  case: { id: Id; number: string; title: string } | null;
  /** What this officer may do with it without opening it. */
  may?: readonly EntryAct[];
  /** Who was told that it waits, and when. */
  told?: { name: string; at: string }[];
}

export const entryActs = ["give", "done"] as const;
export type EntryAct = (typeof entryActs)[number];

/** Given to an officer, or back to the desk (null); finished; `reopen` takes finishing back. */
export type EntryDeed = { act: "give"; to: Id | null } | { act: "done" | "reopen" };

/** What a room does with its entries without their being opened. */
export interface EntryDeeds {
  kinds: readonly InboxEntry["kind"][];
  /** Throws the room's own refusals; then nothing of this entry was done. */
  do(standing: InboxStanding, id: Id, deed: EntryDeed): Promise<void>;
}

/** Which entries it was done with, and which were refused by which code. */
export interface DoneDeeds {
  done: EntryName[];
  refused: (EntryName & { code: string })[];
}

/** A feature hands one over by the server; it answers under the officer's own rights. */
export type InboxSource = {
  /** Its word in the list of what could not be asked. */
  name: string;
  deeds?: EntryDeeds;
} & (
  | {
      /**
       * Reads by `db` alone, in the one look at the whole inbox, which is noted once for all sources (AUD-1). A look
       * inside a look would take a second connection while it holds the first, and many of them would wait for ever.
       */
      waiting(standing: InboxStanding, db: Reader): Promise<InboxEntry[]>;
    }
  | {
      /** Looks by itself and notes it: it gives names that are read under other rights than the officer's. */
      apart(standing: InboxStanding): Promise<InboxEntry[]>;
    }
);

/** Whose inbox it is, and what for. */
export interface InboxStanding {
  actor: Officer;
  purpose: Purpose;
}

/** An entry that an officer put off for herself; it comes back by itself. */
export interface LaterEntry extends InboxEntry {
  until: string;
}

/** How an entry is named in an act on it. */
export type EntryName = Pick<InboxEntry, "kind"> & { id: string };

export interface InboxView {
  entries: InboxEntry[];
  /** What she put off, until it is time. */
  later: LaterEntry[];
  /** Sources that could not be asked just now; what they hold is not shown. */
  missing: string[];
}

/** By what a view is chosen; what is not given does not matter. */
export interface ViewFilters {
  for?: "me" | "desk" | undefined;
  kind?: string | undefined;
  /** Its number. */
  case?: string | undefined;
  /** Only what is overdue. */
  due?: "over" | undefined;
  /** What she put off, in place of what waits. */
  later?: "yes" | undefined;
}

/** A view that an officer named: it is hers alone, and there on every device of hers. */
export interface NamedView {
  id: Id;
  name: string;
  filters: ViewFilters;
}

/** Views that an officer may keep, letters of a name and of a filter; entries put off in one act and in all, for how many days. */
export const inboxLimits = {
  views: 30,
  name: 60,
  filter: 100,
  atOnce: 100,
  putOff: 500,
  laterDays: 31,
} as const;

export type InboxCode = "NOT_FOUND" | "LIMIT_REACHED" | "MAY_NOT_WAIT" | "UNTIL_OUT_OF_RANGE";

export class InboxError extends SimpulError<InboxCode> {}

/** How refusals answer over HTTP; the server adds them to its one table. */
export const inboxRefusals: Readonly<Record<InboxCode, 404 | 422>> = {
  NOT_FOUND: 404,
  LIMIT_REACHED: 422,
  MAY_NOT_WAIT: 422,
  UNTIL_OUT_OF_RANGE: 422,
};

/** What waits comes from several rooms: whatever changes there may change it. */
export const inboxTopics = [
  "case",
  "item",
  "check",
  "answered",
  "request",
  "permission",
  "desk",
  "assistance",
  "operation",
  "exercise",
] as const;
