// Owners are asked here whether something is still needed, with the day on which silence deletes it (RET-1).
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { keptIn } from "./look.ts";
import type { RetentionNode } from "./node.ts";

/** What her desk may decide; one line for each case, so that a large one does not fill the list. */
export const retentionInbox = (node: RetentionNode): InboxSource => ({
  name: "retention",
  waiting: async (_, db) => {
    const asked = (await keptIn(node, db, {})).filter(
      (one) => one.state === "asked" && one.may.length > 0 && one.hold === null,
    );
    const groups = new Map<string, typeof asked>();
    for (const one of asked) {
      const key = one.case?.id ?? one.id;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].map((list): InboxEntry => {
      const first = list[0]!;
      return {
        id: first.id,
        kind: "kept",
        title: list.length === 1 ? first.title : `${first.title} (+${list.length - 1})`,
        to: "/retention",
        due: first.deleteAfter,
        since: `${first.reviewOn}T00:00:00.000Z`,
        for: "desk",
        case: first.case === null ? null : { ...first.case, title: "" },
      };
    });
  },
});
