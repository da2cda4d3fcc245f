// One week's sample: each drawn entry with its mark, and what draws the same entries again.
import { Card, Code, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  PageHead,
  StateTag,
  TimeText,
  api,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { marks } from "../contract.ts";
import type { SampleView } from "../contract.ts";
import { ActForm } from "./act.tsx";
import { useEntryWords, Who } from "./words.tsx";

const tones = { "in-order": "good", ask: "waiting", "not-in-order": "bad" } as const;

export function Page(): ReactNode {
  const [log, week] = [useParam("log"), useParam("week")];
  const { say, date } = useWords();
  const query = useQuery({
    queryKey: ["oversight", "sample", log, week],
    queryFn: ({ signal }) => api.get<SampleView>(`/api/oversight/samples/${log}/${week}`, { signal }),
  });
  return (
    <Awaited query={query} back="/oversight/samples">
      {(sample) => (
        <>
          <PageHead
            title={say("oversight.sample.of", {
              day: date(sample.week),
              log: say(`oversight.log.${sample.log}`),
            })}
            back={{ to: "/oversight/samples", label: say("oversight.samples") }}
            marks={
              <StateTag tone={sample.marked < sample.drawn ? "waiting" : "good"}>
                {say("oversight.sample.done", { marked: sample.marked, drawn: sample.drawn })}
              </StateTag>
            }
          />
          <Stack gap="md" maw="52rem">
            {sample.entries.map((one) => (
              <Drawn key={one.nth} of={one} at={`${sample.log}/${sample.week}`} />
            ))}
            <details>
              <summary>{say("oversight.sample.again")}</summary>
              <Stack gap="xs" mt="xs">
                <Text size="sm">
                  {say("oversight.sample.again.text", {
                    first: sample.first,
                    past: sample.past,
                    states: sample.cosigners.join(", "),
                  })}
                </Text>
                <Code block>{sample.seed}</Code>
                <Code block>{sample.head}</Code>
              </Stack>
            </details>
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function Drawn({ of, at }: { of: SampleView["entries"][number]; at: string }): ReactNode {
  const { say } = useWords();
  const { what, why } = useEntryWords();
  const { entry, mark } = of;
  const form = (
    <ActForm
      label={say("oversight.mark")}
      choices={marks.map((value) => ({ value, label: say(`oversight.mark.${value}`) }))}
      note={say("oversight.note")}
      needsNote={(choice) => choice !== null && choice !== "in-order"}
      button={say("oversight.mark.keep")}
      act={(choice, note) => api.post(`/api/oversight/samples/${at}/${of.nth}`, { mark: choice, note })}
    />
  );
  return (
    <Card withBorder component="section" aria-label={what(entry)}>
      <Text fw={600}>
        <Link to={`/oversight/entries/${entry.log}/${entry.id}`}>{what(entry)}</Link>
      </Text>
      <Text size="sm" component="div">
        <Who entry={entry} /> · <TimeText at={entry.at} /> · {say(`purpose.${entry.purpose}`)}
        {typeof entry.case?.number === "string" && ` · ${entry.case.number}`}
      </Text>
      <Text size="sm" mb="xs">
        {why(entry).join(" ")}
      </Text>
      {mark !== null && (
        <Text size="sm" component="div" mb="xs">
          <StateTag tone={tones[mark.mark]}>{say(`oversight.mark.${mark.mark}`)}</StateTag> {mark.by},{" "}
          <TimeText at={mark.at} />
          {mark.note !== "" && `: ${mark.note}`}
        </Text>
      )}
      {mark === null ? (
        form
      ) : (
        <details>
          <summary>{say("oversight.mark.again")}</summary>
          {form}
        </details>
      )}
    </Card>
  );
}
