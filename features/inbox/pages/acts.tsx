// What can be done with entries without opening them: put off until later, and take up again.
import { Button, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  RadioField,
  TextField,
  api,
  useQueryClient,
  useTellProblem,
  useUndo,
  useWords,
  type RowAct,
} from "@simpul/doors/web";
import type { InboxEntry, LaterEntry } from "../contract.ts";
import { mayBePutOff } from "../rules.ts";

export type Row = InboxEntry & Partial<Pick<LaterEntry, "until">>;
const namesOf = (rows: readonly Row[]) => rows.map(({ kind, id }) => ({ kind, id }));
const putOff = (rows: readonly Row[], until: string) =>
  api.post("/api/inbox/later", { entries: namesOf(rows), until });
const takeUp = (rows: readonly Row[]) => api.post("/api/inbox/later/end", { entries: namesOf(rows) });

/** The acts of the list, and the question until when, while it is asked. */
export function useEntryActs(): { acts: RowAct<Row>[]; asking: ReactNode } {
  const { say } = useWords();
  const queries = useQueryClient();
  const undo = useUndo();
  const tellProblem = useTellProblem();
  const [aside, setAside] = useState<readonly Row[]>([]);
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ["inbox", "view"] });
  /** Does it at once and offers the way back. */
  const act = (doing: Promise<unknown>, done: string, back: () => Promise<unknown>): void =>
    void doing
      .then(() => undo({ done, undo: () => back().finally(fresh) }))
      .catch(tellProblem)
      .finally(fresh);
  const acts: RowAct<Row>[] = [
    {
      key: "l",
      label: say("inbox.later.act"),
      may: (rows) => rows.every((row) => row.until === undefined && mayBePutOff(row, new Date())),
      do: setAside,
    },
    {
      label: say("inbox.later.back"),
      may: (rows) => rows.every((row) => row.until !== undefined),
      do: (rows) =>
        act(takeUp(rows), say("inbox.later.backDone", { count: rows.length }), () =>
          Promise.all(rows.map((row) => putOff([row], row.until!))),
        ),
    },
  ];
  const close = (): void => setAside([]);
  const asking = aside.length > 0 && (
    <UntilWhen
      close={close}
      answer={(until) => {
        close();
        act(putOff(aside, until), say("inbox.later.done", { count: aside.length }), () => takeUp(aside));
      }}
    />
  );
  return { acts, asking };
}

/** At eight in the morning, so many days from today. */
function morning(days: number): Date {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(8, 0, 0, 0);
  return at;
}

function UntilWhen({ close, answer }: { close: () => void; answer: (until: string) => void }): ReactNode {
  const { say } = useWords();
  const [when, setWhen] = useState("tomorrow");
  const [own, setOwn] = useState("");
  const days = { tomorrow: 1, monday: 8 - (new Date().getDay() || 7) };
  return (
    <Modal
      opened
      onClose={close}
      title={say("inbox.later.when")}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const until = when === "own" ? new Date(own) : morning(days[when as keyof typeof days]);
          answer(until.toISOString());
        }}
      >
        <Stack gap="md">
          <RadioField
            label={say("inbox.later.until")}
            hint={say("inbox.later.hint")}
            value={when}
            onChange={setWhen}
            choices={["tomorrow", "monday", "own"].map((one) => ({
              value: one,
              label: say(`inbox.later.${one}`),
            }))}
          />
          {when === "own" && (
            <TextField
              label={say("inbox.later.time")}
              kind="datetime-local"
              required
              value={own}
              onChange={setOwn}
            />
          )}
          <Button type="submit">{say("inbox.later.act")}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
