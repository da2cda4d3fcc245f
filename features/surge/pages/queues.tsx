// The board: how far all teams are, what waits in each language, and who is in hand; a team takes the next here.
import { Button, Card, Group, Progress as Bar, Stack, Table, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, Empty, Guided, Link, Problem, StateTag, TextField, api, useWords } from "@simpul/doors/web";
import type { Board, InHand } from "../contract.ts";
import { Wearer } from "./wearer.tsx";

const teamKey = "simpul.surge.team";

export function Queues(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-board"],
    queryFn: ({ signal }) => api.get<Board>("/api/surge/board", { signal }),
  });
  return (
    <Awaited query={query}>
      {(board) =>
        board.people === 0 ? (
          <Empty title={say("surge.none")}>{say("surge.none.text")}</Empty>
        ) : (
          <Shown board={board} />
        )
      }
    </Awaited>
  );
}

function Shown({ board }: { board: Board }): ReactNode {
  const words = useWords();
  const { say } = words;
  const queries = useQueryClient();
  const [team, setTeam] = useState(() => sessionStorage.getItem(teamKey) ?? "");
  const [fault, setFault] = useState<unknown>(null);
  const renew = () => queries.invalidateQueries({ queryKey: ["victims", "surge-board"] });
  const named = (code: string): string => (code === "?" ? say("surge.language.none") : words.language(code));
  async function act(work: () => Promise<unknown>): Promise<void> {
    setFault(null);
    await work().catch(setFault);
    await renew();
  }
  const next = (language: string) =>
    act(() => {
      sessionStorage.setItem(teamKey, team.trim());
      return api.post<InHand>("/api/surge/queue/next", { language, team: team.trim() });
    });
  const hers = board.inHand.filter((one) => one.hers);
  const others = board.inHand.filter((one) => !one.hers);
  const hand = (one: InHand) => (
    <li key={one.person}>
      <Hand
        of={one}
        named={named}
        onBack={() => act(() => api.post(`/api/surge/queue/${one.person}/back`))}
      />
    </li>
  );
  return (
    <Stack gap="md">
      <div role="status">
        <Text fw={600}>{say("surge.progress", { screened: board.screened, people: board.people })}</Text>
        <Bar value={(100 * board.screened) / board.people} size="sm" aria-label={say("surge.screened")} />
      </div>
      {hers.length > 0 && (
        <Stack gap="xs" component="ul" p={0} m={0} className="su-plain">
          {hers.map(hand)}
        </Stack>
      )}
      <Guided by="surge.guide.queues">
        <Stack gap="md">
          <Wearer />
          <div className="su-team">
            <TextField
              label={say("surge.team")}
              hint={say("surge.team.hint")}
              maxLength={60}
              value={team}
              onChange={setTeam}
            />
          </div>
        </Stack>
      </Guided>
      {fault !== null && <Problem fault={fault} />}
      <Table.ScrollContainer minWidth={0}>
        <Table className="su-queues" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say("surge.language")}</Table.Th>
              <Table.Th ta="end">{say("surge.waiting")}</Table.Th>
              <Table.Th ta="end">{say("surge.children")}</Table.Th>
              <Table.Th ta="end">{say("surge.inHand")}</Table.Th>
              <Table.Th ta="end">{say("surge.screened")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {board.queues.map((line) => (
              <Table.Tr key={line.language}>
                <Table.Th scope="row">{named(line.language)}</Table.Th>
                <Table.Td ta="end" data-label={say("surge.waiting")}>
                  {words.number(line.waiting)}
                </Table.Td>
                <Table.Td ta="end" data-label={say("surge.children")}>
                  {words.number(line.children)}
                </Table.Td>
                <Table.Td ta="end" data-label={say("surge.inHand")}>
                  {words.number(line.inHand)}
                </Table.Td>
                <Table.Td ta="end" data-label={say("surge.screened")}>
                  {words.number(line.screened)}
                </Table.Td>
                <Table.Td className="s-noprint">
                  <Button
                    size="compact-md"
                    variant="default"
                    disabled={line.waiting === 0 || team.trim() === ""}
                    aria-label={say("surge.next.of", { language: named(line.language) })}
                    onClick={() => void next(line.language)}
                  >
                    {say("surge.next")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {others.length > 0 && (
        <section>
          <Text fw={600} component="h2" size="md" mb="xs">
            {say("surge.inHand")}
          </Text>
          <Stack gap="xs" component="ul" p={0} m={0} className="su-plain">
            {others.map(hand)}
          </Stack>
        </section>
      )}
    </Stack>
  );
}

function Hand({
  of,
  named,
  onBack,
}: {
  of: InHand;
  named: (code: string) => string;
  onBack: () => Promise<void>;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Text fw={600} component="div">
          <bdi>{of.hers && of.name !== "" ? of.name : of.pseudonym}</bdi>
        </Text>
        <Group gap="xs">
          {of.child && <StateTag tone="waiting">{say("surge.child")}</StateTag>}
          <StateTag>{named(of.language)}</StateTag>
        </Group>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {of.wristband !== null && of.hers && <code>{of.wristband}</code>}{" "}
        {say("surge.since", { team: of.team, by: of.by, time: words.minute(of.since) })}
      </Text>
      {of.hers && (
        <Group gap="md" mt="xs">
          <Link to={`/victims/${of.person}`}>{say("surge.person")}</Link>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={say("surge.back.of", { name: of.pseudonym })}
            onClick={() => void onBack()}
          >
            {say("surge.back")}
          </Button>
        </Group>
      )}
    </Card>
  );
}
