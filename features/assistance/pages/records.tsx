// Persons and things of the case that the request names, and items attached, each with its link to what is asked (MLA-1); never a victim's.
import { Checkbox, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, TextField, useWords } from "@simpul/doors/web";
import type { Chosen } from "../../requests/contract.ts";
import type { Choice, Form } from "../contract.ts";
import type { useChoices } from "./data.ts";

type Field = "records" | "items";

export function Records({
  field,
  form,
  set,
  choices,
}: {
  field: Field;
  form: Form;
  set: (change: Partial<Form>) => void;
  choices: ReturnType<typeof useChoices>;
}): ReactNode {
  const { say } = useWords();
  return (
    <section id={`f-${field}`} aria-label={say(`assistance.field.${field}`)}>
      <Title order={3} size="h6">
        {say(`assistance.field.${field}`)}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say(`assistance.hint.${field}`)}
      </Text>
      <Awaited query={choices}>
        {({ [field]: list }) => (
          <Stack gap="xs">
            {list.length === 0 && <Text size="sm">{say("assistance.none.choices")}</Text>}
            {list.map((one) => (
              <One key={one.id} of={one} chosen={form[field]} put={(chosen) => set({ [field]: chosen })} />
            ))}
          </Stack>
        )}
      </Awaited>
    </section>
  );
}

function One({
  of,
  chosen: all,
  put,
}: {
  of: Choice;
  chosen: readonly Chosen[];
  put: (chosen: Chosen[]) => void;
}): ReactNode {
  const { say, sayOne, state } = useWords();
  const chosen = all.find((one) => one.id === of.id);
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
              ? [...all, { id: of.id, handling: { codes: ["H2"] }, evaluation: of.evaluation, link: "" }]
              : all.filter((one) => one.id !== of.id),
          )
        }
      />
      {chosen !== undefined && (
        <div className="a-link">
          <TextField
            label={say("assistance.link")}
            maxLength={2000}
            value={chosen.link}
            onChange={(link) => put(all.map((one) => (one.id === of.id ? { ...one, link } : one)))}
          />
        </div>
      )}
    </div>
  );
}
