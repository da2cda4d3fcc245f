// What she wants herself, in her words and language; a child's guardian with her (VIC-5).
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  FieldGroup,
  Guided,
  LongTextField,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TimeText,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { choices, type Plan } from "../contract.ts";
import { useSay } from "./data.ts";
import { Part } from "./moved.tsx";

export function Choice({ plan }: { plan: Plan }): ReactNode {
  const { say } = useWords();
  const { person, choice } = plan;
  const child = person.age === "child" || person.age === "doubt";
  const [send, fault, busy] = useSay(person.id);
  const [open, setOpen] = useState(choice === null);
  const [wants, setWants] = useState<string | null>(null);
  const [words, setWords] = useState("");
  const own = person.languages[0]?.split("-")[0];
  const [language, setLanguage] = useState(own !== undefined && own in localeFacts ? own : "en");
  const [interpreter, setInterpreter] = useState("");
  const [guardian, setGuardian] = useState({ name: "", relation: "" });
  const ready =
    wants !== null && (!child || (guardian.name.trim() !== "" && guardian.relation.trim() !== ""));
  return (
    <Part title={say("returns.choice")}>
      {choice !== null && (
        <Text component="div">
          <StateTag tone="plain">{say(`returns.choice.${choice.wants}`)}</StateTag> {choice.words} ·{" "}
          <TimeText at={choice.at} />
          {plan.changes > 0 && ` · ${say("returns.changed", { count: plan.changes })}`}
        </Text>
      )}
      {!open && (
        <Group className="s-noprint">
          <Button variant="default" onClick={() => setOpen(true)}>
            {say("returns.choice.anew")}
          </Button>
        </Group>
      )}
      {open && (
        <Guided by="returns.choice.text">
          <Stack gap="sm">
            <RadioField
              label={say("returns.choice.wants")}
              value={wants}
              choices={choices.map((one) => ({ value: one, label: say(`returns.choice.${one}`) }))}
              onChange={setWants}
            />
            <LongTextField
              label={say("returns.choice.words")}
              rows={2}
              maxLength={4000}
              value={words}
              onChange={setWords}
            />
            <ChoiceField
              label={say("returns.language")}
              required
              value={language}
              choices={Object.entries(localeFacts).map(([value, { name }]) => ({ value, label: name }))}
              onChange={(one) => setLanguage(one ?? language)}
            />
            <TextField
              label={say("returns.interpreter")}
              value={interpreter}
              onChange={setInterpreter}
              maxLength={200}
            />
            {child && (
              <FieldGroup label={say("returns.guardian")}>
                <TextField
                  label={say("returns.guardian.name")}
                  required
                  value={guardian.name}
                  maxLength={200}
                  onChange={(name) => setGuardian({ ...guardian, name })}
                />
                <TextField
                  label={say("returns.guardian.relation")}
                  required
                  value={guardian.relation}
                  maxLength={200}
                  onChange={(relation) => setGuardian({ ...guardian, relation })}
                />
              </FieldGroup>
            )}
            {fault !== null && <Problem fault={fault} />}
            <Group>
              <Button
                loading={busy}
                disabled={!ready}
                onClick={() =>
                  void send("choice", {
                    wants,
                    words,
                    language,
                    interpreter,
                    guardian: child ? guardian : null,
                  }).then((ok) => setOpen(!ok))
                }
              >
                {say("returns.keep")}
              </Button>
            </Group>
          </Stack>
        </Guided>
      )}
    </Part>
  );
}
