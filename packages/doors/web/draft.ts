// Drafts save themselves, on this device and for this officer only, and say so in words.
import { useEffect, useRef, useState } from "react";
import { useSession } from "./session.tsx";
import { useWords } from "./words.tsx";

interface Kept<T> {
  at: string;
  value: T;
}
const prefix = "simpul.draft.";

function stored<T>(key: string): Kept<T> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as Kept<T> | null;
  } catch {
    return null;
  }
}

/**
 * State that survives a reload and a lost session: `const draft = useDraft("case.open", { title: "" })`. Show
 * `draft.says` near the form; call `draft.clear()` when it was sent. It is kept in this window's session storage,
 * which the browser forgets with the window, so that a shared computer does not remember case data.
 */
export function useDraft<T>(
  name: string,
  empty: T,
): {
  value: T;
  set: (value: T | ((before: T) => T)) => void;
  says: string;
  restored: boolean;
  clear: () => void;
} {
  const { officer, node } = useSession();
  const words = useWords();
  const key = `${prefix}${node.code}.${officer.id}.${name}`;
  const [first] = useState(() => stored<T>(key));
  const [value, set] = useState<T>(first?.value ?? empty);
  const [savedAt, setSavedAt] = useState<string | null>(first?.at ?? null);
  const [full, setFull] = useState(false);
  const touched = useRef(false);

  useEffect(() => {
    if (!touched.current) return undefined;
    const timer = setTimeout(() => {
      const at = new Date().toISOString();
      try {
        sessionStorage.setItem(key, JSON.stringify({ at, value } satisfies Kept<T>));
        setSavedAt(at);
        setFull(false);
      } catch {
        setFull(true);
      }
    }, 400);
    return () => clearTimeout(timer);
  }, [key, value]);

  return {
    value,
    set(next) {
      touched.current = true;
      set(next);
    },
    restored: first !== null,
    says: full
      ? words.say("web.draft.full")
      : savedAt === null
        ? words.say("web.draft.none")
        : words.say("web.draft.saved", { time: words.minute(savedAt) }),
    clear() {
      touched.current = false;
      sessionStorage.removeItem(key);
      setSavedAt(null);
      set(empty);
    },
  };
}

/** Forgets every draft of this window, at sign-out. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}
