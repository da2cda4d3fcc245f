// Writing a list: for whom, on what basis, whom to call, until when, and its people; a second person agrees before it leaves.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoicesField,
  PageHead,
  Problem,
  TextField,
  TickField,
  useDraft,
  useGo,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { ListsView } from "../contract.ts";
import { EntryFields, entryOf, nobody, type Typed } from "./entry.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["watch-lists"],
    queryFn: ({ signal }) => api.get<ListsView>("/api/watch-lists", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("watch-lists.new")}
        back={{ to: "/watch-lists", label: say("watch-lists.room") }}
      />
      <Awaited query={query} back="/watch-lists">
        {(view) => <Form view={view} />}
      </Awaited>
    </>
  );
}

interface Draft {
  title: string;
  legalBasis: string;
  call: string;
  until: string;
  recipients: string[];
  stays: boolean;
  people: Typed[];
}
const empty: Draft = {
  ...{ title: "", legalBasis: "", call: "", until: "", recipients: [], stays: false, people: [nobody] },
};

function Form({ view }: { view: ListsView }): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft("watch-lists.new", empty);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { value } = draft;
  const set = (to: Partial<Draft>): void => draft.set((before) => ({ ...before, ...to }));
  const entries = value.people.map(entryOf);
  const whole =
    [value.title, value.legalBasis, value.call].every((one) => one.trim().length >= 3) &&
    value.until !== "" &&
    !entries.includes(null);
  async function propose(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const { title, legalBasis, call, until, recipients, stays } = value;
      const ask = { title, legalBasis, call, until, recipients, stays, entries };
      const made = await api.post<{ id: string }>("/api/watch-lists", ask);
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["watch-lists"] });
      go(`/watch-lists/${made.id}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void propose();
      }}
    >
      <Stack gap="md" maw="40rem">
        <TextField
          label={say("watch-lists.title")}
          required
          maxLength={200}
          value={value.title}
          onChange={(title) => set({ title })}
        />
        <ChoicesField
          label={say("watch-lists.for")}
          hint={say("watch-lists.for.hint")}
          value={value.recipients}
          choices={view.states.map((code) => ({ value: code, label: state(code) }))}
          onChange={(recipients) => set({ recipients })}
        />
        <TickField
          label={say("watch-lists.stays")}
          hint={say("watch-lists.stays.hint")}
          value={value.stays}
          onChange={(stays) => set({ stays })}
        />
        <TextField
          label={say("watch-lists.basis")}
          required
          maxLength={500}
          value={value.legalBasis}
          onChange={(legalBasis) => set({ legalBasis })}
        />
        <TextField
          label={say("watch-lists.call")}
          hint={say("watch-lists.call.hint")}
          required
          maxLength={300}
          value={value.call}
          onChange={(call) => set({ call })}
        />
        <TextField
          label={say("watch-lists.until")}
          hint={say("watch-lists.until.hint")}
          kind="date"
          required
          value={value.until}
          onChange={(until) => set({ until })}
        />
        {value.people.map((person, at) => (
          <Card
            withBorder
            key={at}
            component="section"
            aria-label={say("watch-lists.person", { nth: at + 1 })}
          >
            <Group justify="space-between" mb="sm">
              <Title order={2} size="h5">
                {say("watch-lists.person", { nth: at + 1 })}
              </Title>
              {value.people.length > 1 && (
                <Button
                  variant="subtle"
                  onClick={() => set({ people: value.people.filter((_, i) => i !== at) })}
                >
                  {say("watch-lists.notHer")}
                </Button>
              )}
            </Group>
            <EntryFields
              value={person}
              set={(to) =>
                set({ people: value.people.map((one, i) => (i === at ? { ...one, ...to } : one)) })
              }
            />
          </Card>
        ))}
        {value.people.length < view.maxEntries && (
          <div>
            <Button variant="default" onClick={() => set({ people: [...value.people, nobody] })}>
              {say("watch-lists.another")}
            </Button>
          </div>
        )}
        {fault !== null && <Problem fault={fault} kept={say("watch-lists.kept")} />}
        {draft.says !== "" && (
          <Text size="sm" c="dimmed">
            {draft.says}
          </Text>
        )}
        <div className="s-acts">
          <Button type="submit" loading={busy} disabled={!whole}>
            {say("watch-lists.propose")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
