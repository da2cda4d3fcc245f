// What left of the figures and what states said to it, asked back where it must be, and what of the budget is spent.
import { Button, Group, Progress as Bar, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, LongTextField, Problem, StateTag, useWords } from "@simpul/doors/web";
import { definitionOf, type Left, type WorkView } from "../contract.ts";
import { useAct, useMonth } from "./parts.tsx";
import "./picture.css";

/** An act that asks why. */
export function Because({
  label,
  send,
}: {
  label: string;
  send: (reason: string) => Promise<unknown>;
}): ReactNode {
  const { say } = useWords();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (!open)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
    );
  return (
    <form
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void act
          .run(() => send(reason.trim()))
          .then((done) => {
            if (done) setOpen(false);
          });
      }}
    >
      <Stack gap="xs">
        <LongTextField
          label={say("picture.reason")}
          rows={2}
          maxLength={1000}
          required
          value={reason}
          onChange={setReason}
        />
        {act.fault !== null && <Problem fault={act.fault} />}
        <Group gap="xs">
          <Button size="compact-sm" type="submit" disabled={reason.trim().length < 3} loading={act.busy}>
            {label}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(false)}>
            {say("picture.hide")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Budgets({ of }: { of: WorkView["budget"] }): ReactNode {
  const { say } = useWords();
  const { locale } = useWords();
  const epsilon = (value: number): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).format(value / 1000);
  return (
    <section aria-label={say("picture.budget")}>
      <Title order={2} size="h5">
        {say("picture.budget")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say("picture.budget.text")}
      </Text>
      <Stack gap="xs">
        {of.map(({ unit, spent, limit }) => {
          const says = say("picture.budget.of", {
            ...{ spent: epsilon(spent), limit: epsilon(limit), left: epsilon(limit - spent) },
          });
          return (
            <div key={unit}>
              <Text size="sm">
                {say(`picture.unit.${unit}`)}: {says}
              </Text>
              <Bar value={(spent / limit) * 100} aria-label={`${say(`picture.unit.${unit}`)}: ${says}`} />
            </div>
          );
        })}
      </Stack>
    </section>
  );
}

const faults = ["COUNTS_IMPOSSIBLE", "UNKNOWN_DEFINITION", "CONTRADICTED", "MONTH_NOT_OVER"];

export function LeftTables({ of }: { of: readonly Left[] }): ReactNode {
  const { say, state } = useWords();
  const month = useMonth();
  if (of.length === 0) return null;
  const told = (one: Left["told"][number]): string =>
    say(`picture.told.${one.state}`, {
      state: state(one.peer),
      why: say(`picture.fault.${faults.includes(one.code ?? "") ? one.code! : "other"}`),
    });
  return (
    <section aria-label={say("picture.left")}>
      <Title order={2} size="h5" mb="xs">
        {say("picture.left")}
      </Title>
      <div className="s-scroll" tabIndex={0} role="region" aria-label={say("picture.left")}>
        <Table className="s-table" aria-label={say("picture.left")}>
          <Table.Thead>
            <Table.Tr>
              {["figure", "month", "by", "told"].map((one) => (
                <Table.Th key={one} scope="col">
                  {say(`picture.left.${one}`)}
                </Table.Th>
              ))}
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td data-main data-label={say("picture.left.figure")}>
                  {say(`picture.figure.${one.figure}`)}{" "}
                  <StateTag tone={one.endedAt === null ? "good" : "plain"}>
                    {say(one.endedAt === null ? "picture.stands" : "picture.ended")}
                  </StateTag>
                </Table.Td>
                <Table.Td data-label={say("picture.left.month")}>{month(one.month)}</Table.Td>
                <Table.Td data-label={say("picture.left.by")}>
                  {one.proposedBy}, {one.releasedBy}
                </Table.Td>
                <Table.Td data-label={say("picture.left.told")}>
                  {one.told.map((each) => (
                    <Text key={each.peer} size="sm">
                      {told(each)}
                    </Text>
                  ))}
                </Table.Td>
                <Table.Td className="s-noprint">
                  {one.endedAt === null && (
                    <Group gap={4}>
                      {definitionOf(one.figure, one.definition)?.counts === "node" && (
                        <Because
                          label={say("picture.correct")}
                          send={(reason) => api.post(`/api/picture/releases/${one.id}/correct`, { reason })}
                        />
                      )}
                      <Because
                        label={say("picture.callBack")}
                        send={(reason) => api.post(`/api/picture/releases/${one.id}/call-back`, { reason })}
                      />
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
