// The first side of a case: what it is about, who works on it, what is due next, its state.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  Link,
  LinkButton,
  TickField,
  TimeText,
  api,
  icons,
  needsRole,
  useHasPage,
  useLink,
  useMay,
  useWords,
  useColleagues,
} from "@simpul/doors/web";
import { teamRoles } from "../contract.ts";
import { CalledBack } from "./called-back.tsx";
import type { Side as Given } from "./case.tsx";
import { spelt, useCodes, useRecords } from "./data.tsx";
import { AddForm, EditableChoice, EditableText } from "./editing.tsx";
import { Handing } from "./handing.tsx";
import { DeskName, Who } from "./parts.tsx";

export function Side({ view, acts, may, paper }: Given): ReactNode {
  const { say } = useWords();
  const edit = may("case.edit");
  return (
    <div className="s-two">
      <Stack gap="lg">
        <Handing view={view} />
        <CalledBack of={view.id} />
        <EditableText
          label={say("cases.field.summary")}
          value={view.summary}
          long
          {...(view.summaryLanguage === null ? {} : { lang: view.summaryLanguage })}
          may={edit}
          onSave={(value) => acts.edit("case", view, "summary", view.summary, value)}
        />
        <Holds view={view} />
        {paper !== true && <Ways view={view} edit={edit} may={may} />}
        <NextTasks view={view} />
      </Stack>
      <Stack gap="lg" component="aside" className="s-sheet" aria-label={say("cases.about")}>
        <About view={view} acts={acts} may={may} />
        <Team view={view} acts={acts} may={may} />
        {may("case.close") && <State view={view} acts={acts} may={may} />}
      </Stack>
    </div>
  );
}

/** What lies in it: how many of each, one click away. */
function Holds({ view }: Pick<Given, "view">): ReactNode {
  const { say, number } = useWords();
  const { subject, selector, place, event, task } = view.holds;
  const holds = { subjects: subject, selectors: selector, places: place, events: event, tasks: task };
  return (
    <nav className="s-tiles" aria-label={say("cases.inIt")}>
      {Object.entries(holds).map(([name, count]) => (
        <Tile key={name} to={`/cases/${view.number}/${name}`} says={say(`cases.side.${name}`)}>
          {number(count)}
        </Tile>
      ))}
      <Tile to={`/evidence?case=${view.number}`} says={say("cases.evidence")}>
        <icons.evidence />
      </Tile>
    </nav>
  );
}

function Tile({ to, says, children }: { to: string; says: string; children: ReactNode }): ReactNode {
  return (
    <a className="s-tile" {...useLink(to)}>
      <b>{children}</b>
      <span>{says}</span>
    </a>
  );
}

/** Where the case goes from here; the first of them stands at the top of the page. */
function Ways({ view, edit, may }: Pick<Given, "view" | "may"> & { edit: boolean }): ReactNode {
  const { say } = useWords();
  const exports = useMay(needsRole("investigator", "supervisor", "liaison", "prosecutor"));
  const asks = useHasPage("/requests/new") && edit;
  const charges = useHasPage("/charges");
  const open = view.state !== "closed";
  return (
    <Group gap="xs" className="s-noprint">
      {edit && open && (
        <LinkButton to={`/evidence/take-in?case=${view.number}`} variant="default" size="xs">
          {say("cases.evidence.takeIn")}
        </LinkButton>
      )}
      {asks && open && (
        <LinkButton to={`/requests/new?case=${view.number}`} variant="default" size="xs">
          {say("requests.new.title")}
        </LinkButton>
      )}
      {charges && (
        <LinkButton to={`/charges?case=${view.number}`} variant="default" size="xs">
          {say("charges.room")}
        </LinkButton>
      )}
      {may("hand-over.offer") && (
        <LinkButton to={`/hand-overs/new?case=${view.number}`} variant="default" size="xs">
          {say("hand-overs.new")}
        </LinkButton>
      )}
      {exports && (
        <LinkButton to={`/evidence/export?case=${view.number}`} variant="default" size="xs">
          {say("evidence.export.title")}
        </LinkButton>
      )}
      <LinkButton to={`/cases/${view.number}/paper`} variant="default" size="xs">
        {say("cases.paper")}
      </LinkButton>
    </Group>
  );
}

