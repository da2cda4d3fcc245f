// Names and times as people read them.
import { Text, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { scriptsIn, stateZones } from "@simpul/doors/i18n";
import { useNow } from "./now.ts";
import { useSession } from "./session.tsx";
import { useWords } from "./words.tsx";

const languageOf: Readonly<Record<string, string>> = {
  khmer: "km",
  thai: "th",
  lao: "lo",
  myanmar: "my",
  tamil: "ta",
  sc: "zh",
};

/** The language that a text's script points to, for fonts, line height and screen readers; undefined for Latin. */
export function languageOfText(text: string): string | undefined {
  const script = scriptsIn(text)[0];
  return script === undefined ? undefined : languageOf[script];
}

export interface NameParts {
  text: string;
  /** BCP 47; guessed from the script when absent, so that screen readers and fonts do right. */
  language?: string | undefined;
  romanised?: string | null | undefined;
  /** How it was romanised, in words; shown on hover. */
  how?: string | undefined;
}

/** A name: the original script first, romanised beside. */
export function NameText({ text, language, romanised, how }: NameParts): ReactNode {
  const { say } = useWords();
  const lang = language ?? languageOfText(text);
  const beside = romanised && romanised !== text ? romanised : null;
  return (
    <span className="s-name">
      <bdi lang={lang}>{text}</bdi>
      {beside !== null && (
        <Tooltip label={how ?? say("web.name.romanised")}>
          <Text component="bdi" span inherit c="dimmed" tabIndex={how === undefined ? undefined : 0}>
            {beside}
          </Text>
        </Tooltip>
      )}
    </span>
  );
}

/**
 * A time: local; on hover or focus also in UTC and, with `other` (a state's code), as that state's clock shows it.
 * With `ago` it says how long ago, with the time on hover.
 */
export function TimeText({
  at,
  other,
  ago,
  day,
}: {
  at: string | Date | null | undefined;
  other?: string;
  ago?: boolean;
  day?: boolean;
}): ReactNode {
  const words = useWords();
  const { node } = useSession();
  const now = useNow(30_000);
  if (at === null || at === undefined) return <span>–</span>;
  const stamp = at instanceof Date ? at.toISOString() : at;
  const zone = other === undefined ? undefined : stateZones[other];
  const lines = [
    words.say("web.time.here", { time: words.time(stamp), state: words.state(node.code) }),
    ...(zone === undefined || other === undefined
      ? []
      : [words.say("web.time.there", { time: words.time(stamp, zone), state: words.state(other) })]),
    words.say("web.time.utc", { time: words.reference(stamp) }),
  ];
  return (
    <Tooltip
      multiline
      label={lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    >
      <time dateTime={stamp} className="s-time" tabIndex={0}>
        {ago ? words.ago(stamp, notBefore(stamp, now)) : day ? words.date(stamp) : words.time(stamp)}
      </time>
    </Tooltip>
  );
}

/** This page's clock ticks seldom; what came since the last tick happened now, not in some seconds. */
function notBefore(stamp: string, now: Date): Date {
  const at = new Date(stamp);
  const ahead = at.getTime() - now.getTime();
  return ahead > 0 && ahead < 60_000 ? at : now;
}

/** A clock of the law: what is left, or by how much it is over; what stops it. Colour never alone. */
export function ClockText({ due, stopped }: { due: string | null; stopped?: string | undefined }): ReactNode {
  const words = useWords();
  const now = useNow(15_000);
  if (due === null || stopped !== undefined)
    return <span className="s-clock">{stopped ?? words.say("web.clock.stopped")}</span>;
  const left = new Date(due).getTime() - now.getTime();
  const state = left < 0 ? "over" : left < 3_600_000 * 4 ? "soon" : "calm";
  const length = words.duration(left);
  return (
    <Tooltip label={words.say("web.clock.due", { time: words.time(due) })}>
      <span className="s-clock" data-state={state} tabIndex={0}>
        {left < 0 ? words.say("web.clock.over", { length }) : words.say("web.clock.left", { length })}
      </span>
    </Tooltip>
  );
}
