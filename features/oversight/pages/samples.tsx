// The weeks' samples: how many entries were drawn, looked through, and not in order.
import { List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Empty, Link, PageHead, StateTag, api, useQuery, useWords } from "@simpul/doors/web";
import type { Sample } from "../contract.ts";
import { Sides } from "./sides.tsx";

export function Page(): ReactNode {
  const { say, date } = useWords();
  const query = useQuery({
    queryKey: ["oversight", "samples"],
    queryFn: ({ signal }) => api.get<Sample[]>("/api/oversight/samples", { signal }),
  });
  return (
    <>
      <PageHead title={say("oversight.samples")} />
      <Sides />
      <Awaited query={query}>
        {(samples) =>
          samples.length === 0 ? (
            <Empty title={say("oversight.samples.none")}>{say("oversight.samples.none.text")}</Empty>
          ) : (
            <Stack gap="sm" maw="44rem">
              <Text size="sm">{say("oversight.samples.text")}</Text>
              <List listStyleType="none" spacing="sm">
                {samples.map((one) => (
                  <List.Item key={`${one.log} ${one.week}`}>
                    <Link to={`/oversight/samples/${one.log}/${one.week}`}>
                      {say("oversight.sample.of", {
                        day: date(one.week),
                        log: say(`oversight.log.${one.log}`),
                      })}
                    </Link>{" "}
                    <StateTag tone={one.marked < one.drawn ? "waiting" : "good"}>
                      {say("oversight.sample.done", { marked: one.marked, drawn: one.drawn })}
                    </StateTag>{" "}
                    {one.found > 0 && (
                      <StateTag tone="bad">{say("oversight.sample.found", { count: one.found })}</StateTag>
                    )}
                  </List.Item>
                ))}
              </List>
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}
