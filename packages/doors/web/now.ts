// The time of now, told to those who show it, no more often than they need.
import { useSyncExternalStore } from "react";

/** Now, renewed every `every` milliseconds while shown. */
export function useNow(every: number): Date {
  const tick = useSyncExternalStore(
    (tell) => {
      const timer = setInterval(tell, every);
      return () => clearInterval(timer);
    },
    () => Math.floor(Date.now() / every),
  );
  return new Date(Math.max(tick * every, Date.now() - every));
}
