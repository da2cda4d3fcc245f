// Where adverts come from: sources with their legal basis, and taking in by pasting or by file.
import { Anchor, Button, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoiceField,
  Empty,
  Link,
  NumberField,
  PageHead,
  Progress,
  StateField,
  StateTag,
  TextField,
  TimeText,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { adLimits, sourceKinds } from "../contract.ts";
import type { ImportView, Source, SourceKind } from "../contract.ts";
import { FeedOf } from "./feeds.tsx";
import { Form, useCall } from "./form.tsx";
import { TakeIn } from "./take-in.tsx";
import { usePictures } from "./take-picture.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["ads"]);
  const [adding, setAdding] = useState(false);
  const sources = useQuery({
    queryKey: ["ads", "sources"],
    queryFn: ({ signal }) => api.get<{ sources: Source[] }>("/api/ads/sources", { signal }),
  });
  const imports = useQuery({
    queryKey: ["ads", "imports"],
    queryFn: ({ signal }) => api.get<{ imports: ImportView[] }>("/api/ads/imports", { signal }),
  });
  const add = <Button onClick={() => setAdding(true)}>{say("ads.source.add")}</Button>;
  return (
    <>
      <PageHead
        title={say("ads.sources")}
        back={{ to: "/ads", label: say("ads.room") }}
        {...(adding ? {} : { act: add })}
      />
      <Stack gap="lg">
        {adding && <Add close={() => setAdding(false)} />}
        <Awaited query={sources}>
          {({ sources: all }) =>
            all.length === 0 && !adding ? (
              <Empty title={say("ads.sources.none")} act={add}>
                {say("ads.sources.none.text")}
              </Empty>
            ) : (
              <Stack gap="sm">
                {all.map((one) => (
                  <One key={one.id} of={one} />
                ))}
              </Stack>
            )
          }
        </Awaited>
        <Waiting />
        {(imports.data?.imports.length ?? 0) > 0 && (
          <section>
            <Title order={2} size="h4">
              {say("ads.imports")}
            </Title>
            <Stack gap="sm">
              {imports.data!.imports.map((one) => (
                <Import key={one.id} of={one} />
              ))}
            </Stack>
          </section>
        )}
      </Stack>
    </>
  );
}

function One({ of }: { of: Source }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  const { busy, call } = useCall();
  return (
    <Card withBorder component="article" aria-label={of.name}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={600}>{of.name}</Text>
          <StateTag>{say(`ads.kind.${of.kind}`)}</StateTag>
          {of.closedAt !== null && <StateTag>{say("ads.source.closed")}</StateTag>}
        </Group>
        <Text size="sm">
          {of.origin} · {say("ads.source.basis")}: {of.legalBasis} · {say("ads.source.by")}: {of.givenBy}
        </Text>
        <Text size="sm">
          {say("ads.source.counts", {
            adverts: of.adverts,
            waiting: of.waiting,
            today: of.today,
            daily: of.daily,
          })}{" "}
          {say(of.calibrated ? "ads.source.calibrated" : "ads.share.low", { labels: of.labels })}
        </Text>
        {of.kind === "feed" && <FeedOf source={of} />}
        {of.form !== null && <Text size="sm">{say("ads.form.open")}</Text>}
        {of.form !== null && (
          <Anchor
            href={of.form}
            target="_blank"
            rel="noreferrer"
            className="s-long"
            size="sm"
            underline="always"
          >
            {`${location.origin}${of.form}`}
          </Anchor>
        )}
        {of.closedAt === null &&
          (open ? (
            <TakeIn source={of} close={() => setOpen(false)} />
          ) : (
            <Group gap="xs" className="s-noprint">
              <Button onClick={() => setOpen(true)}>{say("ads.take")}</Button>
              <Link to={`/ads/all?source=${of.id}`}>{say("ads.all")}</Link>
              {of.kind === "form" && (
                <Button
                  variant="default"
                  loading={busy}
                  onClick={() => void call(`/api/ads/sources/${of.id}/form`, { open: of.form === null })}
                >
                  {say(of.form === null ? "ads.form.switch-on" : "ads.form.switch-off")}
                </Button>
              )}
              <Button
                variant="subtle"
                onClick={() => void call(`/api/ads/sources/${of.id}`, { close: true })}
              >
                {say("ads.source.close")}
              </Button>
            </Group>
          ))}
      </Stack>
    </Card>
  );
}

