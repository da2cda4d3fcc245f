// One person: what she needs and what threatens her first, then who she is, who decided what, what was done, who looked.
import { Anchor, Button, Card, Group, List, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  LinkButton,
  PageHead,
  Tabs,
  TextField,
  TimeText,
  api,
  useParam,
  useQuery,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { PersonScreenings } from "../../screening/contract/person.tsx";
import type { Facts, PersonView } from "../contract.ts";
import { MovedAway, Offered } from "../contract/moved-away.tsx";
import { Gate } from "./gate.tsx";
import { Joined } from "./joined.tsx";
import { AgeTag, StatusTag, Tags } from "./marks.tsx";
import { WhatNext } from "./next.tsx";
import { Releases } from "./releases.tsx";
import { Reveal } from "./reveal.tsx";
import { StatusForm } from "./status.tsx";
import { Testimonies } from "./testimonies.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  return (
    <Gate>
      <Shown id={id} />
    </Gate>
  );
}

function Shown({ id }: { id: string }): ReactNode {
  const query = useQuery({
    queryKey: ["victims", id],
    queryFn: ({ signal }) => api.get<PersonView>(`/api/victims/people/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/victims">
      {(view) => <Person view={view} />}
    </Awaited>
  );
}

function Person({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  const { facts } = view;
  return (
    <>
      <PageHead
        title={facts.names[0]?.text ?? say("victims.nameless")}
        windowTitle={view.pseudonym}
        back={{ to: "/victims", label: say("victims.room") }}
        marks={
          <>
            <AgeTag age={view.age} />
            <Text size="sm" className="s-whole">
              {view.pseudonym}
            </Text>
          </>
        }
        {...(view.elsewhere === null && {
          act: <LinkButton to={`/victims/${view.id}/change`}>{say("victims.change")}</LinkButton>,
        })}
      />
      <Stack gap="lg">
        {view.elsewhere !== null && <MovedAway id={view.id} to={view.elsewhere} />}
        {view.offered !== null && <Offered of={view.offered} />}
        <Card withBorder component="section" aria-label={say("victims.needs")}>
          <Stack gap="sm">
            {view.age === "doubt" && <Text fw={600}>{say("victims.age.doubt.means")}</Text>}
            {view.age === "child" && view.ageSaid === "adult" && (
              <Text fw={600}>{say("victims.age.child.means")}</Text>
            )}
            <Line label={say("victims.needs")}>
              {facts.needs.length === 0 ? (
                say("victims.needs.none")
              ) : (
                <Tags kind="need" codes={facts.needs} />
              )}
            </Line>
            <Line label={say("victims.risks")}>
              {facts.risks.length === 0 ? (
                say("victims.risks.none")
              ) : (
                <Tags kind="risk" codes={facts.risks} />
              )}
            </Line>
          </Stack>
        </Card>
        <WhatNext view={view} />
        <Ways id={view.id} />
        <Tabs
          label={say("victims.person")}
          tabs={[
            { id: "known", label: say("victims.tab.known"), body: <Known view={view} /> },
            {
              id: "screenings",
              label: say("screening.person.title"),
              body: <PersonScreenings id={view.id} />,
            },
            { id: "status", label: say("victims.status"), body: <Decided view={view} /> },
            { id: "released", label: say("victims.tab.released"), body: <Releases view={view} /> },
            { id: "testimony", label: say("victims.tab.testimony"), body: <Testimonies view={view} /> },
            { id: "history", label: say("victims.tab.history"), body: <History view={view} /> },
            { id: "seen", label: say("victims.tab.seen"), body: <Seen view={view} /> },
          ]}
        />
      </Stack>
    </>
  );
}

/** What she agreed to and her way home have rooms of their own, for whoever acts to help. */
function Ways({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const helps = useSession().purpose === "victim-assistance";
  if (!helps) return null;
  return (
    <Group gap="sm" className="s-noprint">
      <LinkButton to={`/referrals/people/${id}`} variant="default">
        {say("referrals.sharing")}
      </LinkButton>
      <LinkButton to={`/returns/people/${id}`} variant="default">
        {say("returns.room")}
      </LinkButton>
    </Group>
  );
}

export function Line({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div">{children}</Text>
    </div>
  );
}

function Known({ view }: { view: PersonView }): ReactNode {
  const { say, language, state, list } = useWords();
  const [shown, setShown] = useState<Partial<Facts>>({});
  const { facts } = view;
  const masked = view.masked.filter((field) => !(field in shown));
  const born = facts.born;
  const text = (field: PersonView["masked"][number]): string | null => {
    const value = shown[field];
    if (value === undefined) return null;
    if (typeof value === "string") return value;
    return value.map((one) => ("number" in one ? `${one.type} ${one.number}` : one.text)).join(" · ");
  };
  return (
    <Stack gap="md" maw="44rem" pt="md">
      <Line label={say("victims.names")}>
        {facts.names.map(({ text: name }) => name).join(" · ") || say("victims.notAsked")}
      </Line>
      <Line label={say("victims.born")}>
        {born === null
          ? say("victims.notAsked")
          : born.read === null
            ? `${born.written} (${say("victims.born.unclear")})`
            : born.written === born.read
              ? born.read
              : `${born.written} (${born.read})`}
      </Line>
      <Line label={say("victims.language")}>
        {list(facts.languages.map((one) => language(one))) || say("victims.notAsked")}
      </Line>
      <Line label={say("victims.nationality")}>
        {list(facts.nationalities.map((one) => state(one))) || say("victims.notAsked")}
      </Line>
      {view.masked.map((field) => (
        <Line key={field} label={say(`victims.field.${field}`)}>
          {text(field) ?? <span aria-label={say("victims.masked")}>•••••</span>}
        </Line>
      ))}
      {masked.length > 0 && (
        <Reveal
          id={view.id}
          fields={masked}
          onShown={(more) => setShown((before) => ({ ...before, ...more }))}
        />
      )}
      <Joined view={view} />
      <Print view={view} />
    </Stack>
  );
}

function Decided({ view }: { view: PersonView }): ReactNode {
  const { say, state } = useWords();
  return (
    <Stack gap="md" pt="md">
      {view.statuses.length === 0 ? (
        <Text>{say("victims.status.nobody")}</Text>
      ) : (
        <Group align="stretch" gap="md">
          {view.statuses.map((one) => (
            <Card
              key={`${one.state} ${one.authority}`}
              withBorder
              maw="24rem"
              component="section"
              aria-label={one.authority}
            >
              <Stack gap="xs">
                <Text fw={600}>
                  {state(one.state)} · {one.authority}
                </Text>
                <div>
                  <StatusTag status={one.status} />
                </div>
                <Text size="sm">
                  {one.basis} · <TimeText at={one.at} />
                </Text>
                {one.reason !== "" && <Text>{one.reason}</Text>}
                {one.appeal !== "" && <Text>{say("victims.status.appealTo", { how: one.appeal })}</Text>}
                {one.status === "not-identified" && <Text>{say("victims.status.consular")}</Text>}
              </Stack>
            </Card>
          ))}
        </Group>
      )}
      <StatusForm id={view.id} />
    </Stack>
  );
}

function History({ view }: { view: PersonView }): ReactNode {
  const { sayOne, say } = useWords();
  return (
    <List listStyleType="none" spacing="xs" pt="md">
      {view.history.toReversed().map((one) => (
        <List.Item key={one.id}>
          <Text size="sm" c="dimmed" component="span">
            <TimeText at={one.at} />{" "}
          </Text>
          {one.by.name ?? say(`victims.door.${one.by.door}`)}:{" "}
          {sayOne([`activity.${one.kind}`]) ?? say("victims.entry.other")}
          {one.unfit && ` (${say("victims.entry.unfit")})`}
        </List.Item>
      ))}
    </List>
  );
}

function Seen({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  return (
    <Table.ScrollContainer minWidth={320} pt="md">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say("victims.seen.who")}</Table.Th>
            <Table.Th>{say("victims.seen.what")}</Table.Th>
            <Table.Th>{say("victims.seen.when")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {view.seen.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>{one.by.name ?? ""}</Table.Td>
              <Table.Td>
                {one.what.map((field) => say(`victims.field.${field}`)).join(", ")}
                {one.reason !== "" && `: ${one.reason}`}
              </Table.Td>
              <Table.Td>
                <TimeText at={one.at} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The print is noted on her page before the paper comes. */
function Print({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const print = (): void =>
    void api.post(`/api/victims/people/${view.id}/print`, { reason }).then(() => {
      setOpen(false);
      window.print();
    });
  if (!open)
    return (
      <Anchor component="button" type="button" ta="start" onClick={() => setOpen(true)}>
        {say("victims.print")}
      </Anchor>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        print();
      }}
    >
      <Stack gap="xs">
        <Title order={3} size="h5">
          {say("victims.print")}
        </Title>
        <TextField
          label={say("victims.reveal.why")}
          hint={say("victims.reveal.hint")}
          required
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
        <Group>
          <Button type="submit" variant="default" disabled={reason.trim().length < 3}>
            {say("victims.print")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
