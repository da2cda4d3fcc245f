// The list that two persons keep: who opens emergencies, and whom they may tell; and whom to call when nobody looks.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  Guided,
  LinkButton,
  LongTextField,
  PageHead,
  Problem,
  StateField,
  StateTag,
  TextField,
  useActing,
  api,
  useDesks,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { DeskState, Place } from "../contract.ts";
import { FormEnd, WhyField, nameOf, useDesk } from "./shared.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["distress"]);
  const desk = useDesk();
  const query = useQuery({
    queryKey: ["distress", "places"],
    queryFn: ({ signal }) => api.get<Place[]>("/api/distress/places", { signal }),
  });
  return (
    <>
      <PageHead title={say("distress.places")} back={{ to: "/distress", label: say("distress.room") }} />
      <Guided by="distress.places.text">
        <Stack gap="xl" maw="48rem">
          <Awaited query={query}>
            {(places) => (
              <>
                {(["opens", "told"] as const).map((use) => (
                  <section key={use}>
                    <Title order={2} size="h5" mb="xs">
                      {say(`distress.use.${use}`)}
                    </Title>
                    <Stack gap="xs">
                      {places
                        .filter((one) => one.use === use)
                        .map((one) => (
                          <One key={one.id} of={one} />
                        ))}
                    </Stack>
                  </section>
                ))}
                <Put />
              </>
            )}
          </Awaited>
          <Group>
            <LinkButton variant="default" to="/requests/duty/roster">
              {say("requests.roster.link")}
            </LinkButton>
          </Group>
          {desk.data !== undefined && <Phones key={JSON.stringify(desk.data.phones)} of={desk.data} />}
        </Stack>
      </Guided>
    </>
  );
}

function One({ of }: { of: Place }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { busy, fault, run } = useActing("distress");
  const [why, setWhy] = useState("");
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          <bdi>{nameOf(of, words)}</bdi>
        </Text>
        {of.agreedBy === null && <StateTag tone="waiting">{say("distress.secondWaits")}</StateTag>}
      </Group>
      <Text size="sm" c="dimmed">
        <bdi>{of.why}</bdi> ({[of.putBy, of.agreedBy].filter((one) => one !== null && one !== "").join(", ")})
      </Text>
      {fault !== null && <Problem fault={fault} />}
      {of.may.includes("agree") && (
        <Button
          size="compact-sm"
          mt="xs"
          loading={busy}
          onClick={() => void run(() => api.post(`/api/distress/places/${of.id}/agree`, {}))}
        >
          {say("distress.place.agree")}
        </Button>
      )}
      <details className="r-act">
        <summary>{say("distress.place.end")}</summary>
        <Stack gap="xs" mt="xs">
          <TextField label={say("distress.why")} required maxLength={2000} value={why} onChange={setWhy} />
          <Group>
            <Button
              variant="default"
              loading={busy}
              disabled={why.trim().length < 10}
              onClick={() =>
                void run(() => api.post(`/api/distress/places/${of.id}/end`, { why: why.trim() }))
              }
            >
              {say("distress.place.end")}
            </Button>
          </Group>
        </Stack>
      </details>
    </Card>
  );
}

function Put(): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("distress");
  const [use, setUse] = useState<string>("told");
  const [state, setState] = useState<string | null>(null);
  const [desk, setDesk] = useState<string | null>(null);
  const [why, setWhy] = useState("");
  const desks = useDesks(true);
  const to =
    desk !== null
      ? { kind: "desk", id: desk }
      : state !== null && use === "told"
        ? { kind: "state", id: state.toLowerCase() }
        : null;
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {say("distress.place.put")}
      </Title>
      <Stack gap="sm">
        <ChoiceField
          label={say("distress.place.use")}
          required
          value={use}
          choices={(["told", "opens"] as const).map((value) => ({
            value,
            label: say(`distress.use.${value}`),
          }))}
          onChange={(value) => setUse(value ?? "told")}
        />
        <ChoiceField
          label={say("distress.kind.desk")}
          value={desk}
          choices={(desks.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={setDesk}
        />
        {use === "told" && desk === null && (
          <StateField label={say("distress.place.state")} value={state} onChange={setState} />
        )}
        <WhyField value={why} onChange={setWhy} />
        <FormEnd fault={fault}>
          <Button
            loading={busy}
            disabled={to === null || why.trim().length < 10}
            onClick={() =>
              void run(async () => {
                await api.post("/api/distress/places", { use, to, why: why.trim() });
                setDesk(null);
                setState(null);
                setWhy("");
              })
            }
          >
            {say("distress.place.put")}
          </Button>
        </FormEnd>
      </Stack>
    </section>
  );
}

function Phones({ of }: { of: DeskState }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useActing("distress");
  const [text, setText] = useState(of.phones.map((one) => `${one.name}: ${one.phone}`).join("\n"));
  const phones = text
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", phone = ""]) => ({ name: name.trim(), phone: phone.trim() }))
    .filter((one) => one.name !== "" && one.phone.length >= 3);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {say("distress.phones")}
      </Title>
      {of.keepsPhones ? (
        <Stack gap="sm">
          <LongTextField
            label={say("distress.phones.label")}
            hint={say("distress.phones.hint")}
            rows={4}
            maxLength={4000}
            value={text}
            onChange={setText}
          />
          <FormEnd fault={fault}>
            <Button
              loading={busy}
              onClick={() => void run(() => api.put("/api/distress/phones", { phones: phones.slice(0, 20) }))}
            >
              {say("distress.phones.keep")}
            </Button>
          </FormEnd>
        </Stack>
      ) : (
        <Stack gap={4}>
          {of.phones.map((one) => (
            <Text size="sm" key={one.phone}>
              <bdi>{one.name}</bdi> {one.phone}
            </Text>
          ))}
        </Stack>
      )}
    </section>
  );
}
