// Reading an item: its text beside what was found in it; the officer decides whose each is, by keys or by hand.
import { Alert, Button, Group, Mark, Paper, Select, SimpleGrid, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { holderRoles, type HolderRole } from "@simpul/model";
import {
  Awaited,
  HandlingBadge,
  PageHead,
  Progress,
  TimeText,
  api,
  useKeys,
  useLive,
  useParam,
  useQuery,
  useQueryClient,
  useTellProblem,
  useUndo,
  useWords,
} from "@simpul/doors/web";
import type { DecisionKind, Finding, FindingGroup, Item, Part, Story } from "../contract.ts";

const base = "/api/evidence/items";

export function Page(): ReactNode {
  const { say } = useWords();
  const id = useParam("item");
  useLive(["item"]);
  const item = useQuery({
    queryKey: ["item", id],
    queryFn: ({ signal }) => api.get<Item>(`${base}/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.reading.detection === "done" ? false : 1500),
  });
  return (
    <Awaited of={item}>
      {(found) => (
        <>
          <PageHead
            title={found.fileName}
            windowTitle={say("evidence.room")}
            back={{ to: "/evidence", label: say("evidence.room") }}
            marks={<HandlingBadge handling={found.handling} evaluation={found.evaluation} />}
          />
          {found.reading.refusal !== null && (
            <Alert>{say(`evidence.refusal.${found.reading.refusal.code}`)}</Alert>
          )}
          {["waiting", "reading"].includes(found.reading.state) && (
            <Progress label={say("evidence.reading.reading")} part={found.reading.progress} />
          )}
          {found.reading.warnings.map((warning) => (
            <Text key={warning.code} size="sm" c="dimmed">
              {say(`evidence.warning.${warning.code}`)}
            </Text>
          ))}
          {found.reading.kind === "image" && <Picture id={id} />}
          {found.reading.state === "ready" && <Beside item={found} />}
          <Custody id={id} />
        </>
      )}
    </Awaited>
  );
}

/** Blurred until she asks: nobody has to see what she did not come for. */
function Picture({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const [shown, setShown] = useState(false);
  if (!shown)
    return (
      <Button
        variant="default"
        onClick={() => {
          setShown(true);
        }}
      >
        {say("evidence.picture.show")}
      </Button>
    );
  return <img src={`${base}/${id}/picture`} alt="" width="100%" />;
}

function Beside({ item }: { item: Item }): ReactNode {
  const { say } = useWords();
  const [segment, setSegment] = useState(0);
  const [at, setAt] = useState(0);
  const [role, setRole] = useState<HolderRole>("unknown");
  const queries = useQueryClient();
  const undoable = useUndo();
  const tellProblem = useTellProblem();
  const shown = useQuery({
    queryKey: ["item", item.id, "segment", segment],
    queryFn: ({ signal }) =>
      api.get<{ parts: Part[]; findings: Finding[] }>(`${base}/${item.id}/reading/${segment}`, { signal }),
  });
  const groups = useQuery({
    queryKey: ["item", item.id, "findings"],
    queryFn: ({ signal }) => api.get<{ findings: FindingGroup[] }>(`${base}/${item.id}/findings`, { signal }),
  });
  const found = groups.data?.findings ?? [];
  const chosen = found[Math.min(at, found.length - 1)];

  const decide = async (one: FindingGroup | undefined, decision: DecisionKind): Promise<void> => {
    if (one === undefined) return;
    try {
      const needs = decision === "confirm" ? { role } : {};
      const body = { findings: [one.id], decision, alike: true, ...needs };
      const { act } = await api.post<{ act: string }>(`${base}/${item.id}/decisions`, body);
      await queries.invalidateQueries({ queryKey: ["item", item.id] });
      setAt((now) => now + 1);
      undoable({
        done: `${one.canonical}: ${say(`evidence.did.${decision}`)}`,
        undo: async () => {
          await api.delete(`${base}/${item.id}/decisions/${act}`);
          await queries.invalidateQueries({ queryKey: ["item", item.id] });
        },
      });
    } catch (fault) {
      tellProblem(fault);
    }
  };
  useKeys([
    { keys: "j", words: "evidence.key.next", run: () => setAt((now) => Math.min(now + 1, found.length - 1)) },
    { keys: "k", words: "evidence.key.before", run: () => setAt((now) => Math.max(now - 1, 0)) },
    { keys: "y", words: "evidence.did.confirm", run: () => void decide(chosen, "confirm") },
    { keys: "x", words: "evidence.did.reject", run: () => void decide(chosen, "reject") },
  ]);

  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack gap="xs">
        <Awaited of={shown}>
          {({ parts, findings }) =>
            parts.map((part) => (
              <Paper key={part.number} withBorder p="xs">
                {(part.sender ?? part.at ?? part.label) !== undefined && (
                  <Text size="xs" c="dimmed">
                    {[part.at?.replace("T", " "), part.sender, part.label].filter(Boolean).join(" · ")}
                  </Text>
                )}
                <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                  <Marked text={part.text} findings={findings.filter((one) => one.part === part.number)} />
                </Text>
              </Paper>
            ))
          }
        </Awaited>
        {item.reading.segments > 1 && (
          <Group>
            <Button variant="default" disabled={segment === 0} onClick={() => setSegment(segment - 1)}>
              {say("evidence.key.before")}
            </Button>
            <Text>
              {segment + 1} / {item.reading.segments}
            </Text>
            <Button
              variant="default"
              disabled={segment + 1 >= item.reading.segments}
              onClick={() => setSegment(segment + 1)}
            >
              {say("evidence.key.next")}
            </Button>
          </Group>
        )}
      </Stack>
      <Stack gap="xs">
        <Select
          label={say("evidence.whose")}
          data={holderRoles.map((one) => ({ value: one, label: say(`evidence.role.${one}`) }))}
          value={role}
          allowDeselect={false}
          onChange={(value) => {
            setRole(holderRoles.find((one) => one === value) ?? "unknown");
          }}
        />
        {found.map((one, i) => (
          <Paper
            key={one.id}
            withBorder
            p="xs"
            aria-current={one === chosen}
            bg={one === chosen ? "var(--mantine-color-default-hover)" : undefined}
            onClick={() => {
              setAt(i);
            }}
          >
            <Group justify="space-between">
              <div>
                <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                  {one.canonical}
                </Text>
                <Text size="xs">
                  {[
                    one.type,
                    `×${one.times}`,
                    one.valid ? null : say("evidence.invalid"),
                    ...one.states.map((state) => say(`evidence.state.${state}`)),
                    ...one.roles.map((of) => say(`evidence.role.${of}`)),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </Text>
              </div>
              <Group gap="xs">
                <Button size="compact-sm" disabled={!one.valid} onClick={() => void decide(one, "confirm")}>
                  {say("evidence.confirm")}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => void decide(one, "reject")}>
                  {say("evidence.reject")}
                </Button>
              </Group>
            </Group>
          </Paper>
        ))}
      </Stack>
    </SimpleGrid>
  );
}

/** The text with what was found marked; overlapping places are marked once. */
function Marked({ text, findings }: { text: string; findings: readonly Finding[] }): ReactNode {
  const pieces: ReactNode[] = [];
  let done = 0;
  for (const one of findings) {
    if (one.start < done || one.state === "rejected") continue;
    pieces.push(text.slice(done, one.start), <Mark key={one.id}>{text.slice(one.start, one.end)}</Mark>);
    done = one.end;
  }
  return [...pieces, text.slice(done)];
}

function Custody({ id }: { id: string }): ReactNode {
  const { say } = useWords();
  const story = useQuery({
    queryKey: ["item", id, "story"],
    queryFn: ({ signal }) =>
      api.get<Story & { names: Record<string, string> }>(`${base}/${id}/story`, { signal }),
  });
  return (
    <Awaited of={story}>
      {({ lines, intact, names, original }) => (
        <Stack gap="xs" mt="lg">
          <Text fw={600}>{say(intact ? "evidence.intact" : "evidence.broken")}</Text>
          <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
            SHA-256 {original}
          </Text>
          <Table>
            <Table.Tbody>
              {lines.map((line) => (
                <Table.Tr key={line.number}>
                  <Table.Td>{say(`evidence.event.${line.event}`)}</Table.Td>
                  <Table.Td>
                    <TimeText at={line.at} />
                  </Table.Td>
                  <Table.Td>{names[line.actor.slice(8)] ?? line.actor}</Table.Td>
                  <Table.Td>
                    {say(`evidence.proof.${line.proof}`)} {line.cosigners.join(", ")}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </Awaited>
  );
}
