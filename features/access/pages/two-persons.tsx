// What takes two persons at this node, in words; above it the words that are asked of her and that she asked for.
import { Button, Card, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, Awaited, Link, PageHead, Problem, TimeText, useActing, useWords } from "@simpul/doors/web";
import type { SecondAsked, TwoPersonsView } from "../contract.ts";

const topic = "access.seconds";
type OneAct = TwoPersonsView["acts"][number];

export function Page(): ReactNode {
  const { say } = useWords();
  const asked = useQuery({
    queryKey: [topic],
    queryFn: ({ signal }) => api.get<SecondAsked[]>("/api/access/seconds", { signal }),
  });
  const setting = useQuery({
    queryKey: ["access.two-persons"],
    queryFn: ({ signal }) => api.get<TwoPersonsView>("/api/access/two-persons", { signal }),
  });
  return (
    <>
      <PageHead title={say("access.two.title")} back={{ to: "/settings", label: say("access.room") }} />
      <Stack gap="xl" maw="48rem">
        <Awaited query={asked}>
          {(all) =>
            all.length === 0 ? null : (
              <Stack component="section" gap="sm" aria-label={say("access.second.waiting")}>
                <Title order={2} size="h4">
                  {say("access.second.waiting")}
                </Title>
                {all.map((one) => (
                  <Asked key={one.id} of={one} />
                ))}
              </Stack>
            )
          }
        </Awaited>
        <Awaited query={setting}>{(view) => <Setting view={view} />}</Awaited>
      </Stack>
    </>
  );
}

function Asked({ of }: { of: SecondAsked }): ReactNode {
  const { say, sayOne } = useWords();
  const { busy, fault, run } = useActing(topic);
  const act = (what: "agree" | "drop") => run(() => api.post(`/api/access/seconds/${of.id}/${what}`));
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Text fw={600}>{sayOne([`access.act.${of.act}`]) ?? of.act}</Text>
        <Text size="sm" component="div">
          {say(of.mine ? "access.second.byMe" : "access.second.byHer", { name: of.mine ? of.of : of.by })},{" "}
          <TimeText at={of.at} />: {of.reason}
        </Text>
        <Text size="sm" component="div">
          {of.agreed === null ? (
            <>
              {say("access.second.until")} <TimeText at={of.until} />
            </>
          ) : (
            say(of.mine ? "access.second.agreed" : "access.second.youAgreed")
          )}
        </Text>
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Link to={of.page}>{say("access.second.look")}</Link>
          {!of.mine && of.agreed === null && (
            <Button loading={busy} onClick={() => void act("agree")}>
              {say("access.second.agree")}
            </Button>
          )}
          <Button variant="default" disabled={busy} onClick={() => void act("drop")}>
            {say("access.second.drop")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Setting({ view }: { view: TwoPersonsView }): ReactNode {
  const { say } = useWords();
  const [current] = view.history;
  const groups = [
    { title: "access.two.settable", acts: view.acts.filter((one) => !one.fixed) },
    { title: "access.two.fixed", acts: view.acts.filter((one) => one.fixed) },
  ] as const;
  return (
    <Stack gap="lg">
      <Text component="div">
        {view.version === "none"
          ? say("access.two.none")
          : say("access.two.version", { version: view.version })}
        {view.version !== "none" && current !== undefined && (
          <>
            {" "}
            <TimeText at={current.since} />
          </>
        )}
      </Text>
      {groups.map(({ title, acts }) => (
        <Stack key={title} component="section" gap="xs" aria-label={say(title)}>
          <Title order={2} size="h4">
            {say(title)}
          </Title>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{say("access.two.act")}</Table.Th>
                <Table.Th miw="7rem">{say("access.two.persons")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {acts.map((one) => (
                <OneLine key={one.act} of={one} />
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      ))}
      <Text size="sm">{say("access.two.beyond")}</Text>
      {view.history.length > 0 && (
        <Stack component="section" gap="xs" aria-label={say("access.two.history")}>
          <Title order={2} size="h4">
            {say("access.two.history")}
          </Title>
          {view.history.map((one) => (
            <Text key={one.since} size="sm" component="div">
              {one.version}, <TimeText at={one.since} />
            </Text>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function OneLine({ of }: { of: OneAct }): ReactNode {
  const { say, sayOne, list } = useWords();
  const line = (rule: OneAct["rules"][number]): string => {
    const types = rule.types?.map((one) => say(`access.two.type.${one}`));
    const parts = [
      say("access.two.count", { count: rule.persons }),
      ...(types === undefined ? [] : [list(types)]),
      ...(rule.handling === undefined
        ? []
        : [
            say(rule.persons === 2 ? "access.two.any" : "access.two.only", {
              codes: list([...rule.handling]),
            }),
          ]),
    ];
    return parts.join(" · ");
  };
  const always = of.rules.some((rule) => rule.types === undefined && rule.handling === undefined);
  return (
    <Table.Tr>
      <Table.Td>{sayOne([`access.act.${of.act}`]) ?? of.act}</Table.Td>
      <Table.Td>
        {of.rules.map((rule, nth) => (
          <div key={nth}>{line(rule)}</div>
        ))}
        {!always && (
          <div>
            {of.rules.length === 0
              ? say("access.two.count", { count: of.usual })
              : say("access.two.else", { count: of.usual })}
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
