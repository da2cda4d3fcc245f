// One act at a time on a page: busy while it runs, what was refused stands there, what was done shows at once.
import { useState } from "react";
import { useQueryClient } from "./query.ts";

export interface Acting {
  busy: boolean;
  /** What was refused; null while nothing was. */
  fault: unknown;
  /** True when it was done. What stands under the topic is asked again, also after a refusal: somebody may have been quicker. */
  run: (act: () => Promise<unknown>) => Promise<boolean>;
  refresh: () => Promise<void>;
}

/** `topic` is the first word of the keys that the acts make stale (query.ts). */
export function useActing(topic: string): Acting {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: [topic] });
  async function run(act: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setFault(null);
    try {
      await act();
      return true;
    } catch (no) {
      setFault(no);
      return false;
    } finally {
      await refresh();
      setBusy(false);
    }
  }
  return { busy, fault, run, refresh };
}
