// The sites of a plan: where, under which warrant and until when, who commands, which teams; a proposal waits to be taken over.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { stateZones } from "@simpul/doors/i18n";
import { LinkButton, StateTag, useWords } from "@simpul/doors/web";
import type { OperationView, Site } from "../contract.ts";
import type { Acting } from "./parts.tsx";

export interface PartOf {
  view: OperationView;
  acting: Acting;
  /** She may change it. */
  open: boolean;
}

export function Sites({ view, acting, open }: PartOf): ReactNode {
  const { say } = useWords();
  // What was proposed and is taken over stands in the list as one's own.
  const shown = view.sites.filter((site) => !(site.taken && site.node !== view.own));
  return (
    <Stack gap="sm">
      {shown.length === 0 && <Text c="dimmed">{say("operations.sites.none")}</Text>}
      <div className="op-grid">
        {shown.map((site) => (
          <One key={site.id} site={site} view={view}>
            {open && site.node === view.own && (
              <>
                <LinkButton to={`/operations/${view.id}/sites/${site.id}`} variant="default">
                  {say("operations.site.change")}
                </LinkButton>
                <Button
                  variant="subtle"
                  loading={acting.busy}
                  aria-label={say("operations.remove", { what: site.label })}
                  onClick={() => void acting.run("delete", `/sites/${site.id}`, {})}
                >
                  {say("operations.site.remove")}
                </Button>
              </>
            )}
            {open && site.node !== view.own && site.state === view.own && !site.taken && (
              <LinkButton to={`/operations/${view.id}/sites/new?takes=${site.id}`}>
                {say("operations.site.take")}
              </LinkButton>
            )}
          </One>
        ))}
      </div>
      {open && (
        <Group className="s-noprint">
          <LinkButton to={`/operations/${view.id}/sites/new`} variant="default">
            {say("operations.site.add")}
          </LinkButton>
        </Group>
      )}
    </Stack>
  );
}

function One({ site, view, children }: { site: Site; view: OperationView; children: ReactNode }): ReactNode {
  const { say, state, time } = useWords();
  const zone = stateZones[site.state];
  const { authority } = site;
  const ours = site.node === view.own && site.state === view.own;
  return (
    <Card withBorder component="article" aria-label={site.label}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600}>{site.label}</Text>
          {site.node !== site.state && (
            <StateTag tone={site.taken ? "good" : "waiting"}>
              {say(site.taken ? "operations.site.taken" : "operations.site.proposed", {
                state: state(site.taken ? site.state : site.node),
              })}
            </StateTag>
          )}
          {ours && authority === null && <StateTag tone="bad">{say("operations.site.noAuthority")}</StateTag>}
        </Group>
        <Text size="sm">{[site.area, state(site.state)].filter((one) => one !== "").join(", ")}</Text>
        {site.commander !== "" && (
          <Text size="sm">
            {say("operations.site.commander")}: {site.commander}
          </Text>
        )}
        {authority !== null && (
          <Text size="sm">
            {say("operations.site.valid", {
              warrant: [authority.warrant, authority.authority].filter((one) => one !== "").join(", "),
              ...{ from: time(authority.from, zone), until: time(authority.until, zone) },
            })}
          </Text>
        )}
        {site.teams.map((team, i) => (
          <Text size="sm" c="dimmed" key={`${team.name} ${i}`}>
            {[team.name, say("operations.team.of", { count: team.people }), team.task]
              .filter((part) => part !== "")
              .join(" · ")}
          </Text>
        ))}
        <Group gap="xs" className="s-noprint">
          {children}
        </Group>
      </Stack>
    </Card>
  );
}
