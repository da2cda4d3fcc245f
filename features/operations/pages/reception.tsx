// How the people who come out are received: shelter, interpreters, screening, medical help; there before anybody says go.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField, NumberField, TextField, useWords } from "@simpul/doors/web";
import { receptionLanguages, type Reception } from "../contract.ts";
import { countIn, filled, RowsField, type Row } from "./rows-field.tsx";
import type { PartOf } from "./sites.tsx";

const rowsOf = (of: Reception | null): { shelters: Row[]; interpreters: Row[] } => ({
  // One line to begin with: she sees what is asked.
  shelters: of?.shelters.map((one) => ({ name: one.name, places: String(one.places) })) ?? [{}],
  interpreters: of?.interpreters.map((one) => ({ language: one.language, people: String(one.people) })) ?? [
    {},
  ],
});

export function ReceptionPart({ view, acting, open }: PartOf): ReactNode {
  const { say, language } = useWords();
  const from = view.reception;
  const [said, setSaid] = useState({
    ...rowsOf(from),
    ...{ screeners: from?.screeners ?? null, medical: from?.medical ?? "", contact: from?.contact ?? "" },
  });
  const set = (to: Partial<typeof said>): void => setSaid((before) => ({ ...before, ...to }));
  const people = { id: "people", label: say("operations.people.count"), kind: "number" } as const;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void acting.run("put", "/reception", {
          shelters: filled(said.shelters, "name").map(({ name = "", places }) => ({
            ...{ name: name.trim(), places: countIn(places) },
          })),
          interpreters: filled(said.interpreters, "language").map((row) => ({
            ...{ language: row["language"], people: countIn(row["people"]) },
          })),
          ...{ screeners: said.screeners ?? 0, medical: said.medical.trim(), contact: said.contact.trim() },
        });
      }}
    >
      <Stack gap="md" maw="40rem">
        <RowsField
          label={say("operations.reception.shelters")}
          columns={[
            { id: "name", label: say("operations.reception.shelter") },
            { id: "places", label: say("operations.reception.places"), kind: "number" },
          ]}
          rows={said.shelters}
          disabled={!open}
          onChange={(shelters) => set({ shelters })}
        />
        <RowsField
          label={say("operations.reception.interpreters")}
          columns={[
            {
              ...{ id: "language", label: say("operations.reception.language"), kind: "choice" },
              choices: receptionLanguages.map((value) => ({ value, label: language(value) })),
            },
            people,
          ]}
          rows={said.interpreters}
          disabled={!open}
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
          <div className="s-acts op-acts">
            <Button type="submit" loading={acting.busy}>
              {say("operations.save")}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  );
}
