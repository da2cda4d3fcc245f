// Persons and things of the case that the request names, each with its link to what is asked (MLA-1); never a victim's.
import { Checkbox, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, TextField, useWords } from "@simpul/doors/web";
import type { Choice, Form } from "../contract.ts";
import type { useChoices } from "./data.ts";

export function Records({
  form,
  set,
  choices,
}: {
  form: Form;
  set: (change: Partial<Form>) => void;
  choices: ReturnType<typeof useChoices>;
}): ReactNode {
  const { say } = useWords();
  return (
    <section id="f-records" aria-label={say("assistance.field.records")}>
      <Title order={3} size="h6">
        {say("assistance.field.records")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say("assistance.hint.records")}
      </Text>
      <Awaited query={choices}>
        {({ records }) => (
          <Stack gap="xs">
            {records.map((one) => (
              <One key={one.id} of={one} form={form} set={set} />
            ))}
          </Stack>
        )}
      </Awaited>
    </section>
  );
}

function One({ of, form, set }: { of: Choice; form: Form; set: (change: Partial<Form>) => void }): ReactNode {
  const { say, sayOne, state } = useWords();
  const chosen = form.records.find((one) => one.id === of.id);
  const put = (records: Form["records"]): void => set({ records });
  const barred = of.stop !== null && chosen === undefined;
  const about = sayOne([`selector.${of.about}`, `cases.${of.kind}.${of.about}`]) ?? of.about;
  return (
    <div>
      <Checkbox
        checked={chosen !== undefined}
        disabled={barred}
        label={of.title}
        description={
          of.stop === null
            ? about
            : say(`requests.stop.because.${of.stop.because}`, { owner: state(of.stop.originator) })
        }
        onChange={(event) =>
          put(
            event.currentTarget.checked
              ? [
                  ...form.records,
                  { id: of.id, handling: { codes: ["H2"] }, evaluation: of.evaluation, link: "" },
                ]
              : form.records.filter((one) => one.id !== of.id),
          )
        }
      />
      {chosen !== undefined && (
        <div className="a-link">
          <TextField
            label={say("assistance.link")}
            maxLength={2000}
            value={chosen.link}
            onChange={(link) => put(form.records.map((one) => (one.id === of.id ? { ...one, link } : one)))}
          />
        </div>
      )}
    </div>
  );
}
