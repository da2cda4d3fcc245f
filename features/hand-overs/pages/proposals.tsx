// What the former owner learned since: proposed from there, taken or left by the owner.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField, Problem, StateTag, TimeText, useWords } from "@simpul/doors/web";
import type { Proposal } from "../contract.ts";
import { Section, useAct, type View } from "./parts.tsx";

export function Proposals({ view }: { view: View }): ReactNode {
  const { say } = useWords();
  if (view.proposals.length === 0 && !view.may.includes("propose")) return null;
  return (
    <Section title={say("hand-overs.proposals")}>
      <Stack gap="sm">
        {view.proposals.map((one) => (
          <One key={one.id} view={view} one={one} />
        ))}
        {view.may.includes("propose") && <Propose id={view.id} />}
      </Stack>
    </Section>
  );
}

function One({ view, one }: { view: View; one: Proposal }): ReactNode {
  const { say } = useWords();
  const by = one.by === null ? null : (view.names[one.by] ?? null);
  return (
    <Card withBorder padding="sm">
      <Text lang={one.language} style={{ whiteSpace: "pre-wrap" }}>
        {one.text}
      </Text>
      <Group gap="xs" mt={4}>
        <StateTag tone={one.state === "open" ? "waiting" : one.state === "taken" ? "good" : "plain"}>
          {say(`hand-overs.proposal.${one.state}`)}
        </StateTag>
        <Text size="sm" c="dimmed" component="div">
          {by !== null && `${by}, `}
          <TimeText at={one.at} />
        </Text>
      </Group>
      {one.answer !== "" && <Text size="sm">{one.answer}</Text>}
      {!one.ours && one.state === "open" && view.may.includes("settle") && <Settle view={view} one={one} />}
    </Card>
  );
}

/** She takes it into the case by her own hand, and says so; or leaves it out and says why. */
function Settle({ view, one }: { view: View; one: Proposal }): ReactNode {
  const { say } = useWords();
  const act = useAct(view.id);
  const [why, setWhy] = useState("");
  const send = (taken: boolean): void =>
    void act.run("settle", { proposal: one.id, taken, text: why.trim() });
  return (
    <Stack gap="xs" mt="sm" className="s-noprint">
      <LongTextField
        label={say("hand-overs.proposal.why")}
        rows={2}
        maxLength={4000}
        value={why}
        onChange={setWhy}
      />
      {act.fault !== null && <Problem fault={act.fault} kept={say("hand-overs.kept")} />}
      <Group gap="xs">
        <Button size="xs" loading={act.busy} onClick={() => send(true)}>
          {say("hand-overs.proposal.take")}
        </Button>
        <Button size="xs" variant="default" disabled={why.trim() === ""} onClick={() => send(false)}>
          {say("hand-overs.proposal.leave")}
        </Button>
      </Group>
    </Stack>
  );
}

function Propose({ id }: { id: string }): ReactNode {
  const { say, locale } = useWords();
  const act = useAct(id);
  const [text, setText] = useState("");
  return (
    <Stack gap="xs" className="s-noprint">
      <LongTextField
        label={say("hand-overs.proposal.text")}
        hint={say("hand-overs.summary.hint")}
        rows={3}
        maxLength={8000}
        value={text}
        onChange={setText}
      />
      {act.fault !== null && <Problem fault={act.fault} kept={say("hand-overs.kept")} />}
      <div className="s-acts">
        <Button
          variant="default"
          loading={act.busy}
          disabled={text.trim() === ""}
          onClick={() =>
            void act.run("proposals", { text: text.trim(), language: locale }).then((done) => {
              if (done) setText("");
            })
          }
        >
          {say("hand-overs.proposal.send")}
        </Button>
      </div>
    </Stack>
  );
}
