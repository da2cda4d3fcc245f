// Two officers wrote into the same field of a draft: both values side by side, one is chosen, neither is lost.
import { Alert, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem, TimeText, api, useWords } from "@simpul/doors/web";
import type { Names } from "../../cases/contract.ts";
import type { Beside, Saved } from "../contract.ts";
import { useAct } from "./data.ts";
import { plainWho } from "./texts.tsx";

export function BesideList<T extends object>({
  request,
  of,
  standing,
  names,
  onSettled,
}: {
  request: string;
  of: readonly Beside[];
  /** The draft as it stands. */
  standing: T;
  names: Names | undefined;
  onSettled: (answer: Saved<T>) => void;
}): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  if (of.length === 0) return null;
  const settle = (beside: string, take: boolean) =>
    run(async () => onSettled(await api.post<Saved<T>>(`/api/requests/${request}/beside`, { beside, take })));
  return (
    <Alert variant="default" className="s-problem" title={say("requests.beside.title")} maw="44rem">
      <Stack gap="md">
        <Text size="sm">{say("requests.beside.text")}</Text>
        {fault !== null && <Problem fault={fault} />}
        {of.map((one) => {
          const who =
            names === undefined
              ? say("requests.somebody")
              : plainWho(one.by, names, say("requests.somebody"));
          const field = say(`requests.field.${one.field}`);
          return (
            <SimpleGrid cols={{ base: 1, sm: 2 }} key={one.id} role="group" aria-label={field}>
              <Value label={say("requests.beside.stands", { field })} value={(standing as Fields)[one.field]}>
                <Button variant="default" loading={busy} onClick={() => void settle(one.id, false)}>
                  {say("requests.beside.keep")}
                </Button>
              </Value>
              <Value label={say("requests.beside.other", { who })} at={one.at} value={one.value}>
                <Button variant="default" loading={busy} onClick={() => void settle(one.id, true)}>
                  {say("requests.beside.take")}
                </Button>
              </Value>
            </SimpleGrid>
          );
        })}
      </Stack>
    </Alert>
  );
}
type Fields = Record<string, unknown>;

function Value({
  label,
  at,
  value,
  children,
}: {
  label: string;
  at?: string;
  value: unknown;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={600}>
        {label} {at !== undefined && <TimeText at={at} ago />}
      </Text>
      <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {inWords(value, say)}
      </Text>
      <Group>{children}</Group>
    </Stack>
  );
}

/** A field as it is read: its own text, those of its parts, or how many there are. */
function inWords(value: unknown, say: ReturnType<typeof useWords>["say"]): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return say(value ? "requests.yes" : "requests.no");
  if (Array.isArray(value)) {
    const texts = value.flatMap((one: unknown) =>
      typeof one === "string"
        ? [one]
        : typeof one === "object" && one !== null && "text" in one && typeof one.text === "string"
          ? [one.text]
          : [],
    );
    return texts.length === value.length && texts.length > 0
      ? texts.join("\n\n")
      : say("requests.beside.count", { count: value.length });
  }
  return JSON.stringify(value);
}
