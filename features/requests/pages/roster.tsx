// The duty roster of a desk, a week at a time: who is on duty when, when nobody is, and the form of the desk's head.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  ChoicesField,
  LinkButton,
  PageHead,
  Problem,
  StateTag,
  TextField,
  api,
  useAddressValues,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { RosterView, Shift } from "../contract.ts";
import { rosterLimits } from "../contract.ts";
import { addDays } from "../rules.ts";
import { useAct } from "./data.ts";
import type { Named } from "./data.ts";
import "./requests.css";
import { Who, plainWho } from "./texts.tsx";

type View = Named<RosterView>;
const address = "/api/requests/duty/roster";

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  useLive(["desk"]);
  const [{ week }] = useAddressValues();
  const query = useQuery({
    queryKey: ["desk", "duty", "roster", week ?? ""],
    queryFn: ({ signal }) =>
      api.get<View>(address, { query: week === undefined || week === "" ? {} : { week }, signal }),
  });
  // The duty desk's page is of those who work on requests; a victim desk has the roster alone.
  const back = officer.roles.every((role) => role === "caseworker")
    ? { to: "/distress", label: say("distress.room") }
    : { to: "/requests/duty", label: say("requests.duty.title") };
  return (
    <>
      <PageHead title={say("requests.roster.title")} back={back} />
      <Awaited query={query} back={back.to}>
        {(view) => <Roster key={`${view.week} ${view.version}`} view={view} />}
      </Awaited>
    </>
  );
}

function Roster({ view }: { view: View }): ReactNode {
  const { say, list } = useWords();
  const day = useDay();
  const [shifts, setShifts] = useState<Shift[]>(view.shifts);
  const name = (id: string): string => plainWho(id, view.names, "–");
  const days = Array.from({ length: 7 }, (_, n) => addDays(view.week, n));
  const changed = shifts !== view.shifts;
  return (
    <Stack gap="lg" maw="48rem">
      <Text>{say("requests.roster.text", { desk: view.names.desks[view.desk]?.name ?? "–" })}</Text>
      <Group gap="xs" className="s-noprint">
        <LinkButton variant="default" to={`/requests/duty/roster?week=${addDays(view.week, -7)}`}>
          {say("requests.roster.before")}
        </LinkButton>
        <LinkButton variant="default" to={`/requests/duty/roster?week=${addDays(view.week, 7)}`}>
          {say("requests.roster.after")}
        </LinkButton>
      </Group>
      <Title order={2} size="h4">
        {say("requests.roster.week", { from: day(days[0]!), until: day(days[6]!) })}
      </Title>
      <Text>
        {view.now.length === 0
          ? say("requests.roster.nobodyNow")
          : say("requests.roster.now", { names: list(view.now.map((one) => name(one.officer))) })}
      </Text>
      {changed ? <Text size="sm">{say("requests.roster.unsaved")}</Text> : <Gaps view={view} />}
      <Stack gap="md" component="ul" className="r-plain">
        {days.map((one) => (
          <li key={one}>
            <Title order={3} size="h6">
              {day(one)}
            </Title>
            <OfDay
              {...{ view, day: one, shifts }}
              {...(view.mayKeep
                ? { out: (gone: Shift) => setShifts(shifts.filter((each) => each !== gone)) }
                : {})}
            />
          </li>
        ))}
      </Stack>
      {view.mayKeep && <Keep {...{ view, days, shifts, setShifts, changed }} />}
    </Stack>
  );
}

/** Still at the desk: who left is told nothing. */
const isOf = (view: View, who: string): boolean => view.officers.some(({ officer }) => officer === who);

/** A day of the roster with its weekday, as it stands in the state itself. */
function useDay(): (day: string) => string {
  const { locale, date } = useWords();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return (day) => `${weekday.format(Date.parse(day))} ${date(day, "UTC")}`;
}

