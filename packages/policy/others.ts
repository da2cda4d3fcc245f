// "Who else can?": every post from which its officer may do an act to a record, asked of the policy itself.
import type { AgencyKind, Id, NodeCode, Officer, Purpose, Role } from "@simpul/model";
import type { Act } from "./acts.ts";
import type { Asking, Policy } from "./decide.ts";
import { purposesFor, rolesUnder } from "./purposes.ts";
import type { CaseFacts, RecordFacts } from "./records.ts";

/** An officer at one of her desks: all that a policy reads of her. */
export interface Post {
  officer: Id;
  agency: Id;
  agencyKind: AgencyKind;
  desk: Id;
  roles: readonly Role[];
}

/** A post that may, and the policies that say so under each purpose that she can act for. */
export interface MayToo {
  post: Post;
  because: readonly string[];
}

/**
 * The posts that may, for at least one purpose. Officers whom the record does not name are asked once for each desk
 * and set of roles, as no policy can tell them apart; so many officers cost no more than a few.
 */
export function whoMay<A extends Act>(
  policy: Pick<Policy, "decide">,
  ask: { node: NodeCode; act: A; record: Asking<A>["record"]; now: Date },
  posts: readonly Post[],
): MayToo[] {
  const named = officersIn(ask.record);
  const known = new Map<string, readonly string[]>();
  const found: MayToo[] = [];
  for (const post of posts) {
    const who = named.has(post.officer) ? post.officer : "";
    const key = `${post.desk} ${post.roles.toSorted().join()} ${post.agencyKind} ${who}`;
    const because = known.get(key) ?? reasonsOf(policy, ask, post);
    known.set(key, because);
    if (because.length > 0) found.push({ post, because });
  }
  return found;
}

function reasonsOf<A extends Act>(
  policy: Pick<Policy, "decide">,
  { node, act, record, now }: { node: NodeCode; act: A; record: Asking<A>["record"]; now: Date },
  post: Post,
): string[] {
  const because = new Set<string>();
  for (const purpose of purposesFor(post)) {
    const decision = policy.decide({ officer: officerAt(node, post, purpose), act, record, purpose, now });
    if (decision.allowed) for (const one of decision.because) because.add(one);
  }
  return [...because].sort();
}

/** The officer as she would ask from this post for a purpose, without a second factor shown. */
export const officerAt = (node: NodeCode, post: Post, purpose: Purpose): Officer => ({
  kind: "officer",
  id: post.officer,
  node,
  agency: post.agency,
  agencyKind: post.agencyKind,
  desk: post.desk,
  roles: rolesUnder(purpose, post.roles, post.agencyKind),
  provenAt: null,
});

/** Officers whom the facts of a record name; the policies tell the others apart by desk and roles only. */
export function officersIn(record: RecordFacts): Set<Id> {
  const ofCase = (of: CaseFacts | null): (Id | null)[] =>
    of === null ? [] : [...of.team, ...(of.leads ?? []), ...(of.opened ?? [])];
  const all = (): (Id | null)[] => {
    switch (record.kind) {
      case "case":
        return ofCase(record);
      case "item":
        return [record.takenInBy, ...ofCase(record.case)];
      case "request":
        return [record.author, ...ofCase(record.case)];
      case "release":
        return [record.author, record.request.author, ...ofCase(record.request.case)];
      case "belonging":
        return [record.owner];
      case "order":
        return [record.author];
      case "space":
        return [...record.members, ...record.contributors];
      case "desk":
      case "node":
        return [];
    }
  };
  return new Set(all().filter((one) => one !== null));
}

/** What a reader is told of one record; the page and the command line put it into words. */
export interface WhyView {
  kind: string;
  id: Id;
  /** Message ids of packages/policy/words: why she sees it. */
  because: readonly string[];
  /** Officers whom the record names, and why each sees it. */
  persons: readonly { name: string; because: readonly string[] }[];
  /** Everybody else, by desk. */
  desks: readonly { desk: string; agency: string; roles: readonly Role[]; officers: number }[];
  /** They see it through a case that the reader does not see. */
  hidden: number;
  /** Officers altogether, without the reader. */
  officers: number;
  /** False when the node has more officers than are asked at once. */
  whole: boolean;
  /** The last look of each officer, newest first, and how many were noted. */
  seen: readonly { name: string; at: string; kind: string; purpose: string; times: number }[];
}
