// What is due at the victim desk: planned steps, ends of reflection, reviews; the earliest first, each where it is done.
import { List } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Empty, Link, PageHead, api, useQuery, useWords } from "@simpul/doors/web";
import type { DueLine } from "../contract.ts";
import { Gate } from "./gate.tsx";

export function Page(): ReactNode {
  return (
    <Gate>
      <Due />
    </Gate>
  );
}

function Due(): ReactNode {
  const { say, date } = useWords();
  const query = useQuery({
    queryKey: ["victims", "due"],
    queryFn: ({ signal }) => api.get<{ due: DueLine[] }>("/api/victims/due", { signal }),
  });
  return (
    <>
      <PageHead title={say("victims.due")} back={{ to: "/victims", label: say("victims.room") }} />
      <Awaited query={query} back="/victims">
        {({ due }) =>
          due.length === 0 ? (
            <Empty title={say("victims.due.none")}>{say("victims.due.none.text")}</Empty>
          ) : (
            <List listStyleType="none" spacing="sm">
              {due.map((one) => (
                <List.Item key={`${one.on} ${one.to} ${one.words}`}>
                  <Link to={one.to}>
                    {date(one.on)} · {say(one.words)} · {one.pseudonym}
                  </Link>
                </List.Item>
              ))}
            </List>
          )
        }
      </Awaited>
    </>
  );
}
