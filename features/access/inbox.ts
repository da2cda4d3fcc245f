// What access hands to the inbox: an officer who waits for the second who saw her; that one came back, to her and to oversight.
import type { InboxSource } from "@simpul/features/inbox/contract.ts";
import type { AccessNode } from "./node.ts";
import { recoveriesIn } from "./recovery.ts";

const week = 7 * 86_400_000;

export const accessInbox = (node: AccessNode): InboxSource => ({
  name: "access",
  async waiting(standing, db) {
    const acting = { officer: standing.actor, purpose: standing.purpose };
    const since = node.clock.now().getTime() - week;
    return (await recoveriesIn(node, acting, db))
      .filter((one) =>
        one.second === null
          ? one.may.includes("vouch")
          : (one.mine || standing.actor.roles.includes("oversight")) && Date.parse(one.second.at) > since,
      )
      .map((one) => ({
        id: one.id,
        kind: one.second === null ? "access-vouch" : "access-recovered",
        title: one.officer.name,
        to: "/settings/recovery",
        due: one.second === null ? one.until : null,
        since: one.second?.at ?? one.first.at,
        for: one.mine ? ("me" as const) : ("desk" as const),
        case: null,
      }));
  },
});
