// What the line is like: in order, slow, or gone; told to everyone who shows it.
import { useSyncExternalStore } from "react";

export type Line = "good" | "slow" | "gone";

let line: Line = "good";
let waiting = 0;
const listeners = new Set<() => void>();

function set(next: Line): void {
  if (next === line) return;
  line = next;
  for (const tell of listeners) tell();
}

/** An answer that takes longer than this makes the line slow: long enough for work, short enough to be told. */
const patience = 4000;

/** Wraps one request, so that the line's state follows from what requests meet. */
export async function watched<T>(request: () => Promise<T>): Promise<T> {
  waiting += 1;
  const timer = setTimeout(() => {
    if (line === "good") set("slow");
  }, patience);
  const began = Date.now();
  try {
    const answer = await request();
    if (Date.now() - began < patience) set("good");
    return answer;
  } catch (fault) {
    // fetch rejects with a TypeError when no answer came; a request that we called off says nothing of the line.
    if (fault instanceof TypeError) set("gone");
    throw fault;
  } finally {
    clearTimeout(timer);
    waiting -= 1;
    if (waiting === 0 && line === "slow") set("good");
  }
}

if (typeof window !== "undefined") {
  window.addEventListener("offline", () => set("gone"));
  window.addEventListener("online", () => set("good"));
}

/** The state of the line to the own node. */
export const useLine = (): Line =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => line,
  );
