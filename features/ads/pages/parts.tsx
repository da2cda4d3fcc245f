// What pages of adverts share: a text with its signs marked, the four panels, and saying what was found.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  languageOfText,
  Problem,
  StateTag,
  TickField,
  useKeys,
  useQueryClient,
  useUndo,
  useWords,
} from "@simpul/doors/web";
import { findings, panelNames } from "../contract.ts";
import type { AdvertHead, AdvertView, Finding, PanelName, Panels, Reason, Sign } from "../contract.ts";
import { cutAt } from "../rules.ts";
import "./ads.css";

export type Named<T> = T & { names: Record<string, string> };

const tones = { recruitment: "bad", "other-fraud": "waiting", legitimate: "good", unclear: "plain" } as const;
export function FoundTag({ of }: { of: Finding | null }): ReactNode {
  const { say } = useWords();
  return of === null ? null : <StateTag tone={tones[of]}>{say(`ads.found.${of}`)}</StateTag>;
}

export function useLanguageName(): (code: string) => string {
  const { locale, say } = useWords();
  return (code) =>
    code
      .split("/")
      .map((one) =>
        one === "und"
          ? say("ads.language.und")
          : (new Intl.DisplayNames([locale], { type: "language" }).of(one) ?? one),
      )
      .join(" / ");
}

export function useFlagName(): (flag: string) => string {
  const { say } = useWords();
  return (flag) => say(`ads.flag.${flag}`);
}

type Mark = { start: number; end: number; title: string; contact: boolean };
/** Longer texts than this are shown by their beginning; the rest is one click away. */
const shown = 6000;

export function Marked({
  text,
  flags,
  contacts = [],
}: {
  text: string;
  flags: readonly Sign[];
  contacts?: readonly { start: number; end: number }[];
}): ReactNode {
  const { say } = useWords();
  const flag = useFlagName();
  const [all, setAll] = useState(false);
  const marks: Mark[] = [
    ...flags.map((one) => ({ ...one, title: `${flag(one.flag)}: ${one.gloss}`, contact: false })),
    ...contacts.map(({ start, end }) => ({ start, end, title: say("ads.contact"), contact: true })),
  ];
  const here = all ? text : text.slice(0, shown);
  return (
    <>
      <p
        className="ads-text"
        dir="auto"
        lang={languageOfText(text)}
        tabIndex={0}
        role="region"
        aria-label={say("ads.text")}
      >
        {cutAt(
          here,
          marks.filter((one) => one.end <= here.length),
        ).map((part, nth) =>
          part.mark === null ? (
            part.text
          ) : (
            <mark key={nth} title={part.mark.title} data-kind={part.mark.contact ? "contact" : "sign"}>
              {part.text}
            </mark>
          ),
        )}
      </p>
      {here.length < text.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {say("ads.text.all", { letters: text.length })}
        </Button>
      )}
    </>
  );
}

const signed = (weight: number): string => (weight > 0 ? `+${weight.toFixed(1)}` : weight.toFixed(1));

/** Four panels, never one number: what is said, whom it shares, how it spreads, how it is worded. */
export function PanelsOf({ view }: { view: AdvertView }): ReactNode {
  const { say } = useWords();
  return (
    <div className="ads-panels">
      {panelNames.map((name) => (
        <section key={name} className="ads-panel" aria-label={say(`ads.panel.${name}`)}>
          <h3>
            {say(`ads.panel.${name}`)}
            <span>{signed(view.panels[name].sum)}</span>
          </h3>
          <ul>
            <Body name={name} view={view} />
          </ul>
        </section>
      ))}
    </div>
  );
}

function Body({ name, view }: { name: PanelName; view: AdvertView }): ReactNode {
  const { say } = useWords();
  const reasons = view.panels[name].reasons;
  if (name === "wording" && reasons.length === 0) return <li>{say("ads.wording.none")}</li>;
  if (reasons.length === 0) return <li>{say(`ads.panel.${name}.none`)}</li>;
  return (
    <>
      {reasons.map((one) => (
        <Why key={one.because} of={one} view={view} />
      ))}
      {name === "wording" && view.wording !== null && <Wording of={view.wording} />}
    </>
  );
}

/** The words that moved it most, with the model that weighed them. */
function Wording({ of }: { of: NonNullable<AdvertView["wording"]> }): ReactNode {
  const { say } = useWords();
  return (
    <>
      {of.terms.map(({ term, share }) => (
        <li key={term}>
          <span className="ads-why">
            <q dir="auto" lang={languageOfText(term)}>
              {term.trim()}
            </q>
            <span>{say(share > 0 ? "ads.wording.for" : "ads.wording.against")}</span>
          </span>
        </li>
      ))}
      <li>
        <Text component="span" size="sm" c="dimmed">
          {say("ads.wording.by", { version: of.version })}
        </Text>
      </li>
    </>
  );
}

