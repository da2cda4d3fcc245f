// One letter: the paper page by page, to whom and by which way it went, its answers, and the note that comes next.
import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  HandlingBadge,
  Link,
  PageHead,
  TimeText,
  languageOfText,
  useLive,
  useParam,
  useWords,
} from "@simpul/doors/web";
import type { LetterAnswer } from "../contract.ts";
import { Acknowledged, Answered, Posted, Refused } from "./acts.tsx";
import { Permitted, Recalled } from "./follow-up-acts.tsx";
import { nameIn, useLetter, type View } from "./data.ts";
import { outcomeOf, Standing } from "./list.tsx";
import "./letters.css";

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["request"]);
  const query = useLetter(id);
  return (
    <Awaited query={query} back="/letters">
      {(view) => <Letter key={view.id} view={view} />}
    </Awaited>
  );
}

function Letter({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const [drawn, setDrawn] = useState(true);
  const pages = Array.from({ length: view.pages }, (_, index) => index + 1);
  return (
    <>
      <PageHead
        title={
          view.about === "request"
            ? view.reference
            : `${view.reference} · ${say(`letters.about.${view.about}`)}`
        }
        windowTitle={view.reference}
        back={{ to: "/letters", label: say("letters.room") }}
        marks={
          <>
            <Standing of={view} />
            {view.clock !== null && view.clock.state === "running" && <ClockText due={view.clock.due} />}
          </>
        }
      />
      <div className="l-two" data-answered={view.answers.length > 0 || undefined}>
        <Stack gap="lg">
          <section aria-label={say("letters.answers")}>
            <Title order={2} size="h5" mb="xs">
              {say("letters.answers")}
            </Title>
            {view.answers.length === 0 && <Text size="sm">{say("letters.answers.none")}</Text>}
            <Stack gap="sm">
              {view.answers.map((one) => (
                <Answer key={one.id} of={one} view={view} />
              ))}
            </Stack>
          </section>
          {/* Drawn only while it is written to exactly the bytes that were approved; the PDF stays either way. */}
          {drawn &&
            pages.map((page) => (
              <img
                key={page}
                className="l-page"
                loading="lazy"
                alt={say("letters.page", { page, pages: view.pages })}
                src={`/api/letters/${view.id}/page?page=${String(page)}`}
                onError={() => setDrawn(false)}
              />
            ))}
        </Stack>
        <Stack gap="md" component="aside" aria-label={say("requests.standing")}>
          <Notes view={view} />
          <Facts view={view} />
        </Stack>
      </div>
    </>
  );
}

/** What can be noted now, the likeliest first. */
function Notes({ view }: { view: View }): ReactNode {
  return (
    <div>
      {view.may.includes("posted") && <Posted view={view} />}
      {view.may.includes("acknowledged") && <Acknowledged view={view} />}
      {view.may.includes("recalled") && <Recalled view={view} />}
      {view.may.includes("permitted") && <Permitted view={view} />}
      {view.may.includes("answer") && <Answered view={view} />}
      {view.may.includes("refused") && <Refused view={view} />}
    </div>
  );
}

/** What it is about, and the way there. */
function about({ of, request, subject }: View): [string, ReactNode] {
  switch (of.kind) {
    case "request":
      return ["letters.request", <Link to={`/requests/${request}`}>{subject}</Link>];
    case "recall":
      return ["letters.recall", <Link to={`/recalls/${of.id}`}>{subject}</Link>];
    case "permission":
      return ["letters.permission", <Link to={`/requests/permissions/${of.id}`}>{subject}</Link>];
  }
}

function Facts({ view }: { view: View }): ReactNode {
  const words = useWords();
  const { say, state, date } = words;
  const officer = view.approvedBy === null ? undefined : view.names.officers[view.approvedBy];
  const facts: [string, ReactNode][] = [
    about(view),
    [
      "letters.to",
      <>
        {state(view.state)} · {nameIn(words, view.to.names)}
        {view.to.names[view.to.language] !== undefined && view.to.language !== words.locale && (
          <span lang={view.to.language}>
            <br />
            {view.to.names[view.to.language]}
          </span>
        )}
        {view.to.standing === "to-be-confirmed" && ` (${say("requests.toBeConfirmed")})`}
      </>,
    ],
    ...(view.to.address === null
      ? []
      : [["letters.address", view.to.address.join(", ")] as [string, ReactNode]]),
    [
      "letters.approvedBy",
      <>
        {officer?.name ?? "–"}, <TimeText at={view.madeAt} />
      </>,
    ],
    ...(view.postedOn === null || view.channel === null
      ? []
      : ([
          ["letters.postedOn", date(view.postedOn)],
          [
            "letters.channel",
            [say(`requests.channels.${view.channel}`), view.sentNote].filter((one) => one !== "").join(" · "),
          ],
        ] as [string, ReactNode][])),
    ...(view.acknowledgedOn === null
      ? []
      : [["letters.ack.on", date(view.acknowledgedOn)] as [string, ReactNode]]),
    ...(view.theirReference === ""
      ? []
      : [["letters.theirReference", view.theirReference] as [string, ReactNode]]),
    ["letters.filled", say("letters.filled.of", { filled: view.filled, fields: view.fields })],
    ["letters.digest", <span className="l-digest">{view.digest}</span>],
  ];
  return (
    <Stack gap="xs">
      <Anchor href={`/api/letters/${view.id}/paper`} download={`${view.reference}.pdf`}>
        {say("letters.paper")} ({words.bytes(view.size)})
      </Anchor>
      <dl className="s-answers">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{say(label)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}

function Answer({ of, view }: { of: LetterAnswer; view: View }): ReactNode {
  const { say, date } = useWords();
  const name = view.names.officers[of.notedBy]?.name ?? "–";
  return (
    <article className="l-answer">
      <Text fw={600} size="sm">
        {outcomeOf(say, view.about, of.kind)} · {say(`letters.way.${of.way}`)} · {date(of.saidAt)}
      </Text>
      <Text size="sm" lang={languageOfText(of.saidBy)}>
        {of.saidBy}
        {of.theirReference !== "" && ` · ${of.theirReference}`}
      </Text>
      {of.text !== "" && (
        <Text lang={of.language} style={{ whiteSpace: "pre-wrap" }} mt="xs">
          {of.text}
        </Text>
      )}
      {of.items.map((one) => (
        <Text key={one.id} size="sm">
          <Link to={`/evidence/${one.id}`}>{one.fileName}</Link>
        </Text>
      ))}
      <HandlingBadge handling={of.handling} evaluation={of.evaluation} from={view.state} />
      <Text size="xs" c="dimmed" component="div">
        {say("letters.notedBy", { name })}, <TimeText at={of.at} />
      </Text>
    </article>
  );
}
