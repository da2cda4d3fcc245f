// One site, written or changed: where it is, the warrant and how long it lasts on that state's clock, who commands, which teams.
import { Button, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  LinkButton,
  PageHead,
  Problem,
  TextField,
  api,
  useAddressValue,
  useDraft,
  useGo,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { NodeCode } from "@simpul/model";
import { operationLimits, type OperationView, type Site } from "../contract.ts";
import { instantIn, readPlace, wallIn } from "../rules.ts";
import { useActs } from "./parts.tsx";
import { countIn, filled, RowsField, type Row } from "./rows-field.tsx";
import "./operations.css";
import { PickOnRegion } from "../../cases/contract/pick-on-region.tsx";

export function Page(): ReactNode {
  const id = useParam("id");
  const site = useParam("site");
  const [takes] = useAddressValue("takes");
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["operation", id],
    queryFn: ({ signal }) => api.get<OperationView>(`/api/operations/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back={`/operations/${id}`}>
      {(view) => {
        const from = view.sites.find((one) => one.id === (site === "new" ? takes : site)) ?? null;
        return (
          <>
            <PageHead
              title={from?.label ?? say("operations.site.add")}
              windowTitle={say("operations.site.add")}
              back={{ to: `/operations/${id}?tab=sites`, label: view.title }}
            />
            <Form key={from?.id ?? "new"} known={site === "new" ? null : site} from={from} view={view} />
          </>
        );
      }}
    </Awaited>
  );
}

function begin(from: Site | null, view: OperationView, where: NodeCode) {
  const a = from?.authority ?? null;
  const teams: Row[] = (from?.teams ?? []).map((team) => ({
    ...{ name: team.name, people: String(team.people), task: team.task },
  }));
  return {
    ...{ state: where as string, label: from?.label ?? "", area: from?.area ?? "" },
    place: !from?.place ? "" : `${from.place.lat}, ${from.place.lon}`,
    ...{ authority: a?.authority ?? "", warrant: a?.warrant ?? "", commander: from?.commander ?? "" },
    // As long as the window, until she says what the paper says.
    from: wallIn(where, a?.from ?? view.window.starts),
    until: wallIn(where, a?.until ?? view.window.ends),
    teams: teams.length > 0 ? teams : [{}],
  };
}

function Form({
  known,
  from,
  view,
}: {
  /** The site as it is written already; null for a new one. */
  known: string | null;
  from: Site | null;
  view: OperationView;
}): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const acting = useActs(view.id);
  const [id] = useState(() => known ?? crypto.randomUUID());
  const takes = from !== null && from.node !== view.own ? from.id : null;
  const draft = useDraft(
    `operations.site.${view.id}.${known ?? takes ?? "new"}`,
    begin(from, view, from?.state ?? view.own),
  );
  const said = draft.value;
  const set = (to: Partial<typeof said>): void => draft.set((before) => ({ ...before, ...to }));
  const own = said.state === view.own;
  const place = readPlace(said.place);
  const [starts, ends] = [instantIn(said.state, said.from), instantIn(said.state, said.until)];
  const warranted = own && said.warrant.trim() !== "";
  const lawful = !warranted || (starts !== null && ends !== null && starts < ends);
  async function keep(): Promise<void> {
    const kept = await acting.run("put", `/sites/${id}`, {
      ...{ state: said.state, label: said.label.trim(), area: said.area.trim(), place, takes },
      authority: warranted
        ? { authority: said.authority.trim(), warrant: said.warrant.trim(), from: starts, until: ends }
        : null,
      commander: own ? said.commander.trim() : "",
      teams: own
        ? filled(said.teams, "name").map(({ name = "", people, task = "" }) => ({
            ...{ name: name.trim(), people: countIn(people), task: task.trim() },
          }))
        : [],
    });
    if (!kept) return;
    draft.clear();
    go(`/operations/${view.id}?tab=sites`);
  }
  const text = (word: "label" | "area" | "authority" | "warrant" | "commander", required = false) => (
    <TextField
      label={say(`operations.site.${word}`)}
      required={required}
      maxLength={word === "warrant" ? 80 : 120}
      value={said[word]}
      onChange={(value) => set({ [word]: value })}
    />
  );
  const clock = (word: "from" | "until", error: string | null = null) => (
    <TextField
      label={say(`operations.site.${word}`)}
      hint={say("operations.wall", { state: state(said.state) })}
      kind="datetime-local"
      error={error}
      value={said[word]}
      onChange={(value) => set({ [word]: value })}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Stack gap="md" maw="40rem">
        {view.own === view.lead && view.state === "draft" && view.parties.length > 1 && (
          <ChoiceField
            label={say("operations.site.state")}
            hint={own ? undefined : say("operations.site.proposes", { state: state(said.state) })}
            required
            value={said.state}
            choices={view.parties.map((value) => ({ value, label: state(value) }))}
            onChange={(value) => set({ state: value ?? view.own })}
          />
        )}
        {text("label", true)}
        {text("area")}
        <TextField
          label={say("operations.site.place")}
          hint={say("operations.site.place.hint")}
          error={said.place !== "" && place === null ? say("operations.site.place.bad") : null}
          required
          value={said.place}
          onChange={(value) => set({ place: value })}
        />
        <PickOnRegion
          at={place === null ? null : { latitude: place.lat, longitude: place.lon }}
          onPick={(to) => set({ place: `${to.latitude}, ${to.longitude}` })}
        />
        {own && (
          <>
            <Title order={2} size="h5">
              {say("operations.site.law")}
            </Title>
            <div className="op-grid">
              {text("warrant")}
              {text("authority")}
              {clock("from")}
              {clock("until", lawful ? null : say("operations.site.untilBefore"))}
            </div>
            {text("commander")}
            <RowsField
              label={say("operations.site.teams")}
              columns={[
                { id: "name", label: say("operations.team.name"), maxLength: 120 },
                { id: "people", label: say("operations.people.count"), kind: "number" },
                { id: "task", label: say("operations.team.task") },
              ]}
              rows={said.teams}
              onChange={(teams) => set({ teams })}
            />
          </>
        )}
        {view.sites.length >= operationLimits.sites && known === null && (
          <Text>{say("operations.site.most", { most: operationLimits.sites })}</Text>
        )}
        {acting.fault !== null && <Problem fault={acting.fault} kept={say("operations.kept")} />}
        {draft.says !== "" && (
          <Text size="sm" c="dimmed">
            {draft.says}
          </Text>
        )}
        <div className="s-acts op-acts">
          <Button
            type="submit"
            loading={acting.busy}
            disabled={said.label.trim() === "" || place === null || !lawful}
          >
            {say("operations.save")}
          </Button>
          <LinkButton to={`/operations/${view.id}?tab=sites`} variant="subtle">
            {say("operations.cancel")}
          </LinkButton>
        </div>
      </Stack>
    </form>
  );
}
