// Records that may be the same person, those that were joined with this one, and, for a supervisor, forgetting her.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Link,
  Problem,
  TextField,
  api,
  needsRole,
  useGo,
  useMay,
  useQueryClient,
  useUndo,
  useWords,
} from "@simpul/doors/web";
import type { PersonView } from "../contract.ts";

export function useMerge() {
  const { say } = useWords();
  const queries = useQueryClient();
  const undoable = useUndo();
  return async (keep: string, other: string, reason: string, undo = false): Promise<void> => {
    const send = (back: boolean) =>
      api.post(`/api/victims/people/${keep}/merge`, { other, reason, undo: back });
    await send(undo);
    await queries.invalidateQueries({ queryKey: ["victims"] });
    if (!undo)
      undoable({
        done: say("victims.joined"),
        undo: () => send(true).then(() => queries.invalidateQueries({ queryKey: ["victims"] })),
      });
  };
}

export function Joined({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  const merge = useMerge();
  const supervises = useMay(needsRole("supervisor"));
  const [fault, setFault] = useState<unknown>(null);
  return (
    <Stack gap="md">
      {view.alike.map((other) => (
        <Card key={other.id} withBorder>
          <Group justify="space-between">
            <div>
              <Text fw={600}>{say("victims.alike.one")}</Text>
              <Link to={`/victims/${other.id}`}>{other.name ?? other.pseudonym}</Link>
              <Text size="sm" c="dimmed">
                {say(`victims.alike.${other.by}`)}
              </Text>
            </div>
            <Button
              variant="default"
              onClick={() => void merge(view.id, other.id, say(`victims.alike.${other.by}`)).catch(setFault)}
            >
              {say("victims.join")}
            </Button>
          </Group>
        </Card>
      ))}
      {view.merged.map((one) => (
        <Group key={one.id} justify="space-between">
          <Text>{say("victims.joined.with", { name: one.name ?? say("victims.nameless") })}</Text>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void merge(view.id, one.id, say("victims.part"), true).catch(setFault)}
          >
            {say("victims.part")}
          </Button>
        </Group>
      ))}
      {fault !== null && <Problem fault={fault} />}
      {supervises && <Forget id={view.id} reference={view.pseudonym} />}
    </Stack>
  );
}

/** For ever: she types the reference, so that it is this person and no other. */
function Forget({ id, reference }: { id: string; reference: string }): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const forget = (): void =>
    void api
      .delete(`/api/victims/people/${id}`)
      .then(() => {
        go("/victims");
        return queries.invalidateQueries({ queryKey: ["victims"] });
      })
      .catch(setFault);
  if (!open)
    return (
      <Group>
        <Button variant="default" onClick={() => setOpen(true)}>
          {say("victims.forget")}
        </Button>
      </Group>
    );
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Title order={3} size="h5">
          {say("victims.forget")}
        </Title>
        <Text>{say("victims.forget.means")}</Text>
        <TextField
          label={say("victims.forget.type", { reference })}
          maxLength={20}
          value={typed}
          onChange={setTyped}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button disabled={typed.trim().toUpperCase() !== reference} onClick={forget}>
            {say("victims.forget.act")}
          </Button>
          <Button variant="default" onClick={() => setOpen(false)}>
            {say("victims.forget.keep")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
