// The text of an item as it was written, stretch by stretch; what was found is marked in place.
import { Button, Group, NumberInput, Text } from "@mantine/core";
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { Awaited, Problem, languageOfText, useWords } from "@simpul/doors/web";
import type { Finding, FindingGroup, ItemView, Part } from "../contract.ts";
import { keyOf } from "./found.tsx";
import { usePlaces, useSpan, type Place } from "./span.ts";
import { readInstant } from "@simpul/doors/i18n";

/** The part to be shown; `asked` counts, so that the same part can be asked for twice. */
export interface Aim {
  part: number | null;
  asked: number;
}
interface Given {
  item: ItemView;
  aim: Aim;
  edition: number;
  groups: readonly FindingGroup[];
  hand: string | null;
  onPick: (key: string) => void;
  onAt: (part: number) => void;
}

export function Reading(given: Given): ReactNode {
  const query = usePlaces(given.item.id);
  return <Awaited query={query}>{({ segments }) => <Stretch {...given} places={segments} />}</Awaited>;
}

function Stretch({
  item,
  aim,
  edition,
  groups,
  hand,
  onPick,
  onAt,
  places,
}: Given & { places: readonly Place[] }): ReactNode {
  const { say, number } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const bottom = useRef<HTMLDivElement>(null);
  const span = useSpan(item.id, places, `${item.reading.detection} ${edition}`);
  const { chunks, extend, go } = span;
  const latest = useRef({ extend, go });
  const [at, setAt] = useState(aim.part ?? 0);
  const states = useMemo(() => new Map(groups.map((one) => [keyOf(one), one.states])), [groups]);

  useLayoutEffect(() => {
    latest.current = { extend, go };
  });
  // Whoever reads keeps her line while text comes in above.
  const held = useRef<{ part: string; top: number } | null>(null);
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    if (wanted.current !== null) {
      const found = box.querySelector(`[data-part="${wanted.current}"]`);
      if (found === null) return;
      box.scrollTop += found.getBoundingClientRect().top - box.getBoundingClientRect().top - 48;
      wanted.current = null;
      return;
    }
    const before = held.current;
    const line = before === null ? null : box.querySelector(`[data-part="${before.part}"]`);
    if (before !== null && line !== null) box.scrollTop += line.getBoundingClientRect().top - before.top;
  }, [chunks]);

  useEffect(() => {
    const { part } = aim;
    if (part === null) return;
    wanted.current = part;
    void latest.current.go(part).then(() => {
      const box = scroller.current;
      const found = box?.querySelector(`[data-part="${part}"]`);
      if (!box || !found || wanted.current === null) return;
      const place = found.getBoundingClientRect();
      const frame = box.getBoundingClientRect();
      if (place.top < frame.top + 8 || place.bottom > frame.bottom - 8)
        box.scrollTop += place.top - frame.top - 48;
      wanted.current = null;
    });
  }, [aim]);

  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          if (entry.isIntersecting) void latest.current.extend(entry.target === top.current ? -1 : 1);
      },
      { root: box, rootMargin: "400px 0px" },
    );
    for (const end of [top.current, bottom.current]) if (end !== null) watch.observe(end);
    return () => watch.disconnect();
  }, [chunks]);

  /** Remembers the line at the top, for the address and for when text comes in above it. */
  function scrolled(): void {
    const box = scroller.current;
    if (box === null) return;
    const edge = box.getBoundingClientRect().top;
    const line = [...box.querySelectorAll<HTMLElement>("[data-part]")].find(
      (one) => one.getBoundingClientRect().bottom > edge + 4,
    );
    if (line === undefined) return;
    held.current = { part: line.dataset["part"] ?? "", top: line.getBoundingClientRect().top };
    setAt(Number(line.dataset["part"]));
  }
  useEffect(() => {
    const timer = setTimeout(() => onAt(at), 600);
    return () => clearTimeout(timer);
    // The address follows the line, not the function.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at]);

  const parts = item.reading.parts;
  return (
    <section className="e-text" aria-label={say("evidence.text")}>
      <Group gap="xs" justify="space-between" mb="xs" className="s-noprint">
        <Text size="sm" c="dimmed" role="status">
          {say("evidence.text.at", { at: number(Math.min(at + 1, parts)), count: number(parts) })}
        </Text>
        {parts > 40 && (
          <GoTo
            most={parts}
            onGo={(part) => {
              wanted.current = part;
              void go(part).then(() => {
                scroller.current?.querySelector(`[data-part="${part}"]`)?.scrollIntoView({ block: "start" });
                wanted.current = null;
              });
            }}
          />
        )}
      </Group>
      {span.fault !== null && <Problem fault={span.fault} again={() => void go(at)} />}
      <div
        className="e-scroll"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={say("evidence.text")}
        onScroll={scrolled}
      >
        <div ref={top} />
        {chunks.map((chunk) =>
          chunk.parts.map((part) => (
            <PartText
              key={part.number}
              part={part}
              findings={chunk.findings}
              states={states}
              hand={hand}
              onPick={onPick}
            />
          )),
        )}
        <div ref={bottom} />
        {parts === 0 && <Text size="sm">{say("evidence.text.none")}</Text>}
      </div>
    </section>
  );
}

function GoTo({ most, onGo }: { most: number; onGo: (part: number) => void }): ReactNode {
  const { say } = useWords();
  const [value, setValue] = useState<number | "">("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== "") onGo(Math.max(1, Math.min(most, value)) - 1);
      }}
    >
      <Group gap={4} wrap="nowrap">
        <Button size="compact-xs" variant="default" onClick={() => onGo(0)}>
          {say("evidence.text.first")}
        </Button>
        <NumberInput
          size="xs"
          w="6rem"
          hideControls
          allowDecimal={false}
          aria-label={say("evidence.text.goto")}
          placeholder={say("evidence.text.goto")}
          value={value}
          onChange={(next) => setValue(typeof next === "number" ? next : "")}
        />
        <Button size="compact-xs" variant="default" onClick={() => onGo(most - 1)}>
          {say("evidence.text.last")}
        </Button>
      </Group>
    </form>
  );
}

