// How this officer likes it on this device: dense or roomy; light and dark is Mantine's own.
import { useSyncExternalStore } from "react";

export type Density = "dense" | "roomy";
const key = "simpul.density";
const listeners = new Set<() => void>();

function read(): Density {
  try {
    return localStorage.getItem(key) === "roomy" ? "roomy" : "dense";
  } catch {
    return "dense";
  }
}

export const useDensity = (): Density =>
  useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, read);

export function setDensity(to: Density): void {
  try {
    localStorage.setItem(key, to);
  } catch {
    // Not kept then; the page still works.
  }
  for (const tell of listeners) tell();
}
