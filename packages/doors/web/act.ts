// An act that a page sends: one at a time, what was refused stands there until the next try, what was done shows at once.
import { useState } from "react";
import { useQueryClient } from "./query.ts";

export interface Act {
  /** True while it goes. */
  busy: boolean;
  /** What was refused; null where nothing was. */
  fault: unknown;
  /** True when it was done. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
}

/** `topics`: first words of the keys of what is asked anew after it. */
export function useAct(...topics: string[]): Act {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    async run(act) {
      setBusy(true);
      setFault(null);
      try {
        await act();
        await Promise.all(topics.map((topic) => queries.invalidateQueries({ queryKey: [topic] })));
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
