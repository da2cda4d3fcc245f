// The session as the node tells it, and what ends with it.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api, connectApi, forgetDrafts, Refused } from "@simpul/doors/web";
import type { Door, Session, SessionDoor } from "@simpul/doors/web";

const address = "/api/access/session";

export type Standing =
  | { kind: "asking" }
  | { kind: "nobody" }
  | { kind: "signed-in"; door: SessionDoor }
  | { kind: "fault"; fault: unknown };

/** Who sits here, asked at the start and kept in step with what the officer changes. */
export function useStanding(door: Door): { standing: Standing; ask: () => void } {
  const queries = useQueryClient();
  const [session, setSession] = useState<Session | null | undefined>();
  const [fault, setFault] = useState<unknown>(null);
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    // Drafts stay: a session that ran out must not cost what was typed.
    connectApi({ stepUp: door.stepUp, sessionLost: () => setSession(null) });
  }, [door]);

  useEffect(() => {
    const stop = new AbortController();
    api
      .get<Session>(address, { signal: stop.signal })
      .then((found) => {
        setFault(null);
        setSession(found);
      })
      .catch((no: unknown) => {
        if (stop.signal.aborted) return;
        if (no instanceof Refused && no.status === 401) setSession(null);
        else setFault(no);
      });
    return () => stop.abort();
  }, [asked]);

  const standing = useMemo((): Standing => {
    if (session) {
      const officer = session.officer.id;
      return {
        kind: "signed-in",
        door: {
          session,
          async change(to) {
            const next = await api.patch<Session>(address, to);
            // Another desk or purpose sees other things; nothing of the old sight stays on the screen.
            if (to.language === undefined) queries.clear();
            setSession(next);
          },
          async signOut() {
            const { provider } = await api.delete<{ provider: string | null }>(address);
            queries.clear();
            forgetDrafts();
            for (const key of Object.keys(localStorage))
              if (key.includes(officer)) localStorage.removeItem(key);
            setSession(null);
            // She came by the ministry's sign-in: signed out there too, or the next person at this desk is let in as her.
            if (provider !== null) window.location.assign(provider);
          },
        },
      };
    }
    if (fault !== null) return { kind: "fault", fault };
    return session === null ? { kind: "nobody" } : { kind: "asking" };
  }, [session, fault, queries]);

  return { standing, ask: () => setAsked((count) => count + 1) };
}
