// The conversation as this window keeps it: written at once with every answer, forgotten with the window or at sign-out.
import { useState } from "react";
import { useSession } from "@simpul/doors/web";

/**
 * Like a draft of any form (doors/web/draft.ts, whose prefix it shares so that signing out forgets it), but without its
 * short delay: what she just said must be there when the page is loaded anew.
 */
export function useKept<T>(
  name: string,
  fresh: T,
): { value: T; keep: (value: T) => void; forget: () => void } {
  const { officer, node } = useSession();
  const key = `simpul.draft.${node.code}.${officer.id}.${name}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const read = JSON.parse(sessionStorage.getItem(key) ?? "null") as { value: T } | null;
      return read?.value ?? fresh;
    } catch {
      return fresh;
    }
  });
  return {
    value,
    keep(next) {
      setValue(next);
      try {
        sessionStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), value: next }));
      } catch {
        // No room: the answers are still sealed to the desk as they are given.
      }
    },
    forget: () => sessionStorage.removeItem(key),
  };
}
