// The acts of a request beside its main one: each opens where it is needed, says what it does, keeps what was typed.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { api, useSession, useWords, useDesks } from "@simpul/doors/web";
import type { RequestView, Thread } from "../contract.ts";
import { ActForm, type ActProps } from "./act-form.tsx";
import { useCodeWords, useRequestCodes } from "./data.ts";
import type { Named } from "./data.ts";

interface Given {
  view: Named<RequestView>;
  thread: Thread;
}
/** Who has it on paper is told on paper: nothing goes over the wire. */
const told = (thread: Thread): { to?: string } => (thread.correspondent === null ? { to: thread.peer } : {});
const at = (view: RequestView, door: string): string => `/api/requests/${view.id}/${door}`;

export function Assign({ view }: Pick<Given, "view">): ReactNode {
  const { say } = useWords();
  const desks = useDesks(true);
  return (
    <ActForm
      act="assign"
      open={view.desk === null}
      fields={[
        {
          name: "desk",
          kind: "choice",
          label: say("requests.desk"),
          hint: say("requests.act.assign.hint"),
          required: true,
          first: view.desk ?? "",
          choices: (desks.data ?? []).map((one) => ({ value: one.id, label: one.name })),
        },
        { name: "note", kind: "line", label: say("requests.act.assign.note") },
      ]}
      ready={({ desk }) => desk !== view.desk}
      send={(values) => api.post(at(view, "assign"), values)}
    />
  );
}

/** `what`: the request itself before it is approved, or the answer before it is released. */
export function Return({ view, what }: Pick<Given, "view"> & { what: "request" | "answer" }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const mine = (what === "request" ? view.author : view.answer?.author) === officer.id;
  return (
    <ActForm
      act={mine ? "take-back" : "return"}
      fields={[{ name: "reason", kind: "text", label: say("requests.act.return.reason"), required: true }]}
      send={(values) => api.post(at(view, what === "request" ? "return" : "answer/return"), values)}
    />
  );
}

/** Asks back: the clock stops until they reply. */
export function Clarify({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  return (
    <ActForm
      act="clarify"
      to={thread.peer}
      fields={[
        { name: "text", kind: "text", label: say("requests.act.clarify.text"), required: true, most: 4000 },
      ]}
      send={(values) => api.post(at(view, "clarify"), values)}
    />
  );
}

export function Clarification({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const asked = thread.steps.findLast((one) => one.kind === "asked-back");
  return (
    <ActForm
      act="clarification"
      to={thread.peer}
      about={typeof asked?.text === "string" && <blockquote className="r-quote">{asked.text}</blockquote>}
      fields={[
        {
          name: "text",
          kind: "text",
          label: say("requests.act.clarification.text"),
          required: true,
          most: 4000,
        },
      ]}
      send={(values) => api.post(at(view, "clarification"), { thread: thread.id, ...values })}
    />
  );
}

/** RFI-4: a judge decides first; the other side is told why and until when. */
export function Suspend({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  return (
    <ActForm
      act="suspend"
      to={thread.peer}
      fields={[
        { name: "until", kind: "date", label: say("requests.act.suspend.until"), required: true },
        { name: "reason", kind: "text", label: say("requests.act.suspend.reason"), required: true },
      ]}
      send={(values) => api.post(at(view, "suspend"), values)}
    />
  );
}

export function Resume({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  return (
    <ActForm
      act="resume"
      to={thread.peer}
      fields={[]}
      says={<Text>{say("requests.stepped.resumed")}</Text>}
      send={() => api.post(at(view, "resume"))}
    />
  );
}

/** RFI-4: an authority outside this node has it; the other state is told which. */
export function Transfer({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  return (
    <ActForm
      act="transfer"
      to={thread.peer}
      fields={[
        {
          name: "authority",
          kind: "line",
          label: say("requests.act.transfer.authority"),
          required: true,
          most: 300,
        },
        { name: "text", kind: "text", label: say("requests.act.transfer.text") },
      ]}
      send={(values) => api.post(at(view, "transfer"), values)}
    />
  );
}

/** RFI-5: a refusal names a ground of the list. */
export function Refuse({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  const codes = useRequestCodes();
  const code = useCodeWords();
  return (
    <ActForm
      act="refuse"
      to={thread.peer}
      fields={[
        {
          name: "ground",
          kind: "choice",
          label: say("requests.ground"),
          required: true,
          choices: (codes.data?.grounds ?? []).map((one) => ({
            value: one.code,
            label: code("grounds", one.code),
          })),
        },
        { name: "text", kind: "text", label: say("requests.ground.text") },
      ]}
      send={(values) => api.post(at(view, "refuse"), values)}
    />
  );
}

export function Withdraw({ view, thread }: Given): ReactNode {
  const { say } = useWords();
  return (
    <ActForm
      act="withdraw"
      {...told(thread)}
      fields={[{ name: "reason", kind: "text", label: say("requests.act.withdraw.reason"), required: true }]}
      send={(values) => api.post(at(view, "withdraw"), { thread: thread.id, ...values })}
    />
  );
}

/** What has not left yet is dropped at home; nobody abroad ever hears of it. */
export function Drop({ view }: Pick<Given, "view">): ReactNode {
  const { say } = useWords();
  return (
    <ActForm
      act="drop"
      fields={[{ name: "reason", kind: "line", label: say("requests.act.drop.reason"), required: true }]}
      send={(values) => api.post(at(view, "withdraw"), values)}
    />
  );
}

/** RFI-4: closed with how useful it was, which the other state is told. */
export const Close = ({ view, thread }: Given): ReactNode => (
  <Usefulness
    act="close"
    to={told(thread).to}
    send={(values) => api.post(at(view, "close"), { thread: thread.id, ...values })}
  />
);

/** The receiver of what nobody asked for says what it was good for. */
export const TakeNote = ({ view, thread }: Given): ReactNode => (
  <Usefulness act="take-note" to={thread.peer} send={(values) => api.post(at(view, "take-note"), values)} />
);

function Usefulness({
  act,
  to,
  send,
}: Pick<ActProps, "act" | "send"> & { to: string | undefined }): ReactNode {
  const { say } = useWords();
  const codes = useRequestCodes();
  const code = useCodeWords();
  return (
    <ActForm
      act={act}
      {...(to === undefined ? {} : { to })}
      fields={[
        {
          name: "usefulness",
          kind: "choice",
          label: say("requests.act.close.usefulness"),
          required: true,
          choices: (codes.data?.usefulness ?? []).map((one) => ({
            value: one,
            label: code("usefulness", one),
          })),
        },
        { name: "text", kind: "text", label: say("requests.act.close.text") },
      ]}
      send={send}
    />
  );
}
