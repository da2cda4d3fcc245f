// Work that goes on while the officer is elsewhere; found again in the tray at the top.
import { useSyncExternalStore } from "react";

export interface TrayWork {
  id: string;
  /** What is being done, in words. */
  says: string;
  /** 0 to 1; null when nobody knows. */
  part: number | null;
  state: "running" | "done" | "failed" | "paused";
  /** Where it can be seen whole. */
  to?: string;
  /** Stops it; absent when it cannot be stopped. */
  stop?: () => void;
}

let works: readonly TrayWork[] = [];
const listeners = new Set<() => void>();

function change(next: readonly TrayWork[]): void {
  works = next;
  for (const tell of listeners) tell();
}

/** Adds a work or renews it by its id. */
export function track(work: TrayWork): void {
  change(
    works.some((one) => one.id === work.id)
      ? works.map((one) => (one.id === work.id ? work : one))
      : [...works, work],
  );
}

/** Takes a work out of the tray. */
export const untrack = (id: string): void => change(works.filter((one) => one.id !== id));

export const useTray = (): readonly TrayWork[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => works,
  );

// A window closed during an upload loses it: the browser asks first.
if (typeof window !== "undefined")
  window.addEventListener("beforeunload", (event) => {
    if (works.some((work) => work.state === "running")) event.preventDefault();
  });
