// A draft that the node keeps: it saves itself, says so, and never overwrites what a colleague saved meanwhile.
import { useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "@simpul/doors/web";
import type { Beside, Saved, Saving } from "../contract.ts";

export interface KeptDraft<T> {
  value: T;
  set: (change: Partial<T>) => void;
  /** In words: saved when, or not yet. */
  says: string;
  /** Why the last save was refused; null when it stands. */
  fault: unknown;
  /** A colleague's values in fields that this officer changed as well. */
  beside: readonly Beside[];
  /** Saves what is not saved yet; throws when the node refuses. */
  flush: () => Promise<void>;
  /** The node's word on the draft, after a choice between two values. */
  settled: (answer: Saved<T>) => void;
}

const pause = 700;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
type Fields = Record<string, unknown>;

/** Fields that were changed between two states of a draft, by name. */
const changedIn = (from: object, to: object): string[] =>
  Object.keys(to).filter((field) => !same((from as Fields)[field], (to as Fields)[field]));

/** `save` is given the version last read, null before the first save, and what was changed since. */
export function useKeptDraft<T extends object>(
  first: T,
  firstVersion: number | null,
  save: (value: T, saving: Required<Saving> | null) => Promise<Saved<T>>,
  firstBeside: readonly Beside[] = [],
): KeptDraft<T> {
  const words = useWords();
  const [value, setValue] = useState(first);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [beside, setBeside] = useState<readonly Beside[] | null>(null);
  const latest = useRef(first);
  const saved = useRef(first);
  const version = useRef(firstVersion);
  const saver = useRef(save);
  const line = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    saver.current = save;
  });

  /** Takes what the node says of the draft; `now`: what it was told. What was typed meanwhile stays. */
  const take = useCallback((answer: Saved<T>, now: T): void => {
    version.current = answer.version;
    saved.current = now;
    if (answer.draft !== undefined) {
      const typed = changedIn(now, latest.current);
      const kept = Object.fromEntries(typed.map((field) => [field, (latest.current as Fields)[field]]));
      saved.current = { ...now, ...answer.draft };
      latest.current = { ...saved.current, ...kept };
      setValue(latest.current);
    }
    if (answer.beside !== undefined) setBeside(answer.beside);
  }, []);

  const flush = useCallback((): Promise<void> => {
    // One save after the other: each is told the version that the one before was given.
    const next = line.current.then(async () => {
      const now = latest.current;
      if (now === saved.current && version.current !== null) return;
      const read = version.current;
      const changed = changedIn(saved.current, now);
      try {
        const answer = await saver.current(now, read === null ? null : { version: read, changed });
        take(answer, now);
        setSavedAt(new Date().toISOString());
        setFault(null);
      } catch (no) {
        setFault(no);
        throw no;
      }
    });
    line.current = next.catch(() => undefined);
    return next;
  }, [take]);

  useEffect(() => {
    if (value === saved.current) return undefined;
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
    beside: beside ?? firstBeside,
    flush,
    settled: (answer) => take(answer, saved.current),
  };
}
