// Exactly what they will see: the text, the records, the items, with nothing that stays at home (MSG-1).
import { Alert, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useSession, useWords } from "@simpul/doors/web";
import type { AnswerView, AskDraft, Preview } from "../contract.ts";
import { useCodeWords } from "./data.ts";
import { LetterOf } from "./letter.tsx";
import { Paragraphs } from "./paragraphs.tsx";
import { Items, Records } from "./shared.tsx";
import { AskForAll, StopLine } from "./stops.tsx";
import { Facts } from "./texts.tsx";
import { FreeText } from "./translations.tsx";

type Asked = Omit<AskDraft, "case" | "hit" | "to" | "letters" | "records" | "items">;

/** The text of a request as both sides read it. */
export function AskedText({
  of,
  from,
  about = null,
}: {
  of: Asked;
  from: string;
  /** The request; null in a preview. */
  about?: string | null;
}): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const code = useCodeWords();
  // What nobody asked for waits for no answer; a letter between desks has no matter either.
  const asks = of.unasked === undefined;
  const matter = of.unasked !== "administrative";
  return (
    <Stack gap="md">
      {of.questions.length > 0 && (
        <section aria-label={say("requests.questions")}>
          <Title order={3} size="h5">
            {say("requests.questions")}
          </Title>
          <ol className="r-questions">
            {of.questions.map((one, index) => (
              <li key={index}>
                <FreeText about={about} field={`questions.${String(index)}`} language={of.language}>
                  <Text component="div" lang={of.language} style={{ whiteSpace: "pre-wrap" }}>
                    {one.text}
                  </Text>
                </FreeText>
                <Text size="sm" c="dimmed">
                  {code("categories", one.category)}
                </Text>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section aria-label={say(matter ? "requests.facts" : "requests.tell.words")}>
        <Title order={3} size="h5">
          {say(matter ? "requests.facts" : "requests.tell.words")}
        </Title>
        <Paragraphs of={of.facts} from={from} about={about} list="facts" />
      </section>
      <Facts
        of={[
          ...(asks
            ? [
                {
                  label: say("requests.whyThere"),
                  value: (
                    <FreeText about={about} field="whyThere" language={of.language}>
                      <span lang={of.language}>{of.whyThere}</span>
                    </FreeText>
                  ),
                },
              ]
            : []),
          ...(matter
            ? [
                { label: say("requests.offence"), value: code("offences", of.offence) },
                {
                  label: say("requests.purpose"),
                  value: of.purpose === "" ? "–" : say(`purpose.${of.purpose}`),
                },
                {
                  label: say("requests.legalBasis"),
                  value: [code("legalBases", of.legalBasis), of.legalBasisText]
                    .filter((one) => one !== "")
                    .join(" · "),
                },
                {
                  label: say("requests.urgent"),
                  value: of.urgent
                    ? [code("urgency", of.urgencyReason), of.urgencyText]
                        .filter((one) => one !== "")
                        .join(" · ")
                    : say("requests.urgent.no"),
                },
              ]
            : []),
          ...(asks
            ? [
                {
                  label: say("requests.evidenceForeseen"),
                  value: say(of.evidenceForeseen ? "requests.yes" : "requests.no"),
                },
                {
                  label: say("requests.neededBy"),
                  value: of.neededBy === null || of.neededBy === "" ? "–" : words.date(of.neededBy),
                },
                {
                  label: say("requests.languages"),
                  value: words.list(of.languages.map((one) => language(one))),
                },
              ]
            : []),
          ...(of.restrictions === ""
            ? []
            : [
                {
                  label: say("requests.restrictions"),
                  value: (
                    <FreeText about={about} field="restrictions" language={of.language}>
                      <span lang={of.language}>{of.restrictions}</span>
                    </FreeText>
                  ),
                },
              ]),
        ]}
      />
    </Stack>
  );
}

type Answered = Pick<AnswerView, "kind" | "narrative" | "refused" | "searched">;

/** The text of an answer as both sides read it; `questions` are those it answers. */
export function AnsweredText({
  of,
  from,
  questions,
  about = null,
}: {
  /** The answer; null in a preview. */
  about?: string | null;
  of: Answered;
  from: string;
  questions: AskDraft["questions"];
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const code = useCodeWords();
  return (
    <Stack gap="sm">
      <Text fw={600}>{say(`requests.outcome.${of.kind}`)}</Text>
      <Paragraphs of={of.narrative} from={from} about={about} list="narrative" />
      {of.refused.length > 0 && (
        <section aria-label={say("requests.answer.refused")}>
          <Title order={4} size="h6">
            {say("requests.answer.refused")}
          </Title>
          <ul>
            {of.refused.map((one) => (
              <li key={one.question}>
                {questions[one.question]?.text ?? one.question + 1}: {code("grounds", one.ground)}
                {one.text !== "" && ` · ${one.text}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {of.searched.length > 0 && (
        <Text size="sm">
          {say("requests.answer.searched")}:{" "}
          {of.searched.map((one) => `${code("sources", one.source)} (${words.date(one.on)})`).join(", ")}
        </Text>
      )}
    </Stack>
  );
}

/** One page for each state it goes to. */
export function PreviewPage({
  page,
  questions,
  caseRef,
  request,
  answer = null,
}: {
  page: Preview["pages"][number];
  /** The answer that is looked at. */
  answer?: string | null;
  /** Its id, for writing its letter. */
  request: string;
  questions: AskDraft["questions"];
  caseRef: string | null;
}): ReactNode {
  const { node } = useSession();
  return (
    <Stack gap="sm">
      {page.stops.map((stop) => (
        <StopLine key={`${stop.record} ${stop.what}`} stop={stop} caseRef={caseRef} />
      ))}
      <AskForAll stops={page.stops} caseRef={caseRef} />
      {page.letter !== null && <LetterOf request={request} to={page.letter} />}
      {page.request !== null && page.letter === null && (
        <>
          <FreeText about={request} field="subject" language={page.request.language}>
            <Text fw={600} lang={page.request.language}>
              {page.request.subject}
            </Text>
          </FreeText>
          <AskedText of={page.request} from={node.code} about={request} />
        </>
      )}
      {page.answer !== null && (
        <AnsweredText of={page.answer} from={node.code} questions={questions} about={answer} />
      )}
      {page.records.length > 0 && page.letter === null && <Records of={page.records} />}
      {page.items.length > 0 && <Items of={page.items} open={false} />}
    </Stack>
  );
}

/** RFI-10: a reference to what was asked before, never its content. */
export function Repeats({ of }: { of: Preview["repeats"] }): ReactNode {
  const words = useWords();
  if (of.length === 0) return null;
  return (
    <Alert variant="default" className="s-problem" title={words.say("requests.repeat.title")}>
      <ul>
        {of.map((one) => (
          <li key={`${one.reference} ${one.record}`}>
            {one.request === null ? (
              one.reference
            ) : (
              <Link to={`/requests/${one.request}`}>{one.reference}</Link>
            )}{" "}
            · {words.state(one.peer)} · {words.date(one.at)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
