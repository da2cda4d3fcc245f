// For the contact point and oversight: which state asked how much, how near to its limits, and the switch that ends it.
import { Button, Group, Modal, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  ListTable,
  LongTextField,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { Alarm, AnsweredEntry, AnsweredView, PeerUsage } from "../contract.ts";
import { useBecause, Who, type Named } from "./data.tsx";

type View = Named<AnsweredView>;

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["answered"]);
  const query = useQuery({
    queryKey: ["answered"],
    queryFn: ({ signal }) => api.get<View>("/api/checks/answered", { signal }),
  });
  return (
    <>
      <PageHead title={say("checks.answered.title")} back={{ to: "/check", label: say("checks.room") }} />
      <Awaited query={query} back="/check">
        {(view) => (
          <Stack gap="lg">
            <Text maw="44rem">{say("checks.answered.text")}</Text>
            {view.alarms.length > 0 && <Alarms view={view} />}
            <Peers view={view} />
            <Entries entries={view.entries} />
            <Index view={view} />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Alarms({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const because = useBecause();
  const words = (alarm: Alarm): string =>
    say(`checks.alarm.${alarm.kind}`, {
      count: alarm.facts["count"] ?? 0,
      month: alarm.facts["month"] ?? "",
      reference: alarm.facts["reference"] ?? "",
    });
  return (
    <Section title={say("checks.alarms")}>
      <ListTable
        label={say("checks.alarms")}
        columns={[say("checks.alarm"), say("checks.alarm.who"), say("checks.alarm.at")]}
      >
        {view.alarms.map((alarm) => (
          <Table.Tr key={alarm.id}>
            <Table.Td data-main>
              {words(alarm)} {typeof alarm.facts["because"] === "string" && because(alarm.facts["because"])}
            </Table.Td>
            <Table.Td data-label={say("checks.alarm.who")}>
              {alarm.node !== null && state(alarm.node)}
              {alarm.officer !== null && <Who id={alarm.officer} names={view.names} />}
              {alarm.check !== null && (
                <>
                  {" "}
                  <Link to={`/check/${alarm.check}`}>{say("checks.alarm.check")}</Link>
                </>
              )}
            </Table.Td>
            <Table.Td data-label={say("checks.alarm.at")}>
              <TimeText at={alarm.at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </ListTable>
    </Section>
  );
}

function Peers({ view }: { view: View }): ReactNode {
  const { say, state } = useWords();
  const heads = ["state", "today", "month", "cases", "compared"].map((one) => say(`checks.peers.${one}`));
  return (
    <Section title={say("checks.peers")}>
      {view.peers.length === 0 ? (
        <Text>{say("checks.peers.none")}</Text>
      ) : (
        <ListTable
          label={say("checks.peers")}
          columns={[...heads, ...(view.maySwitch ? [say("checks.peers.switch")] : [])]}
        >
          {view.peers.map((peer) => (
            <Table.Tr key={peer.node}>
              <Table.Td data-main>
                {state(peer.node)}{" "}
                <StateTag tone={peer.stopped ? "bad" : "good"}>
                  {say(peer.stopped ? "checks.peers.off" : "checks.peers.on")}
                </StateTag>
                {peer.stopped && (
                  <Text size="sm" fw={400}>
                    {peer.reason} · <Who id={peer.switchedBy} names={view.names} /> ·{" "}
                    <TimeText at={peer.switchedAt} />
                  </Text>
                )}
              </Table.Td>
              <Table.Td data-label={heads[1]}>
                {say("checks.peers.ofLimit", { count: peer.today, limit: peer.limits.perDay })}
              </Table.Td>
              <Table.Td data-label={heads[2]}>{peer.month}</Table.Td>
              <Table.Td data-label={heads[3]}>{peer.cases}</Table.Td>
              <Table.Td data-label={heads[4]}>
                <Compared of={peer.compared} />
              </Table.Td>
              {view.maySwitch && (
                <Table.Td className="s-noprint">
                  <Switch peer={peer} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </ListTable>
      )}
    </Section>
  );
}

function Compared({ of }: { of: PeerUsage["compared"] }): ReactNode {
  const { say } = useWords();
  if (of === null) return say("checks.compared.notYet");
  return (
    <span>
      {of.month}:{" "}
      {say(of.alike ? "checks.compared.alike" : "checks.compared.differs", {
        ours: of.ours,
        theirs: of.theirs,
      })}
    </span>
  );
}

/** HIT-5: with a reason and a fresh passkey; the node asks for it. */
function Switch({ peer }: { peer: PeerUsage }): ReactNode {
  const { say, state } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const word = say(peer.stopped ? "checks.switch.on" : "checks.switch.off", { state: state(peer.node) });

  async function act(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/checks/answered/${peer.node}/switch`, { stopped: !peer.stopped, reason });
      await queries.invalidateQueries({ queryKey: ["answered"] });
      setOpen(false);
      setReason("");
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {word}
      </Button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={word}
        closeButtonProps={{ "aria-label": say("web.close") }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void act();
          }}
        >
          <Stack gap="md">
            <Text size="sm">{say(peer.stopped ? "checks.switch.on.text" : "checks.switch.off.text")}</Text>
            <LongTextField
              label={say("checks.switch.reason")}
              required
              rows={2}
              maxLength={1000}
              value={reason}
              onChange={setReason}
            />
            {fault !== null && <Problem fault={fault} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {say("web.cancel")}
              </Button>
              <Button type="submit" loading={busy} disabled={reason.trim().length < 3}>
                {word}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

function Entries({ entries }: { entries: readonly AnsweredEntry[] }): ReactNode {
  const { say, state, sayOne, list } = useWords();
  const because = useBecause();
  const heads = ["who", "what", "why", "outcome", "at"].map((one) => say(`checks.entries.${one}`));
  const title = say("checks.entries");
  if (entries.length === 0)
    return (
      <Section title={title}>
        <Empty title={say("checks.entries.none")} />
      </Section>
    );
  return (
    <Section title={title}>
      <ListTable label={title} columns={heads}>
        {entries.map((one) => (
          <Table.Tr key={`${one.node} ${one.id}`}>
            <Table.Td data-main>
              {state(one.node)}
              <Text size="xs" c="dimmed" fw={400}>
                {say("checks.entries.case", {
                  commitment: one.commitment.slice(0, 8),
                  officer: one.operator.slice(0, 6),
                })}
              </Text>
            </Table.Td>
            <Table.Td data-label={heads[1]}>
              {list(
                Object.entries(one.types).map(([type, count]) => `${count} × ${say(`selector.${type}`)}`),
              )}
            </Table.Td>
            <Table.Td data-label={heads[2]}>
              {sayOne([`cases.crime.${one.offence}`]) ?? one.offence} · {one.legalBasis}
              {one.supervised && ` · ${say("checks.entries.supervised")}`}
            </Table.Td>
            <Table.Td data-label={heads[3]}>
              {say(`checks.outcome.${one.outcome}`)}
              {one.because !== null && ` (${because(one.because) ?? ""})`}
            </Table.Td>
            <Table.Td data-label={heads[4]}>
              <TimeText at={one.at} other={one.node} />
            </Table.Td>
          </Table.Tr>
        ))}
      </ListTable>
    </Section>
  );
}

function Index({ view }: { view: View }): ReactNode {
  const { say, number, list } = useWords();
  const some = view.index.filter((one) => one.records > 0);
  return (
    <Section title={say("checks.index")}>
      <Text maw="44rem">
        {some.length === 0
          ? say("checks.index.none")
          : say("checks.index.text", {
              list: list(some.map((one) => `${number(one.records)} × ${say(`selector.${one.type}`)}`)),
            })}
      </Text>
    </Section>
  );
}
