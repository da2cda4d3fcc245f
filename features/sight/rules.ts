// Who else, as one who asks may be told: persons whom the record names, desks with roles, and a mere count of the rest.
import type { Id, Role } from "@simpul/model";
import type { MayToo } from "@simpul/policy";

export interface Grouped {
  persons: { officer: Id; because: string[] }[];
  desks: { desk: Id; roles: Role[]; officers: number }[];
  /** They see it through a case that the asker does not see; their names would tell of it. */
  hidden: number;
  /** Officers altogether, without the asker. */
  officers: number;
}

const throughCase = "policy.request.seen-with-case";
/** Roles that let nobody see a record; they are left out of the words. */
const silent: readonly Role[] = ["administrator", "oversight"];

/** `named` are the officers whom the record names; `knowsCase` is whether the asker sees the case it leans on. */
export function grouped(
  found: readonly MayToo[],
  ask: { asker: Id; named: ReadonlySet<Id>; knowsCase: boolean },
): Grouped {
  const others = found.filter(({ post }) => post.officer !== ask.asker);
  const hides = (one: MayToo): boolean =>
    !ask.knowsCase && one.because.every((because) => because === throughCase);
  const open = others.filter((one) => !hides(one));
  const seen = new Set(open.map(({ post }) => post.officer));
  const persons = new Map<Id, Set<string>>();
  const desks = new Map<Id, { roles: Set<Role>; officers: Set<Id> }>();
  for (const { post, because } of open) {
    // A name that only the case gives is no name for one who does not know the case.
    if (ask.named.has(post.officer) && ask.knowsCase) {
      const known = persons.get(post.officer) ?? new Set();
      for (const one of because) known.add(one);
      persons.set(post.officer, known);
      continue;
    }
    const at = desks.get(post.desk) ?? { roles: new Set<Role>(), officers: new Set<Id>() };
    for (const role of post.roles) if (!silent.includes(role)) at.roles.add(role);
    at.officers.add(post.officer);
    desks.set(post.desk, at);
  }
  return {
    persons: [...persons].map(([officer, because]) => ({ officer, because: [...because].sort() })),
    desks: [...desks].map(([desk, { roles, officers }]) => ({
      desk,
      roles: [...roles].sort(),
      officers: officers.size,
    })),
    hidden: new Set(others.filter((one) => !seen.has(one.post.officer)).map(({ post }) => post.officer)).size,
    officers: new Set(others.map(({ post }) => post.officer)).size,
  };
}
