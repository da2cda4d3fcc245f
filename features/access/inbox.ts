// What access hands to the inbox: a colleague's word that is asked or was given; an officer who waits for the second who saw her; that one came back, to her and to oversight.
import type { InboxSource } from "@simpul/features/inbox/contract.ts";
import type { AccessNode } from "./node.ts";
import { recoveriesIn } from "./recovery.ts";
import { secondsIn } from "./second.ts";

const week = 7 * 86_400_000;

export const accessInbox = (node: AccessNode): InboxSource => ({
  name: "access",
  async waiting(standing, db) {
    const acting = { officer: standing.actor, purpose: standing.purpose };
    const since = node.clock.now().getTime() - week;
    const words = (await secondsIn(node, acting, db))
      .filter((one) => one.mine === (one.agreed !== null))
      .map((one) => ({
        id: one.id,
        kind: one.mine ? "access-agreed" : "access-second",
        title: one.mine ? one.of : `${one.by}: ${one.reason}`,
        to: one.mine ? one.page : "/settings/two-persons",
        due: one.until,
        since: one.agreed ?? one.at,
        for: "me" as const,
        case: null,
      }));
    const back = (await recoveriesIn(node, acting, db))
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
    return [...words, ...back];
  },
});
