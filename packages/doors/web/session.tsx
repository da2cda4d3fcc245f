// Who sits here: the session as every page reads it.
import { createContext, useContext } from "react";
import type { ReactNode } from "react";
import type { AgencyKind, Purpose, Role } from "@simpul/model";

export interface DeskName {
  id: string;
  name: string;
}

/** What `GET /api/access/session` answers; 401 when nobody is signed in. */
export interface Session {
  node: { code: string; name: string; exercise: boolean };
  officer: {
    id: string;
    name: string;
    nameLatin?: string | null;
    desk: DeskName;
    agency: { id: string; name: string; kind: AgencyKind };
    roles: Role[];
  };
  /** Desks for which she may act; one at a time. */
  desks: DeskName[];
  /** The purpose in force, kept with every act (AUD-1). */
  purpose: Purpose;
  purposes: Purpose[];
  language: string;
  /** When she last proved herself with her second factor. */
  provenAt: string | null;
}

/** May this officer enter or do it? The server decides anew; this only keeps a dead end off the screen. */
export type Needs = (session: Session) => boolean;

/** True for officers with one of `roles`. */
export const needsRole =
  (...roles: Role[]): Needs =>
  (session) =>
    session.officer.roles.some((role) => roles.includes(role));

export interface SessionDoor {
  session: Session;
  /** Acts for another desk or purpose, or in another language, from now on. */
  change(to: { desk?: string; purpose?: Purpose; language?: string }): Promise<void>;
  signOut(): Promise<void>;
}

const SessionContext = createContext<SessionDoor | null>(null);

export function SessionProvider({ door, children }: { door: SessionDoor; children: ReactNode }): ReactNode {
  return <SessionContext value={door}>{children}</SessionContext>;
}

/** The session and what can be changed in it. Throws outside a signed-in page. */
export function useSessionDoor(): SessionDoor {
  const door = useContext(SessionContext);
  if (door === null) throw new Error("a page outside a session");
  return door;
}

/** Who sits here. */
export const useSession = (): Session => useSessionDoor().session;

/** Whether the officer may, by her session; ask it before drawing a button. */
export const useMay = (needs: Needs): boolean => needs(useSession());
