// One figure: each definition apart, with how it is counted, how sure it is, its months, its table with sums, and its map.
import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Empty, Link, Problem, saveFile, useSession, useWords } from "@simpul/doors/web";
import { definitionOf, join, offOf, type RegionFigure, type Release } from "../contract.ts";
import { FigureMap } from "./map.tsx";
import { Counted, Off, useMonth, useNumber } from "./parts.tsx";
import { FigureTable } from "./table.tsx";
import { Trend } from "./trend.tsx";

interface Months {
  from: string;
  until: string;
}

export function Figure({
  figure,
  releases,
  months,
}: {
  figure: string;
  releases: readonly Release[];
  months: Months;
}): ReactNode {
  const { say } = useWords();
  const standing = releases.filter((one) => one.endedAt === null);
  const joined = join(standing);
  return (
    <Stack gap="md">
      <Group gap="md" align="baseline">
        <Title order={2} size="h4">
          {say(`picture.figure.${figure}`)}
        </Title>
        <span className="s-noprint">
          <Link to={`/follow-up?figure=${figure}`}>{say("picture.toFollowUp")}</Link>
        </span>
      </Group>
      {joined.length === 0 && <Empty title={say("picture.none")}>{say("picture.none.text")}</Empty>}
      {joined.length > 1 && <Alert color="yellow">{say("picture.otherDefinition")}</Alert>}
      {joined.map((one) => (
        <Series
          key={one.definition}
          of={one}
          releases={standing.filter((each) => each.definition === one.definition)}
        />
      ))}
      <Ended of={releases.filter((one) => one.endedAt !== null)} />
      {joined.length > 0 && <Carry figure={figure} months={months} />}
    </Stack>
  );
}

function Series({ of, releases }: { of: RegionFigure; releases: readonly Release[] }): ReactNode {
  const { say, state, list } = useWords();
  const say1 = useNumber();
  const definition = definitionOf(of.figure, of.definition);
  if (definition === null) return null;
  const whole = of.cells.at(-1)!.at(-1)!;
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Group gap="md" align="baseline" wrap="wrap">
          <Text size="xl" fw={700}>
            {say1(whole)} <Off of={whole} tables={releases} cells={of.rows.length * of.columns.length} />
          </Text>
          <Text size="sm" c="dimmed">
            {list(of.states.map((one) => state(one)))}
          </Text>
        </Group>
        <Counted of={definition} />
        <Sure of={releases[0]!} />
      </Paper>
      <Trend definition={definition} releases={releases} />
      <FigureMap of={of} definition={definition} releases={releases} />
      <FigureTable of={of} definition={definition} tables={releases} />
      <Text size="xs" c="dimmed">
        {say("picture.sure.text")}
      </Text>
    </Stack>
  );
}

function Sure({ of }: { of: Release }): ReactNode {
  const { say } = useWords();
  const { threshold, base, epsilon } = of.protection;
  const value = epsilon === null ? 0 : epsilon.of / epsilon.outOf;
  return (
    <Text size="sm" mt={4}>
      <b>{say("picture.sure")}</b>{" "}
      {epsilon === null
        ? say("picture.sure.asTheyAre")
        : `${say("picture.sure.protected", { threshold, base, epsilon: value })} ${say("picture.sure.error", {
            most: offOf([of], 1),
          })}`}
    </Text>
  );
}

function Ended({ of }: { of: readonly Release[] }): ReactNode {
  const { say, state, date } = useWords();
  const month = useMonth();
  if (of.length === 0) return null;
  return (
    <Paper withBorder p="sm">
      <Title order={3} size="h6">
        {say("picture.earlier")}
      </Title>
      <ul>
        {of.map((one) => (
          <li key={one.state + one.id}>
            <Text size="sm">
              {say("picture.earlier.line", {
                ...{ state: state(one.state), month: month(one.month), number: one.number },
                at: date(one.endedAt!),
              })}
              {one.reason !== "" && `: ${one.reason}`}
            </Text>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

const formats = [
  ["csv", "csv"],
  ["csvw", "csv-metadata.json"],
  ["sdmx", "sdmx.csv"],
  ["pdf", "pdf"],
] as const;

function Carry({ figure, months }: { figure: string; months: Months }): ReactNode {
  const { say, locale } = useWords();
  const { node } = useSession();
  const [busy, setBusy] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function save(format: string, ending: string): Promise<void> {
    setBusy(format);
    setFault(null);
    try {
      const query = new URLSearchParams({ ...months, format, language: locale });
      const file = await api.blob(`/api/picture/figures/${figure}/file?${query.toString()}`);
      saveFile(`${node.exercise ? "EXERCISE-" : ""}${figure}-${months.from}-${months.until}.${ending}`, file);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy("");
    }
  }
  return (
    <section aria-label={say("picture.carry")} className="s-noprint">
      <Text size="sm" fw={600} mb={4}>
        {say("picture.carry")}
      </Text>
      <Group gap="xs">
        {formats.map(([format, ending]) => (
          <Button
            key={format}
            variant="default"
            size="sm"
            loading={busy === format}
            onClick={() => void save(format, ending)}
          >
            {say(`picture.carry.${format}`)}
          </Button>
        ))}
        <Button variant="default" size="sm" onClick={() => window.print()}>
          {say("picture.print")}
        </Button>
      </Group>
      {fault !== null && <Problem fault={fault} />}
    </section>
  );
}
