// Standing purposes of border control (HIT-2): proposed with lists, desks and an end; another agrees; ended early by one.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ChoicesField,
  Empty,
  LinkButton,
  PageHead,
  Problem,
  StateTag,
  TextField,
  useDraft,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { BorderPurpose, BorderView } from "../contract.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  const [writes, setWrites] = useState(false);
  const query = useQuery({
    queryKey: ["border"],
    queryFn: ({ signal }) => api.get<BorderView>("/api/border", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("border.purposes")}
        {...(!writes && { act: <Button onClick={() => setWrites(true)}>{say("border.propose")}</Button> })}
      />
      <Awaited query={query}>
        {(view) => (
          <Stack gap="lg" maw="46rem">
            {writes && <Form view={view} close={() => setWrites(false)} />}
            {view.purposes.length === 0 && !writes && (
              <Empty title={say("border.noPurpose.title")}>{say("border.noPurpose.text")}</Empty>
            )}
            {view.purposes.map((one) => (
              <One key={one.id} of={one} />
            ))}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function One({ of }: { of: BorderPurpose }): ReactNode {
  const { say, date, state } = useWords();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function run(act: "agree" | "end"): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/border/purposes/${of.id}/${act}`);
      await queries.invalidateQueries({ queryKey: ["border"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const word = of.state === "active" && !of.inForce ? "over" : of.state;
  const tone = of.inForce ? "good" : of.state === "proposed" ? "waiting" : "plain";
  return (
    <Card withBorder component="article" aria-label={of.title}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={600}>{of.title}</Text>
          <StateTag tone={tone}>{say(`border.state.${word}`)}</StateTag>
        </Group>
        <Text size="sm">
          {of.legalBasis} · {say("border.untilDay", { day: date(of.until) })}
        </Text>
        <Text size="sm">{of.desks.map(({ name }) => name).join("; ")}</Text>
        <Text size="sm">
          {of.lists
            .map(({ origin, title }) =>
              title === "" ? say("border.listGone") : `${state(origin)}: ${title}`,
            )
            .join("; ")}
        </Text>
        <Text size="sm" c="dimmed">
          {say("border.twoPersons", { names: [of.by, of.agreedBy].filter((one) => one !== null).join(", ") })}{" "}
          · {say("border.counts", { checked: of.checked, compared: of.compared, listed: of.listed })}
        </Text>
        {fault !== null && <Problem fault={fault} />}
        {of.may.length > 0 && (
          <Group gap="xs" className="s-noprint">
            {of.may.includes("agree") && (
              <Button loading={busy} onClick={() => void run("agree")}>
                {say("border.agree")}
              </Button>
            )}
            {(of.may.includes("end") || of.may.includes("drop")) && (
              <Button variant="default" loading={busy} onClick={() => void run("end")}>
                {say(of.may.includes("end") ? "border.end" : "border.drop")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function Form({ view, close }: { view: BorderView; close: () => void }): ReactNode {
  const { say, state } = useWords();
  const queries = useQueryClient();
  // What stands is what she most likely wants: all lists, all desks.
  const draft = useDraft("border.purpose", {
    ...{ title: "", legalBasis: "", until: "" },
    lists: view.lists.map(({ id }): string => id),
    desks: view.desks.map(({ id }): string => id),
  });
  const { value } = draft;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const set = (to: Partial<typeof value>): void => draft.set((before) => ({ ...before, ...to }));
  const whole =
    value.title.trim().length >= 3 &&
    value.legalBasis.trim().length >= 3 &&
    value.until !== "" &&
    value.lists.length > 0 &&
    value.desks.length > 0;
  async function propose(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post("/api/border/purposes", value);
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["border"] });
      close();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  if (view.lists.length === 0)
    return (
      <Empty
        title={say("border.noLists")}
        act={<LinkButton to="/watch-lists">{say("watch-lists.room")}</LinkButton>}
      />
    );
  return (
    <Card withBorder component="section" aria-label={say("border.propose")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void propose();
        }}
      >
        <Stack gap="md">
          <Title order={2} size="h5">
            {say("border.propose")}
          </Title>
          <TextField
            label={say("border.title")}
            required
            maxLength={200}
            value={value.title}
            onChange={(title) => set({ title })}
          />
          <TextField
            label={say("border.basis")}
            required
            maxLength={500}
            value={value.legalBasis}
            onChange={(legalBasis) => set({ legalBasis })}
          />
          <ChoicesField
            label={say("border.lists")}
            required
            value={value.lists}
            choices={view.lists.map((one) => ({
              value: one.id,
              label: `${state(one.origin)}: ${one.title}`,
            }))}
            onChange={(lists) => set({ lists })}
          />
          <ChoicesField
            label={say("border.desks")}
            required
            value={value.desks}
            choices={view.desks.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(desks) => set({ desks })}
          />
          <TextField
            label={say("border.until")}
            hint={say("border.until.hint")}
            kind="date"
            required
            value={value.until}
            onChange={(until) => set({ until })}
          />
          {fault !== null && <Problem fault={fault} kept={say("watch-lists.kept")} />}
          <div className="s-acts">
            <Button type="submit" loading={busy} disabled={!whole}>
              {say("border.toSecond")}
            </Button>
            <Button variant="subtle" onClick={close}>
              {say("watch-lists.cancel")}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  );
}
