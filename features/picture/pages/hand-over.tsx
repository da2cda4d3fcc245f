// The victim desk counts its own month, while it is open, and hands over protected tables alone.
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LongTextField,
  PageHead,
  Problem,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import type { DeskView } from "../contract.ts";
import { useAct, useMonth } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["picture"]);
  const query = useQuery({
    queryKey: ["picture", "desk"],
    queryFn: ({ signal }) => api.get<DeskView>("/api/picture/desk", { signal }),
  });
  return (
    <>
      <PageHead title={say("picture.handOver")} back={{ to: "/picture", label: say("picture.room") }} />
      <Gate>
        <Awaited query={query} back="/picture">
          {(view) => (
            <Stack gap="md" maw="44rem">
              <Text size="sm">{say("picture.handOver.text")}</Text>
              <Month view={view} />
              <Before of={view.handed} />
            </Stack>
          )}
        </Awaited>
      </Gate>
    </>
  );
}

function Month({ view }: { view: DeskView }): ReactNode {
  const { say } = useWords();
  const month = useMonth();
  const act = useAct();
  const [reason, setReason] = useState("");
  const [again, setAgain] = useState(false);
  const named = month(view.month);
  const send = (why: string): void =>
    void act
      .run(() => api.post("/api/picture/hand-over", { month: view.month, reason: why }))
      .then((done) => {
        if (done) setAgain(false);
      });
  return (
    <Stack gap="xs">
      {act.fault !== null && <Problem fault={act.fault} />}
      {view.missing.length > 0 ? (
        <>
          <ul>
            {view.missing.map((one) => (
              <li key={one}>{say(`picture.figure.${one}`)}</li>
            ))}
          </ul>
          <div className="s-acts s-noprint">
            <Button loading={act.busy} onClick={() => send("")}>
              {say("picture.handOver.act", { month: named })}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Text>{say("picture.handOver.done", { month: named })}</Text>
          {again ? (
            <>
              <LongTextField
                label={say("picture.reason")}
                rows={2}
                maxLength={1000}
                value={reason}
                onChange={setReason}
              />
              <Group>
                <Button
                  loading={act.busy}
                  disabled={reason.trim().length < 3}
                  onClick={() => send(reason.trim())}
                >
                  {say("picture.handOver.again", { month: named })}
                </Button>
              </Group>
            </>
          ) : (
            <Group>
              <Button variant="default" onClick={() => setAgain(true)}>
                {say("picture.handOver.again", { month: named })}
              </Button>
            </Group>
          )}
        </>
      )}
    </Stack>
  );
}

function Before({ of }: { of: DeskView["handed"] }): ReactNode {
  const { say, date } = useWords();
  const month = useMonth();
  if (of.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {say("picture.handOver.none")}
      </Text>
    );
  return (
    <Table className="s-table" aria-label={say("picture.handOver.before")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{say("picture.left.figure")}</Table.Th>
          <Table.Th scope="col">{say("picture.left.month")}</Table.Th>
          <Table.Th scope="col">{say("picture.handOver.before")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.map((one) => (
          <Table.Tr key={one.figure + one.at}>
            <Table.Td data-main data-label={say("picture.left.figure")}>
              {say(`picture.figure.${one.figure}`)}
            </Table.Td>
            <Table.Td data-label={say("picture.left.month")}>{month(one.month)}</Table.Td>
            <Table.Td data-label={say("picture.handOver.before")}>{date(one.at)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
