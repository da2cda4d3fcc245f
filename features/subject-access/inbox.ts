// What subject access hands to the inbox: the second person, what is to be decided, and the victim desk's own.
import type { InboxEntry, InboxSource } from "@simpul/features/inbox/contract.ts";
import { listAccesses, protectedAsks, type SubjectAccessNode } from "./access.ts";
import { referenceOf } from "./rules.ts";

export const subjectAccessInbox = (node: SubjectAccessNode): InboxSource => ({
  name: "subject-access",
  async apart(standing) {
    const open = (await listAccesses(node, standing)).filter((one) => one.may.length > 0);
    const sheltered = await protectedAsks(node, standing);
    const base = { due: null, for: "desk", case: null } as const;
    return [
      ...open.map((one): InboxEntry => ({
        ...base,
        id: one.id,
        kind: one.may.includes("agree") ? "subject-agree" : "subject-decide",
        title: one.reference,
        to: `/subject-access/${one.id}`,
        since: `${one.askedOn}T00:00:00.000Z`,
      })),
      ...sheltered.map((one): InboxEntry => ({
        ...base,
        id: one.id,
        kind: "subject-protected",
        title: referenceOf(one.id, one.askedOn),
        to: "/subject-access/protected",
        since: `${one.askedOn}T00:00:00.000Z`,
      })),
    ];
  },
});
