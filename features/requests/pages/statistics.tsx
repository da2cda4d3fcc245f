// How much was asked of whom, how fast it was opened and answered, how it ended: counts alone, no content (MSG-11).
import { Group, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  PageHead,
  TextField,
  api,
  useAddressValue,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { PartnerFigures, Statistics } from "../contract.ts";
import { useCodeWords } from "./data.ts";
import "./requests.css";

const day = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function Page(): ReactNode {
  const { say } = useWords();
  const [from, setFrom] = useAddressValue("from", dayOf(Date.now() - 30 * day));
  const [to, setTo] = useAddressValue("to", dayOf(Date.now()));
  const query = useQuery({
    queryKey: ["request", "statistics", from, to],
    queryFn: ({ signal }) => api.get<Statistics>("/api/requests/statistics", { query: { from, to }, signal }),
    enabled: from !== "" && to !== "" && from <= to,
  });
  return (
    <>
      <PageHead
        title={say("requests.statistics.title")}
        back={{ to: "/requests", label: say("requests.room") }}
      />
      <Stack gap="lg">
        <Group>
          <TextField label={say("requests.statistics.from")} kind="date" value={from} onChange={setFrom} />
          <TextField label={say("requests.statistics.to")} kind="date" value={to} onChange={setTo} />
        </Group>
        <Awaited query={query} back="/requests">
          {({ partners, unasked }) =>
            partners.length === 0 && unasked.length === 0 ? (
              <Empty title={say("requests.statistics.none")}>{say("requests.statistics.none.text")}</Empty>
            ) : (
              <Stack gap="xl">
                {(["outgoing", "incoming"] as const).map((box) => (
                  <Figures key={box} box={box} of={partners.filter((one) => one.box === box)} />
                ))}
                <Unasked of={unasked} />
              </Stack>
            )
          }
        </Awaited>
      </Stack>
    </>
  );
}

const counts = [
  "asked",
  "urgent",
  "open",
  "overdue",
  "full",
  "partial",
  "noneHeld",
  "refused",
  "transferred",
  "withdrawn",
  "late",
] as const;

/** What was told without having been asked: how often, to and from whom (MSG-2, MSG-11). */
function Unasked({ of }: { of: Statistics["unasked"] }): ReactNode {
  const words = useWords();
  const { say } = words;
  if (of.length === 0) return null;
  return (
    <section aria-label={say("requests.statistics.unasked")}>
      <Title order={2} size="h4" mb="xs">
        {say("requests.statistics.unasked")}
      </Title>
      <ul>
        {of.map((one) => (
          <li key={`${one.peer} ${one.box} ${one.kind}`}>
            {words.state(one.peer)} · {say(`requests.box.${one.box}`)} · {say(`requests.unasked.${one.kind}`)}
            : {words.number(one.told)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ box, of }: { box: PartnerFigures["box"]; of: readonly PartnerFigures[] }): ReactNode {
  const words = useWords();
  const { say } = words;
  const code = useCodeWords();
  if (of.length === 0) return null;
  const title = say(`requests.box.${box}`);
  const length = (seconds: number | null): string =>
    seconds === null ? "–" : words.duration(seconds * 1000);
  const listed = (list: string, of: Record<string, number>): string =>
    Object.entries(of)
      .map(([one, count]) => `${code(list, one)}: ${words.number(count)}`)
      .join("; ") || "–";
  const text = (name: string) => say(`requests.statistics.${name}`);
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      <div className="s-scroll" tabIndex={0} role="region" aria-label={title}>
        <Table className="s-table" aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{text("state")}</Table.Th>
              {[...counts, "toOpen", "toEnd", "grounds", "usefulness"].map((name) => (
                <Table.Th key={name} scope="col">
                  {text(name)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map((one) => (
              <Table.Tr key={one.peer}>
                <Table.Td data-main>{words.state(one.peer)}</Table.Td>
                {counts.map((name) => (
                  <Table.Td key={name} data-label={text(name)}>
                    {words.number(one[name])}
                  </Table.Td>
                ))}
                <Table.Td data-label={text("toOpen")}>{length(one.toOpen)}</Table.Td>
                <Table.Td data-label={text("toEnd")}>{length(one.toEnd)}</Table.Td>
                <Table.Td data-label={text("grounds")}>{listed("grounds", one.grounds)}</Table.Td>
                <Table.Td data-label={text("usefulness")}>{listed("usefulness", one.usefulness)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="sm" mt={4}>
        {say("requests.statistics.medians")}
      </Text>
    </section>
  );
}
