// The last question of a request: how soon, for what, on what basis, and what stands beside it.
import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import {
  ChoiceField,
  ChoicesField,
  LongTextField,
  RadioField,
  TextField,
  TickField,
  useWords,
} from "@simpul/doors/web";
import { useCodeWords } from "./data.ts";
import type { AskForm } from "./new-steps.tsx";
import { unitWord } from "./texts.tsx";

export function TermsStep({ codes, value, set }: AskForm): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const code = useCodeWords();
  const length = (urgent: "urgent" | "ordinary"): string =>
    say("requests.clock.expect", {
      amount: codes.clocks[urgent].direct.amount,
      unit: unitWord(codes.clocks[urgent].direct),
    });
  return (
    <Stack gap="md">
      <RadioField
        label={say("requests.urgent")}
        value={value.urgent ? (value.urgencyReason ?? "") : "no"}
        choices={[
          { value: "no", label: say("requests.urgent.no"), hint: length("ordinary") },
          ...codes.urgency.map((one) => ({
            value: one.code,
            label: code("urgency", one.code),
            ...(one.usual === "victim-under-control"
              ? { hint: `${say("requests.urgent.usual")} ${length("urgent")}` }
              : {}),
          })),
        ]}
        onChange={(reason) =>
          set(
            reason === "no"
              ? { urgent: false, urgencyReason: null }
              : { urgent: true, urgencyReason: reason },
          )
        }
      />
      {value.urgent && (
        <TextField
          label={say("requests.urgencyText")}
          maxLength={300}
          value={value.urgencyText}
          onChange={(urgencyText) => set({ urgencyText })}
        />
      )}
      {value.unasked === undefined && (
        <>
          <TickField
            label={say("requests.evidenceForeseen")}
            hint={say("requests.evidenceForeseen.hint")}
            value={value.evidenceForeseen}
            onChange={(evidenceForeseen) => set({ evidenceForeseen })}
          />
          <TextField
            label={say("requests.neededBy")}
            hint={say("requests.neededBy.hint")}
            kind="date"
            value={value.neededBy ?? ""}
            onChange={(day) => set({ neededBy: day === "" ? null : day })}
          />
        </>
      )}
      <ChoiceField
        label={say("requests.purpose")}
        required
        value={value.purpose === "" ? null : value.purpose}
        choices={codes.purposes.map((one) => ({ value: one, label: say(`purpose.${one}`) }))}
        onChange={(purpose) => set({ purpose: purpose ?? "" })}
      />
      <ChoiceField
        label={say("requests.legalBasis")}
        required
        value={value.legalBasis === "" ? null : value.legalBasis}
        choices={codes.legalBases
          .filter((one) => one.formal !== true)
          .map((one) => ({
            value: one.code,
            label: `${code("legalBases", one.code)}${one.standing === "confirmed" ? "" : ` (${say("requests.toBeConfirmed")})`}`,
          }))}
        onChange={(legalBasis) => set({ legalBasis: legalBasis ?? "" })}
      />
      <details>
        <summary>{say("requests.more")}</summary>
        <Stack gap="md" mt="xs">
          <TextField
            label={say("requests.legalBasisText")}
            maxLength={300}
            value={value.legalBasisText}
            onChange={(legalBasisText) => set({ legalBasisText })}
          />
          <ChoicesField
            label={say("requests.languages")}
            hint={say("requests.languages.hint")}
            value={value.languages}
            choices={codes.languages.map((one) => ({ value: one, label: language(one) }))}
            onChange={(languages) => set({ languages })}
          />
          <LongTextField
            label={say("requests.restrictions")}
            hint={say("requests.restrictions.hint")}
            rows={2}
            maxLength={8000}
            value={value.restrictions}
            onChange={(restrictions) => set({ restrictions })}
          />
        </Stack>
      </details>
    </Stack>
  );
}
