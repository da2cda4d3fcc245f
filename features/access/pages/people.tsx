// For administrators: the officers of this node, a new one, an invitation, an end.
import { Button, Code, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  ChoicesField,
  DataTable,
  Empty,
  NameText,
  PageHead,
  Problem,
  TextField,
  tell,
  useSession,
  useTellProblem,
  useWords,
} from "@simpul/doors/web";
import { roles } from "@simpul/model";
import type { Colleague, DeskView } from "../contract.ts";

const topic = "access.people";
const blank = { number: "", name: "", nameLatin: "", desk: null as string | null, roles: [] as string[] };

export function Page(): ReactNode {
  const { say, time } = useWords();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [invited, setInvited] = useState<{ name: string; code: string; expiresAt: string } | null>(null);
  const [ending, setEnding] = useState(false);
  const tellProblem = useTellProblem();
  const endSessions = (path: string): Promise<void> =>
    api
      .post<{ ended: number }>(path)
      .then(({ ended }) => tell(say("access.people.ended", { count: ended })))
      .catch(tellProblem);
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: [topic] });
  const one = (rows: readonly Colleague[]): boolean => rows.length === 1 && !rows[0]!.left;
  return (
    <>
      <PageHead title={say("access.people.title")} back={{ to: "/settings", label: say("access.room") }} />
      <DataTable<Colleague>
        name="people"
        label={say("access.people.title")}
        topic={topic}
        searchable
        load={async (query, signal) => {
          const rows = await api.get<Colleague[]>("/api/access/colleagues", {
            query: { text: query.text, limit: 500, left: true },
            signal,
          });
          return { rows, next: null, total: rows.length };
        }}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        columns={[
          {
            id: "name",
            label: say("access.name"),
            main: true,
            cell: (row) => <NameText text={row.name} romanised={row.nameLatin} />,
            text: (row) => row.name,
          },
          {
            id: "number",
            label: say("access.people.number"),
            cell: (row) => row.number,
            text: (row) => row.number,
          },
          {
            id: "places",
            label: say("access.people.places"),
            cell: (row) =>
              row.left
                ? say("access.people.left")
                : row.places
                    .map(
                      (place) =>
                        `${place.desk.name}: ${place.roles.map((role) => say(`role.${role}`)).join(", ")}`,
                    )
                    .join(" · "),
          },
        ]}
        acts={[
          {
            label: say("access.people.invite"),
            may: one,
            do: async ([row]) => {
              const made = await api.post<{ code: string; expiresAt: string }>(
                `/api/access/officers/${row!.id}/invite`,
              );
              setInvited({ name: row!.name, ...made });
            },
          },
          {
            label: say("access.people.letGo"),
            may: one,
            do: async ([row]) => {
              await api.post(`/api/access/officers/${row!.id}/leave`);
              await again();
            },
          },
          {
            label: say("access.people.endSessions"),
            may: one,
            do: ([row]) => endSessions(`/api/access/officers/${row!.id}/end-sessions`),
          },
        ]}
        aside={
          <Group gap="xs">
            <Button variant="default" onClick={() => setEnding(true)}>
              {say("access.people.endAll")}
            </Button>
            <Button onClick={() => setAdding(true)}>{say("access.people.add")}</Button>
          </Group>
        }
        empty={<Empty title={say("access.people.title")} />}
      />
      <Modal
        opened={ending}
        onClose={() => setEnding(false)}
        title={say("access.people.endAll")}
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        <Stack gap="md">
          <Text>{say("access.people.endAll.text")}</Text>
          <Button
            onClick={() => {
              setEnding(false);
              void endSessions("/api/access/end-sessions");
            }}
          >
            {say("access.people.endAll")}
          </Button>
        </Stack>
      </Modal>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={say("access.people.add")}
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        <NewOfficer
          onDone={() => {
            setAdding(false);
            void again();
          }}
        />
      </Modal>
      <Modal
        opened={invited !== null}
        onClose={() => setInvited(null)}
        title={say("access.people.invite")}
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        {invited !== null && (
          <Stack gap="sm">
            <Text>{say("access.people.code", { name: invited.name, time: time(invited.expiresAt) })}</Text>
            <Code fz="xl">{invited.code}</Code>
          </Stack>
        )}
      </Modal>
    </>
  );
}

function NewOfficer({ onDone }: { onDone: () => void }): ReactNode {
  const { say, locale } = useWords();
  const { officer } = useSession();
  const [ask, setAsk] = useState(blank);
  const [fault, setFault] = useState<unknown>(null);
  const desks = useQuery({
    queryKey: [topic, "desks"],
    queryFn: ({ signal }) => api.get<DeskView[]>("/api/access/desks", { signal }),
  });
  const set = (change: Partial<typeof blank>): void => setAsk((before) => ({ ...before, ...change }));
  async function make(): Promise<void> {
    const { desk, roles: chosen, nameLatin, ...rest } = ask;
    const { id } = await api.post<{ id: string }>("/api/access/officers", {
      ...rest,
      ...(nameLatin.trim() === "" ? {} : { nameLatin }),
      language: locale,
    });
    await api.put(`/api/access/officers/${id}/places`, { desk, roles: chosen });
    onDone();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setFault(null);
        make().catch(setFault);
      }}
    >
      <Stack gap="md">
        {fault !== null && <Problem fault={fault} />}
        <TextField
          label={say("access.people.number")}
          required
          maxLength={40}
          value={ask.number}
          onChange={(number) => set({ number })}
        />
        <TextField
          label={say("access.name")}
          required
          maxLength={200}
          value={ask.name}
          onChange={(name) => set({ name })}
        />
        <TextField
          label={say("access.people.latin")}
          maxLength={200}
          value={ask.nameLatin}
          onChange={(nameLatin) => set({ nameLatin })}
        />
        <ChoiceField
          label={say("web.me.desk")}
          required
          value={ask.desk}
          onChange={(desk) => set({ desk })}
          choices={(desks.data ?? []).map((desk) => ({
            value: desk.id,
            label: `${desk.name} · ${desk.agency.name}`,
          }))}
        />
        <ChoicesField
          label={say("access.people.roles")}
          required
          value={ask.roles}
          onChange={(chosen) => set({ roles: chosen })}
          choices={roles.map((role) => ({ value: role, label: say(`role.${role}`) }))}
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            disabled={ask.desk === null || ask.roles.length === 0 || officer.roles.length === 0}
          >
            {say("access.people.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