function Why({ of, view }: { of: Reason; view: AdvertView }): ReactNode {
  const { say } = useWords();
  const flagName = useFlagName();
  const flag = of.because.startsWith("flag.") ? of.because.slice(5) : null;
  const spans = flag === null ? [] : view.flags.filter((one) => one.flag === flag);
  const quoted = [...new Map(spans.map((one) => [one.text.trim(), one])).values()].slice(0, 3);
  return (
    <li>
      <span className="ads-why">
        <b>{flag === null ? say(`ads.because.${of.because}`, { size: view.size }) : flagName(flag)}</b>
        <span>{of.weight === 0 ? say("ads.weight.none") : signed(of.weight)}</span>
      </span>
      {quoted.map((one) => (
        <div key={one.start}>
          <q dir="auto" lang={languageOfText(one.text)}>
            {one.text.trim()}
          </q>
          {one.times !== undefined && (
            <Text component="span" size="sm" c="dimmed">
              {" "}
              {say("ads.pay.times", { times: one.times })}
            </Text>
          )}
          {one.times === undefined && one.gloss.toLowerCase() !== one.text.trim().toLowerCase() && (
            <Text component="span" size="sm" c="dimmed">
              {" "}
              {one.gloss}
            </Text>
          )}
        </div>
      ))}
    </li>
  );
}

/** What a score means here: said plainly where nobody labelled enough. */
export function Share({ of }: { of: AdvertView }): ReactNode {
  const { say, number } = useWords();
  return (
    <Text size="sm">
      {of.share === null
        ? say("ads.share.low", { labels: of.labels })
        : say("ads.share", { share: number(Math.round(of.share * 100)), labels: of.labels })}
    </Text>
  );
}

export function panelsSum(panels: Panels): string {
  return signed(panelNames.reduce((all, name) => all + panels[name].sum, 0));
}

interface Found {
  decision: string;
  covered: number;
  second: boolean;
}

/** Says what was found, at once, and offers to undo it; by click or by key. */
export function FindBar({
  of,
  onDone,
  alone = false,
}: {
  of: Pick<AdvertHead, "id" | "campaign" | "waiting">;
  onDone: () => void;
  /** A second reading is of one advert only. */
  alone?: boolean;
}): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const undo = useUndo();
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState<Finding | null>(null);
  const many = !alone && of.waiting > 1;
  const [whole, setWhole] = useState(true);
  const campaign = many && whole;
  async function find(what: Finding): Promise<void> {
    if (busy !== null) return;
    setBusy(what);
    setFault(null);
    try {
      const done = await api.post<Found>(`/api/ads/adverts/${of.id}/found`, { found: what, campaign });
      onDone();
      await queries.invalidateQueries({ queryKey: ["ads"] });
      undo({
        done: say("ads.found.done", { found: say(`ads.found.${what}`), count: done.covered }),
        undo: async () => {
          await api.post(`/api/ads/decisions/${done.decision}/undo`);
          await queries.invalidateQueries({ queryKey: ["ads"] });
        },
        replaces: "ads.found",
      });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(null);
    }
  }
  useKeys([
    ...findings.map((what, nth) => ({
      keys: String(nth + 1),
      says: say(`ads.found.${what}`),
      do: () => void find(what),
    })),
    ...(many ? [{ keys: "c", says: say("ads.whole.key"), do: () => setWhole(!whole) }] : []),
  ]);
  return (
    <Stack gap="xs" className="s-noprint">
      {fault !== null && <Problem fault={fault} />}
      {many && (
        <TickField label={say("ads.whole", { count: of.waiting })} value={whole} onChange={setWhole} />
      )}
      <Group gap="xs" className="s-acts">
        {findings.map((what, nth) => (
          <Button
            key={what}
            variant={what === "recruitment" ? "filled" : "default"}
            loading={busy === what}
            onClick={() => void find(what)}
          >
            {nth + 1} · {say(`ads.found.${what}`)}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** One line of a list: where from, what stands in it. */
export function Line({ of }: { of: AdvertHead }): ReactNode {
  const { say } = useWords();
  const flag = useFlagName();
  const language = useLanguageName();
  return (
    <>
      <Text component="span" className="ads-begin" dir="auto" lang={languageOfText(of.text)} size="sm">
        {of.text === "" ? say("ads.purged") : of.text}
      </Text>
      <Text component="span" size="xs" c="dimmed" style={{ display: "block" }}>
        {panelsSum(of.panels)} · {of.sourceName} · {language(of.language)}
        {of.waiting > 1 ? ` · ${say("ads.size", { count: of.waiting })}` : ""}
        {of.seen > 1 ? ` · ${say("ads.seen", { count: of.seen })}` : ""}
      </Text>
      {of.signs.length > 0 && (
        <Text component="span" size="xs" style={{ display: "block" }}>
          {of.signs.slice(0, 4).map(flag).join(" · ")}
        </Text>
      )}
    </>
  );
}
