// A whole conversation, from the choice of language to what follows: the host keeps the work and says where answers go.
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { Given, QuestionSet } from "../contract/set.ts";
import { inParts } from "../contract/told.ts";
import type { Setup, Told, Work } from "../contract/told.ts";
import { useLoaded } from "./loaded.tsx";
import { ScreeningFlow } from "./flow.tsx";
import type { SaveAnswer } from "./saving.tsx";
import { newestSet, questionSet } from "./sets.ts";
import { SetupPage } from "./setup.tsx";

export interface WholeProps {
  /** What was kept of it; null at its beginning. */
  work: Work | null;
  /** Known of her before the first question. */
  setup?: Partial<Setup>;
  markHint?: boolean;
  earlier?: readonly Given[];
  /** Called with every change, before anything is sent. */
  onWork: (work: Work) => void;
  save: (work: Work, answer: Given) => ReturnType<SaveAnswer>;
  onEnd: (work: Work, how: "finished" | "stopped", set: QuestionSet) => void | Promise<void>;
}

export function WholeScreening(props: WholeProps): ReactNode {
  const { say } = useWords();
  const version = props.work?.set ?? newestSet;
  const set = useLoaded(
    version,
    async () => (await questionSet(version)) ?? Promise.reject(new Error(version)),
  );
  if (set.data === null)
    return <p role="status">{say(set.failed ? "screening.noTexts" : "screening.loading")}</p>;
  return <Held {...props} set={set.data} />;
}

function Held({
  set,
  work,
  setup,
  markHint,
  earlier,
  onWork,
  save,
  onEnd,
}: WholeProps & { set: QuestionSet }): ReactNode {
  const [first] = useState(work);
  const latest = useRef(work);
  useEffect(() => {
    latest.current = work ?? latest.current;
  }, [work]);

  function keep(next: Work): void {
    latest.current = next;
    onWork(next);
  }
  if (work === null)
    return (
      <SetupPage
        setup={setup ?? {}}
        markHint={markHint ?? true}
        onBegin={(chosen) =>
          keep({
            ...{ id: crypto.randomUUID(), set: set.version, began: new Date().toISOString() },
            ...{ setup: chosen, given: [] },
          })
        }
      />
    );
  return (
    <ScreeningFlow
      {...{ set }}
      languages={work.setup}
      earlier={earlier ?? []}
      resumed={first?.given ?? []}
      onGiven={(answer) => {
        const now = latest.current ?? work;
        keep({ ...now, given: [...now.given, answer] });
      }}
      save={(answer) => save(latest.current ?? work, answer)}
      onEnd={(how) => onEnd(latest.current ?? work, how, set)}
    />
  );
}

/** Roughly how far a conversation is, from 0 to 1, for a list of those that are not finished. */
const partOf = (work: Work): number => Math.min(1, new Set(work.given.map((one) => one.question)).size / 40);

export interface PhoneProps {
  /** What was kept of this screening; null at its beginning. */
  value: unknown;
  onChange: (value: unknown, part: number) => void;
  onFinish: (finished: { entries: readonly { kind: string; data: Told }[] }) => void;
  onLeave: () => void;
}

/** For a phone without a line: answers are kept on it, and the whole is sealed at the end. */
export function ScreeningOnPhone({ value, onChange, onFinish, onLeave }: PhoneProps): ReactNode {
  const { say } = useWords();
  const [work, setWork] = useState(value as Work | null);
  return (
    <>
      <button type="button" className="sc-leave" onClick={onLeave}>
        ← {say("screening.putAside")}
      </button>
      <WholeScreening
        work={work}
        markHint={false}
        onWork={(next) => {
          setWork(next);
          onChange(next, partOf(next));
        }}
        save={() => Promise.resolve("kept")}
        onEnd={(done, how) => {
          onFinish({ entries: inParts(done, how).map((data) => ({ kind: "screening.told", data })) });
        }}
      />
    </>
  );
}
