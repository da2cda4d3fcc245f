// A list for an embassy: whoever agrees reads exactly what will be told; agreed, it is printed or saved.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  PageHead,
  Problem,
  saveTable,
  TimeText,
  useLive,
  useParam,
  useSession,
  useWords,
} from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import type { Paper } from "../contract.ts";
import { useStateName } from "./states.tsx";
import "./surge.css";

export function Page(): ReactNode {
  useLive(["victims"]);
  return (
    <Gate>
      <One />
    </Gate>
  );
}

function One(): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-paper", id],
    queryFn: ({ signal }) => api.get<Paper>(`/api/surge/papers/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/surge?tab=states">
      {(paper) => <Shown paper={paper} back={{ to: "/surge?tab=states", label: say("surge.tab.states") }} />}
    </Awaited>
  );
}

function Shown({ paper, back }: { paper: Paper; back: { to: string; label: string } }): ReactNode {
  const { say } = useWords();
  const { node } = useSession();
  const named = useStateName();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  async function act(what: "agree" | "drop"): Promise<void> {
    try {
      await api.post(`/api/surge/papers/${paper.id}/${what}`);
      await queries.invalidateQueries({ queryKey: ["victims"] });
    } catch (no) {
      setFault(no);
    }
  }
  const heads = ["reference", "name", "born", "sex", "document"] as const;
  const labels = heads.map((one) => say(one === "reference" ? "surge.reference" : `surge.field.${one}`));
  const cells = paper.rows.map((row) => [
    ...[row.pseudonym, row.name ?? "", row.born ?? ""],
    ...[row.sex === null ? "" : say(`surge.sex.${row.sex}`), row.document ?? ""],
  ]);
  const agreed = paper.agreedAt !== null;
  return (
    <>
      <PageHead
        title={say("surge.paper.title", { state: named(paper.state) })}
        windowTitle={say("surge.room")}
        back={back}
        act={
          agreed ? (
            <>
              <Button variant="default" onClick={() => print()}>
                {say("surge.print")}
              </Button>
              <Button
                variant="default"
                onClick={() =>
                  saveTable(
                    `embassy-${paper.state}`,
                    [labels, ...cells],
                    node.exercise ? say("web.exercise") : null,
                  )
                }
              >
                {say("surge.paper.csv")}
              </Button>
            </>
          ) : undefined
        }
      />
      <Stack gap="md">
        {agreed ? (
          <Text component="div">
            {say("surge.paper.agreed", { people: paper.people, by: paper.agreedBy })} ·{" "}
            <TimeText at={paper.agreedAt} />
          </Text>
        ) : (
          <>
            <Text>{say("surge.paper.waits", { people: paper.people, by: paper.askedBy })}</Text>
            <Text fw={600}>{say("surge.paper.not")}</Text>
          </>
        )}
        <Table.ScrollContainer minWidth={0}>
          <Table className="su-rows" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {labels.map((label) => (
                  <Table.Th key={label}>{label}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {cells.map((row) => (
                <Table.Tr key={row[0]}>
                  {row.map((cell, i) => (
                    <Table.Td key={heads[i]}>
                      <bdi>{cell === "" ? "–" : cell}</bdi>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {paper.may.length > 0 && (
          <Group className="s-acts">
            {paper.may.includes("agree") && (
              <Button onClick={() => void act("agree")}>{say("surge.paper.agree")}</Button>
            )}
            {paper.may.includes("drop") && (
              <Button variant="default" onClick={() => void act("drop")}>
                {say("surge.paper.drop")}
              </Button>
            )}
          </Group>
        )}
        {fault !== null && <Problem fault={fault} />}
      </Stack>
    </>
  );
}
