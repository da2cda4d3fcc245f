// What the pages of the emergency desk share: the closed desk, whom to call, marks of a message, an act with its fault.
import { Button, Card, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  LongTextField,
  Problem,
  Refused,
  StateTag,
  useActing,
  useLive,
  useQuery,
  useWords,
  api,
} from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import "./distress.css";
import type { DeskState, MessageHead, RecipientView } from "../contract.ts";

export const useDesk = () => {
  useLive(["distress"]);
  return useQuery({
    queryKey: ["distress", "desk"],
    queryFn: ({ signal }) => api.get<DeskState>("/api/distress/desk", { signal }),
  });
};

export const isClosed = (fault: unknown): boolean => fault instanceof Refused && fault.code === "DESK_CLOSED";

/** What must be seen before anything else on the page. */
export function Box({
  title,
  urgent = false,
  children,
}: {
  title: string;
  urgent?: boolean;
  children: ReactNode;
}): ReactNode {
  return (
    <Card
      withBorder
      padding="md"
      component="section"
      className={urgent ? "d-urgent" : undefined}
      {...(urgent ? { role: "alert" } : {})}
    >
      <Title order={2} size="h6" mb={4}>
        {title}
      </Title>
      {children}
    </Card>
  );
}

/** Why she does it, as the second officer and the desk's own log read it. */
export function WhyField({ value, onChange }: { value: string; onChange(value: string): void }): ReactNode {
  const label = useWords().say("distress.why");
  return <LongTextField label={label} required rows={2} maxLength={2000} value={value} onChange={onChange} />;
}

/** What ends a form; where it was refused, why, and that what she wrote is still there. */
export function FormEnd({ fault, children }: { fault: unknown; children: ReactNode }): ReactNode {
  const { say } = useWords();
  return (
    <>
      {fault !== null && <Problem fault={fault} kept={say("distress.kept")} />}
      <Group>{children}</Group>
    </>
  );
}

/** The desk is closed for her: how many wait, and it opens in place. */
export function Closed(): ReactNode {
  const { say } = useWords();
  const desk = useDesk();
  return (
    <Box title={say("distress.closed")}>
      <Text size="sm" mb="sm">
        {(desk.data?.waiting ?? null) === null
          ? say("distress.notOnList")
          : say("distress.waiting", { count: desk.data?.waiting ?? 0 })}
      </Text>
      <Gate>{null}</Gate>
    </Box>
  );
}

/** Nobody looked for an hour and a half: numbers to call, the first first. */
export function CallNow(): ReactNode {
  const { say } = useWords();
  const desk = useDesk();
  if (desk.data?.call !== true) return null;
  return (
    <Box title={say("distress.callNow")} urgent>
      {desk.data.phones.length === 0 ? (
        <Text size="sm">{say("distress.noPhones")}</Text>
      ) : (
        <List size="sm">
          {desk.data.phones.map((one) => (
            <List.Item key={one.phone}>
              <bdi>{one.name}</bdi> <a href={`tel:${one.phone.replaceAll(/[^+\d]/g, "")}`}>{one.phone}</a>
            </List.Item>
          ))}
        </List>
      )}
    </Box>
  );
}

export function Marks({ of }: { of: MessageHead }): ReactNode {
  const { say, state } = useWords();
  return (
    <Group gap={6}>
      {of.danger !== null && of.danger !== "no" && of.danger !== "unknown" && (
        <StateTag tone="bad">{say(`distress.danger.${of.danger}`)}</StateTag>
      )}
      {of.child && <StateTag tone="bad">{say("distress.child")}</StateTag>}
      <StateTag tone={of.state === "waits" ? "waiting" : of.state === "closed" ? "plain" : "good"}>
        {say(`distress.state.${of.state}`)}
      </StateTag>
      {of.drafts > 0 && <StateTag tone="waiting">{say("distress.secondWaits")}</StateTag>}
      {of.from !== null && <StateTag>{state(of.from)}</StateTag>}
      {of.slowed && <StateTag>{say("distress.slowed")}</StateTag>}
    </Group>
  );
}

export const nameOf = (
  one: Pick<RecipientView, "to" | "name" | "agency">,
  words: { state(code: string): string; say(key: string, values: Record<string, string>): string },
): string =>
  one.to.kind === "state"
    ? words.say("distress.deskOf", { state: words.state(one.to.id) })
    : `${one.name}, ${one.agency}`;

/** A text to somebody, and the button that sends it to this door; the field is empty again once it has gone. */
export function Reply({
  to,
  label,
  send,
  rows,
  most,
}: {
  to: string;
  label: string;
  send: string;
  rows: number;
  most: number;
}): ReactNode {
  const { busy, fault, run } = useActing("distress");
  const [text, setText] = useState("");
  return (
    <Stack gap="sm">
      <LongTextField label={label} required rows={rows} maxLength={most} value={text} onChange={setText} />
      <FormEnd fault={fault}>
        <Button
          loading={busy}
          disabled={text.trim() === ""}
          onClick={() =>
            void run(() => api.post(to, { text: text.trim() })).then((done) => {
              if (done) setText("");
            })
          }
        >
          {send}
        </Button>
      </FormEnd>
    </Stack>
  );
}
