// What a list says against itself, and what is doubtful in its rows; the same before and after it is taken in.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import type { ListView, RowIssue } from "../contract.ts";

export function Totals({ of }: { of: Pick<ListView, "totals" | "statesAddUpTo"> }): ReactNode {
  const words = useWords();
  const { say } = words;
  const wrong = of.totals.filter((one) => one.stated !== one.counted);
  const named = (code: string): string =>
    /^[A-Z]{2}$/.test(code) ? words.state(code) : say(`surge.total.${code}`);
  return (
    <section>
      <Text fw={600} component="h2" size="md">
        {say("surge.totals")}
      </Text>
      {of.totals.length === 0 && <Text size="sm">{say("surge.totals.none")}</Text>}
      {of.totals.length > 0 && wrong.length === 0 && of.statesAddUpTo === null && (
        <Text size="sm">{say("surge.totals.fit")}</Text>
      )}
      <ul className="su-said">
        {wrong.map((one) => (
          <li key={one.of}>
            {say("surge.total", {
              of: named(one.of),
              stated: words.number(one.stated),
              counted: words.number(one.counted),
              at: one.at,
            })}
          </li>
        ))}
        {of.statesAddUpTo !== null && (
          <li>{say("surge.statesAdd", { sum: words.number(of.statesAddUpTo) })}</li>
        )}
      </ul>
    </section>
  );
}

/** Children first; `onChoose` makes them filters. */
export function Issues({
  of,
  chosen,
  onChoose,
}: {
  of: Partial<Record<RowIssue, number>>;
  chosen?: RowIssue | null;
  onChoose?: (issue: RowIssue | null) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const first: readonly string[] = ["child-as-adult", "child"];
  const all = (Object.entries(of) as [RowIssue, number][]).sort(
    ([a, x], [b, y]) => Number(first.includes(b)) - Number(first.includes(a)) || y - x,
  );
  return (
    <section>
      <Text fw={600} component="h2" size="md" mb={4}>
        {say("surge.issues")}
      </Text>
      {all.length === 0 && <Text size="sm">{say("surge.issues.none")}</Text>}
      <Stack gap={4} component="ul" p={0} m={0} className="su-plain">
        {all.map(([issue, count]) => (
          <li key={issue}>
            {onChoose === undefined ? (
              <Text size="sm" component="div">
                {say(`surge.issue.${issue}`)}: {words.number(count)}{" "}
                {issue === "child-as-adult" && <StateTag tone="waiting">{say("surge.child")}</StateTag>}
              </Text>
            ) : (
              <button
                type="button"
                className="su-filter"
                aria-pressed={chosen === issue}
                onClick={() => onChoose(chosen === issue ? null : issue)}
              >
                {say(`surge.issue.${issue}`)}: {words.number(count)}
              </button>
            )}
          </li>
        ))}
      </Stack>
    </section>
  );
}
