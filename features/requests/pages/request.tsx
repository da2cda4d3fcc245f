// A request: what it says, where it stands with each state, the clock, the acts that this officer may do now.
import { Alert, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  HandlingBadge,
  Link,
  LinkButton,
  PageHead,
  RestsTag,
  StateTag,
  Tabs,
  useAddressValue,
  useHasPage,
  useLive,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { Doubts } from "./doubts.tsx";
import type { MayDo, RequestView, Thread } from "../contract.ts";
import {
  Assign,
  Clarification,
  Clarify,
  Close,
  Drop,
  Refuse,
  Resume,
  Return,
  Suspend,
  TakeNote,
  Transfer,
  Withdraw,
} from "./acts.tsx";
import { Answers } from "./answers.tsx";
import { CallBack, CalledBack } from "./called-back.tsx";
import { useCodeWords, useRequest } from "./data.ts";
import type { Named } from "./data.ts";
import { Evidences } from "./evidences.tsx";
import { Flow } from "./flow.tsx";
import { History } from "./history.tsx";
import { LeaveAct, PreviewSide } from "./leave.tsx";
import { LetterLine } from "./letter.tsx";
import { several } from "../rules.ts";
import { Notices } from "./notices.tsx";
import { OverrideNotice } from "./override.tsx";
import { AskedText, Repeats } from "./preview.tsx";
import "./requests.css";
import { Items, Records } from "./shared.tsx";
import { WithTranslations } from "./translations.tsx";
import { ClockCard, ClockLine, DeskName, Facts, ThreadState, Who } from "./texts.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const query = useRequest(id);
  useLive(["request", "permission"]);
  return (
    <Awaited query={query} back="/requests">
      {(view) => (
        <WithTranslations request={view.id}>
          <Whole key={view.id} view={view} />
        </WithTranslations>
      )}
    </Awaited>
  );
}

/** One request to several states, or with `?thread` as it stands with one of them (RFI-8). */
function Whole({ view }: { view: Named<RequestView> }): ReactNode {
  const [thread] = useAddressValue("thread");
  const one = view.full.find(({ id }) => id === thread);
  if (one === undefined || view.full.length === 1) return <Request view={view} of={null} />;
  const part = { ...view, threads: view.threads.filter(({ id }) => id === one.id), full: [one] };
  return <Request key={one.id} view={part} of={view} />;
}

/** `of`: the request to all states, where this is what one of them got. */
function Request({ view, of }: { view: Named<RequestView>; of: Named<RequestView> | null }): ReactNode {
  const { say, state } = useWords();
  const parted = view.full.length > 1;
  const { said, next } = several(view.threads);
  const code = useCodeWords();
  const may = (act: MayDo): boolean => view.may.includes(act);
  const answers = view.full.reduce((sum, one) => sum + one.answers.length, 0);
  const tabs = [
    { id: "request", label: say("requests.side.request"), body: <Asked view={view} may={may} /> },
    {
      id: "answers",
      label:
        answers > 0 ? `${say("requests.side.answers")} ${String(answers)}` : say("requests.side.answers"),
      body: <Answers view={view} />,
    },
    {
      id: "flow",
      label: say("requests.side.flow"),
      body: (
        <Stack gap="xl">
          {view.full.map((thread) => (
            <div key={thread.id}>
              <Title order={2} size="h5" mb="xs">
                <ThreadName view={view} thread={thread} />
              </Title>
              <Flow thread={thread} names={view.names} />
            </div>
          ))}
        </Stack>
      ),
    },
    { id: "history", label: say("requests.side.history"), body: <History view={view} /> },
  ];
  // Without a next step there is no bar for one, neither at the top nor at the bottom of a phone.
  const hasAct = (["edit", "approve", "release", "answer"] as const).some(may);
  const reference = view.threads.map((one) => one.reference).join(", ");
  return (
    <>
      <PageHead
        title={view.subject === "" ? say("requests.untitled") : view.subject}
        windowTitle={reference === "" ? say("requests.room") : reference}
        back={
          of === null
            ? { to: `/requests?box=${view.box}`, label: say("requests.room") }
            : { to: `/requests/${view.id}`, label: say("requests.allStates", { all: of.full.length }) }
        }
        marks={
          <>
            <HandlingBadge handling={view.draft.handling} from={view.from} />
            <RestsTag of={view.rests} />
            {of !== null && <StateTag>{state(view.full[0]!.peer)}</StateTag>}
            {parted ? (
              <StateTag>{say("requests.answeredOf", { said, all: view.full.length })}</StateTag>
            ) : (
              view.threads.map((one) => <ThreadState key={one.id} of={one} />)
            )}
            {view.unasked !== null && <StateTag>{say(`requests.unasked.${view.unasked}`)}</StateTag>}
            {next !== null && <ClockLine clock={next} />}
            {view.threads.length === 0 && <ThreadState of={{ state: stateOf(view), outcome: null }} />}
            {view.urgent && <StateTag tone="waiting">{code("urgency", view.urgencyReason)}</StateTag>}
          </>
        }
        {...(hasAct ? { act: <MainAct view={view} may={may} /> } : {})}
      />
      <Doubts of={view.doubts} />
      <Tabs tabs={tabs} label={say("requests.sides")} />
    </>
  );
}

