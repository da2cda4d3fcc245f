// Who is in: each party's approval, its people, how its line is and what waits for it; our own members are chosen here.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, ChoiceField, Problem, StateTag, TimeText, useQuery, useWords } from "@simpul/doors/web";
import type { Member, PartyState, PartyView, SpaceView } from "../contract.ts";
import { ToldToUnits } from "../../coordination/contract/told.tsx";
import { useAct } from "./data.ts";

const tones: Readonly<Record<PartyState, "good" | "waiting" | "bad" | "plain">> = {
  ...{
    in: "good",
    asked: "waiting",
    suspended: "waiting",
    declined: "bad",
    withdrawn: "bad",
    removed: "bad",
    over: "plain",
  },
};

export function Parties({ view }: { view: SpaceView }): ReactNode {
  return (
    <Stack gap="sm" maw="46rem">
      {view.parties.map((one) => (
        <Party key={one.state} of={one} view={view} />
      ))}
      <ToldToUnits
        about="space"
        id={view.id}
        units={view.note.coordination ?? []}
        reads={view.may.includes("evaluate")}
      />
    </Stack>
  );
}

function Party({ of, view }: { of: PartyView; view: SpaceView }): ReactNode {
  const { say, state } = useWords();
  const own = of.state === view.own;
  const now = of.members.filter((one) => one.ended === null);
  return (
    <Card withBorder component="article" aria-label={state(of.state)}>
      <Stack gap={6}>
        <Group gap="xs">
          <Title order={2} size="h5">
            {state(of.state)}
          </Title>
          <StateTag tone={tones[of.stands]}>{say(`joint.party.${of.stands}`)}</StateTag>
          {of.line?.away === true && <StateTag tone="waiting">{say("joint.line.away")}</StateTag>}
        </Group>
        {of.line !== null && of.stands === "in" && (
          <Text size="sm" c="dimmed">
            {of.line.away && of.line.since !== null && (
              <>
                {say("joint.line.since")} <TimeText at={of.line.since} other={of.state} ago /> ·{" "}
              </>
            )}
            {say("joint.line.waits", { count: of.line.waits })}
          </Text>
        )}
        {of.approved.map((one) => (
          <Text size="sm" key={one.version}>
            {say("joint.approvedBy", { name: one.officer, office: one.office, version: one.version })},{" "}
            <TimeText at={one.at} other={of.state} />
          </Text>
        ))}
        {of.endings.map((one) => (
          <Text size="sm" key={one.at}>
            {say(`joint.ended.${one.kind}`, { state: state(one.by), name: one.officer })},{" "}
            <TimeText at={one.at} other={one.by} />: {one.reason}
          </Text>
        ))}
        {of.confirmed !== null && (
          <Text size="sm">
            {say("joint.confirmedBy", { name: of.confirmed.officer, count: of.confirmed.things })},{" "}
            <TimeText at={of.confirmed.at} other={of.state} />
          </Text>
        )}
        {now.length > 0 && (
          <Stack component="ul" gap={2} m={0} p={0} style={{ listStyle: "none" }}>
            {now.map((one) => (
              <li key={one.id}>
                <One of={one} view={view} mine={own && view.may.includes("members")} />
              </li>
            ))}
          </Stack>
        )}
        {own && view.may.includes("members") && <Add view={view} />}
      </Stack>
    </Card>
  );
}

function One({ of, view, mine }: { of: Member; view: SpaceView; mine: boolean }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  return (
    <Group gap="xs">
      <Text size="sm">
        <bdi>{of.name}</bdi> · {of.office} · {say(`joint.role.${of.role}`)}
      </Text>
      {mine && (
        <Button
          size="compact-sm"
          variant="subtle"
          className="s-noprint"
          loading={busy}
          aria-label={say("joint.member.endOf", { name: of.name })}
          onClick={() => void run(() => api.delete(`/api/joint/${view.id}/members/${of.id}`))}
        >
          {say("joint.member.end")}
        </Button>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Group>
  );
}

interface Colleague {
  id: string;
  name: string;
  nameLatin: string | null;
  left: boolean;
  places: { desk: { name: string }; roles: string[] }[];
}
const works = ["investigator", "analyst", "supervisor", "liaison", "prosecutor"];

function Add({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  const [officer, setOfficer] = useState<string | null>(null);
  const [role, setRole] = useState<string | null>("contributor");
  const query = useQuery({
    queryKey: ["officer", "colleagues"],
    queryFn: async ({ signal }) => {
      const got = await api.get<Colleague[] | { colleagues: Colleague[] }>("/api/access/colleagues", {
        signal,
      });
      return Array.isArray(got) ? got : got.colleagues;
    },
    staleTime: 60_000,
  });
  const choices = (query.data ?? [])
    .filter(
      (one) => !one.left && one.places.some((place) => place.roles.some((each) => works.includes(each))),
    )
    .map((one) => ({
      value: one.id,
      label: [one.name, one.nameLatin, one.places.map((place) => place.desk.name).join(", ")]
        .filter((part) => part !== null && part !== "")
        .join(" · "),
    }));
  async function add(): Promise<void> {
    if (await run(() => api.post(`/api/joint/${view.id}/members`, { officer, role }))) setOfficer(null);
  }
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group gap="xs" align="flex-end">
        <ChoiceField
          label={say("joint.member")}
          required
          value={officer}
          choices={choices}
          onChange={setOfficer}
        />
        <ChoiceField
          label={say("joint.member.role")}
          required
          value={role}
          choices={(["contributor", "reader"] as const).map((one) => ({
            value: one,
            label: say(`joint.role.${one}`),
          }))}
          onChange={setRole}
        />
        <Button type="submit" variant="default" loading={busy} disabled={officer === null}>
          {say("joint.member.add")}
        </Button>
      </Group>
      {fault !== null && <Problem fault={fault} />}
    </form>
  );
}
