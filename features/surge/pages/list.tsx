// One list: how far it is, what contradicts it, its rows as people; what her embassy may know is kept for those chosen.
import { Button, Checkbox, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Guided,
  Link,
  LinkButton,
  LongTextField,
  PageHead,
  Problem,
  Progress,
  api,
  useLive,
  useParam,
  useWords,
} from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import type { ListRow, ListView, RowIssue } from "../contract.ts";
import { Issues, Totals } from "./said.tsx";
import { useStateName } from "./states.tsx";
import "./surge.css";

const shownAtOnce = 200;

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["victims"]);
  return (
    <Gate>
      <List back={{ to: "/surge?tab=lists", label: say("surge.room") }} />
    </Gate>
  );
}

function List({ back }: { back: { to: string; label: string } }): ReactNode {
  const id = useParam("id");
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-list", id],
    queryFn: ({ signal }) => api.get<ListView>(`/api/surge/lists/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/surge">
      {(view) => (
        <>
          <PageHead
            title={<bdi>{view.name}</bdi>}
            windowTitle={say("surge.room")}
            back={back}
            act={
              <LinkButton to={`/surge/wristbands/${id}`} variant="default">
                {say("surge.wristbands")}
              </LinkButton>
            }
          />
          <Shown view={view} />
        </>
      )}
    </Awaited>
  );
}

function Shown({ view }: { view: ListView }): ReactNode {
  const words = useWords();
  const { say } = words;
  const named = useStateName();
  const [issue, setIssue] = useState<RowIssue | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = view.people.filter((row) => issue === null || row.issues.includes(issue));
  const shown = rows.slice(0, shownAtOnce);
  const may = shown.flatMap((row) => row.person ?? []);
  function choose(ids: readonly string[], on: boolean): void {
    const next = new Set(chosen);
    for (const one of ids) {
      if (on) next.add(one);
      else next.delete(one);
    }
    setChosen(next);
  }
  const nameOf = (row: ListRow): string => (row.name === "" ? `${say("surge.row")} ${row.row}` : row.name);
  return (
    <Stack gap="md">
      {view.state === "done" ? (
        <Text>{say("surge.list.state.done", { rows: words.number(view.rows) })}</Text>
      ) : (
        <Progress
          says={say(`surge.list.state.${view.state}`, { done: view.done, rows: view.rows })}
          part={view.done / view.rows}
        />
      )}
      <div className="su-two">
        <Totals of={view} />
        <Issues of={view.issues} chosen={issue} onChoose={setIssue} />
      </div>
      {chosen.size > 0 && <Word people={[...chosen]} onDone={() => setChosen(new Set())} />}
      <Table className="su-rows" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="s-noprint">
              <Checkbox
                aria-label={say("surge.issues.all")}
                checked={may.length > 0 && may.every((one) => chosen.has(one))}
                onChange={(event) => choose(may, event.currentTarget.checked)}
              />
            </Table.Th>
            <Table.Th ta="end">{say("surge.row")}</Table.Th>
            <Table.Th>{say("surge.name")}</Table.Th>
            <Table.Th>{say("surge.nationality")}</Table.Th>
            <Table.Th>{say("surge.born")}</Table.Th>
            <Table.Th>{say("surge.reference")}</Table.Th>
            <Table.Th>{say("surge.issues")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row, i) => (
            <Table.Tr key={`${row.row} ${i}`}>
              <Table.Td className="s-noprint">
                {row.person !== null && (
                  <Checkbox
                    aria-label={say("surge.choose", { name: nameOf(row) })}
                    checked={chosen.has(row.person)}
                    onChange={(event) => choose([row.person!], event.currentTarget.checked)}
                  />
                )}
              </Table.Td>
              <Table.Td ta="end">{row.row}</Table.Td>
              <Table.Td>
                <bdi>{row.name === "" ? "–" : row.name}</bdi>
              </Table.Td>
              <Table.Td>{row.nationality === null ? "–" : named(row.nationality)}</Table.Td>
              <Table.Td>{row.born === "" ? "–" : row.born}</Table.Td>
              <Table.Td>
                {row.person !== null && <Link to={`/victims/${row.person}`}>{row.pseudonym}</Link>}
              </Table.Td>
              <Table.Td>
                <span className="su-quiet">
                  {row.issues.map((one) => say(`surge.issue.${one}`)).join(" · ")}
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > shown.length && (
        <Text size="sm" c="dimmed">
          {say("surge.more", { count: words.number(rows.length - shown.length) })}
        </Text>
      )}
    </Stack>
  );
}

const fields = ["name", "born", "sex", "document"] as const;

/** Nothing is ticked beforehand: what she allowed is what she said. */
function Word({ people, onDone }: { people: string[]; onDone: () => void }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [allow, setAllow] = useState<boolean | null>(null);
  const [told, setTold] = useState<readonly string[]>([]);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  async function keep(): Promise<void> {
    try {
      for (let at = 0; at < people.length; at += 500)
        await api.post("/api/surge/embassy-word", {
          people: people.slice(at, at + 500),
          word: { allow, fields: allow ? told : [], reason: reason.trim() },
        });
      await queries.invalidateQueries({ queryKey: ["victims"] });
      onDone();
    } catch (no) {
      setFault(no);
    }
  }
  const ready = allow !== null && reason.trim().length >= 3 && (!allow || told.length > 0);
  return (
    <section className="su-word">
      <Guided by="surge.guide.word">
        <Text fw={600} component="h2" size="md">
          {say("surge.word")}
        </Text>
        <Text size="sm" role="status">
          {say("surge.word.chosen", { count: people.length })}
        </Text>
        <Group gap="xs" my="xs">
          {([true, false] as const).map((which) => (
            <Button
              key={String(which)}
              size="compact-md"
              variant={allow === which ? "filled" : "default"}
              aria-pressed={allow === which}
              onClick={() => setAllow(which)}
            >
              {say(which ? "surge.word.yes" : "surge.word.no")}
            </Button>
          ))}
        </Group>
        {allow === true && (
          <Checkbox.Group value={[...told]} onChange={setTold}>
            <Group gap="md" mb="xs">
              {fields.map((one) => (
                <Checkbox key={one} value={one} label={say(`surge.field.${one}`)} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <LongTextField
          label={say("surge.word.reason")}
          required
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={setReason}
        />
        <Group mt="xs">
          <Button disabled={!ready} onClick={() => void keep()}>
            {say("surge.word.keep")}
          </Button>
        </Group>
        {fault !== null && <Problem fault={fault} />}
      </Guided>
    </section>
  );
}
