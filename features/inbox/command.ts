// `simpul inbox`: what waits for an officer and her desk at the command line, what presses most first, with its clock.
import { exits, json, signedIn, type Client } from "@simpul/doors/cli";
import { defineCommand } from "citty";
import type { InboxEntry, InboxView, LaterEntry, NamedView, ViewFilters } from "./contract.ts";
import { chosen, deadline } from "./rules.ts";

const [hour, day] = [3_600_000, 86_400_000];

/** What is left of a clock in its two largest parts, e.g. `2 d 4 h`; a minute at least, so that it never says nothing. */
function length(milliseconds: number): string {
  const [d, h, m] = [
    Math.floor(milliseconds / day),
    Math.floor((milliseconds % day) / hour),
    Math.max(1, Math.floor((milliseconds % hour) / 60_000)),
  ];
  return d > 0 ? `${d} d ${h} h` : h > 0 ? `${h} h ${m} min` : `${m} min`;
}

/** `due 2031-04-17 in 2 d 4 h`, `OVERDUE 3 h 5 min`; without a deadline, since when it waits. */
export function clockOf(entry: Pick<InboxEntry, "due" | "since">, now: Date): string {
  if (entry.due === null) return `since ${entry.since.slice(0, 10)}`;
  const left = deadline(entry) - now.getTime();
  return left < 0 ? `OVERDUE ${length(-left)}` : `due ${entry.due.slice(0, 10)} in ${length(left)}`;
}

const lineOf = (entry: InboxEntry & Partial<LaterEntry>, now: Date): string =>
  [
    entry.id,
    entry.kind,
    entry.until === undefined ? clockOf(entry, now) : `put off until ${entry.until}`,
    entry.for === "me" ? "for you" : "for your desk",
    entry.case?.number ?? "-",
    entry.title,
  ].join("\t");

/** The filters of a view that she named; null where she has none of that name. */
async function filtersOf(door: Client, name: string): Promise<ViewFilters | null> {
  const { views } = await door.call<{ views: NamedView[] }>("GET", "/api/inbox/views");
  return views.find((one) => one.name === name)?.filters ?? null;
}

export const inboxCommand = defineCommand({
  meta: {
    name: "inbox",
    description: "what waits for you and your desk, what presses most first",
    example: "simpul inbox --mine",
  },
  args: {
    mine: { type: "boolean", description: "only what waits for you, not for anybody at your desk" },
    kind: { type: "string", description: "only of this kind, e.g. task, request-new" },
    view: { type: "string", description: "by the filters of a view that you named in the inbox" },
    later: { type: "boolean", description: "what you put off, in place of what waits" },
    json,
  },
  run: ({ args }) =>
    signedIn(args, async (door, out) => {
      const view = args.view === undefined ? {} : await filtersOf(door, args.view);
      if (view === null) {
        out.say(`no view of yours is named ${args.view ?? ""}`);
        return exits.unusable;
      }
      const by: ViewFilters = {
        ...view,
        ...(args.mine === true ? { for: "me" } : {}),
        ...(args.kind === undefined ? {} : { kind: args.kind }),
        ...(args.later === true ? { later: "yes" } : {}),
      };
      const { entries, later, missing } = await door.call<InboxView>("GET", "/api/inbox");
      const shown = chosen(by.later === "yes" ? later : entries, by, new Date());
      for (const one of shown) out.result(one, lineOf(one, new Date()));
      for (const one of missing) out.say(`could not be asked just now: ${one}; call again`);
      if (shown.length === 0 && missing.length === 0) out.say("nothing waits");
      // A part that could not be asked is no empty part.
      return missing.length === 0 ? exits.done : exits.unusable;
    }),
});
