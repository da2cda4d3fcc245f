// Asking an originator for what its terms do not allow: prefilled from what was stopped, one text, one act (HC-7).
import { Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ChoicesField,
  Empty,
  HandlingBadge,
  LeaveStateButton,
  LinkButton,
  LongTextField,
  PageHead,
  RadioField,
  TextField,
  api,
  useAddressValues,
  useDraft,
  useGo,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { Codes, ReceivedItem, ReceivedRecord } from "../contract.ts";
import { useCodeWords, useFresh, useReceived, useRequest, useRequestCodes } from "./data.ts";
import { TermsLine } from "./terms.tsx";
import { Facts } from "./texts.tsx";
import "./requests.css";

type Held = (ReceivedRecord | ReceivedItem) & { at: string };
const idOf = (of: Held): string => ("copy" in of ? of.copy : of.id);
const titleOfHeld = (of: Held): string => ("title" in of ? of.title : of.fileName);

export function Page(): ReactNode {
  const { say } = useWords();
  const [values] = useAddressValues();
  const ref = values["case"] ?? "";
  const wanted = (values["records"] ?? "").split(",").filter((one) => one !== "");
  const codes = useRequestCodes();
  const received = useReceived({ case: ref }, ref !== "");
  const first = [...(received.data?.records ?? []), ...(received.data?.items ?? [])].find((one) =>
    wanted.includes(one.id),
  );
  // The basis on which it was asked for is the one that is known.
  const request = useRequest(first?.request ?? "");
  return (
    <>
      <PageHead
        title={say("requests.permission.new")}
        back={{ to: "/requests", label: say("requests.room") }}
      />
      {ref === "" ? (
        <Nothing />
      ) : (
        <Awaited query={received} back="/requests">
          {({ records, items }) => {
            const named = [...records, ...items].filter(
              // Stops and refusals name the record by its originator's id; lists by this node's copy.
              (one) => wanted.includes(one.id) || wanted.includes(idOf(one)),
            );
            return named.length === 0 ? (
              <Nothing />
            ) : (
              <Awaited query={codes}>
                {(lists) =>
                  request.isLoading ? null : (
                    <Form
                      codes={lists}
                      held={named}
                      caseRef={ref}
                      basis={request.data?.draft.legalBasis ?? ""}
                    />
                  )
                }
              </Awaited>
            );
          }}
        </Awaited>
      )}
    </>
  );
}

function Nothing(): ReactNode {
  const { say } = useWords();
  return (
    <Empty
      title={say("requests.permission.nothing")}
      act={<LinkButton to="/requests?box=outgoing">{say("requests.box.outgoing")}</LinkButton>}
    >
      {say("requests.permission.nothing.text")}
    </Empty>
  );
}

function Form({
  codes,
  held,
  caseRef,
  basis,
}: {
  codes: Codes;
  held: readonly Held[];
  caseRef: string;
  /** Empty when it is not known. */
  basis: string;
}): ReactNode {
  const words = useWords();
  const { say, state } = words;
  const code = useCodeWords();
  const go = useGo();
  const fresh = useFresh();
  const { officer, node, purpose } = useSession();
  const [values] = useAddressValues();
  const originator = held[0]!.originator;
  // One permission is asked of one state: whatever else was named is asked for apart.
  const mine = held.filter((one) => one.originator === originator);
  const [start] = useState({
    action: values["action"] === "court" ? "court" : "onward",
    recipients: (values["to"] ?? "").split(",").filter((one) => one !== "" && one !== originator),
    court: "",
    legalBasis: basis === "" ? (codes.legalBases[0]?.code ?? "") : basis,
    purpose: codes.purposes.includes(purpose) ? purpose : (codes.purposes[0] ?? ""),
    reason: "",
    neededBy: "",
  });
  const draft = useDraft(`requests.permission.${mine.map((one) => one.id).join(".")}.${start.action}`, start);
  const { value } = draft;
  const set = (change: Partial<typeof start>): void => draft.set((before) => ({ ...before, ...change }));
  const ready =
    value.reason.trim().length >= 3 &&
    (value.action === "court" ? value.court.trim() !== "" : value.recipients.length > 0);
  return (
    <Stack gap="md" maw="44rem">
      <Text>{say("requests.permission.why", { state: state(originator) })}</Text>
      <List>
        {mine.map((one) => (
          <List.Item key={one.id}>
            <bdi>{titleOfHeld(one)}</bdi>
            <TermsLine handling={one.handling} evaluation={one.evaluation} from={one.originator} />
          </List.Item>
        ))}
      </List>
      <RadioField
        label={say("requests.permission.action")}
        value={value.action}
        choices={(["onward", "court"] as const).map((one) => ({
          value: one,
          label: say(`requests.action.${one}`),
        }))}
        onChange={(action) => set({ action: action })}
      />
      {value.action === "onward" ? (
        <ChoicesField
          label={say("requests.permission.recipients")}
          required
          value={value.recipients}
          choices={codes.states
            .filter((one) => one !== originator)
            .map((one) => ({ value: one, label: state(one) }))}
          onChange={(recipients) => set({ recipients })}
        />
      ) : (
        <TextField
          label={say("requests.permission.court")}
          required
          maxLength={300}
          value={value.court}
          onChange={(court) => set({ court })}
        />
      )}
      <LongTextField
        label={say("requests.permission.reason")}
        hint={say("requests.permission.reason.hint", { state: state(originator) })}
        required
        rows={3}
        maxLength={4000}
        value={value.reason}
        onChange={(reason) => set({ reason })}
      />
      <ChoiceField
        label={say("requests.purpose")}
        required
        value={value.purpose}
        choices={codes.purposes.map((one) => ({ value: one, label: say(`purpose.${one}`) }))}
        onChange={(next) => set({ purpose: next ?? value.purpose })}
      />
      <ChoiceField
        label={say("requests.legalBasis")}
        required
        value={value.legalBasis}
        choices={codes.legalBases
          .filter((one) => one.formal !== true)
          .map((one) => ({ value: one.code, label: code("legalBases", one.code) }))}
        onChange={(next) => set({ legalBasis: next ?? value.legalBasis })}
      />
      <TextField
        label={say("requests.neededBy")}
        hint={say("requests.permission.days", { days: codes.days.permission })}
        kind="date"
        value={value.neededBy}
        onChange={(neededBy) => set({ neededBy })}
      />
      <Text size="sm">{say("requests.silence")}</Text>
      <Group className="s-acts">
        <LeaveStateButton
          label={say("requests.permission.send", { state: state(originator) })}
          disabled={!ready}
          reasonNeeded={false}
          recipients={[state(originator)]}
          codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
          approves={say("requests.approves.you", { name: officer.name })}
          preview={
            <Facts
              of={[
                { label: say("requests.permission.what"), value: mine.map(titleOfHeld).join(", ") },
                {
                  label: say(`requests.action.${value.action}`),
                  value:
                    value.action === "court"
                      ? value.court
                      : words.list(value.recipients.map((one) => state(one))),
                },
                { label: say("requests.permission.reason"), value: value.reason },
                { label: say("requests.purpose"), value: say(`purpose.${value.purpose}`) },
                { label: say("requests.legalBasis"), value: code("legalBases", value.legalBasis) },
              ]}
            />
          }
          onLeave={async () => {
            const asked = new Map(mine.map((one) => [one.thread, [] as Held[]]));
            for (const one of mine) asked.get(one.thread)!.push(one);
            const made: string[] = [];
            // What came in one exchange is asked in one question; the references of others stay out of it.
            for (const records of asked.values()) {
              const { id } = await api.post<{ id: string }>("/api/requests/permissions", {
                case: caseRef,
                records: records.map(idOf),
                action: value.action,
                recipients: value.action === "onward" ? value.recipients : [],
                court: value.action === "court" ? value.court.trim() : null,
                legalBasis: value.legalBasis,
                purpose: value.purpose,
                reason: value.reason.trim(),
                neededBy: value.neededBy === "" ? null : value.neededBy,
              });
              made.push(id);
            }
            draft.clear();
            await fresh();
            go(made.length === 1 ? `/requests/permissions/${made[0]!}` : "/requests?box=permissions");
          }}
        />
        <Text size="sm" c="dimmed" role="status">
          {draft.says}
        </Text>
      </Group>
    </Stack>
  );
}
