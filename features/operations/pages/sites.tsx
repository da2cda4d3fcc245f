// Sites: each with its place, the warrant and how long it lasts, who commands, which teams; a proposal is taken over with one act.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { stateZones } from "@simpul/doors/i18n";
import { ChoiceField, LongTextField, StateTag, TextField, useWords } from "@simpul/doors/web";
import type { NodeCode } from "@simpul/model";
import type { OperationView, Site } from "../contract.ts";
import { instantIn, readPlace, wallIn } from "../rules.ts";
import { cellsOf, countIn, linesOf, type Acting } from "./parts.tsx";

export interface PartOf {
  view: OperationView;
  acting: Acting;
  /** She may change it. */
  open: boolean;
}

export function Sites({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  const [at, setAt] = useState<{ id: string; from: Site | null } | null>(null);
  return (
    <Stack gap="sm">
      {view.sites.length === 0 && <Text c="dimmed">{say("operations.sites.none")}</Text>}
      <div className="op-grid">
        {view.sites.map((site) => (
          <One key={site.id} site={site} view={view}>
            {open && site.node === view.own && (
              <>
                <Button
                  variant="default"
                  size="compact-md"
                  onClick={() => setAt({ id: site.id, from: site })}
                >
                  {say("operations.site.change")}
                </Button>
                <Button
                  variant="subtle"
                  size="compact-md"
                  loading={acting.busy}
                  onClick={() => void acting.run("delete", `/sites/${site.id}`, {})}
                >
                  {say("operations.site.remove")}
                </Button>
              </>
            )}
            {open && site.node !== view.own && site.state === view.own && !site.taken && (
              <Button size="compact-md" onClick={() => setAt({ id: crypto.randomUUID(), from: site })}>
                {say("operations.site.take")}
              </Button>
            )}
          </One>
        ))}
      </div>
      {open && at === null && (
        <Group className="s-noprint">
          <Button variant="default" onClick={() => setAt({ id: crypto.randomUUID(), from: null })}>
            {say("operations.site.add")}
          </Button>
        </Group>
      )}
      {at !== null && (
        <SiteForm
          key={at.id}
          id={at.id}
          from={at.from}
          view={view}
          acting={acting}
          close={() => setAt(null)}
        />
      )}
    </Stack>
  );
}

function One({ site, view, children }: { site: Site; view: OperationView; children: ReactNode }): ReactNode {
  const { say, state, time } = useWords();
  const zone = stateZones[site.state];
  const { authority } = site;
  return (
    <Card withBorder component="article" aria-label={site.label}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600}>{site.label}</Text>
          {site.node !== site.state && (
            <StateTag tone="waiting">{say("operations.site.proposed", { state: state(site.node) })}</StateTag>
          )}
        </Group>
        <Text size="sm">{[site.area, state(site.state)].filter((one) => one !== "").join(", ")}</Text>
        {site.commander !== "" && (
          <Text size="sm">
            {say("operations.site.commander")}: {site.commander}
          </Text>
        )}
        {site.node === view.own && site.state === view.own && (
          <Text size="sm">
            {authority === null
              ? say("operations.site.noAuthority")
              : say("operations.site.valid", {
                  ...{
                    warrant: [authority.warrant, authority.authority].filter((one) => one !== "").join(", "),
                  },
                  ...{ from: time(authority.from, zone), until: time(authority.until, zone) },
                })}
          </Text>
        )}
        {site.teams.map((team, i) => (
          <Text size="sm" c="dimmed" key={`${team.name} ${i}`}>
            {linesOf([[team.name, team.people, team.task]])}
          </Text>
        ))}
        <Group gap="xs" className="s-noprint">
          {children}
        </Group>
      </Stack>
    </Card>
  );
}

function SiteForm({
  id,
  from,
  view,
  acting,
  close,
}: {
  id: string;
  from: Site | null;
  view: OperationView;
  acting: Acting;
  close: () => void;
}): ReactNode {
  const { say, state } = useWords();
  const takes = from !== null && from.node !== view.own ? from.id : null;
  const a = from?.authority ?? null;
  const where = from?.state ?? view.own;
  const [said, setSaid] = useState({
    ...{ state: where as string, label: from?.label ?? "", area: from?.area ?? "" },
    place: from?.place == null ? "" : `${from.place.lat}, ${from.place.lon}`,
    ...{ authority: a?.authority ?? "", warrant: a?.warrant ?? "" },
    // As long as the window, until she says what the paper says.
    from: wallIn(where, a?.from ?? view.window.starts),
    until: wallIn(where, a?.until ?? view.window.ends),
    commander: from?.commander ?? "",
    teams: linesOf((from?.teams ?? []).map((team) => [team.name, team.people, team.task])),
  });
  const set = (to: Partial<typeof said>): void => setSaid((before) => ({ ...before, ...to }));
  const own = said.state === view.own;
  const place = readPlace(said.place);
  const [starts, ends] = [
    instantIn(said.state as NodeCode, said.from),
    instantIn(said.state as NodeCode, said.until),
  ];
  const lawful = said.warrant.trim() === "" || (starts !== null && ends !== null && starts < ends);
  async function keep(): Promise<void> {
    const kept = await acting.run("put", `/sites/${id}`, {
      ...{ state: said.state, label: said.label.trim(), area: said.area.trim(), place, takes },
      authority:
        !own || said.warrant.trim() === ""
          ? null
          : { authority: said.authority.trim(), warrant: said.warrant.trim(), from: starts, until: ends },
      commander: own ? said.commander.trim() : "",
      teams: own
        ? cellsOf(said.teams).map(([name = "", people, ...task]) => ({
            ...{ name, people: countIn(people), task: task.join(", ") },
          }))
        : [],
    });
    if (kept) close();
  }
  const text = (
    word: "label" | "area" | "authority" | "warrant" | "commander",
    required = false,
  ): ReactNode => (
    <TextField
      label={say(`operations.site.${word}`)}
      required={required}
      maxLength={word === "warrant" ? 80 : 120}
      value={said[word]}
      onChange={(value) => set({ [word]: value })}
    />
  );
  const clock = (word: "from" | "until"): ReactNode => (
    <TextField
      label={say(`operations.site.${word}`)}
      hint={say("operations.wall", { state: state(said.state) })}
      kind="datetime-local"
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
        {text("label", true)}
        {view.own === view.lead && view.state === "draft" && view.parties.length > 1 && (
          <ChoiceField
            label={say("operations.state")}
            required
            value={said.state}
            choices={view.parties.map((value) => ({ value, label: state(value) }))}
            onChange={(value) => set({ state: value ?? view.own })}
          />
        )}
        {text("area")}
        <TextField
          label={say("operations.site.place")}
          hint={say("operations.site.place.hint")}
          error={said.place !== "" && place === null ? say("operations.site.place.bad") : null}
          required
          value={said.place}
          onChange={(value) => set({ place: value })}
        />
        {own && (
          <>
            <div className="op-grid">
              {text("warrant")}
              {text("authority")}
              {clock("from")}
              {clock("until")}
            </div>
            {text("commander")}
            <LongTextField
              label={say("operations.site.teams")}
              hint={say("operations.site.teams.hint")}
              rows={2}
              value={said.teams}
              onChange={(teams) => set({ teams })}
            />
          </>
        )}
        <Group gap="xs">
          <Button
            type="submit"
            loading={acting.busy}
            disabled={said.label.trim() === "" || place === null || !lawful}
          >
            {say("operations.save")}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("operations.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
