// Work without a mouse: one listener for the whole page, single keys, sequences, and a list of them for the help.
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface KeyAct {
  /** `j`, `?`, `Enter`, `shift+ArrowDown`, `g i` (one after the other), `mod+k` (Ctrl, or Command on a Mac). */
  keys: string;
  /** What it does, in words, for the help. */
  says: string;
  do: () => void;
}

interface Entry {
  read: () => KeyAct;
  keys: string;
}
let entries: readonly Entry[] = [];
const listeners = new Set<() => void>();
let first: { key: string; at: number } | null = null;

function change(next: readonly Entry[]): void {
  entries = next;
  for (const tell of listeners) tell();
}

/** A tick that has the focus writes nothing: the keys of the list go on working. */
const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && ["checkbox", "radio"].includes(target.type));

/** A control of its own understands these keys; taking them away would break it. */
const controls = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("button,a,input,[role=menuitem],[role=option],[role=tab]") !== null;

/** Shift makes another letter by itself; of the arrows it has to be said. */
const withShift = ({ key, shiftKey }: KeyboardEvent): string =>
  shiftKey && key.startsWith("Arrow") ? `shift+${key}` : key;

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const mod = event.ctrlKey || event.metaKey;
  if (!mod && (writes(event.target) || document.querySelector("[aria-modal=true]") !== null)) return;
  if (!mod && ["Enter", " "].includes(event.key) && controls(event.target)) return;
  const key = mod ? `mod+${event.key.toLowerCase()}` : withShift(event);
  const sequence = first !== null && Date.now() - first.at < 1200 ? `${first.key} ${key}` : key;
  // The latest page that named a key has it.
  const found =
    entries.findLast((entry) => entry.keys === sequence) ?? entries.findLast((entry) => entry.keys === key);
  first = found === undefined && !mod && key.length === 1 ? { key, at: Date.now() } : null;
  if (found === undefined) return;
  event.preventDefault();
  found.read().do();
}
if (typeof document !== "undefined") document.addEventListener("keydown", hear);

/** Gives keys to this page while it is shown; they appear in the help (`?`). */
export function useKeys(acts: readonly KeyAct[]): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  const names = acts.map((act) => act.keys).join("\n");
  useEffect(() => {
    const mine = names
      .split("\n")
      .filter((keys) => keys !== "")
      .map((keys, index): Entry => ({ keys, read: () => latest.current[index]! }));
    change([...entries, ...mine]);
    return () => change(entries.filter((entry) => !mine.includes(entry)));
  }, [names]);
}

/** Every key that works now, for the help. */
export const useKeyList = (): readonly KeyAct[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => entries,
  ).map((entry) => entry.read());
