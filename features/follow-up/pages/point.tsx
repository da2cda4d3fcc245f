// One point: what it says, where that was read, and each of its figures with its definition, month by month.
import { Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Link, PageHead, TimeText, useAddressValue, useParam, useWords } from "@simpul/doors/web";
import type { FigureLine, PointLine } from "../contract.ts";
import { keyOf } from "./board.tsx";
import { PointTag, SmallLine, Source, StateChoice, useBoard, useFigureName } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const key = useParam("point");
  const [state] = useAddressValue("state", "");
  const board = useBoard();
  const back = { to: `/follow-up${state === "" ? "" : `?state=${state}`}`, label: say("follow-up.room") };
  return (
    <Awaited query={board} back="/follow-up">
      {(view) => {
        const point = [...view.points, ...view.workPlan].find((one) => one.key === key);
        if (point === undefined)
          return (
            <>
              <PageHead title={say("follow-up.noPoint")} back={back} />
            </>
          );
        const number = /^\d+$/.test(key) ? `${key}. ` : "";
        return (
          <>
            <PageHead
              title={`${number}${say(`follow-up.${keyOf(key)}`)}`}
              marks={<PointTag state={point.state} />}
              back={back}
            />
            <Stack gap="md" maw="60rem">
              <About of={point} />
              <StateChoice />
              {point.figures.map((one) => (
                <Figure key={one.code} of={one} />
              ))}
            </Stack>
          </>
        );
      }}
    </Awaited>
  );
}

function About({ of }: { of: PointLine }): ReactNode {
  const { say } = useWords();
  return (
    <Text size="sm" component="div">
      {say(`follow-up.${keyOf(of.key)}.text`)}
      <Text size="xs" c="dimmed" component="div">
        {of.standing === "seen" ? say("follow-up.readIn") : say("follow-up.tbc")}{" "}
        {of.sources.map((one, nth) => (
          <span key={one}>
            {nth > 0 && " · "}
            <Source address={one} />
          </span>
        ))}
      </Text>
    </Text>
  );
}

function Figure({ of }: { of: FigureLine }): ReactNode {
  const { say, sayOne, number, list, state } = useWords();
  const name = useFigureName();
  const states = (codes: readonly string[]): string =>
    codes.length === 0 ? "–" : list(codes.map((one) => state(one)));
  const title = name(of.code);
  const [about] = useAddressValue("state", "");
  return (
    <section aria-label={title}>
      <Title order={2} size="h5">
        <Link to={`/picture?figure=${of.code}${about === "" ? "" : `&state=${about}`}`}>{title}</Link>{" "}
        <SmallLine months={of.months} />
      </Title>
      <Text size="sm">
        {sayOne([`picture.counted.${of.code}.${String(of.definition)}`]) ?? ""}{" "}
        <Text span size="xs" c="dimmed">
          {say("follow-up.definition", { version: of.definition })}
        </Text>
      </Text>
      <dl className="s-answers">
        {of.last === null ? (
          <div>
            <dt>{say("follow-up.last")}</dt>
            <dd>{say("follow-up.noFigure")}</dd>
          </div>
        ) : (
          <>
            <div>
              <dt>{say("follow-up.trend")}</dt>
              <dd>{say(`follow-up.trend.${of.trend}`)}</dd>
            </div>
            <div>
              <dt>{say("follow-up.last")}</dt>
              <dd>
                {of.last.month}, <TimeText at={of.last.at} day />
              </dd>
            </div>
          </>
        )}
        {about === "" && of.last !== null && (
          <>
            <div>
              <dt>{say("follow-up.column.gave")}</dt>
              <dd>{states(of.gave)}</dd>
            </div>
            {of.withheld.length > 0 && (
              <div>
                <dt>{say("follow-up.withheldBy")}</dt>
                <dd>{states(of.withheld)}</dd>
              </div>
            )}
          </>
        )}
        {of.missing.length > 0 && (
          <div>
            <dt>{say("follow-up.column.owed")}</dt>
            <dd>
              {of.desk === null ? "" : `${say(`access.kind.${of.desk}`)}: `}
              {states(of.missing)}
            </dd>
          </div>
        )}
      </dl>
      {of.months.some((one) => one.count !== null) && (
        <div className="s-scroll" tabIndex={0} role="region" aria-label={title}>
          <Table className="s-table" aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{say("follow-up.column.month")}</Table.Th>
                <Table.Th scope="col">{say("follow-up.column.count")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {of.months
                .filter((one) => one.count !== null)
                .toReversed()
                .map((one) => (
                  <Table.Tr key={one.month} style={{ cursor: "auto" }}>
                    <Table.Td data-main data-label={say("follow-up.column.month")}>
                      {one.month}
                    </Table.Td>
                    <Table.Td data-label={say("follow-up.column.count")} data-numeric="true">
                      {number(one.count!)}
                    </Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
