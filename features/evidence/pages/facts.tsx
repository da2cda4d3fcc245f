// How the files came to the officer, asked once for all: what her device signs, and what stays concealed until it is shown.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ChoiceField,
  FieldGroup,
  LongTextField,
  RadioField,
  TextField,
  api,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { IntakeStart, Item } from "../contract.ts";
import { useMyCases } from "./data.ts";

type Method = Item["method"];
const methods: readonly Method[] = ["device-export", "handed-over", "seized", "online-capture", "received"];

export interface FactsValue {
  method: Method | null;
  /** As a field for local time gives it. */
  takenAt: string;
  source: string;
  authority: string;
  place: string;
  note: string;
  case: string | null;
}
export const noFacts: FactsValue = {
  ...{ method: null, takenAt: "", source: "", authority: "", place: "", note: "", case: null },
};

/** Now, as a field for local time takes it. */
export function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Which answer is missing or cannot be: its field; null when all is well. */
export function factsMissing(value: FactsValue, onlyPasted: boolean): "method" | "takenAt" | null {
  if (value.method === null && !onlyPasted) return "method";
  const at = Date.parse(value.takenAt);
  return Number.isNaN(at) || at > Date.now() + 60_000 ? "takenAt" : null;
}

export function Facts({
  value,
  warned,
  onlyPasted,
  fixedCase,
  onChange,
}: {
  value: FactsValue;
  warned: boolean;
  onlyPasted: boolean;
  fixedCase: boolean;
  onChange: (change: Partial<FactsValue>) => void;
}): ReactNode {
  const { say } = useWords();
  const cases = useMyCases(!fixedCase);
  const missing = warned ? factsMissing(value, onlyPasted) : null;
  return (
    <FieldGroup label={say("evidence.facts")}>
      {!onlyPasted && (
        <RadioField
          label={say("evidence.method")}
          required
          error={missing === "method" ? say("evidence.method.missing") : null}
          value={value.method}
          choices={methods.map((one) => ({
            value: one,
            label: say(`evidence.method.${one}`),
            hint: say(`evidence.method.${one}.hint`),
          }))}
          onChange={(method) => onChange({ method: method as Method })}
        />
      )}
      <TextField
        label={say("evidence.source")}
        hint={say("evidence.source.hint")}
        value={value.source}
        onChange={(source) => onChange({ source })}
      />
      <TextField
        label={say("evidence.authority")}
        hint={say("evidence.authority.hint")}
        value={value.authority}
        onChange={(authority) => onChange({ authority })}
      />
      <TextField
        label={say("evidence.takenAt")}
        kind="datetime-local"
        required
        error={missing === "takenAt" ? say("evidence.takenAt.missing") : null}
        value={value.takenAt}
        onChange={(takenAt) => onChange({ takenAt })}
      />
      <details>
        <summary>{say("evidence.facts.more")}</summary>
        <Stack gap="md" mt="sm">
          <TextField
            label={say("evidence.place")}
            value={value.place}
            onChange={(place) => onChange({ place })}
          />
          <LongTextField
            label={say("evidence.note")}
            rows={2}
            maxLength={4_000}
            value={value.note}
            onChange={(note) => onChange({ note })}
          />
        </Stack>
      </details>
      {!fixedCase && (cases.data ?? []).length > 0 && (
        <ChoiceField
          label={say("evidence.into.case")}
          hint={say("evidence.into.case.hint")}
          value={value.case}
          choices={(cases.data ?? []).map((one) => ({
            value: one.id,
            label: `${one.number} · ${one.title}`,
          }))}
          onChange={(next) => onChange({ case: next })}
        />
      )}
      <Text size="sm" c="dimmed">
        {say("evidence.facts.concealed")} <ClockOffset />
      </Text>
    </FieldGroup>
  );
}

/** How far this device's clock is from the node's; it is signed along. */
function ClockOffset(): ReactNode {
  const { say, duration } = useWords();
  const { data } = useQuery({
    queryKey: ["intake", "clock"],
    queryFn: async () => {
      const asked = Date.now();
      const { now } = await api.get<IntakeStart>("/api/evidence/intakes/start");
      return (asked + Date.now()) / 2 - Date.parse(now);
    },
    staleTime: 300_000,
  });
  if (data === undefined) return null;
  if (Math.abs(data) < 2_000) return <>{say("evidence.clock.right")}</>;
  return (
    <>
      {say(data > 0 ? "evidence.clock.ahead" : "evidence.clock.behind", { length: duration(Math.abs(data)) })}
    </>
  );
}
