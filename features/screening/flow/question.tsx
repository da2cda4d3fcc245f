// One question a page: large, four answers of equal weight, room to say more; nothing is chosen for her.
import { Button, Textarea, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { Answer, Given, Question } from "../contract/set.ts";
import { Said } from "./said.tsx";
import type { Both } from "./said.tsx";

const offered = ["yes", "no", "does-not-know", "does-not-want"] as const satisfies readonly Answer[];
/** Characters that she may add to one answer. */
export const detailsAtMost = 4_000;

/** `onAnswer` goes on, `onDetails` stays. Mounted anew for each question. */
export function QuestionPage({
  question,
  both,
  given,
  earlier,
  onAnswer,
  onDetails,
}: {
  question: Question;
  both: Both;
  given: Given | undefined;
  earlier: Given | undefined;
  onAnswer: (answer: Answer, details: string) => void;
  onDetails: (details: string) => void;
}): ReactNode {
  const { say } = useWords();
  const before = given ?? earlier;
  const [details, setDetails] = useState(before?.details ?? "");
  const [more, setMore] = useState(details !== "");
  const answers = question.seen ? offered.slice(0, 3) : offered;
  return (
    <>
      {given === undefined && earlier !== undefined && (
        <p className="sc-before">
          <Said both={both} text="ui.earlier" />
        </p>
      )}
      <div className="sc-answers">
        {answers.map((answer, index) => (
          <UnstyledButton
            key={answer}
            className="sc-answer"
            aria-pressed={before?.answer === answer}
            aria-keyshortcuts={String(index + 1)}
            data-key={index + 1}
            onClick={() => onAnswer(answer, details.trim())}
          >
            {question.seen ? say(`screening.seen.${answer}`) : <Said both={both} text={`a.${answer}`} />}
          </UnstyledButton>
        ))}
      </div>
      {more ? (
        <Textarea
          label={question.seen ? say("screening.seen.more") : <Said both={both} text="ui.more" />}
          value={details}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={detailsAtMost}
          onChange={(event) => setDetails(event.currentTarget.value)}
          onBlur={(event) => {
            // An answer that she taps takes the words along.
            if (event.relatedTarget?.classList.contains("sc-answer") === true) return;
            if (details.trim() !== (before?.details ?? "")) onDetails(details.trim());
          }}
        />
      ) : (
        <Button variant="subtle" className="sc-more" onClick={() => setMore(true)}>
          {question.seen ? say("screening.seen.more") : <Said both={both} text="ui.more" />}
        </Button>
      )}
    </>
  );
}
