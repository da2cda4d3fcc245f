// The form of a request: its draft lies on the node, saves itself, and goes to the liaison desk when it is whole.
import { Alert, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { Problem, Steps, api, useAddressValues, useGo, useWords } from "@simpul/doors/web";
import type { AskDraft, Codes, RequestView, Saved } from "../contract.ts";
import { BesideList } from "./beside.tsx";
import { anyH0 } from "./choose.tsx";
import { useChoices, useFresh } from "./data.ts";
import type { Named } from "./data.ts";
import { useKeptDraft } from "./kept-draft.ts";
import { askSteps } from "./new-steps.tsx";
import { LetterOf, statesOf } from "./letter.tsx";
import { LifeAtRisk } from "./override.tsx";
import { StoppedBy } from "./stops.tsx";

export function AskForm({
  codes,
  view,
  first,
  summary,
  onMade,
}: {
  codes: Codes;
  /** Null while nothing is kept yet. */
  view: Named<RequestView> | null;
  first: AskDraft;
  /** The case's own summary, offered as a beginning of the facts. */
  summary: string;
  onMade?: (id: string) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const fresh = useFresh();
  const [values, change] = useAddressValues();
  const made = useRef<string | null>(view?.id ?? null);
  const [start] = useState(first);
  const [request, setRequest] = useState<string | null>(null);
  const [stopped, setStopped] = useState<unknown>(null);
  const [confirmed, setConfirmed] = useState(first.confirmH0 === true);
  const draft = useKeptDraft<AskDraft>(
    start,
    view?.version ?? null,
    async (value, saving) => {
      const { confirmH0: _before, ...said } = value;
      const body = {
        ...said,
        ...(confirmed && anyH0([...value.facts, ...value.records, ...value.items])
          ? { confirmH0: true }
          : {}),
      };
      if (made.current !== null && saving !== null)
        return api.put<Saved<AskDraft>>(`/api/requests/${made.current}`, { ...body, ...saving });
      const { id } = await api.post<{ id: string }>("/api/requests", body);
      made.current = id;
      onMade?.(id);
      // From here on a reload, and a colleague on the case, finds the draft where it lies.
      change({ draft: id, case: null, check: null, state: null, selector: null, records: null });
      return { version: 1 };
    },
    view?.beside,
  );
  const drafted = view?.id ?? values["draft"] ?? request;
  const choices = useChoices(draft.value.case, statesOf(draft.value));
  const steps = askSteps(words, {
    codes,
    value: draft.value,
    set: draft.set,
    summary,
    choices: [...(choices.data?.records ?? []), ...(choices.data?.items ?? [])],
    confirmed,
    onConfirm(value) {
      setConfirmed(value);
      // Saved again, now with the tick that it lacked.
      draft.set({});
    },
  });

  async function send(): Promise<void> {
    setStopped(null);
    try {
      await draft.flush();
      await api.post(`/api/requests/${made.current ?? ""}/submit`);
    } catch (no) {
      setStopped(no);
      setRequest(made.current);
      throw no;
    }
    await fresh();
    go(`/requests/${made.current ?? ""}`);
  }
  return (
    <Stack gap="md">
      {draft.fault !== null && <Problem fault={draft.fault} kept={say("requests.draft.kept")} />}
      <BesideList
        request={view?.id ?? values["draft"] ?? ""}
        of={draft.beside}
        standing={draft.value}
        names={view?.names}
        onSettled={draft.settled}
      />
      {view !== null && view.returned !== null && (
        <Alert variant="default" className="s-problem" title={say("requests.returned")} maw="44rem">
          {view.returned.reason}
        </Alert>
      )}
      <Steps
        steps={steps}
        send={say("requests.submit")}
        draftSays={draft.says}
        note={
          <>
            <Text size="sm">{say("requests.submit.note")}</Text>
            {drafted !== null &&
              (draft.value.letters ?? []).map((one) => (
                <LetterOf key={one} request={drafted} to={one} folded />
              ))}
            <StoppedBy fault={stopped} caseRef={draft.value.case} />
            {draft.value.to.length === 1 && (
              <LifeAtRisk fault={stopped} request={request} caseRef={draft.value.case} />
            )}
          </>
        }
        onSend={send}
      />
    </Stack>
  );
}
