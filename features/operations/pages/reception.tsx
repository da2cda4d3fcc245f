// How the people who come out are received: shelter, interpreters, screening, medical help; there before anybody says go.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField, NumberField, TextField, useWords } from "@simpul/doors/web";
import { cellsOf, countIn, linesOf } from "./parts.tsx";
import type { PartOf } from "./sites.tsx";

export function ReceptionPart({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  const from = view.reception;
  const [said, setSaid] = useState({
    shelters: linesOf((from?.shelters ?? []).map((one) => [one.name, one.places])),
    interpreters: linesOf((from?.interpreters ?? []).map((one) => [one.language, one.people])),
    ...{ screeners: from?.screeners ?? null, medical: from?.medical ?? "", contact: from?.contact ?? "" },
  });
  const set = (to: Partial<typeof said>): void => setSaid((before) => ({ ...before, ...to }));
  const languages = cellsOf(said.interpreters).map(([language = "", people]) => ({
    ...{ language: language.toLowerCase(), people: countIn(people) },
  }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void acting.run("put", "/reception", {
          shelters: cellsOf(said.shelters).map(([name = "", places]) => ({ name, places: countIn(places) })),
          ...{ interpreters: languages, screeners: said.screeners ?? 0 },
          ...{ medical: said.medical.trim(), contact: said.contact.trim() },
        });
      }}
    >
      <Stack gap="md" maw="40rem">
        <LongTextField
          label={say("operations.reception.shelters")}
          hint={say("operations.reception.shelters.hint")}
          rows={2}
          disabled={!open}
          value={said.shelters}
          onChange={(shelters) => set({ shelters })}
        />
        <LongTextField
          label={say("operations.reception.interpreters")}
          hint={say("operations.reception.interpreters.hint")}
          rows={2}
          disabled={!open}
          value={said.interpreters}
          onChange={(interpreters) => set({ interpreters })}
        />
        <NumberField
          label={say("operations.reception.screeners")}
          min={0}
          max={100_000}
          disabled={!open}
          value={said.screeners}
          onChange={(screeners) => set({ screeners })}
        />
        <LongTextField
          label={say("operations.reception.medical")}
          rows={2}
          maxLength={1000}
          disabled={!open}
          value={said.medical}
          onChange={(medical) => set({ medical })}
        />
        <TextField
          label={say("operations.reception.contact")}
          maxLength={300}
          disabled={!open}
          value={said.contact}
          onChange={(contact) => set({ contact })}
        />
        {open && (
          <Group>
            <Button
              type="submit"
              loading={acting.busy}
              disabled={languages.some(({ language }) => !/^[a-z]{2,3}$/.test(language))}
            >
              {say("operations.save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
