// Parts of a report's page: each number with what it counts and its rows, and what a version says otherwise than the one before.
import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { sayRow } from "../../picture/contract.ts";
import type { Change, ReportFigure, ShownVersion } from "../contract.ts";
import { useFigureName } from "./parts.tsx";

export function Numbers({ of }: { of: readonly ReportFigure[] }): ReactNode {
  const words = useWords();
  const { say, sayOne, number, list } = words;
  const name = useFigureName();
  const count = (value: number | null): string =>
    value === null ? say("follow-up.report.notKnown") : number(value);
  return (
    <>
      {of.map((one) => (
        <section key={one.figure} aria-label={name(one.figure)}>
          <Title order={3} size="h5" mt="sm">
            {name(one.figure)}:{" "}
            {one.months.length === 0 ? say("follow-up.report.notReleased") : count(one.whole)}
          </Title>
          <Text size="xs" c="dimmed">
            {sayOne([`picture.counted.${one.figure}.${String(one.definition)}`]) ?? ""}{" "}
            {say("follow-up.definition", { version: one.definition })}
            {one.months.length > 0 &&
              one.missing.length > 0 &&
              ` ${say("follow-up.report.missing", { months: list(one.missing) })}`}
          </Text>
          {one.rows.some((row) => row.count !== null && row.count > 0) && (
            <dl className="s-answers">
              {one.rows
                .filter((row) => row.count !== null && row.count > 0)
                .map((row) => (
                  <div key={row.row}>
                    <dt>{sayRow(one, row.row, words)}</dt>
                    <dd>{count(row.count)}</dd>
                  </div>
                ))}
            </dl>
          )}
          {one.rows.some((row) => row.count === null) && (
            <Text size="sm" c="dimmed">
              {say("follow-up.report.rowsWithheld", {
                count: one.rows.filter((row) => row.count === null).length,
              })}
            </Text>
          )}
        </section>
      ))}
    </>
  );
}

/** What changed, before and after, in words. */
export function Changes({ of }: { of: ShownVersion }): ReactNode {
  const words = useWords();
  const { say, number } = words;
  const name = useFigureName();
  if (of.changes.length === 0) return null;
  const count = (value: number | null): string =>
    value === null ? say("follow-up.report.notKnown") : number(value);
  const what = (one: Change): string => {
    if (one.kind === "text") return say(`follow-up.text.${one.of}`);
    if (one.kind === "figure") return name(one.of);
    const definition = of.figures.find((each) => each.figure === one.of)?.definition ?? 1;
    return `${name(one.of)}, ${sayRow({ figure: one.of, definition }, one.row, words)}`;
  };
  return (
    <details>
      <summary>{say("follow-up.report.changes", { count: of.changes.length })}</summary>
      <dl className="s-answers">
        {of.changes.map((one) => (
          <div key={what(one)}>
            <dt>{what(one)}</dt>
            <dd>
              <del className="f-before">{one.kind === "text" ? one.before || "–" : count(one.before)}</del>{" "}
              {one.kind === "text" ? one.after || "–" : count(one.after)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
