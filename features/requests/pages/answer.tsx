// Answering, one question at a time: how far, in words, with which records and items, from which sources (RFI-5 to RFI-9).
import { Alert, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  NotFound,
  PageHead,
  Problem,
  Steps,
  api,
  useGo,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { AskAnswer, Codes, RequestView, Saved } from "../contract.ts";
import { answerSteps } from "./answer-steps.tsx";
import { BesideList } from "./beside.tsx";
import { anyH0 } from "./choose.tsx";
import { useFresh, useOpenCases, useRequest, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";
import { useKeptDraft } from "./kept-draft.ts";
import { Paragraphs } from "./paragraphs.tsx";
import { StoppedBy } from "./stops.tsx";
import "./requests.css";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  const query = useRequest(id);
  const codes = useRequestCodes();
  return (
    <>
      <PageHead
        title={say("requests.answer.title")}
        back={{ to: `/requests/${id}`, label: query.data?.subject ?? say("requests.room") }}
      />
      <Awaited query={query} back="/requests">
        {(view) =>
          view.may.includes("answer") ? (
            <Awaited query={codes}>{(lists) => <Form key={view.id} view={view} codes={lists} />}</Awaited>
          ) : (
            <NotFound back={`/requests/${id}`} />
          )
        }
      </Awaited>
    </>
  );
}

/** Nothing is chosen beforehand but what is known: the case that was named, the day, who searches. */
function first(view: RequestView): AskAnswer {
  const kept = view.answer;
  if (kept !== null)
    return {
      case: kept.case,
      kind: kept.kind,
      narrative: kept.narrative,
      records: kept.records,
      items: kept.items,
      refused: kept.refused,
      searched: kept.searched,
    };
  return {
    case: view.case?.number ?? null,
    kind: "full",
    narrative: [],
    records: [],
    items: [],
    refused: [],
    searched: [],
  };
}

function Form({ view, codes }: { view: Named<RequestView>; codes: Codes }): ReactNode {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const fresh = useFresh();
  const { officer } = useSession();
  const cases = useOpenCases(true);
  const [start] = useState(() => first(view));
  const [confirmed, setConfirmed] = useState(false);
  const [kindChosen, setKindChosen] = useState(view.answer !== null);
  const [stopped, setStopped] = useState<unknown>(null);
  const draft = useKeptDraft<AskAnswer>(
    start,
    view.answer?.version ?? null,
    async (value, saving) => {
      const h0 = anyH0([...value.narrative, ...value.records, ...value.items]);
      return api.put<Saved<AskAnswer>>(`/api/requests/${view.id}/answer`, {
        ...value,
        narrative: value.narrative.filter((one) => one.text.trim() !== ""),
        confirmH0: h0 && confirmed,
        ...saving,
      });
    },
    view.answer?.beside,
  );
  const thread = view.full[0];
  const steps = answerSteps(words, {
    view,
    codes,
    me: officer.id,
    cases: cases.data ?? [],
    value: draft.value,
    set: draft.set,
    confirmed,
    onConfirm(value) {
      setConfirmed(value);
      draft.set({});
    },
    kindChosen,
    onKind: (kind) => {
      setKindChosen(true);
      draft.set({
        kind,
        ...(kind === "none-held" ? { records: [], items: [] } : {}),
        ...(kind === "partial" ? {} : { refused: [] }),
      });
    },
  });
  async function send(): Promise<void> {
    setStopped(null);
    try {
      await draft.flush();
      await api.post(`/api/requests/${view.id}/answer/submit`);
    } catch (no) {
      setStopped(no);
      throw no;
    }
    await fresh();
    go(`/requests/${view.id}`);
  }
  return (
    <div className="r-two">
      <Stack gap="md">
        {draft.fault !== null && <Problem fault={draft.fault} kept={say("requests.draft.kept")} />}
        <BesideList
          request={view.id}
          of={draft.beside}
          standing={draft.value}
          names={view.names}
          onSettled={draft.settled}
        />
        {view.answer !== null && view.answer.returned !== null && (
          <Alert variant="default" className="s-problem" title={say("requests.answer.returned")}>
            {view.answer.returned.reason}
          </Alert>
        )}
        <Steps
          steps={steps}
          send={say("requests.answer.submit")}
          draftSays={draft.says}
          note={
            <>
              <Text size="sm">{say("requests.answer.submit.note")}</Text>
              <StoppedBy fault={stopped} caseRef={draft.value.case} />
            </>
          }
          onSend={send}
        />
      </Stack>
      <aside
        className="r-sheet s-noprint"
        aria-label={say(view.unasked === null ? "requests.questions" : "requests.tell.words")}
      >
        <Text fw={600}>
          {words.state(view.from)} {thread?.reference ?? ""}
        </Text>
        {view.draft.questions.length === 0 ? (
          <Paragraphs of={view.draft.facts} from={view.from} about={null} list="facts" />
        ) : (
          <ol className="r-questions">
            {view.draft.questions.map((one, index) => (
              <li key={index}>
                <Text size="sm" lang={view.draft.language} style={{ whiteSpace: "pre-wrap" }}>
                  {one.text}
                </Text>
              </li>
            ))}
          </ol>
        )}
      </aside>
    </div>
  );
}
