// Looking for somebody: what is known of her, to which victim desks; sealed to each of them.
import { Card, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ChoicesField,
  Empty,
  Guided,
  LeaveStateButton,
  LongTextField,
  PageHead,
  RadioField,
  StateField,
  TextField,
  api,
  useGo,
  useWords,
} from "@simpul/doors/web";
import type { Notice } from "../contract.ts";
import { useFresh, useStates } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useStates();
  return (
    <>
      <PageHead
        title={say("returns.missing.new")}
        back={{ to: "/returns/missing", label: say("returns.missing") }}
      />
      <Gate>
        <Awaited query={query}>
          {({ states }) =>
            states.length === 0 ? (
              <Empty title={say("returns.noDesks")}>{say("returns.noDesks.text")}</Empty>
            ) : (
              <Form states={states} />
            )
          }
        </Awaited>
      </Gate>
    </>
  );
}

function Form({ states }: { states: string[] }): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const fresh = useFresh();
  const [thread] = useState(() => crypto.randomUUID());
  const [to, setTo] = useState<string[]>([]);
  const [ask, setAsk] = useState({
    kind: "missing",
    names: "",
    sex: "not-said",
    born: "",
    nationality: "",
    lastSeen: "",
    marks: "",
    asks: "",
  });
  const set = (more: Partial<typeof ask>): void => setAsk({ ...ask, ...more });
  async function send(): Promise<void> {
    await api.post("/api/returns/missing", { thread, to, notice: ask as Notice });
    await fresh();
    go("/returns/missing");
  }
  const nationality = ask.nationality === "" ? "" : state(ask.nationality);
  return (
    <Guided by="returns.guide.missing">
      <Stack gap="md" maw="40rem">
        <RadioField
          label={say("returns.notice")}
          value={ask.kind}
          choices={(["missing", "unidentified"] as const).map((one) => ({
            value: one,
            label: say(`returns.notice.${one}`),
          }))}
          onChange={(kind) => set({ kind })}
        />
        <TextField
          label={say("returns.names")}
          value={ask.names}
          onChange={(names) => set({ names })}
          maxLength={300}
        />
        <ChoiceField
          label={say("returns.sex")}
          required
          value={ask.sex}
          choices={["female", "male", "other", "not-said"].map((one) => ({
            value: one,
            label: say(`returns.sex.${one}`),
          }))}
          onChange={(sex) => set({ sex: sex ?? "not-said" })}
        />
        <TextField
          label={say("returns.born")}
          hint={say("returns.born.hint")}
          value={ask.born}
          onChange={(born) => set({ born })}
          maxLength={40}
        />
        <StateField
          label={say("returns.nationalityOf")}
          value={ask.nationality === "" ? null : ask.nationality}
          onChange={(chosen) => set({ nationality: chosen ?? "" })}
        />
        <LongTextField
          label={say("returns.lastSeen")}
          rows={2}
          maxLength={1000}
          value={ask.lastSeen}
          onChange={(lastSeen) => set({ lastSeen })}
        />
        <LongTextField
          label={say("returns.marks")}
          rows={2}
          maxLength={2000}
          value={ask.marks}
          onChange={(marks) => set({ marks })}
        />
        <LongTextField
          label={say("returns.asks")}
          hint={say("returns.asks.hint")}
          rows={2}
          maxLength={1000}
          value={ask.asks}
          onChange={(asks) => set({ asks })}
        />
        <ChoicesField
          label={say("returns.toWhom")}
          required
          value={to}
          choices={states.map((one) => ({ value: one, label: state(one) }))}
          onChange={setTo}
        />
        <div className="s-acts">
          <LeaveStateButton
            label={say("returns.send")}
            preview={
              <Card withBorder>
                {[ask.names, ask.born, nationality, ask.lastSeen, ask.marks, ask.asks]
                  .filter((one) => one !== "")
                  .map((one) => (
                    <Text key={one} size="sm">
                      {one}
                    </Text>
                  ))}
              </Card>
            }
            recipients={to.map((one) => state(one))}
            codes={null}
            approves={say("returns.approves")}
            reasonNeeded={false}
            disabled={to.length === 0 || (ask.names + ask.marks + ask.lastSeen).trim() === ""}
            onLeave={send}
          />
        </div>
      </Stack>
    </Guided>
  );
}
