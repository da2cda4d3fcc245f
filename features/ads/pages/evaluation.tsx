// How well it works, source by source, from what officers found; said plainly where too little was looked at.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  NumberField,
  PageHead,
  StateTag,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { adLimits, driftNeeds, findings } from "../contract.ts";
import type { EvaluationView, QueueView, Reviewer, SourceFigures } from "../contract.ts";
import { DriftOf } from "./drift.tsx";
import { useCall } from "./form.tsx";
import type { Named } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["ads"]);
  const query = useQuery({
    queryKey: ["ads", "evaluation"],
    queryFn: ({ signal }) => api.get<Named<EvaluationView>>("/api/ads/evaluation", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("ads.evaluation")}
        back={{ to: "/ads", label: say("ads.room") }}
        act={<Link to="/ads/wording">{say("ads.wording")}</Link>}
      />
      <Awaited query={query}>{(view) => <Body view={view} />}</Awaited>
    </>
  );
}

function Body({ view }: { view: Named<EvaluationView> }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="lg">
      <Text size="sm">{say("ads.evaluation.text", { needed: view.needed })}</Text>
      {view.sources.length === 0 ? <Empty title={say("ads.sources.none")} /> : <Sources view={view} />}
      <Confusion of={view} />
      <DriftOf of={view.drift} needed={driftNeeds} />
      {view.sources.some((one) => one.said.length > 0) && <Said of={view.sources} />}
      <Reviewers view={view} />
      <Capacity />
    </Stack>
  );
}

const part = (of: { looked: number; found: number }): string => `${of.found} / ${of.looked}`;

function Sources({ view }: { view: EvaluationView }): ReactNode {
  const { say } = useWords();
  return (
    <div className="s-scroll" tabIndex={0} role="region" aria-label={say("ads.sources")}>
      <Table className="s-table" aria-label={say("ads.sources")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say("ads.source")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.labels")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.now")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.drawn")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.score")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {view.sources.map((one) => (
            <Table.Tr key={one.source}>
              <Table.Td data-main data-label={say("ads.source")} className="s-long">
                {one.name} ({one.adverts})
              </Table.Td>
              <Table.Td data-label={say("ads.column.labels")}>
                {findings.map((each) => `${say(`ads.found.${each}`)}: ${one.labels[each]}`).join(" · ")}
              </Table.Td>
              <Table.Td data-label={say("ads.column.now")}>{part(one.now)}</Table.Td>
              <Table.Td data-label={say("ads.column.drawn")}>{part(one.drawn)}</Table.Td>
              <Table.Td data-label={say("ads.column.score")}>
                {say(one.calibrated ? "ads.source.calibrated" : "ads.share.low", { labels: one.counted })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const sum = (of: { yes: number; no: number }): number => of.yes + of.no;

/** Where the rank had put what officers found, by source, and how much is likely missed. */
function Confusion({ of }: { of: EvaluationView }): ReactNode {
  const { say, number } = useWords();
  const some = of.sources.filter((one) => sum(one.above) + sum(one.below) > 0);
  const cell = (words: string, value: ReactNode): ReactNode => (
    <Table.Td data-label={say(words)}>{value}</Table.Td>
  );
  const heads = ["above.yes", "above.no", "precision", "below.yes", "below.no"];
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.confusion")}
      </Title>
      <Text size="sm">{say("ads.confusion.text")}</Text>
      <Text size="sm">
        {of.missed === null ? say("ads.missed.none") : say("ads.missed", { ...of.missed })}
      </Text>
      {some.length > 0 && (
        <div className="s-scroll" tabIndex={0} role="region" aria-label={say("ads.confusion")}>
          <Table className="s-table" aria-label={say("ads.confusion")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{say("ads.source")}</Table.Th>
                {heads.map((head) => (
                  <Table.Th key={head} scope="col">
                    {say(`ads.column.${head}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {some.map((one) => (
                <Table.Tr key={one.source}>
                  <Table.Td data-main data-label={say("ads.source")} className="s-long">
                    {one.name}
                  </Table.Td>
                  {cell("ads.column.above.yes", one.above.yes)}
                  {cell("ads.column.above.no", one.above.no)}
                  {cell(
                    "ads.column.precision",
                    sum(one.above) === 0
                      ? "–"
                      : `${number(Math.round((100 * one.above.yes) / sum(one.above)))} %`,
                  )}
                  {cell("ads.column.below.yes", one.below.yes)}
                  {cell("ads.column.below.no", one.below.no)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

/** What a source says of its own adverts, beside where the rank put them: nobody here has found it so. */
function Said({ of }: { of: readonly SourceFigures[] }): ReactNode {
  const { say, number } = useWords();
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.said")}
      </Title>
      <Text size="sm">{say("ads.said.text")}</Text>
      <Table className="s-table" aria-label={say("ads.said")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say("ads.source")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.said")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.above")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.mean")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.flatMap((source) =>
            source.said.map((one) => (
              <Table.Tr key={`${source.source} ${one.said}`}>
                <Table.Td data-main data-label={say("ads.source")}>
                  {source.name}
                </Table.Td>
                <Table.Td data-label={say("ads.column.said")}>{one.said}</Table.Td>
                <Table.Td data-label={say("ads.column.above")}>
                  {one.above} / {one.adverts} ({number(Math.round((100 * one.above) / one.adverts))} %)
                </Table.Td>
                <Table.Td data-label={say("ads.column.mean")}>{one.telling.toFixed(1)}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Reviewers({ view }: { view: Named<EvaluationView> }): ReactNode {
  const { say } = useWords();
  const noted = (one: Reviewer): ReactNode =>
    one.noticed ? <StateTag tone="waiting">{say("ads.reviewer.noticed")}</StateTag> : null;
  if (view.reviewers.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4">
        {say("ads.reviewers")}
      </Title>
      <Text size="sm">
        {view.kappa === null
          ? say("ads.kappa.none")
          : say("ads.kappa", { kappa: view.kappa.toFixed(2), pairs: view.pairs })}
      </Text>
      <Table className="s-table" aria-label={say("ads.reviewers")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say("ads.reviewer")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.labels")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.most")}</Table.Th>
            <Table.Th scope="col">{say("ads.column.agreed")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {view.reviewers.map((one) => (
            <Table.Tr key={one.officer}>
              <Table.Td data-main data-label={say("ads.reviewer")}>
                {view.names[one.officer] ?? one.officer} {noted(one)}
              </Table.Td>
              <Table.Td data-label={say("ads.column.labels")}>{one.labels}</Table.Td>
              <Table.Td data-label={say("ads.column.most")}>
                {say(`ads.found.${one.most}`)} ({Math.round(one.share * 100)} %)
              </Table.Td>
              <Table.Td data-label={say("ads.column.agreed")}>
                {part({ looked: one.second, found: one.agreed })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** How many adverts the desk can look at in a day: what the queue is cut by. */
function Capacity(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["ads", "queue"],
    queryFn: ({ signal }) => api.get<QueueView>("/api/ads/queue", { signal }),
  });
  const [typed, setTyped] = useState<number | null>(null);
  const { busy, call } = useCall();
  const now = query.data?.capacity;
  if (now === undefined) return null;
  const value = typed ?? now;
  return (
    <Group gap="sm" align="flex-end" className="s-noprint">
      <NumberField
        label={say("ads.capacity")}
        min={1}
        max={adLimits.capacity}
        value={value}
        onChange={setTyped}
      />
      <Button
        variant="default"
        loading={busy}
        disabled={value === now}
        onClick={() => void call("/api/ads/capacity", { capacity: value })}
      >
        {say("ads.save")}
      </Button>
    </Group>
  );
}
