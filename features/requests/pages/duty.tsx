// The duty desk: who is told first, who is away and who stands in, whom to call when nobody looks.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Link,
  PageHead,
  Problem,
  StateTag,
  TextField,
  TimeText,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { DutyView, Phone } from "../contract.ts";
import { useAct } from "./data.ts";
import type { Named } from "./data.ts";
import "./requests.css";
import { Who, plainWho } from "./texts.tsx";

const key = ["desk", "duty", "page"];

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["desk"]);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Named<DutyView>>("/api/requests/duty", { signal }),
  });
  return (
    <>
      <PageHead title={say("requests.duty.title")} back={{ to: "/requests", label: say("requests.room") }} />
      <Awaited query={query} back="/requests">
        {(view) => (
          <Stack gap="xl" maw="44rem">
            <Stack gap="xs">
              <Text>{say("requests.duty.text", view.minutes)}</Text>
              <Link to="/requests/duty/roster">{say("requests.roster.link")}</Link>
            </Stack>
            <Officers view={view} />
            <Away view={view} />
            {(view.mayKeepPhones || view.phones.length > 0) && (
              <Phones key={view.phones.length} view={view} />
            )}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function Officers({ view }: { view: Named<DutyView> }): ReactNode {
  const { say } = useWords();
  return (
    <section aria-label={say("requests.duty.officers")}>
      <Title order={2} size="h5" mb="xs">
        {say("requests.duty.officers")}
      </Title>
      <Stack gap={4} component="ul" className="r-plain">
        {view.officers.map((one) => (
          <li key={one.officer}>
            <Group gap="xs">
              <Who id={one.officer} names={view.names} />
              {one.supervisor && <StateTag>{say("role.supervisor")}</StateTag>}
              {one.away && <StateTag tone="waiting">{say("requests.duty.away")}</StateTag>}
            </Group>
          </li>
        ))}
      </Stack>
    </section>
  );
}

function useDone(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["desk"] });
}

/** Absences, hers with a way back; and the form by which she goes. */
function Away({ view }: { view: Named<DutyView> }): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const done = useDone();
  const { busy, fault, run } = useAct();
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [standIn, setStandIn] = useState<string | null>(null);
  const end = (day: string): string => new Date(`${day}T23:59:59`).toISOString();
  const others = view.officers.filter((one) => one.officer !== officer.id);
  return (
    <section aria-label={say("requests.duty.absences")}>
      <Title order={2} size="h5" mb="xs">
        {say("requests.duty.absences")}
      </Title>
      <Stack gap="sm">
        {fault !== null && <Problem fault={fault} />}
        {view.absences.length === 0 && <Text size="sm">{say("requests.duty.absences.none")}</Text>}
        {view.absences.map((one) => (
          <Group key={one.id} gap="xs">
            <Who id={one.officer} names={view.names} />
            <Text size="sm" component="div">
              <TimeText at={one.from} day /> – <TimeText at={one.until} day />
              {one.standIn !== null && (
                <> · {say("requests.duty.stands", { name: plainWho(one.standIn, view.names, "–") })}</>
              )}
            </Text>
            {one.officer === officer.id && (
              <Button
                size="compact-sm"
                variant="default"
                loading={busy}
                onClick={() => void run(() => api.delete(`/api/requests/duty/absences/${one.id}`)).then(done)}
              >
                {say("requests.duty.back")}
              </Button>
            )}
          </Group>
        ))}
        <details className="r-act">
          <summary>{say("requests.duty.go")}</summary>
          <Stack gap="sm" mt="xs">
            <TextField
              label={say("requests.duty.from")}
              kind="date"
              required
              value={from}
              onChange={setFrom}
            />
            <TextField
              label={say("requests.duty.until")}
              kind="date"
              required
              value={until}
              onChange={setUntil}
            />
            <ChoiceField
              label={say("requests.duty.standIn")}
              value={standIn}
              choices={others.map((one) => ({
                value: one.officer,
                label: plainWho(one.officer, view.names, "–"),
              }))}
              onChange={setStandIn}
            />
            <Group>
              <Button
                loading={busy}
                disabled={from === "" || until === "" || until < from}
                onClick={() =>
                  void run(() =>
                    api.post("/api/requests/duty/absences", {
                      from: new Date(`${from}T00:00:00`).toISOString(),
                      until: end(until),
                      standIn,
                    }),
                  ).then(async (went) => {
                    if (!went) return;
                    setFrom("");
                    setUntil("");
                    await done();
                  })
                }
              >
                {say("requests.duty.go.send")}
              </Button>
            </Group>
          </Stack>
        </details>
      </Stack>
    </section>
  );
}

/** The list in the order in which it is called; its keepers change it whole. */
function Phones({ view }: { view: Named<DutyView> }): ReactNode {
  const { say } = useWords();
  const done = useDone();
  const { busy, fault, run } = useAct();
  const [list, setList] = useState<Phone[]>(view.phones);
  const put = (at: number, change: Partial<Phone>): void =>
    setList(list.map((one, i) => (i === at ? { ...one, ...change } : one)));
  const whole = list.every((one) => one.name.trim() !== "" && one.phone.trim().length > 2);
  return (
    <section aria-label={say("requests.duty.phones")}>
      <Title order={2} size="h5" mb="xs">
        {say("requests.duty.phones")}
      </Title>
      {!view.mayKeepPhones ? (
        <Stack gap={4} component="ul" className="r-plain">
          {view.phones.map((one) => (
            <li key={one.phone}>
              <bdi>{one.name}</bdi> · {one.phone}
            </li>
          ))}
        </Stack>
      ) : (
        <Stack gap="sm">
          {fault !== null && <Problem fault={fault} />}
          {list.map((one, at) => (
            <Group key={at} align="flex-end" gap="xs">
              <TextField
                label={say("requests.duty.phone.name")}
                value={one.name}
                maxLength={200}
                onChange={(name) => put(at, { name })}
              />
              <TextField
                label={say("requests.duty.phone.number")}
                value={one.phone}
                maxLength={60}
                onChange={(phone) => put(at, { phone })}
              />
              <Button variant="default" onClick={() => setList(list.filter((_, i) => i !== at))}>
                {say("requests.duty.phone.out")}
              </Button>
            </Group>
          ))}
          <Group>
            {list.length < 20 && (
              <Button variant="default" onClick={() => setList([...list, { name: "", phone: "" }])}>
                {say("requests.duty.phone.add")}
              </Button>
            )}
            <Button
              loading={busy}
              disabled={!whole}
              onClick={() =>
                void run(() => api.put("/api/requests/duty/phones", { phones: list })).then((kept) =>
                  kept ? done() : undefined,
                )
              }
            >
              {say("requests.duty.phones.keep")}
            </Button>
          </Group>
        </Stack>
      )}
    </section>
  );
}