/** The state and its reference; of several, the way to its own page. */
function ThreadName({ view, thread }: { view: RequestView; thread: Thread }): ReactNode {
  const { state } = useWords();
  const name = `${state(thread.peer)} · ${thread.reference}`;
  return view.full.length > 1 ? <Link to={`/requests/${view.id}?thread=${thread.id}`}>{name}</Link> : name;
}

/** Without a thread it has not left yet. */
const stateOf = (view: RequestView): "draft" | "submitted" =>
  view.may.includes("edit") ? "draft" : "submitted";

/** The one next step: it stands in reach of the thumb. */
function MainAct({ view, may }: { view: Named<RequestView>; may: (act: MayDo) => boolean }): ReactNode {
  const { say } = useWords();
  if (may("edit"))
    return (
      <LinkButton to={`/requests/new?draft=${view.id}&unasked=${view.unasked ?? ""}`}>
        {say("requests.go-on")}
      </LinkButton>
    );
  if (may("approve")) return <LeaveAct view={view} what="request" />;
  if (may("release")) return <LeaveAct view={view} what="answer" />;
  if (may("answer"))
    return (
      <LinkButton to={`/requests/${view.id}/answer`}>
        {say(view.answer === null ? "requests.answer.begin" : "requests.answer.go-on")}
      </LinkButton>
    );
  return undefined;
}

function Asked({ view, may }: { view: Named<RequestView>; may: (act: MayDo) => boolean }): ReactNode {
  const { say, state } = useWords();
  return (
    <div className="r-two">
      <Stack gap="lg">
        <CalledBack view={view} />
        <OverrideNotice request={view.id} />
        {view.returned !== null && (
          <Alert variant="default" className="s-problem" title={say("requests.returned")}>
            {view.returned.reason}
          </Alert>
        )}
        {view.answer?.state === "submitted" && (
          <Alert variant="default" title={say("requests.releaseWaits")}>
            {say("requests.releaseWaits.text")}
          </Alert>
        )}
        {view.answer !== null && view.answer.returned !== null && (
          <Alert variant="default" className="s-problem" title={say("requests.answer.returned")}>
            {view.answer.returned.reason}
          </Alert>
        )}
        <Repeats of={view.repeats} />
        {may("approve") && <PreviewSide view={view} what="request" />}
        {may("release") && <PreviewSide view={view} what="answer" />}
        {!may("approve") && (
          <section className="r-sheet" aria-label={say("requests.side.request")}>
            <AskedText of={view.draft} from={view.from} about={view.id} />
          </section>
        )}
        {!may("approve") && view.records.length > 0 && (
          <section aria-label={say("requests.records")}>
            <Title order={2} size="h5" mb="xs">
              {say("requests.records")}
            </Title>
            <Records of={view.records} />
          </section>
        )}
        {!may("approve") && view.items.length > 0 && (
          <section aria-label={say("requests.items")}>
            <Title order={2} size="h5" mb="xs">
              {say("requests.items")}
            </Title>
            <Items of={view.items} open={view.box === "incoming"} />
          </section>
        )}
      </Stack>
      <Stack gap="md" component="aside" aria-label={say("requests.standing")}>
        <Facts
          of={[
            { label: say("requests.from"), value: state(view.from) },
            ...(view.box === "incoming" && view.case === null
              ? []
              : [
                  {
                    label: say("requests.case"),
                    value:
                      view.case === null ? (
                        "–"
                      ) : (
                        <Link to={`/cases/${view.case.number}`}>{view.case.number}</Link>
                      ),
                  },
                ]),
            ...(view.author === null
              ? []
              : [{ label: say("requests.author"), value: <Who id={view.author} names={view.names} /> }]),
            {
              label: say("requests.desk"),
              value:
                view.desk === null ? say("requests.noDesk") : <DeskName id={view.desk} names={view.names} />,
            },
          ]}
        />
        <Notices view={view} />
        {(may("return") || may("return-answer")) && (
          <Return view={view} what={may("return") ? "request" : "answer"} />
        )}
        <Formal view={view} />
        <CallBack view={view} />
        {may("assign") && <Assign view={view} />}
        {may("withdraw") && view.full.length === 0 && <Drop view={view} />}
        {view.full.map((thread) => (
          <Standing key={thread.id} view={view} thread={thread} may={may} />
        ))}
      </Stack>
    </div>
  );
}

