// The directory of those who help, kept by the desk: kinds, languages, whom they serve, free places, until when vetted.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoicesField,
  Empty,
  Guided,
  NumberField,
  PageHead,
  Problem,
  RadioField,
  StateTag,
  TextField,
  TickField,
  api,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { serviceKinds } from "../contract.ts";
import { useDirectory, useFresh, type Service } from "./data.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useDirectory();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <PageHead
        title={say("referrals.services")}
        back={{ to: "/referrals", label: say("referrals.room") }}
        act={<Button onClick={() => setOpen("new")}>{say("referrals.service.new")}</Button>}
      />
      {open === "new" && <Form of={null} close={() => setOpen(null)} />}
      <Awaited query={query}>
        {({ services, names }) =>
          services.length === 0 && open !== "new" ? (
            <Empty title={say("referrals.none.services")}>{say("referrals.none.services.text")}</Empty>
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} maw="56rem" style={{ listStyle: "none" }}>
              {services.map((one) => (
                <li key={one.id}>
                  {open === one.id ? (
                    <Form of={one} close={() => setOpen(null)} />
                  ) : (
                    <Line of={one} names={names} change={() => setOpen(one.id)} />
                  )}
                </li>
              ))}
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Line({
  of,
  names,
  change,
}: {
  of: Service;
  names: Record<string, string>;
  change: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const fit = of.vetted !== null && of.vetted.until >= new Date().toISOString().slice(0, 10);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          <bdi>{of.name}</bdi>
        </Text>
        <Group gap="xs">
          {!of.active && <StateTag tone="plain">{say("referrals.service.inactive")}</StateTag>}
          <StateTag tone={fit ? "good" : "bad"}>
            {fit && of.vetted !== null
              ? say("referrals.service.vetted", { day: words.date(of.vetted.until) })
              : say("referrals.service.notVetted")}
          </StateTag>
          <Button size="compact-sm" variant="default" onClick={change}>
            {say("referrals.service.change")}
          </Button>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {[
          of.kinds.map((one) => say(`referrals.kind.${one}`)).join(", "),
          words.list(of.languages.map((one) => words.language(one))),
          of.serves.map((one) => say(`referrals.serves.${one}`)).join(", "),
          of.capacity === null ? "" : say("referrals.capacity", { count: of.capacity }),
          of.place,
          of.contact,
          say(`referrals.way.${of.way}`),
          of.vetted === null ? "" : (names[of.vetted.by] ?? ""),
        ]
          .filter((one) => one !== "")
          .join(" · ")}
      </Text>
    </Card>
  );
}

function Form({ of, close }: { of: Service | null; close: () => void }): ReactNode {
  const { say } = useWords();
  const fresh = useFresh();
  const [ask, setAsk] = useState({
    name: of?.name ?? "",
    kinds: of?.kinds.filter((one) => one !== "victim-desk") ?? ([] as string[]),
    languages: of?.languages ?? ([] as string[]),
    serves: of?.serves ?? ([] as string[]),
    capacity: of?.capacity ?? null,
    place: of?.place ?? "",
    contact: of?.contact ?? "",
    way: of?.way ?? "link",
    active: of?.active ?? true,
    vettedUntil: of?.vetted?.until ?? "",
  });
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const set = (more: Partial<typeof ask>): void => setAsk({ ...ask, ...more });
  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    const body = { ...ask, vettedUntil: ask.vettedUntil === "" ? null : ask.vettedUntil };
    try {
      await (of === null
        ? api.post("/api/referrals/services", body)
        : api.put(`/api/referrals/services/${of.id}`, body));
      await fresh();
      close();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Guided by="referrals.guide.service">
      <Card withBorder mb="md" maw="44rem">
        <Stack gap="md">
          <TextField
            label={say("referrals.service.name")}
            required
            value={ask.name}
            onChange={(name) => set({ name })}
            maxLength={200}
          />
          <ChoicesField
            label={say("referrals.service.kinds")}
            required
            value={ask.kinds}
            choices={serviceKinds
              .filter((one) => one !== "victim-desk")
              .map((one) => ({ value: one, label: say(`referrals.kind.${one}`) }))}
            onChange={(kinds) => set({ kinds })}
          />
          <ChoicesField
            label={say("referrals.data.language")}
            value={ask.languages}
            choices={Object.entries(localeFacts).map(([value, { name }]) => ({ value, label: name }))}
            onChange={(languages) => set({ languages })}
          />
          <ChoicesField
            label={say("referrals.service.serves")}
            value={ask.serves}
            choices={["women", "men", "girls", "boys", "families", "other"].map((one) => ({
              value: one,
              label: say(`referrals.serves.${one}`),
            }))}
            onChange={(serves) => set({ serves })}
          />
          <NumberField
            label={say("referrals.service.capacity")}
            min={0}
            max={100_000}
            value={ask.capacity}
            onChange={(capacity) => set({ capacity })}
          />
          <TextField
            label={say("referrals.service.place")}
            value={ask.place}
            onChange={(place) => set({ place })}
            maxLength={300}
          />
          <TextField
            label={say("referrals.service.contact")}
            value={ask.contact}
            onChange={(contact) => set({ contact })}
            maxLength={300}
          />
          <RadioField
            label={say("referrals.service.way")}
            value={ask.way}
            choices={(["link", "hand"] as const).map((one) => ({
              value: one,
              label: say(`referrals.way.${one}`),
            }))}
            onChange={(way) => set({ way: way as "link" })}
          />
          <TextField
            label={say("referrals.service.vettedUntil")}
            kind="date"
            value={ask.vettedUntil}
            onChange={(vettedUntil) => set({ vettedUntil })}
          />
          <TickField
            label={say("referrals.service.active")}
            value={ask.active}
            onChange={(active) => set({ active })}
          />
          {fault !== null && <Problem fault={fault} />}
          <Group>
            <Button
              loading={busy}
              disabled={ask.name.trim() === "" || ask.kinds.length === 0}
              onClick={() => void save()}
            >
              {say("referrals.service.save")}
            </Button>
            <Button variant="default" onClick={close}>
              {say("referrals.cancel")}
            </Button>
          </Group>
        </Stack>
      </Card>
    </Guided>
  );
}