const PartText = memo(function PartText({
  part,
  findings,
  states,
  hand,
  onPick,
}: {
  part: Part;
  findings: readonly Finding[];
  states: ReadonlyMap<string, FindingGroup["states"]>;
  hand: string | null;
  onPick: (key: string) => void;
}): ReactNode {
  const { time } = useWords();
  const mine = findings.filter((one) => one.part === part.number);
  const inHand = hand !== null && mine.some((one) => keyOf(one) === hand);
  // What stands in the sender's own name has no place in the text.
  const named = mine.find((one) => one.start === one.end);
  const when = part.at === undefined ? null : readInstant(part.at);
  return (
    <div className="e-part" data-part={part.number} data-kind={part.kind} data-hand={inHand}>
      {(part.at ?? part.sender ?? part.label) !== undefined && (
        <div className="e-part-head">
          {part.sender !== undefined && (
            <bdi className="e-sender">
              {named === undefined ? (
                part.sender
              ) : (
                <MarkOf one={named} states={states} hand={hand} onPick={onPick}>
                  {part.sender}
                </MarkOf>
              )}
            </bdi>
          )}
          {part.label !== undefined && <bdi>{part.label}</bdi>}
          {part.at !== undefined && <time dateTime={part.at}>{when === null ? part.at : time(when)}</time>}
        </div>
      )}
      <div className="e-part-text" lang={languageOfText(part.text)} dir="auto">
        <Marked text={part.text} findings={mine} states={states} hand={hand} onPick={onPick} />
      </div>
    </div>
  );
});

/** What was found is marked; where places overlap, the first one is. */
function Marked({
  text,
  findings,
  states,
  hand,
  onPick,
}: {
  text: string;
  findings: readonly Finding[];
  states: ReadonlyMap<string, FindingGroup["states"]>;
  hand: string | null;
  onPick: (key: string) => void;
}): ReactNode {
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const one of findings) {
    if (one.start < done || one.start === one.end) continue;
    pieces.push(
      text.slice(done, one.start),
      <MarkOf key={one.id} one={one} states={states} hand={hand} onPick={onPick}>
        {text.slice(one.start, one.end)}
      </MarkOf>,
    );
    done = one.end;
  }
  return [...pieces, text.slice(done)];
}

function MarkOf({
  one,
  states,
  hand,
  onPick,
  children,
}: Omit<Parameters<typeof Marked>[0], "text" | "findings"> & { one: Finding; children: string }): ReactNode {
  const key = keyOf(one);
  return (
    <mark
      className="e-mark"
      data-state={states.get(key)?.[0] ?? one.state}
      data-valid={one.valid}
      data-hand={key === hand}
      onClick={() => onPick(key)}
    >
      {children}
    </mark>
  );
}
