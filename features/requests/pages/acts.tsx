// The acts of a request beside its main one: each opens where it is needed, says what it does, keeps what was typed.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  HandlingBadge,
  LeaveStateButton,
  LongTextField,
  Problem,
  TextField,
  api,
  tell,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { RequestView, Thread } from "../contract.ts";
import { useAct, useCodeWords, useDesks, useFresh, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";

interface Given {
  view: Named<RequestView>;
  thread: Thread;
}
const usual = { codes: ["H1", "H2"] as ("H1" | "H2")[] };

/** An act that tells the other state something: what they will read is shown, and the button is red. */
function Leaving({
  act,
  to,
  ready,
  says,
  send,
  children,
}: {
  /** Its words: `requests.act.<act>`. */
  act: string;
  to: string;
  ready: boolean;
  /** Exactly what they will read. */
  says: ReactNode;
  send: () => Promise<unknown>;
  children: ReactNode;
}): ReactNode {
  const { say, state } = useWords();
  const { officer, node } = useSession();
  const fresh = useFresh();
  return (
    <details className="r-act s-noprint">
      <summary>{say(`requests.act.${act}`)}</summary>
      <Stack gap="sm" mt="xs" maw="40rem">
        <Text size="sm">{say(`requests.act.${act}.hint`, { state: state(to) })}</Text>
        {children}
        <Group>
          <LeaveStateButton
            label={say(`requests.act.${act}.send`, { state: state(to) })}
            disabled={!ready}
            reasonNeeded={false}
            recipients={[state(to)]}
            codes={<HandlingBadge handling={usual} from={node.code} />}
            approves={say("requests.approves.you", { name: officer.name })}
            preview={says}
            onLeave={async () => {
              await send();
              await fresh();
              tell(say("requests.sent", { state: state(to) }));
            }}
          />
        </Group>
      </Stack>
    </details>
  );
}

/** Back to its author, or given to a desk: stays at home, is done at once. */
function Home({
  act,
  ready,
  send,
  open = false,
  children,
}: {
  act: string;
  ready: boolean;
  send: () => Promise<unknown>;
  open?: boolean;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const { busy, fault, run } = useAct();
  return (
    <details className="r-act s-noprint" open={open ? true : undefined}>
      <summary>{say(`requests.act.${act}`)}</summary>
      <Stack gap="sm" mt="xs" maw="40rem">
        {children}
        {fault !== null && <Problem fault={fault} kept={say("requests.form.kept")} />}
        <Group>
          <Button
            loading={busy}
            disabled={!ready}
            onClick={() => void run(send).then((done) => (done ? fresh() : undefined))}
          >
            {say(`requests.act.${act}.send`)}
          </Button>
        </Group>
      </Stack>
    </details>
  );
}

export function Assign({ view }: Pick<Given, "view">): ReactNode {
  const { say } = useWords();
  const desks = useDesks(true);
  const [desk, setDesk] = useState<string | null>(view.desk);
  const [note, setNote] = useState("");
  return (
    <Home
      act="assign"
      open={view.desk === null}
      ready={desk !== null && desk !== view.desk}
      send={() =>
        api.post(`/api/requests/${view.id}/assign`, {
          desk,
          ...(note.trim() === "" ? {} : { note: note.trim() }),
        })
      }
    >
      <ChoiceField
        label={say("requests.desk")}
        hint={say("requests.act.assign.hint")}
        required
        value={desk}
        choices={(desks.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChange={setDesk}
      />
      <TextField label={say("requests.act.assign.note")} value={note} onChange={setNote} maxLength={500} />
    </Home>
  );
}

/** `what`: the request itself before it is approved, or the answer before it is released. */
export function Return({ view, what }: Pick<Given, "view"> & { what: "request" | "answer" }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const mine = (what === "request" ? view.author : view.answer?.author) === officer.id;
  const [reason, setReason] = useState("");
  return (
    <Home
      act={mine ? "take-back" : "return"}
      ready={reason.trim().length >= 3}
      send={() =>
        api.post(`/api/requests/${view.id}/${what === "request" ? "return" : "answer/return"}`, {
          reason: reason.trim(),
        })
      }
    >
      <LongTextField
        label={say("requests.act.return.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </Home>
  );
}

export function Clarify({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  return (
    <Leaving
      act="clarify"
      to={thread.peer}
      ready={text.trim().length >= 3}
      says={<Text style={{ whiteSpace: "pre-wrap" }}>{text}</Text>}
      send={() => api.post(`/api/requests/${view.id}/clarify`, { text: text.trim() }).then(() => setText(""))}
    >
      <LongTextField
        label={say("requests.act.clarify.text")}
        rows={3}
        maxLength={4000}
        value={text}
        onChange={setText}
      />
    </Leaving>
  );
}

export function Clarification({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  const asked = thread.steps.findLast((one) => one.kind === "asked-back");
  return (
    <Leaving
      act="clarification"
      to={thread.peer}
      ready={text.trim().length >= 3}
      says={<Text style={{ whiteSpace: "pre-wrap" }}>{text}</Text>}
      send={() =>
        api
          .post(`/api/requests/${view.id}/clarification`, { thread: thread.id, text: text.trim() })
          .then(() => setText(""))
      }
    >
      {typeof asked?.text === "string" && <blockquote className="r-quote">{asked.text}</blockquote>}
      <LongTextField
        label={say("requests.act.clarification.text")}
        rows={3}
        maxLength={4000}
        value={text}
        onChange={setText}
      />
    </Leaving>
  );
}

/** RFI-4: a judge decides first; the other side is told why and until when. */
export function Suspend({ view, thread }: Given): ReactNode {
  const words = useWords();
  const { say } = words;
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  return (
    <Leaving
      act="suspend"
      to={thread.peer}
      ready={reason.trim().length >= 3 && until !== ""}
      says={
        <Text style={{ whiteSpace: "pre-wrap" }}>
          {until === "" ? "" : `${say("requests.clock.suspended", { day: words.date(until) })}\n`}
          {reason}
        </Text>
      }
      send={() => api.post(`/api/requests/${view.id}/suspend`, { reason: reason.trim(), until })}
    >
      <TextField
        label={say("requests.act.suspend.until")}
        required
        kind="date"
        value={until}
        onChange={setUntil}
      />
      <LongTextField
        label={say("requests.act.suspend.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </Leaving>
  );
}

export function Resume({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  return (
    <Leaving
      act="resume"
      to={thread.peer}
      ready
      says={<Text>{say("requests.stepped.resumed")}</Text>}
      send={() => api.post(`/api/requests/${view.id}/resume`)}
    >
      {null}
    </Leaving>
  );
}

/** RFI-5: a refusal names a ground of the list. */
export function Refuse({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const codes = useRequestCodes();
  const code = useCodeWords();
  const [ground, setGround] = useState<string | null>(null);
  const [text, setText] = useState("");
  return (
    <Leaving
      act="refuse"
      to={thread.peer}
      ready={ground !== null}
      says={
        <Text style={{ whiteSpace: "pre-wrap" }}>
          {code("grounds", ground)}
          {text === "" ? "" : `\n${text}`}
        </Text>
      }
      send={() =>
        api.post(`/api/requests/${view.id}/refuse`, {
          ground,
          ...(text.trim() === "" ? {} : { text: text.trim() }),
        })
      }
    >
      <ChoiceField
        label={say("requests.ground")}
        required
        value={ground}
        choices={(codes.data?.grounds ?? []).map((one) => ({
          value: one.code,
          label: code("grounds", one.code),
        }))}
        onChange={setGround}
      />
      <LongTextField
        label={say("requests.ground.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
    </Leaving>
  );
}

export function Withdraw({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  return (
    <Leaving
      act="withdraw"
      to={thread.peer}
      ready={reason.trim().length >= 3}
      says={<Text style={{ whiteSpace: "pre-wrap" }}>{reason}</Text>}
      send={() => api.post(`/api/requests/${view.id}/withdraw`, { thread: thread.id, reason: reason.trim() })}
    >
      <LongTextField
        label={say("requests.act.withdraw.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
      />
    </Leaving>
  );
}

/** What has not left yet is dropped at home; nobody abroad ever hears of it. */
export function Drop({ view }: Pick<Given, "view">): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  return (
    <Home
      act="drop"
      ready={reason.trim().length >= 3}
      send={() => api.post(`/api/requests/${view.id}/withdraw`, { reason: reason.trim() })}
    >
      <TextField
        label={say("requests.act.drop.reason")}
        required
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </Home>
  );
}

/** RFI-4: closed with how useful it was, which the other state is told. */
export function Close({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const codes = useRequestCodes();
  const code = useCodeWords();
  const [usefulness, setUsefulness] = useState<string | null>(null);
  const [text, setText] = useState("");
  return (
    <Leaving
      act="close"
      to={thread.peer}
      ready={usefulness !== null}
      says={
        <Text style={{ whiteSpace: "pre-wrap" }}>
          {code("usefulness", usefulness)}
          {text === "" ? "" : `\n${text}`}
        </Text>
      }
      send={() =>
        api.post(`/api/requests/${view.id}/close`, {
          thread: thread.id,
          usefulness,
          ...(text.trim() === "" ? {} : { text: text.trim() }),
        })
      }
    >
      <ChoiceField
        label={say("requests.act.close.usefulness")}
        required
        value={usefulness}
        choices={(codes.data?.usefulness ?? []).map((one) => ({
          value: one,
          label: code("usefulness", one),
        }))}
        onChange={setUsefulness}
      />
      <LongTextField
        label={say("requests.act.close.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
    </Leaving>
  );
}
