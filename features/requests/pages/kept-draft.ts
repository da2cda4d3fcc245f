// A draft that the node keeps: it saves itself, says so, and never overwrites what a colleague saved meanwhile.
import { useCallback, useEffect, useRef, useState } from "react";
import { Refused, useWords } from "@simpul/doors/web";

export interface KeptDraft<T> {
  value: T;
  set: (change: Partial<T>) => void;
  /** In words: saved when, or not yet. */
  says: string;
  /** Why the last save was refused; null when it stands. */
  fault: unknown;
  /** Saves what is not saved yet; throws when the node refuses. */
  flush: () => Promise<void>;
}

const pause = 700;

/** `save` is given the version last read, null before the first save, and gives the new one. */
export function useKeptDraft<T extends object>(
  first: T,
  firstVersion: number | null,
  save: (value: T, version: number | null) => Promise<number>,
): KeptDraft<T> {
  const words = useWords();
  const [value, setValue] = useState(first);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const latest = useRef(first);
  const saved = useRef(first);
  const version = useRef(firstVersion);
  const saver = useRef(save);
  const line = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    saver.current = save;
  });

  const flush = useCallback((): Promise<void> => {
    // One save after the other: each is told the version that the one before was given.
    const next = line.current.then(async () => {
      const now = latest.current;
      if (now === saved.current && version.current !== null) return;
      try {
        version.current = await saver.current(now, version.current);
        saved.current = now;
        setSavedAt(new Date().toISOString());
        setFault(null);
      } catch (no) {
        setFault(no);
        throw no;
      }
    });
    line.current = next.catch(() => undefined);
    return next;
  }, []);

  useEffect(() => {
    if (value === saved.current) return undefined;
    // Somebody saved a later version: ours is kept on the screen, and not forced over theirs.
    if (fault instanceof Refused && fault.code === "NEWER_DRAFT") return undefined;
    const timer = setTimeout(() => void flush().catch(() => undefined), pause);
    return () => clearTimeout(timer);
  }, [value, fault, flush]);

  return {
    value,
    set(change) {
      latest.current = { ...latest.current, ...change };
      setValue(latest.current);
    },
    says:
      fault !== null
        ? words.say("requests.draft.unsaved")
        : savedAt === null
          ? words.say("requests.draft.none")
          : words.say("requests.draft.saved", { time: words.minute(savedAt) }),
    fault,
    flush,
  };
}
