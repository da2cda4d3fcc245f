// What stands on paper only: whose screen it was, who printed it, when; and that a print has begun, which is noted.
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { api } from "./api.ts";
import { useSession } from "./session.tsx";
import { useWords } from "./words.tsx";

/** True from the moment before a page goes to paper until it is done. */
export function useOnPaper(): boolean {
  const [paper, setPaper] = useState(false);
  useEffect(() => {
    // The browser prints what stands there when this returns.
    const begin = (): void => flushSync(() => setPaper(true));
    const end = (): void => setPaper(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return paper;
}

/** Heads every printed page of a record: a sheet that lies on a desk says where it came from. */
export function PaperHead(): ReactNode {
  const { say, state, time } = useWords();
  const { node, officer } = useSession();
  // Drawn anew when a print begins, so that the time is that of the print.
  const onPaper = useOnPaper();
  useEffect(() => {
    // Paper that could not be noted is still paper: the print goes on without a word (AUD-1).
    if (onPaper)
      api.post("/api/access/printed", { page: location.pathname + location.search }).catch(() => undefined);
  }, [onPaper]);
  return (
    <div className="s-paper">
      <b>Simpul · {state(node.code)}</b>
      <span>
        {say("web.printed", {
          name: officer.nameLatin ?? officer.name,
          desk: officer.desk.name,
          time: time(new Date()),
        })}
      </span>
    </div>
  );
}
