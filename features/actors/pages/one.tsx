// One actor: why it stands here, what is near it on a day, on what each link rests, and where it moved.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useId } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  useAddressValue,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ActorView, NearEdge } from "../contract.ts";
import { daysNamed, standsOn } from "../rules.ts";
import { Grounds, nameOf, useKind, Whences, Why } from "./parts.tsx";
import { Picture } from "./picture.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("id");
  useLive(["case"]);
  const query = useQuery({
    queryKey: ["case", "actor", id],
    queryFn: ({ signal }) => api.get<ActorView>(`/api/actors/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/actors">
      {(view) => <Body view={view} back={say("actors.room")} />}
    </Awaited>
  );
}

function Body({ view, back }: { view: ActorView; back: string }): ReactNode {
  const { say } = useWords();
  const kind = useKind();
  // A target is nominated from a case; what stands in a space alone has none here.
  const first = view.records.find((one) => one.kind === view.kind && one.in.to.startsWith("/cases/"));
  const [chosen, setDay] = useAddressValue("day", "");
  const days = daysNamed(view.near.edges.flatMap((one) => one.stated));
  const day = days.includes(chosen) ? chosen : null;
  return (
    <>
      <PageHead
        title={nameOf(view.name)}
        windowTitle={say("actors.one")}
        back={{ to: "/actors", label: back }}
        marks={<StateTag>{kind(view.kind)}</StateTag>}
        act={
          ["person", "organisation"].includes(view.kind) &&
          first !== undefined && (
            <LinkButton to={`/targets/new?case=${first.in.number}&subject=${first.record}`}>
              {say("targets.new")}
            </LinkButton>
          )
        }
      />
      <Stack gap="xl">
        <Section title={say("actors.column.why")}>
          <Why of={view} />
          <Whences of={view.seen} />
        </Section>
        {view.near.edges.length === 0 ? (
          <Text size="sm">{say("actors.noLinks")}</Text>
        ) : (
          <Section title={say("actors.near")}>
            {days.length > 1 && (
              <Days days={days} raids={view.raids} day={day} onDay={(to) => setDay(to ?? "")} />
            )}
            <Picture view={view} day={day} />
            {view.near.left > 0 && (
              <Text size="sm">{say("actors.near.left", { count: view.near.left })}</Text>
            )}
            <Links view={view} day={day} />
          </Section>
        )}
        {view.stops.length > 0 && (
          <Section title={say("actors.moves")}>
            <Moves view={view} day={day} />
          </Section>
        )}
      </Stack>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {children}
      </Stack>
    </section>
  );
}

/** Moves over the days that anything stated names; at its end all of them count. */
function Days({
  days,
  raids,
  day,
  onDay,
}: {
  days: readonly string[];
  raids: readonly string[];
  day: string | null;
  onDay: (day: string | null) => void;
}): ReactNode {
  const { say, date } = useWords();
  const id = useId();
  const at = day === null ? days.length : days.indexOf(day);
  const go = (to: number): void => onDay(days[to] ?? null);
  const says = day === null ? say("actors.days.all") : date(day);
  return (
    <Stack gap={4} maw="46rem" className="s-actors-days s-noprint">
      <label htmlFor={id}>
        <Text size="sm" component="span">
          {say("actors.days")}: <b>{says}</b>{" "}
          {day !== null && raids.includes(day) && <>· {say("actors.days.raid")}</>}
        </Text>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={days.length}
        value={at}
        aria-valuetext={says}
        onChange={(event) => go(Number(event.currentTarget.value))}
      />
      <Group gap="xs">
        <Button size="compact-md" variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
          {say("actors.days.before")}
        </Button>
        <Button size="compact-md" variant="default" disabled={at === days.length} onClick={() => go(at + 1)}>
          {say("actors.days.after")}
        </Button>
        {raids.map((one) => (
          <Button key={one} size="compact-md" variant="subtle" onClick={() => onDay(one)}>
            {say("actors.days.raidOn", { day: date(one) })}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

/** The same as the picture: for the keyboard, for those who hear it, for paper; with what each link rests on. */
function Links({ view, day }: { view: ActorView; day: string | null }): ReactNode {
  const { say } = useWords();
  const names = new Map(view.near.nodes.map((one) => [one.id, one]));
  const own = (one: NearEdge): boolean => one.from === view.id || one.to === view.id;
  const edges = view.near.edges.toSorted((a, b) => Number(own(b)) - Number(own(a)));
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("actors.links")}>
      <Table className="s-table" aria-label={say("actors.links")}>
        <Table.Thead>
          <Table.Tr>
            {["between", "sure", "grounds"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`actors.links.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {edges.map((edge) => (
            <Table.Tr key={`${edge.from} ${edge.to}`}>
              <Table.Td data-main data-label={say("actors.links.between")} className="s-long">
                {[edge.from, edge.to].map((id, i) => (
                  <span key={id}>
                    {i > 0 && " – "}
                    <Link to={`/actors/${id}`}>{nameOf(names.get(id)!.name)}</Link>
                  </span>
                ))}
              </Table.Td>
              <Table.Td data-label={say("actors.links.sure")}>{say(`actors.surety.${edge.surety}`)}</Table.Td>
              <Table.Td data-label={say("actors.links.grounds")}>
                <Stack gap={4}>
                  {edge.stated.map((one) => (
                    <div key={one.id}>
                      <Grounds of={one} />
                      {day !== null && standsOn(day, one) !== "standing" && (
                        <Text size="sm" c="dimmed">
                          {say(`actors.on.${standsOn(day, one)}`)}
                        </Text>
                      )}
                    </div>
                  ))}
                </Stack>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Site after site, by day: where it was, and where those linked to it were. */
function Moves({ view, day }: { view: ActorView; day: string | null }): ReactNode {
  const { say, date, state } = useWords();
  const when = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text);
  const stops = view.stops.filter((one) => day === null || standsOn(day, one) !== "later");
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("actors.moves")}>
      <Table className="s-table" aria-label={say("actors.moves")}>
        <Table.Thead>
          <Table.Tr>
            {["day", "site", "how", "case"].map((one) => (
              <Table.Th key={one} scope="col">
                {say(`actors.moves.${one}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stops.map((one, i) => (
            <Table.Tr key={`${one.place.id} ${one.words} ${String(i)}`}>
              <Table.Td data-label={say("actors.moves.day")}>
                {one.began === null ? say("actors.moves.undated") : when(one.began)}
                {one.ended !== null && ` – ${when(one.ended)}`}
              </Table.Td>
              <Table.Td data-main data-label={say("actors.moves.site")} className="s-long">
                <Link to={`/actors/${one.place.id}`}>{nameOf(one.place.name)}</Link>
                {one.country !== null && `, ${state(one.country.toLowerCase())}`}
              </Table.Td>
              <Table.Td data-label={say("actors.moves.how")}>
                {say(one.words)}
                {one.by !== null && ` (${nameOf(one.by.name)})`}
              </Table.Td>
              <Table.Td data-label={say("actors.moves.case")}>
                <Link to={one.in.to}>{one.in.number}</Link>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
