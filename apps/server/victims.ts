// The compartment of possible victims: what it is given, and which kinds of entries the features bring to it.
import { directory } from "@simpul/features/access/directory.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import { sessionHolds } from "@simpul/features/access/sessions.ts";
import { linkedKind } from "@simpul/features/distress/acts.ts";
import { wordKind } from "@simpul/features/reviews/compare.ts";
import { soughtKind, toldKind } from "@simpul/features/reviews/search/kinds.ts";
import { screeningKinds } from "@simpul/features/screening/kinds.ts";
import { fromZawgyi, zawgyiLikelihood } from "@simpul/detect";
import { fieldKinds } from "@simpul/features/field/contract.ts";
import { surgeKinds } from "@simpul/features/surge/contract.ts";
import { victimsRefusals, type EntryKind } from "@simpul/features/victims/contract.ts";
import {
  overrideKind,
  referralsKinds,
  reviewedKind,
  stepKind as trackStepKind,
} from "@simpul/features/referrals/kinds.ts";
import { awayOf, reviewsOf } from "@simpul/features/referrals/person.ts";
import { tracksDue } from "@simpul/features/referrals/tracks.ts";
import { choiceKind, reflectionKind, returnsKinds, stepKind } from "@simpul/features/returns/kinds.ts";
import { standardsKinds } from "@simpul/features/standards/node.ts";
import { mergedKind, ownKinds, partedKind } from "@simpul/features/victims/kinds.ts";
import { Memory } from "@simpul/features/victims/memory.ts";
import type { VictimsNode } from "@simpul/features/victims/node.ts";
import { lightPassphraseCost, passphraseCost } from "@simpul/store/keys";
import { victimsInbox } from "@simpul/features/victims/due.ts";
import { closeIdle } from "@simpul/features/victims/opening.ts";
import { victimsRoutes } from "@simpul/features/victims/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

/** Every feature's kinds of entries, by hand. */
const kinds: readonly EntryKind[] = [
  ...ownKinds,
  ...returnsKinds,
  wordKind,
  toldKind,
  soughtKind,
  ...referralsKinds,
  ...screeningKinds,
  linkedKind,
  ...standardsKinds,
  ...fieldKinds,
  ...surgeKinds,
];

/** After these another day may be the next one that counts. */
const dueKinds: ReadonlySet<string> = new Set(
  [
    choiceKind,
    stepKind,
    trackStepKind,
    reflectionKind,
    overrideKind,
    reviewedKind,
    mergedKind,
    partedKind,
  ].map(({ kind }) => kind),
);

const memories = new WeakMap<Node, Memory>();

/** One memory per node, however often its features are put together. */
export function victimsNode(node: Node, access: AccessNode): VictimsNode {
  const { code, exercise, store, clock, random } = node;
  const memory = memories.get(node) ?? new Memory();
  memories.set(node, memory);
  return {
    ...{ code, exercise, store, clock, random, memory },
    policy: access.policy,
    directory: directory(store),
    box: node.keys.box,
    releaseAlone: node.settings.victimReleaseAlone ?? false,
    whenOpened: [],
    away: awayOf,
    dueOf: [reviewsOf, tracksDue(node.terms.referrals, code)],
    dueKinds,
    kinds: new Map(kinds.map((one) => [one.kind, one])),
    unicode: (text) => (zawgyiLikelihood(text) > 0.9 ? fromZawgyi(text) : text),
    cost: exercise ? lightPassphraseCost : passphraseCost,
    holds: (session) => sessionHolds(access, session),
    wake: (topic) => store.wakes.wake(topic),
  };
}

export const victimsRoom = (victims: VictimsNode): Room => ({
  doors: [["/api/victims", victimsRoutes(victims)]],
  inbox: [victimsInbox(victims)],
  chores: [{ name: "close desks that rest", everySeconds: 15, run: () => closeIdle(victims) }],
  refusals: victimsRefusals,
});
