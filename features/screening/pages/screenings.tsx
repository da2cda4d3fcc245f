// What was asked of one person, by everybody who asked: what the rule says, the answers side by side, the decision.
import { Button, Group, Radio, Stack, Text, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  LinkButton,
  Problem,
  TickField,
  TimeText,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { standing } from "../contract.ts";
import type { AskDecide, Given, Question, ScreeningsView } from "../contract.ts";
import { useSpoken } from "../contract/flow.tsx";
import { Verdict } from "./verdict.tsx";
import "./screening.css";

export function PersonScreenings({ id }: { id: string }): ReactNode {
  const { node } = useSession();
  useLive(["victims"]);
  const query = useQuery({
    queryKey: ["victims", node.code, id, "screenings"],
    queryFn: ({ signal }) => api.get<ScreeningsView>(`/api/screening/people/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/victims">
      {(view) => <Screenings view={view} />}
    </Awaited>
  );
}

function Screenings({ view }: { view: ScreeningsView }): ReactNode {
  const { say } = useWords();
  const none = view.conversations.length === 0;
  return (
    <Stack gap="lg" pt="md">
      <p className="sp-paper">{view.pseudonym}</p>
      {none ? (
        <Text>{say("screening.person.none")}</Text>
      ) : (
        <Verdict presumption={view.presumption} titled={false} />
      )}
      {view.decided !== null && (
        <Text>
          {say(`screening.kind.${view.decided.status}`)} · {view.decided.name} ·{" "}
          <TimeText at={view.decided.at} />
        </Text>
      )}
      <Group className="s-noprint">
        {view.presumption.open.length > 0 && (
          <LinkButton to={`/screening?person=${view.person}`}>
            {say(none ? "screening.person.ask.first" : "screening.person.ask")}
          </LinkButton>
        )}
        {!none && (
          <Button variant="default" onClick={() => window.print()}>
            {say("web.print")}
          </Button>
        )}
      </Group>
      {!none && (
        <>
          {["indicators", "presumed"].includes(view.presumption.kind) && (
            <Decide key={view.decided?.at} view={view} />
          )}
          <Answers view={view} />
          <Sources view={view} />
        </>
      )}
    </Stack>
  );
}

/** Her own decision; the rule offers, it never decides. */
function Decide({ view }: { view: ScreeningsView }): ReactNode {
  const { say, locale } = useWords();
  const queries = useQueryClient();
  const offered = (["indicators", "presumed"] as const).filter(
    (one) => one === "indicators" || view.presumption.kind === "presumed",
  );
  const [status, setStatus] = useState<AskDecide["status"] | null>(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function send(chosen: AskDecide["status"]): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const ask: AskDecide = { status: chosen, note, language: locale };
      await api.post(`/api/screening/people/${view.person}/status`, ask);
      await queries.invalidateQueries({ queryKey: ["victims"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        if (status !== null) void send(status);
      }}
    >
      <Stack gap="sm" maw="36rem">
        <Title order={3} size="h4">
          {say("screening.decide.title")}
        </Title>
        <Radio.Group label={say("screening.decide.text")} value={status} onChange={(next) => setStatus(next)}>
          <Stack gap="xs" mt={6}>
            {offered.map((one) => (
              <Radio key={one} value={one} label={say(`screening.decide.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={say("screening.decide.note")}
          value={note}
          autosize
          minRows={2}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button type="submit" loading={busy} disabled={status === null}>
            {say("screening.decide.title")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Answers({ view }: { view: ScreeningsView }): ReactNode {
  const { say, locale } = useWords();
  const texts = useSpoken(locale);
  const [differing, setDiffering] = useState(false);
  const columns = view.conversations.map((one) => ({ ...one, answers: standing(one.given) }));
  const differs = (question: Question): boolean => {
    const said = columns.map(({ answers }) => answers.get(question.id)?.answer);
    return said.includes("yes") && said.includes("no");
  };
  const many = columns.length > 1;
  const questions = view.set.questions.filter(
    (one) => columns.some(({ answers }) => answers.has(one.id)) && (!differing || differs(one)),
  );
  if (texts === null) return <p role="status">{say("screening.loading")}</p>;
  return (
    <section>
      <Title order={3} size="h4">
        {say("screening.person.summary", { count: columns.length })}
      </Title>
      {many && (
        <div className="s-noprint">
          <TickField
            label={say("screening.person.onlyDiffering")}
            value={differing}
            onChange={setDiffering}
          />
        </div>
      )}
      <div className="sp-scroll" tabIndex={0} role="region" aria-label={say("screening.person.title")}>
        <table className="sp-answers">
          <thead>
            <tr>
              <th scope="col">{say("screening.person.question")}</th>
              {columns.map((one) => (
                <th scope="col" key={one.id}>
                  <Heading one={one} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {questions.map((question) => (
              <tr key={question.id} data-differs={differs(question)}>
                <th scope="row">
                  {question.seen ? say(`screening.q.${question.id}`) : texts.say(`q.${question.id}`)}
                  {differs(question) && (
                    <strong className="sp-differs">{say("screening.person.differs")}</strong>
                  )}
                </th>
                {columns.map((one) => (
                  <td key={one.id}>
                    <Answered given={one.answers.get(question.id)} texts={texts} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Heading({ one }: { one: ScreeningsView["conversations"][number] }): ReactNode {
  const { say, language, state } = useWords();
  return (
    <>
      <span>
        {one.by.name ?? state(one.by.node)} · <TimeText at={one.began} />
      </span>
      <span className="sp-small">
        {language(one.hers)} ·{" "}
        {one.interpreter === null
          ? say("screening.person.noInterpreter")
          : say("screening.person.interpreter", {
              name: [one.interpreter.name, one.interpreter.contact].filter((text) => text !== "").join(", "),
            })}
        {one.mark !== "" && ` · ${one.mark}`} · {say(`screening.person.ended.${one.ended ?? "open"}`)}
      </span>
    </>
  );
}

function Answered({
  given,
  texts,
}: {
  given: Given | undefined;
  texts: NonNullable<ReturnType<typeof useSpoken>>;
}): ReactNode {
  return (
    <>
      {texts.say(`a.${given?.answer ?? "not-asked"}`)}
      {given !== undefined && given.details !== "" && <span className="sp-details">{given.details}</span>}
    </>
  );
}

/** Each indicator that was seen with its sources; what was not seen at its source says so. */
function Sources({ view }: { view: ScreeningsView }): ReactNode {
  const { say } = useWords();
  const seen = view.set.indicators.filter((one) =>
    view.presumption.seen.some(({ indicator }) => indicator === one.id),
  );
  const used = [...new Set(seen.flatMap((one) => one.sources))];
  if (used.length === 0) return null;
  return (
    <details className="sp-sources">
      <summary>{say("screening.sources")}</summary>
      <ul>
        {used.map((key) => (
          <li key={key}>
            <span lang="en">{view.set.sources[key]?.title}</span> (
            {say(`screening.standing.${view.set.sources[key]?.standing ?? "to-be-confirmed"}`)}):{" "}
            {seen
              .filter((one) => one.sources.includes(key))
              .map((one) => say(`screening.indicator.${one.id}`))
              .join(" · ")}
          </li>
        ))}
      </ul>
    </details>
  );
}