/** Pictures on their way: read and not judged yet, or waiting. */
function Waiting(): ReactNode {
  const { say } = useWords();
  const { data } = usePictures();
  if (data === undefined || data.pictures.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.pictures")}
      </Title>
      <List size="sm" listStyleType="none" spacing={4}>
        {data.pictures.map((one) => (
          <List.Item key={one.id}>
            <Link to={`/ads/pictures/${one.id}`}>{one.fileName}</Link>{" "}
            <StateTag>{say(`ads.picture.state.${one.state}`)}</StateTag> {one.sourceName}
          </List.Item>
        ))}
      </List>
    </section>
  );
}

function Import({ of }: { of: ImportView }): ReactNode {
  const { say } = useWords();
  const part = of.records === 0 ? null : of.done / of.records;
  const left = Object.entries(of.skipped);
  return (
    <Card withBorder component="article" aria-label={of.fileName}>
      <Stack gap={4}>
        <Text fw={600} className="s-long">
          {of.fileName} <StateTag>{say(`ads.import.${of.state}`)}</StateTag>
        </Text>
        <Text size="sm" component="div">
          {of.sourceName} · <TimeText at={of.madeAt} />
        </Text>
        {of.state === "reading" && <Progress says={say("ads.import.reading")} part={part} />}
        <Text size="sm">
          {of.refusal !== null
            ? say(`problem.${of.refusal}`)
            : say("ads.import.counts", { taken: of.taken, done: of.done, records: of.records })}{" "}
          {left.map(([code, count]) => `${say(`ads.skipped.${code}`)}: ${count}`).join(" · ")}
        </Text>
      </Stack>
    </Card>
  );
}

function Add({ close }: { close: () => void }): ReactNode {
  const { say } = useWords();
  const [value, set] = useState({
    name: "",
    origin: "",
    legalBasis: "",
    givenBy: "",
    region: null as string | null,
  });
  const [kind, setKind] = useState<SourceKind | null>(null);
  const [daily, setDaily] = useState<number | null>(2000);
  const { busy, fault, call } = useCall();
  const part = (name: Exclude<keyof typeof value, "region">) => ({
    value: value[name],
    onChange: (to: string) => set((before) => ({ ...before, [name]: to })),
  });
  return (
    <Form
      whole={
        kind !== null &&
        daily !== null &&
        [value.name, value.origin, value.legalBasis, value.givenBy].every((one) => one.trim().length >= 2)
      }
      busy={busy}
      fault={fault}
      act={say("ads.save")}
      send={() =>
        call("/api/ads/sources", {
          ...{
            name: value.name.trim(),
            kind,
            origin: value.origin.trim(),
            legalBasis: value.legalBasis.trim(),
          },
          ...{ givenBy: value.givenBy.trim(), region: value.region, daily },
        })
      }
      close={close}
    >
      <TextField label={say("ads.source.name")} required maxLength={200} {...part("name")} />
      <ChoiceField
        label={say("ads.source.kind")}
        required
        value={kind}
        choices={sourceKinds.map((one) => ({ value: one, label: say(`ads.kind.${one}`) }))}
        onChange={(to) => setKind(to as SourceKind | null)}
      />
      <TextField
        label={say("ads.source.origin")}
        hint={say("ads.source.origin.hint")}
        required
        {...part("origin")}
      />
      <TextField label={say("ads.source.by")} required maxLength={300} {...part("givenBy")} />
      <TextField label={say("ads.source.basis")} required {...part("legalBasis")} />
      <StateField
        label={say("ads.source.region")}
        hint={say("ads.source.region.hint")}
        value={value.region}
        onChange={(region) => set((before) => ({ ...before, region }))}
      />
      <NumberField
        label={say("ads.source.daily")}
        required
        min={1}
        max={adLimits.daily}
        value={daily}
        onChange={setDaily}
      />
    </Form>
  );
}
