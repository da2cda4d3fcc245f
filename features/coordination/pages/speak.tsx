// What a unit says to the parties of a space: one of four things, and the hour of a call. There is no field for words of its own.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, ChoicesField, Problem, RadioField, TextField, useActing, useWords } from "@simpul/doors/web";
import { unitWords, type UnitWord } from "../contract.ts";

export function Speak({ space, parties }: { space: string; parties: readonly string[] }): ReactNode {
  const { say, state } = useWords();
  const [open, setOpen] = useState(false);
  // All who tell it figures, also who began to after the page was opened, until she chooses.
  const [chosen, setTo] = useState<string[] | null>(null);
  const to = chosen ?? [...parties];
  const [says, setSays] = useState<UnitWord>("overdue");
  const [when, setWhen] = useState("");
  const { busy, fault, run } = useActing("coordination");
  async function speak(): Promise<void> {
    const hour = says === "call" ? new Date(when).toISOString() : null;
    if (await run(() => api.post(`/api/coordination/space/${space}/words`, { to, says, when: hour })))
      setOpen(false);
  }
  if (!open)
    return (
      <div className="s-noprint">
        <Button variant="default" onClick={() => setOpen(true)}>
          {say("coordination.speak")}
        </Button>
      </div>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void speak();
      }}
    >
      <Stack gap="sm" maw="36rem">
        <RadioField
          label={say("coordination.speak")}
          value={says}
          choices={unitWords.map((one) => ({ value: one, label: say(`coordination.word.${one}`) }))}
          onChange={(one) => setSays(one as UnitWord)}
        />
        {says === "call" && (
          <TextField
            label={say("coordination.callAt")}
            kind="datetime-local"
            required
            value={when}
            onChange={setWhen}
          />
        )}
        <ChoicesField
          label={say("coordination.speak.to")}
          required
          value={to}
          choices={parties.map((one) => ({ value: one, label: state(one) }))}
          onChange={setTo}
        />
        {fault !== null && <Problem fault={fault} />}
        <div className="s-acts">
          <Button
            type="submit"
            loading={busy}
            disabled={to.length === 0 || (says === "call" && Number.isNaN(Date.parse(when)))}
          >
            {say("coordination.speak.act")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
