// One sentence in her language, and in the officer's below it where that is another one (interpreter mode).
import { Fragment } from "react";
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
        <Phrases of={hers} text={hers.say(text, values)} />
      </span>
      {officers !== null && (
        <span className="sc-officer" lang={officers.language} dir={officers.direction}>
          {officers.say(text, values)}
        </span>
      )}
    </span>
  );
}

/** Burmese has spaces between phrases: lines break there, and within a phrase only where it is wider than the page. */
function Phrases({ of, text }: { of: Spoken; text: string }): ReactNode {
  if (of.language !== "my") return text;
  return text.split(" ").map((phrase, at) => (
    <Fragment key={`${String(at)} ${phrase}`}>
      {at > 0 && " "}
      <span className="sc-phrase">{phrase}</span>
    </Fragment>
  ));
}
