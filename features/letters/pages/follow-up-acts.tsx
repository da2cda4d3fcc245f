// Noting what came back to a recall or a question for permission: what it says, who said so, and its scan.
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  FieldGroup,
  LongTextField,
  RadioField,
  TextField,
  TickField,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Codes as RecallCodes, Outcome } from "../../recalls/contract.ts";
import { outcomes } from "../../recalls/contract.ts";
import type { Codes } from "../../requests/contract.ts";
import { spokenWays } from "../contract.ts";
import { Form, today } from "./acts.tsx";
import type { View } from "./data.ts";
import { HowItCame, type Came } from "./how-it-came.tsx";

interface Said extends Came {
  text: string;
}
const useSaid = (view: View): [Said, (change: Partial<Said>) => void] => {
  const [value, setValue] = useState<Said>({
    way: "letter",
    saidBy: "",
    saidAt: today(),
    theirReference: "",
    text: "",
    // One scan that answers nothing yet is most likely this one.
    items: view.joinable.length === 1 ? view.joinable.map((one) => one.id) : [],
  });
  return [value, (change) => setValue((before) => ({ ...before, ...change }))];
};
const told = (view: View, value: Said) => ({
  ...value,
  language: view.to.language,
  items: spokenWays.includes(value.way) ? [] : value.items,
});

/** COR-2: done, in part, refused; the last two say why. */
export function Recalled({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const codes = useQuery({
    queryKey: ["codes", "recalls"],
    queryFn: () => api.get<RecallCodes>("/api/recalls/codes"),
    staleTime: 600_000,
  });
  const [value, set] = useSaid(view);
  const [outcome, setOutcome] = useState<Outcome>("complied");
  const [code, setCode] = useState<string | null>(null);
  const grounds = (codes.data?.answers ?? []).filter((one) => one.outcome === outcome);
  return (
    <Form
      act="recalled"
      open={view.standing === "delivered"}
      ready={value.saidBy.trim() !== "" && value.saidAt !== "" && (outcome === "complied" || code !== null)}
      send={() => api.post(`/api/letters/${view.id}/recalled`, { ...told(view, value), outcome, code })}
    >
      <RadioField
        label={say("recalls.outcome")}
        value={outcome}
        choices={outcomes.map((one) => ({ value: one, label: say(`recalls.outcome.${one}`) }))}
        onChange={(one) => {
          setOutcome(one as Outcome);
          setCode(null);
        }}
      />
      {outcome !== "complied" && (
        <ChoiceField
          label={say("recalls.ground")}
          required
          value={code}
          choices={grounds.map((one) => ({ value: one.code, label: say(`recalls.answer.${one.code}`) }))}
          onChange={setCode}
        />
      )}
      <HowItCame view={view} value={value} set={set} />
      <LongTextField
        label={say("letters.text")}
        rows={2}
        maxLength={2000}
        lang={view.to.language}
        value={value.text}
        onChange={(text) => set({ text })}
      />
    </Form>
  );
}

/** HC-7: permitted thing by thing, on the strength of its scan; what was only said permits nothing (HC-8). */
export function Permitted({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const codes = useQuery({
    queryKey: ["codes", "requests"],
    queryFn: () => api.get<Codes>("/api/requests/codes"),
    staleTime: 600_000,
  });
  const records = view.of.kind === "permission" ? view.of.records : [];
  const [value, set] = useSaid(view);
  const [yes, setYes] = useState<string[]>([]);
  const [ground, setGround] = useState<string | null>(null);
  const [conditions, setConditions] = useState("");
  const [notAfter, setNotAfter] = useState("");
  const some = yes.length > 0;
  const all = yes.length === records.length;
  const written = !spokenWays.includes(value.way) && value.items.length > 0;
  return (
    <Form
      act="permitted"
      open={view.standing === "delivered"}
      ready={
        value.saidBy.trim() !== "" && value.saidAt !== "" && (!some || written) && (all || ground !== null)
      }
      send={() =>
        api.post(`/api/letters/${view.id}/permitted`, {
          ...told(view, value),
          decisions: records.map(({ record }) =>
            yes.includes(record) ? { record, grant: true } : { record, grant: false, ground },
          ),
          conditions: some ? conditions : "",
          notAfter: some && notAfter !== "" ? notAfter : null,
        })
      }
    >
      <FieldGroup label={say("letters.permitted", { owner: state(view.state) })}>
        <Stack gap={4}>
          {records.map((one) => (
            <TickField
              key={one.record}
              label={one.title}
              value={yes.includes(one.record)}
              onChange={(on) =>
                setYes((before) =>
                  on ? [...before, one.record] : before.filter((each) => each !== one.record),
                )
              }
            />
          ))}
        </Stack>
      </FieldGroup>
      {!all && (
        <ChoiceField
          label={say("letters.permitted.ground")}
          required
          value={ground}
          choices={(codes.data?.grounds ?? []).map((one) => ({
            value: one.code,
            label: say(`requests.grounds.${one.code}`),
          }))}
          onChange={setGround}
        />
      )}
      {some && (
        <>
          <LongTextField
            label={say("requests.decision.conditions")}
            rows={2}
            maxLength={2000}
            value={conditions}
            onChange={setConditions}
          />
          <TextField
            kind="date"
            label={say("requests.decision.notAfter")}
            value={notAfter}
            onChange={setNotAfter}
          />
        </>
      )}
      <HowItCame view={view} value={value} set={set} />
      {some && !written && <Text size="sm">{say("letters.permitted.scan")}</Text>}
    </Form>
  );
}
