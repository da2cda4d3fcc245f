// Who the pages of checks are for; the node decides anew, this only keeps a dead end off the screen.
import type { Needs, Session } from "@simpul/doors/web";

const has = ({ officer }: Session, ...roles: readonly string[]): boolean =>
  officer.roles.some((role) => roles.includes(role));

export const asks: Needs = (session) =>
  has(session, "investigator", "analyst", "supervisor", "liaison", "prosecutor");

/** The contact point and oversight see what others asked. */
export const watches: Needs = (session) =>
  has(session, "oversight") ||
  (session.officer.agency.kind === "liaison" && has(session, "liaison", "supervisor"));