function Gaps({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  const day = useDay();
  const said = ({ from, until }: { from: string; until: string }): string => {
    const [first, last] = [from.slice(0, 10), until.slice(0, 10)];
    return `${day(first)} ${from.slice(11)} – ${first === last ? "" : `${day(last)} `}${until.slice(11)}`;
  };
  if (view.gaps.length === 0) return <Text size="sm">{say("requests.roster.noGap")}</Text>;
  return (
    <section aria-label={say("requests.roster.gaps")}>
      <Title order={3} size="h6">
        {say("requests.roster.gaps")}
      </Title>
      <Stack gap={4} component="ul" className="r-plain" mb="xs">
        {view.gaps.map((gap) => (
          <li key={gap.from}>
            <StateTag tone="waiting">{said(gap)}</StateTag>
          </li>
        ))}
      </Stack>
      <Text size="sm" c="dimmed">
        {say("requests.roster.gaps.text")}
      </Text>
    </section>
  );
}

function OfDay({
  view,
  day,
  shifts,
  out,
}: {
  view: View;
  day: string;
  shifts: readonly Shift[];
  out?: (gone: Shift) => void;
}): ReactNode {
  const { say } = useWords();
  const of = shifts.filter((one) => one.day === day).toSorted((a, b) => a.from.localeCompare(b.from));
  if (of.length === 0) return <Text size="sm">{say("requests.roster.nobody")}</Text>;
  return (
    <Stack gap={4} component="ul" className="r-plain">
      {of.map((one, at) => (
        <li key={at}>
          <Group gap="xs">
            <Text size="sm">
              {one.from}–{one.until}
              {one.until <= one.from && ` ${say("requests.roster.nextDay")}`}
            </Text>
            <Who id={one.officer} names={view.names} />
            {!isOf(view, one.officer) && <StateTag tone="waiting">{say("requests.roster.left")}</StateTag>}
            {out !== undefined && (
              <Button
                size="compact-sm"
                variant="default"
                className="s-noprint"
                aria-label={say("requests.roster.out", {
                  name: plainWho(one.officer, view.names, "–"),
                  from: one.from,
                })}
                onClick={() => out(one)}
              >
                {say("requests.duty.phone.out")}
              </Button>
            )}
          </Group>
        </li>
      ))}
    </Stack>
  );
}

/** Shifts are put together here and kept as one week; an empty week can begin as the one before it. */
function Keep({
  view,
  days,
  shifts,
  setShifts,
  changed,
}: {
  view: View;
  days: readonly string[];
  shifts: Shift[];
  setShifts: (next: Shift[]) => void;
  changed: boolean;
}): ReactNode {
  const { say } = useWords();
  const day = useDay();
  const queries = useQueryClient();
  const { busy, fault, run } = useAct();
  const [officer, setOfficer] = useState<string | null>(null);
  const [on, setOn] = useState<string[]>([]);
  const [from, setFrom] = useState("08:00");
  const [until, setUntil] = useState("16:00");
  const full = shifts.length + on.length > rosterLimits.shifts;
  const asBefore = async (): Promise<void> => {
    const { shifts: then } = await api.get<View>(address, { query: { week: addDays(view.week, -7) } });
    setShifts(
      then.filter((one) => isOf(view, one.officer)).map((one) => ({ ...one, day: addDays(one.day, 7) })),
    );
  };
  return (
    <section aria-label={say("requests.roster.add")} className="s-noprint">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {say("requests.roster.add")}
        </Title>
        {fault !== null && <Problem fault={fault} />}
        {shifts.length === 0 && (
          <Group>
            <Button variant="default" loading={busy} onClick={() => void run(asBefore)}>
              {say("requests.roster.asBefore")}
            </Button>
          </Group>
        )}
        <ChoiceField
          label={say("requests.roster.officer")}
          value={officer}
          choices={view.officers.map(({ officer: one }) => ({
            value: one,
            label: plainWho(one, view.names, "–"),
          }))}
          onChange={setOfficer}
        />
        <ChoicesField
          label={say("requests.roster.days")}
          value={on}
          choices={days.map((one) => ({ value: one, label: day(one) }))}
          onChange={setOn}
        />
        <Group gap="sm" grow>
          <TextField label={say("requests.roster.from")} kind="time" value={from} onChange={setFrom} />
          <TextField label={say("requests.roster.until")} kind="time" value={until} onChange={setUntil} />
        </Group>
        <Group>
          <Button
            variant="default"
            disabled={officer === null || on.length === 0 || from === "" || until === "" || full}
            onClick={() => {
              const fresh = on.map((one) => ({
                officer: officer as Shift["officer"],
                ...{ day: one, from: from.slice(0, 5), until: until.slice(0, 5) },
              }));
              setShifts([...shifts, ...fresh]);
              setOn([]);
            }}
          >
            {say("requests.roster.put")}
          </Button>
          <Button
            loading={busy}
            disabled={!changed}
            onClick={() =>
              void run(() => api.put(`${address}/${view.week}`, { version: view.version, shifts })).then(
                (kept) => (kept ? queries.invalidateQueries({ queryKey: ["desk"] }) : undefined),
              )
            }
          >
            {say("requests.roster.keep")}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
