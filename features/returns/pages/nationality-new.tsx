// Asking a state whether these are its nationals: those who agreed are asked about, the others stay out and are named.
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ChoicesField,
  Empty,
  Guided,
  LeaveStateButton,
  PageHead,
  api,
  tell,
  useGo,
  useWords,
} from "@simpul/doors/web";
import type { Plan } from "../contract.ts";
import { useFresh, usePlanner, useStates } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const states = useStates();
  const plans = usePlanner();
  return (
    <>
      <PageHead
        title={say("returns.nationality.new")}
        back={{ to: "/returns/nationality", label: say("returns.nationality") }}
      />
      <Gate>
        <Awaited query={states}>
          {(known) => (
            <Awaited query={plans}>
              {(all) =>
                known.states.length === 0 ? (
                  <Empty title={say("returns.noDesks")}>{say("returns.noDesks.text")}</Empty>
                ) : all.plans.length === 0 ? (
                  <Empty title={say("returns.none")}>{say("returns.none.text")}</Empty>
                ) : (
                  <Form states={known.states} plans={all.plans} />
                )
              }
            </Awaited>
          )}
        </Awaited>
      </Gate>
    </>
  );
}

function Form({ states, plans }: { states: string[]; plans: Plan[] }): ReactNode {
  const { say, state, list } = useWords();
  const go = useGo();
  const fresh = useFresh();
  const [thread] = useState(() => crypto.randomUUID());
  const [to, setTo] = useState<string | null>(states.length === 1 ? states[0]! : null);
  const [people, setPeople] = useState<string[]>([]);
  async function send(): Promise<void> {
    const { id, left } = await api.post<{ id: string; left: string[] }>("/api/returns/nationality", {
      thread,
      to,
      people,
    });
    await fresh();
    if (left.length > 0) tell(say("returns.left", { who: list(left) }));
    go(`/returns/nationality/${id}`);
  }
  return (
    <Guided by="returns.nationality.text">
      <Stack gap="md" maw="40rem">
        <ChoiceField
          label={say("returns.toWhom")}
          required
          value={to}
          choices={states.map((one) => ({ value: one, label: state(one) }))}
          onChange={setTo}
        />
        <ChoicesField
          label={say("returns.nationality.people")}
          required
          value={people}
          choices={plans.map(({ person }) => ({
            value: person.id,
            label: [person.pseudonym, ...person.nationalities.map((one) => state(one))].join(" · "),
          }))}
          onChange={setPeople}
        />
        <div className="s-acts">
          <LeaveStateButton
            label={say("returns.send")}
            preview={<Text>{say("returns.nationality.preview", { count: people.length })}</Text>}
            recipients={to === null ? [] : [state(to)]}
            codes={null}
            approves={say("returns.approves")}
            reasonNeeded={false}
            disabled={to === null || people.length === 0}
            onLeave={send}
          />
        </div>
      </Stack>
    </Guided>
  );
}