function About({ view, acts, may }: Given): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  const edit = may("case.edit");
  const change = (field: string, was: unknown, value: unknown): Promise<void> =>
    acts.edit("case", view, field, was, value);
  return (
    <Stack gap="xs" component="section">
      <EditableText
        label={say("cases.field.title")}
        value={view.title}
        may={edit}
        onSave={(value) => change("title", view.title, value)}
      />
      <EditableChoice
        label={say("cases.field.crimeType")}
        value={view.crimeType}
        may={edit}
        choices={(codes.data?.crimeTypes.types ?? []).map((one) => ({
          value: one.code,
          label: say(`cases.crime.${one.code}`),
        }))}
        onSave={(value) => void change("crimeType", view.crimeType, value).catch(acts.tellProblem)}
      />
      <div>
        <Text size="xs" c="dimmed">
          {say("cases.openedBy")}
        </Text>
        <Text size="sm" component="div">
          <Who id={view.openedBy} names={view.names} /> · <TimeText at={view.openedAt} day />
        </Text>
        <Text size="sm" component="div">
          <DeskName id={view.desk} names={view.names} />
        </Text>
      </div>
      {edit && (
        <TickField
          label={say("cases.new.covert")}
          hint={say("cases.new.covert.hint")}
          value={view.covert}
          onChange={(value) => void change("covert", view.covert, value).catch(acts.tellProblem)}
        />
      )}
    </Stack>
  );
}

function NextTasks({ view }: Pick<Given, "view">): ReactNode {
  const { say } = useWords();
  const { data } = useRecords(view.number, ["task"]);
  const open = data?.records.task.filter((one) => one.state === "open").slice(0, 5) ?? [];
  if (open.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h5">
        {say("cases.next")}
      </Title>
      {open.map((task) => (
        <Text size="sm" key={task.id}>
          <Link to={`/cases/${view.number}/tasks?at=${task.id}`}>{task.title}</Link>
          {task.due !== null && (
            <>
              {" · "}
              <TimeText at={task.due} day />
            </>
          )}
        </Text>
      ))}
    </section>
  );
}

function Team({ view, acts, may }: Given): ReactNode {
  const { say } = useWords();
  const assign = may("case.assign");
  const colleagues = useColleagues(assign);
  const [officer, setOfficer] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>("investigator");
  const at = `/api/cases/${view.number}/team`;
  const end = (who: string): void => void api.delete(`${at}/${who}`).then(acts.fresh).catch(acts.tellProblem);
  return (
    <section>
      <Title order={2} size="h5">
        {say("cases.team")}
      </Title>
      <Stack gap={4}>
        {view.team.map((member) => (
          <Group key={member.officer} gap="xs">
            <Text size="sm">
              <Who id={member.officer} names={view.names} /> · {say(`cases.team.${member.role}`)}
            </Text>
            {assign && (
              <Button
                size="compact-xs"
                variant="subtle"
                className="s-noprint"
                onClick={() => end(member.officer)}
              >
                {say("cases.team.end")}
              </Button>
            )}
          </Group>
        ))}
        <AddForm
          label={say("cases.team.add")}
          quiet
          may={assign}
          onSend={async () => {
            await api.post(at, { officer, role });
            setOfficer(null);
            await acts.fresh();
          }}
        >
          <ChoiceField
            label={say("cases.team.who")}
            required
            value={officer}
            choices={(colleagues.data ?? []).map((one) => ({
              value: one.id,
              label: `${spelt(one)} · ${one.places.map((place) => place.desk.name).join(", ")}`,
            }))}
            onChange={setOfficer}
          />
          <ChoiceField
            label={say("cases.team.role")}
            required
            value={role}
            choices={teamRoles.map((one) => ({ value: one, label: say(`cases.team.${one}`) }))}
            onChange={setRole}
          />
        </AddForm>
      </Stack>
    </section>
  );
}

function State({ view, acts }: Given): ReactNode {
  const { say } = useWords();
  const codes = useCodes();
  const [reason, setReason] = useState<string | null>(null);
  const set = (state: string, why?: string): Promise<void> =>
    api
      .post(`/api/cases/${view.number}/state`, { state, ...(why === undefined ? {} : { reason: why }) })
      .then(acts.fresh);
  return (
    <section>
      <Title order={2} size="h5">
        {say("cases.state")}
      </Title>
      <Text size="sm">
        {say(`cases.state.${view.state}`)}
        {view.stateReason !== null && ` · ${say(`cases.reason.${view.stateReason}`)}`}
      </Text>
      <Group align="flex-end" className="s-noprint">
        {view.state !== "open" && !view.handed.some((one) => one.whole) && (
          <Button size="xs" variant="default" onClick={() => void set("open").catch(acts.tellProblem)}>
            {say("cases.state.reopen")}
          </Button>
        )}
        {(["suspended", "closed"] as const)
          .filter((state) => state !== view.state && view.state !== "closed")
          .map((state) => (
            <AddForm
              key={state}
              label={say(`cases.state.to.${state}`)}
              quiet
              may
              onSend={async () => {
                await set(state, reason ?? "");
                setReason(null);
              }}
            >
              <ChoiceField
                label={say("cases.reason")}
                required
                value={reason}
                choices={(codes.data?.cases[state] ?? []).map((one) => ({
                  value: one,
                  label: say(`cases.reason.${one}`),
                }))}
                onChange={setReason}
              />
            </AddForm>
          ))}
      </Group>
    </section>
  );
}
