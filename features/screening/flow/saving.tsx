// Every answer is saved as soon as it is given; what could not be saved yet is tried again and never lost from sight.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Given } from "../contract/set.ts";

/** `kept`: on this device, on its way; `saved`: with the node. */
export type Saved = "saved" | "kept";
export type SaveAnswer = (answer: Given) => Promise<Saved>;

export interface Saving {
  state: "nothing" | "saving" | "unsaved" | Saved;
  put: (answer: Given) => void;
  /** Tries what is left; true when nothing is. */
  settle: () => Promise<boolean>;
}

const againAfter = 4_000;

/** A newer answer to a question takes the place of one that was not sent yet. */
export function useSaving(save: SaveAnswer): Saving {
  const waiting = useRef(new Map<string, Given>());
  const running = useRef<Promise<void> | null>(null);
  const last = useRef<Saved | "nothing">("nothing");
  const latest = useRef(save);
  const [state, setState] = useState<Saving["state"]>("nothing");

  useEffect(() => {
    latest.current = save;
  }, [save]);

  const drain = useCallback(async (): Promise<void> => {
    setState("saving");
    try {
      for (let next = [...waiting.current.values()][0]; next !== undefined;) {
        last.current = await latest.current(next);
        if (waiting.current.get(next.question) === next) waiting.current.delete(next.question);
        next = [...waiting.current.values()][0];
      }
      setState(last.current);
    } catch {
      setState("unsaved");
    }
  }, []);

  const settle = useCallback(async (): Promise<boolean> => {
    running.current ??= drain().finally(() => {
      running.current = null;
    });
    await running.current;
    return waiting.current.size === 0;
  }, [drain]);

  const put = useCallback(
    (answer: Given): void => {
      waiting.current.set(answer.question, answer);
      void settle();
    },
    [settle],
  );

  useEffect(() => {
    if (state !== "unsaved") return undefined;
    const again = (): void => void settle();
    const timer = setInterval(again, againAfter);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
    };
  }, [state, settle]);

  return { state, put, settle };
}
