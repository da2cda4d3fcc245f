// What can be done about one exclusion: agree, give up, look at it again, ask that it ends, agree that it ends.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, LongTextField, Problem, TextField, useQueryClient, useWords } from "@simpul/doors/web";
import type { Exclusion } from "../contract.ts";

/** One call at a time; what was refused stands there. */
function useAct(id: string): {
  busy: boolean;
  fault: unknown;
  run: (path: string, body?: object) => Promise<void>;
} {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function run(path: string, body?: object): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/exclusions/${id}/${path}`, body);
      await queries.invalidateQueries({ queryKey: ["exclusions"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return { busy, fault, run };
}

export function Acts({ of }: { of: Exclusion }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct(of.id);
  const [open, setOpen] = useState<"review" | "ask-lift" | null>(null);
  if (of.may.length === 0) return null;
  const may = (act: Exclusion["may"][number]): boolean => of.may.includes(act);
  return (
    <Stack gap="sm" mt={4} className="s-noprint">
      {fault !== null && <Problem fault={fault} kept={say("exclusions.kept")} />}
      {open === null ? (
        <Group gap="xs">
          {may("agree") && (
            <Button loading={busy} onClick={() => void run("agree")}>
              {say("exclusions.agree")}
            </Button>
          )}
          {may("agree-lift") && (
            <Button loading={busy} onClick={() => void run("lift")}>
              {say("exclusions.agreeLift")}
            </Button>
          )}
          {may("review") && (
            <Button variant="default" onClick={() => setOpen("review")}>
              {say("exclusions.reviewIt")}
            </Button>
          )}
          {may("ask-lift") && (
            <Button variant="default" onClick={() => setOpen("ask-lift")}>
              {say("exclusions.askLift")}
            </Button>
          )}
          {may("drop") && (
            <Button variant="default" loading={busy} onClick={() => void run("drop")}>
              {say("exclusions.drop")}
            </Button>
          )}
        </Group>
      ) : (
        <Word
          which={open}
          busy={busy}
          close={() => setOpen(null)}
          save={(body) => run(open, body).then(() => setOpen(null))}
        />
      )}
    </Stack>
  );
}

/** A word of hers, and for a review the next day. */
function Word({
  which,
  busy,
  close,
  save,
}: {
  which: "review" | "ask-lift";
  busy: boolean;
  close: () => void;
  save: (body: object) => Promise<void>;
}): ReactNode {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [day, setDay] = useState("");
  const whole = text.trim().length >= 3 && (which === "ask-lift" || day !== "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(which === "review" ? { review: day, text: text.trim() } : { reason: text.trim() });
      }}
    >
      <Stack gap="sm" maw="36rem">
        <LongTextField
          label={say(which === "review" ? "exclusions.stillNeeded" : "exclusions.whyLift")}
          rows={2}
          required
          maxLength={2000}
          value={text}
          onChange={setText}
        />
        {which === "review" && (
          <TextField label={say("exclusions.review")} kind="date" required value={day} onChange={setDay} />
        )}
        <Group gap="xs">
          <Button type="submit" loading={busy} disabled={!whole}>
            {say(which === "review" ? "exclusions.reviewIt" : "exclusions.askLift")}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("exclusions.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
