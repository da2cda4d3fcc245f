// All answers on one page before the end: hers, and those she gave before; each can be changed.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import type { Question } from "../contract/set.ts";
import { Said } from "./said.tsx";
import type { Both } from "./said.tsx";
import { answerTo } from "./state.ts";
import type { Flow } from "./state.ts";

export function CheckPage({
  flow,
  both,
  onChange,
}: {
  flow: Flow;
  both: Both;
  onChange: (question: string) => void;
}): ReactNode {
  const { say } = useWords();
  const asked = (question: Question): ReactNode =>
    question.seen ? say(`screening.q.${question.id}`) : <Said both={both} text={`q.${question.id}`} />;
  return (
    <>
      {flow.set.sections.map((section) => (
        <section key={section} className="sc-section">
          <h3>
            {section === "seen" ? (
              say("screening.section.seen")
            ) : (
              <Said both={both} text={`section.${section}`} />
            )}
          </h3>
          <dl>
            {flow.set.questions
              .filter((one) => one.section === section)
              .map((question) => {
                const answer = answerTo(flow, question.id);
                const kind = answer?.answer ?? "not-asked";
                return (
                  <div key={question.id} data-answer={kind}>
                    <dt>{asked(question)}</dt>
                    <dd>
                      <strong>
                        {question.seen ? (
                          say(`screening.seen.${kind}`)
                        ) : (
                          <Said both={both} text={`a.${kind}`} />
                        )}
                      </strong>
                      {(answer?.details ?? "") !== "" && <p className="sc-details">{answer?.details}</p>}
                      {!(question.id in flow.given) && answer !== undefined && (
                        <p className="sc-before">
                          <Said both={both} text="ui.earlier" />
                        </p>
                      )}
                    </dd>
                    <dd className="s-noprint">
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-describedby={`sc-${question.id}`}
                        onClick={() => onChange(question.id)}
                      >
                        {(both.officers ?? both.hers).say("ui.change")}
                        <span className="s-hidden" id={`sc-${question.id}`}>
                          {question.seen
                            ? say(`screening.q.${question.id}`)
                            : both.hers.say(`q.${question.id}`)}
                        </span>
                      </Button>
                    </dd>
                  </div>
                );
              })}
          </dl>
        </section>
      ))}
    </>
  );
}