/** From police to court: data frozen first, a formal request from the same facts; or the formal one whose way this is. */
function Formal({ view }: { view: Named<RequestView> }): ReactNode {
  const { say } = useWords();
  const there = useHasPage("/assistance/new");
  if (!there) return null;
  if (view.formal !== null) return <Link to={`/assistance/${view.id}`}>{say("requests.formal.open")}</Link>;
  if (!view.may.includes("formal")) return null;
  const to = view.full.length === 1 ? `&to=${view.full[0]!.peer}` : "";
  return (
    <Group gap="xs" className="s-noprint">
      <LinkButton variant="default" to={`/assistance/new?request=${view.id}&kind=preservation${to}`}>
        {say("requests.formal.preserve")}
      </LinkButton>
      <LinkButton variant="default" to={`/assistance/new?request=${view.id}&kind=formal${to}`}>
        {say("requests.formal.ask")}
      </LinkButton>
    </Group>
  );
}

/** In which list the word for a thread's code stands. */
const listOf = ({ state }: Thread): string =>
  state === "refused" ? "grounds" : state === "closed" ? "usefulness" : "because";

/** How it stands with one state: the clock, and what may be done there now. */
function Standing({
  view,
  thread,
  may,
}: {
  view: Named<RequestView>;
  thread: Thread;
  may: (act: MayDo) => boolean;
}): ReactNode {
  const { say, state } = useWords();
  const code = useCodeWords();
  const open = ["queued", "posted", "delivered", "opened", "in-work", "clarification", "judicial"].includes(
    thread.state,
  );
  return (
    <section className="r-sheet" aria-label={state(thread.peer)}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Text fw={600} component="div">
          <ThreadName view={view} thread={thread} />
        </Text>
        <ThreadState of={thread} />
      </Group>
      {thread.code !== null && (
        <Text size="sm" mb="xs">
          {code(listOf(thread), thread.code)}
        </Text>
      )}
      {thread.correspondent !== null && <LetterLine thread={thread} />}
      {thread.clock !== null && <ClockCard clock={thread.clock} peer={thread.peer} />}
      <Evidences of={thread.evidences} peer={thread.peer} />
      <Stack gap="xs" mt="sm">
        {may("clarification") && thread.state === "clarification" && (
          <Clarification view={view} thread={thread} />
        )}
        {may("clarify") && <Clarify view={view} thread={thread} />}
        {may("suspend") && <Suspend view={view} thread={thread} />}
        {may("resume") && <Resume view={view} thread={thread} />}
        {may("take-note") && <TakeNote view={view} thread={thread} />}
        {may("transfer") && <Transfer view={view} thread={thread} />}
        {may("refuse") && <Refuse view={view} thread={thread} />}
        {may("close") && ["answered", "refused", "transferred"].includes(thread.state) && (
          <Close view={view} thread={thread} />
        )}
        {may("withdraw") && open && <Withdraw view={view} thread={thread} />}
        {!open && thread.answers.length > 0 && (
          <Text size="sm">
            <Link to={`/requests/${view.id}?tab=answers`}>{say("requests.answers.read")}</Link>
          </Text>
        )}
      </Stack>
    </section>
  );
}
