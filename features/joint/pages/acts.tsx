// Ways out of a space: declining, withdrawing, removing a party, and confirming at the end what was kept.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, ChoiceField, LongTextField, Problem, useWords } from "@simpul/doors/web";
import type { SpaceView } from "../contract.ts";
import { useAct } from "./data.ts";

const ways = ["confirm", "decline", "resume", "suspend", "withdraw", "remove"] as const;
type Way = (typeof ways)[number];

export function Ends({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState<Way | null>(null);
  const may = ways.filter((one) => view.may.includes(one));
  return (
    <>
      {may.map((way) => (
        <Button
          key={way}
          variant={way === "confirm" ? "filled" : "default"}
          aria-expanded={open === way}
          onClick={() => setOpen(open === way ? null : way)}
        >
          {say(`joint.act.${way}`)}
        </Button>
      ))}
      {open !== null && open !== "confirm" && (
        <Word key={open} way={open} view={view} close={() => setOpen(null)} />
      )}
      {open === "confirm" && <Confirm view={view} close={() => setOpen(null)} />}
    </>
  );
}

/** Why, and for whom; then a second factor, for it binds the state. */
function Word({
  way,
  view,
  close,
}: {
  way: Exclude<Way, "confirm">;
  view: SpaceView;
  close: () => void;
}): ReactNode {
  const { say, state } = useWords();
  const { busy, fault, run } = useAct();
  const [reason, setReason] = useState("");
  const [party, setParty] = useState<string | null>(null);
  const others = view.parties.filter((one) => one.stands === "in" && one.state !== view.own);
  const ready = reason.trim().length >= 3 && (way !== "remove" || party !== null);
  async function act(): Promise<void> {
    const body = { reason: reason.trim(), ...(way === "remove" ? { party } : {}) };
    if (await run(() => api.post(`/api/joint/${view.id}/${way}`, body))) close();
  }
  return (
    <form
      style={{ flexBasis: "100%" }}
      onSubmit={(event) => {
        event.preventDefault();
        void act();
      }}
    >
      <Stack gap="sm" maw="36rem">
        <Text size="sm">{say(`joint.act.${way}.text`)}</Text>
        {way === "remove" && (
          <ChoiceField
            label={say("joint.which")}
            required
            value={party}
            choices={others.map((one) => ({ value: one.state, label: state(one.state) }))}
            onChange={setParty}
          />
        )}
        <LongTextField
          label={say("joint.why")}
          hint={say("joint.why.hint")}
          required
          rows={2}
          maxLength={4000}
          value={reason}
          onChange={setReason}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group gap="xs">
          <Button type="submit" loading={busy} disabled={!ready}>
            {say(`joint.act.${way}`)}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("joint.notNow")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** First the copy, then the signature over its list; after that nothing is left here to download. */
function Confirm({ view, close }: { view: SpaceView; close: () => void }): ReactNode {
  const { say } = useWords();
  const { busy, fault, run } = useAct();
  const [digest, setDigest] = useState<string | null>(null);
  const download = (): Promise<boolean> =>
    run(async () => {
      const whole = await api.get<{ digest: string }>(`/api/joint/${view.id}/export`);
      const file = new Blob([JSON.stringify(whole, null, 2)], { type: "application/json" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `joint-${view.id}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      setDigest(whole.digest);
    });
  async function sign(): Promise<void> {
    if (await run(() => api.post(`/api/joint/${view.id}/confirm`, { digest }))) close();
  }
  return (
    <Stack gap="sm" maw="36rem" style={{ flexBasis: "100%" }}>
      <Text size="sm">{say("joint.act.confirm.text")}</Text>
      <Group gap="xs">
        <Button variant="default" loading={busy && digest === null} onClick={() => void download()}>
          {say("joint.download")}
        </Button>
        <Button disabled={digest === null} loading={busy && digest !== null} onClick={() => void sign()}>
          {say("joint.confirmSign")}
        </Button>
      </Group>
      {digest !== null && (
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {say("joint.listDigest", { digest })}
        </Text>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Stack>
  );
}
