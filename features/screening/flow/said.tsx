// One sentence in her language, and in the officer's below it where that is another one (interpreter mode).
import type { ReactNode } from "react";
import type { Spoken } from "./texts.ts";

/** Hers first; the officer's is absent when both read the same language. */
export interface Both {
  hers: Spoken;
  officers: Spoken | null;
}

export function Said({
  both: { hers, officers },
  text,
  values = {},
}: {
  both: Both;
  text: string;
  values?: Readonly<Record<string, string | number>>;
}): ReactNode {
  return (
    <span className="sc-said">
      <span lang={hers.language} dir={hers.direction}>
        {hers.say(text, values)}
      </span>
      {officers !== null && (
        <span className="sc-officer" lang={officers.language} dir={officers.direction}>
          {officers.say(text, values)}
        </span>
      )}
    </span>
  );
}
