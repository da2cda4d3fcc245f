// What a unit says to the parties of a space: one of four things, and the hour of a call. There is no field for words of its own.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoicesField,
  Problem,
  RadioField,
  TextField,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { unitWords, type UnitWord } from "../contract.ts";

export function Speak({ space, parties }: { space: string; parties: readonly string[] }): ReactNode {
  const { say, state } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState<string[]>([...parties]);
  const [says, setSays] = useState<UnitWord>("overdue");
  const [when, setWhen] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function speak(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const hour = says === "call" ? new Date(when).toISOString() : null;
      await api.post(`/api/coordination/space/${space}/words`, { to, says, when: hour });
      await queries.invalidateQueries({ queryKey: ["coordination"] });
      setOpen(false);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
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
