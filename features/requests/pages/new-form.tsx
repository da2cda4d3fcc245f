// The form of a request: its draft lies on the node, saves itself, and goes to the liaison desk when it is whole.
import { Alert, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { Problem, Steps, api, useAddressValues, useGo, useWords } from "@simpul/doors/web";
import type { AskDraft, Codes, RequestView } from "../contract.ts";
import { useChoices, useFresh } from "./data.ts";
import { useKeptDraft } from "./kept-draft.ts";
import { askSteps } from "./new-steps.tsx";
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
  view: RequestView | null;
  first: AskDraft;
  /** The case's own summary, offered as a beginning of the facts. */
  summary: string;
  onMade?: (id: string) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const go = useGo();
  const fresh = useFresh();
  const [, change] = useAddressValues();
  const made = useRef<string | null>(view?.id ?? null);
  const [start] = useState(first);
  const [confirmed, setConfirmed] = useState(false);
  const [stopped, setStopped] = useState<unknown>(null);
  const draft = useKeptDraft<AskDraft>(start, view?.version ?? null, async (value, version) => {
    if (made.current !== null && version !== null)
      return (await api.put<{ version: number }>(`/api/requests/${made.current}`, { ...value, version }))
        .version;
    const { id } = await api.post<{ id: string }>("/api/requests", value);
    made.current = id;
    onMade?.(id);
    // From here on a reload, and a colleague on the case, finds the draft where it lies.
    change({ draft: id, case: null, check: null, state: null, selector: null, records: null });
    return 1;
  });
  const choices = useChoices(draft.value.case, draft.value.to);
  const steps = askSteps(words, {
    codes,
    value: draft.value,
    set: draft.set,
    summary,
    choices: [...(choices.data?.records ?? []), ...(choices.data?.items ?? [])],
    confirmed,
    onConfirm: setConfirmed,
  });

  async function send(): Promise<void> {
    setStopped(null);
    try {
      await draft.flush();
      await api.post(`/api/requests/${made.current ?? ""}/submit`);
    } catch (no) {
      setStopped(no);
      throw no;
    }
    await fresh();
    go(`/requests/${made.current ?? ""}`);
  }
  return (
    <Stack gap="md">
      {draft.fault !== null && <Problem fault={draft.fault} kept={say("requests.draft.kept")} />}
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
            <StoppedBy fault={stopped} caseRef={draft.value.case} />
          </>
        }
        onSend={send}
      />
    </Stack>
  );
}
