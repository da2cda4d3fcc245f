// The conversation on a screen, the same in a room with a line and on a phone without one: the host saves the answers.
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { Answer, Given, Question, QuestionSet, ScreeningLanguage } from "../contract/set.ts";
import { standing } from "../rules.ts";
import { CheckPage } from "./check.tsx";
import { useLoaded } from "./loaded.tsx";
import { QuestionPage } from "./question.tsx";
import { Said } from "./said.tsx";
import type { Both } from "./said.tsx";
import { useSaving } from "./saving.tsx";
import type { SaveAnswer } from "./saving.tsx";
import { back, begin, change, forward, give, goOn, keep, progress, stop, walk } from "./state.ts";
import type { Flow } from "./state.ts";
import { spoken } from "./texts.ts";
import "./flow.css";

export interface ScreeningFlowProps {
  set: QuestionSet;
  /** Hers and the officer's; both are shown when they differ. */
  languages: { hers: ScreeningLanguage; officers: ScreeningLanguage };
  /** What she told before, by whoever asked; shown, and not asked again. */
  earlier?: readonly Given[];
  /** What was answered in this conversation before it was broken off. */
  resumed?: readonly Given[];
  /** Told of every answer at once, before it is saved. */
  onGiven?: (answer: Given) => void;
  /** Keeps one answer; a rejection is shown as "not saved yet" and tried again. Idempotent by `answer.id`. */
  save: SaveAnswer;
  /** On her last page, e.g. back to the list. */
  onEnd: (how: "finished" | "stopped") => void | Promise<void>;
  /** Of the clock; for tests and for devices that know a better one. */
  now?: () => Date;
}

/** Fetches both languages, then asks. */
export function ScreeningFlow(props: ScreeningFlowProps): ReactNode {
  const { hers, officers } = props.languages;
  const texts = useLoaded(`${hers} ${officers}`, async (): Promise<Both> => ({
    hers: await spoken(hers),
    officers: hers === officers ? null : await spoken(officers),
  }));
  const { say } = useWords();
  if (texts.data !== null) return <Conversation {...props} both={texts.data} />;
  return <p role="status">{say(texts.failed ? "screening.noTexts" : "screening.loading")}</p>;
}

