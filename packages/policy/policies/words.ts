// Phrases that several policies share: who sees a case, who works on it, who speaks for the state.

/** The roles that work cases of their agency; administrators, caseworkers and oversight see none by role. */
export const worksCases = `principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison", "prosecutor"])`;

/** A place on a team counts while she works, not while she administers or oversees (`simpul.works_in_team`). */
export const onTeam = (record: string): string =>
  `(${record}.team.contains(principal)
    && principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison", "prosecutor", "caseworker"]))`;

/** Open in an emergency, for looking only; no covert case can be (`simpul.opened_cases`). */
export const openedBy = (record: string): string =>
  `(${record}.opened.contains(principal) && !${record}.covert && ${worksCases})`;

/** Sight of a case, as row security has it (`simpul.sees_case`). */
export const sees = (record: string): string => `(
    ${onTeam(record)}
    || ${openedBy(record)}
    || (!${record}.covert && ${record}.agency == principal.agency && ${worksCases})
    || (${record}.covert && ${record}.desk == principal.desk && principal.roles.contains("supervisor"))
  )`;

/** Work on a case: its team, its desk, and for a covert one the supervisors of its desk. */
export const worksOn = (record: string): string => `(
    ${onTeam(record)}
    || (!${record}.covert && ${record}.desk == principal.desk
        && principal.roles.containsAny(["investigator", "analyst", "supervisor", "liaison"]))
    || (${record}.covert && ${record}.desk == principal.desk && principal.roles.contains("supervisor"))
  )`;

/** MSG-7: the national contact point sees what comes in and what goes out. */
export const contactPoint = `(principal.agencyKind == "liaison" && principal.roles.containsAny(["liaison", "supervisor"]))`;

/** MLA-1: whoever speaks for the state in formal requests. */
export const centralAuthority = `(principal.agencyKind == "central-authority" && principal.roles.containsAny(["liaison", "supervisor"]))`;

/** MLA-4: the prosecution service, which reviews a formal request before it goes to the central authority. */
export const prosecution = `(principal.agencyKind == "prosecutor" && principal.roles.contains("prosecutor"))`;

/** A list of acts as Cedar names them. */
export const actions = (...acts: readonly string[]): string =>
  `[${acts.map((act) => `Simpul::Action::"${act}"`).join(", ")}]`;