function Conversation({
  set,
  both,
  earlier,
  resumed,
  onGiven,
  save,
  onEnd,
  now = () => new Date(),
}: ScreeningFlowProps & { both: Both }): ReactNode {
  const { say } = useWords();
  const [flow, setFlow] = useState(() => begin(set, { given: resumed ?? [], earlier: earlier ?? [] }));
  const saving = useSaving(save);
  const { put: again } = saving;
  const [broken] = useState(() => [...standing(resumed ?? []).values()]);
  useEffect(() => {
    // What was given before the page was loaded anew may not have been saved; saving it twice keeps it once.
    for (const one of broken) again(one);
  }, [again, broken]);
  const [leaving, setLeaving] = useState(false);
  const [leftOpen, setLeftOpen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { place } = flow;
  const id = "id" in place ? place.id : null;
  const question = id === null ? undefined : set.questions.find((one) => one.id === id);
  const mark = `${place.at} ${id ?? ""}`;
  const shown = useRef(mark);

  useEffect(() => {
    if (shown.current === mark) return;
    shown.current = mark;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [mark]);

  const lastAt = useRef(0);
  /** Of two answers the later one has the later time, also on a clock that was put back. */
  const made = (answer: Answer, details: string): Given => {
    lastAt.current = Math.max(now().getTime(), lastAt.current + 1);
    return {
      ...{ id: crypto.randomUUID(), question: question!.id, answer, details },
      at: new Date(lastAt.current).toISOString(),
    };
  };
  const put = (one: Given): void => {
    onGiven?.(one);
    saving.put(one);
  };
  const answered = (answer: Answer, details: string): void => {
    const one = made(answer, details);
    const before = flow.given[one.question];
    const same = before?.answer === answer && before.details === details;
    if (!same) put(one);
    setFlow(same ? give(flow, before) : give(flow, one));
  };
  const added = (details: string): void => {
    const one = made(
      flow.given[question!.id]?.answer ?? flow.earlier[question!.id]?.answer ?? "not-asked",
      details,
    );
    put(one);
    setFlow(keep(flow, one));
  };
  async function leave(): Promise<void> {
    setLeaving(true);
    setLeftOpen(false);
    try {
      if (await saving.settle()) await onEnd(flow.stopped ? "stopped" : "finished");
      else setLeftOpen(true);
    } catch {
      setLeftOpen(true);
    } finally {
      setLeaving(false);
    }
  }
  const section = useRef<HTMLElement>(null);
  const latest = useRef(flow);
  useEffect(() => {
    latest.current = flow;
  }, [flow]);
  useEffect(() => {
    /** Keys of the page: 1 to 4 answer, the left arrow goes back, the right one on; never while somebody writes. */
    const keys = (event: KeyboardEvent): void => {
      const { target } = event;
      const elsewhere =
        target instanceof HTMLElement && target !== document.body && !section.current?.contains(target);
      const writes = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
      if (elsewhere || writes || event.altKey || event.ctrlKey || event.metaKey) return;
      const answer = /^[1-4]$/.test(event.key)
        ? section.current?.querySelector<HTMLElement>(`[data-key="${event.key}"]`)
        : null;
      if (answer) answer.click();
      else if (event.key === "ArrowLeft") setFlow(back(latest.current));
      else if (event.key === "ArrowRight" && !["check", "end"].includes(latest.current.place.at))
        setFlow(forward(latest.current));
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", keys);
    return () => window.removeEventListener("keydown", keys);
  }, []);

  const at = progress(flow);
  const title = titleOf(flow, question);
  const last = walk(flow).at(-1)?.id === id;
  return (
    <section className="sc" ref={section} aria-labelledby="sc-title">
      <div className="sc-line">
        {question !== undefined && (
          <span className="sc-where">
            {question.seen ? say("screening.section.seen") : both.hers.say(`section.${question.section}`)}
            {/* What the officer saw is hers to write, all of it in her own language. */}
            {at !== null &&
              ` · ${(question.seen ? (both.officers ?? both.hers) : both.hers).say("ui.of", at)}`}
          </span>
        )}
        <SavingSays both={both} state={saving.state} />
      </div>
      {at !== null && (
        <progress className="sc-progress" value={at.number - 1} max={at.total} aria-hidden="true" />
      )}
      {question?.gentle === true && place.at === "question" && (
        <p className="sc-gentle">
          <Said both={both} text="gentle" />
        </p>
      )}
      <h2
        id="sc-title"
        ref={heading}
        tabIndex={-1}
        className={question?.seen ? "sc-title sc-own" : "sc-title"}
      >
        {question?.seen ? say(`screening.q.${question.id}`) : <Said both={both} text={title} />}
      </h2>
      {place.at === "intro" && (
        <ul className="sc-points">
          {["intro.1", "intro.2", "intro.3", "intro.4"].map((text) => (
            <li key={text}>
              <Said both={both} text={text} />
            </li>
          ))}
        </ul>
      )}
      {place.at === "question" && question !== undefined && (
        <QuestionPage
          key={question.id}
          {...{ question, both }}
          given={flow.given[question.id]}
          earlier={flow.earlier[question.id]}
          onAnswer={answered}
          onDetails={added}
        />
      )}
      {place.at === "check" && (
        <CheckPage {...{ flow, both }} onChange={(one) => setFlow(change(flow, one))} />
      )}
      {place.at === "end" && <EndPage {...{ flow, both }} />}
      {(place.at === "question" || place.at === "then") && question !== undefined && (
        <aside className="sc-guide s-noprint" aria-label={say("screening.guide")}>
          {say(`screening.guide.${question.gentle ? "gentle" : question.section}`)}
        </aside>
      )}
      {leftOpen && (
        <p role="alert" className="s-error">
          {say("screening.unsavedAtEnd")}
        </p>
      )}
      <div className="sc-acts s-noprint">
        {place.at === "end" ? (
          <>
            <Button loading={leaving} onClick={() => void leave()}>
              <Said both={both} text="ui.finish" />
            </Button>
            {flow.stopped && (
              <Button variant="default" onClick={() => setFlow(goOn(flow))}>
                <Said both={both} text="ui.go-on" />
              </Button>
            )}
          </>
        ) : (
          <>
            {place.at !== "intro" && (
              <Button variant="default" onClick={() => setFlow(back(flow))}>
                <Said both={both} text="ui.back" />
              </Button>
            )}
            <Button
              variant={place.at === "question" ? "default" : "filled"}
              onClick={() => setFlow(forward(flow))}
            >
              <Said both={both} text={onwards(flow, last)} />
            </Button>
            {place.at !== "check" && (
              <Button variant="subtle" onClick={() => setFlow(stop(flow))}>
                <Said both={both} text="ui.stop" />
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

function titleOf({ place }: Flow, question: Question | undefined): string {
  switch (place.at) {
    case "intro":
      return "intro.title";
    case "question":
      return `q.${question?.id ?? ""}`;
    case "then":
      return `then.${question?.id ?? ""}`;
    case "check":
      return "ui.check";
    case "end":
      return "end.title";
  }
}

function onwards(flow: Flow, last: boolean): string {
  const { place } = flow;
  if (place.at === "intro") return "ui.begin";
  if (place.at === "then") return "ui.go-on";
  if (place.at === "check") return "ui.finish";
  const answered = "id" in place && (place.id in flow.given || place.id in flow.earlier);
  return answered || last ? "ui.next" : "ui.skip";
}

function SavingSays({
  both,
  state,
}: {
  both: Both;
  state: ReturnType<typeof useSaving>["state"];
}): ReactNode {
  const text = {
    saved: "ui.saved",
    kept: "ui.kept",
    unsaved: "ui.unsaved",
    saving: "ui.unsaved",
    nothing: null,
  }[state];
  return (
    <span role="status" className="sc-saved" data-state={state}>
      {text !== null && (both.officers ?? both.hers).say(text)}
    </span>
  );
}

function EndPage({ flow, both }: { flow: Flow; both: Both }): ReactNode {
  const lines = [...(flow.stopped ? ["end.stopped"] : []), "end.1", "end.2", "end.3"];
  return (
    <>
      <ul className="sc-points">
        {lines.map((text) => (
          <li key={text}>
            <Said both={both} text={text} />
          </li>
        ))}
      </ul>
      <h3>
        <Said both={both} text="rights.title" />
      </h3>
      <ul className="sc-points">
        {["rights.1", "rights.2", "rights.3", "rights.4", "rights.5"].map((text) => (
          <li key={text}>
            <Said both={both} text={text} />
          </li>
        ))}
      </ul>
    </>
  );
}
