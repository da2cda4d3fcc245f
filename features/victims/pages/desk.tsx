// The keys of the desk: who is in, who waits to be let in, passkeys, the recovery sheet, another key when somebody leaves.
import { Alert, Button, Card, Code, Group, List, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  PageHead,
  Problem,
  SecretField,
  StateTag,
  TextField,
  api,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { DeskView } from "../contract.ts";
import { Closed, NewWords, useDesk } from "./gate.tsx";
import { NoPrf, newPrf } from "./prf.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  const query = useDesk();
  const [close] = useAct();
  return (
    <>
      <PageHead
        title={say("victims.desk")}
        back={{ to: "/victims", label: say("victims.room") }}
        {...(query.data?.state === "open"
          ? {
              act: (
                <Button variant="default" onClick={() => close(() => api.post("/api/victims/desk/close"))}>
                  {say("victims.desk.close")}
                </Button>
              ),
            }
          : {})}
      />
      <Awaited query={query}>
        {(desk) => (
          <Stack gap="lg" maw="44rem">
            {desk.state !== "open" && <Closed desk={desk} />}
            {desk.unread > 0 && (
              <Alert color="red" title={say("victims.desk.unread", { count: desk.unread })} />
            )}
            {desk.state !== "none" && <Officers desk={desk} />}
            {desk.state === "open" && <Passkeys desk={desk} />}
            {desk.state === "open" && desk.supervises && <Sheet desk={desk} />}
            {desk.state === "open" && desk.supervises && <Leaves desk={desk} />}
            {(desk.state === "shut" || desk.state === "waits") && <Lost desk={desk} />}
          </Stack>
        )}
      </Awaited>
    </>
  );
}

function useAct(): [(act: () => Promise<unknown>) => void, unknown, boolean] {
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  return [
    (act) => {
      setBusy(true);
      setFault(null);
      void act()
        .then(() => queries.invalidateQueries({ queryKey: ["victims"] }))
        .catch(setFault)
        .finally(() => setBusy(false));
    },
    fault,
    busy,
  ];
}

function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
}

function Officers({ desk }: { desk: DeskView }): ReactNode {
  const { say } = useWords();
  return (
    <Part title={say("victims.desk.officers")}>
      <List listStyleType="none" spacing="sm">
        {desk.officers.map((one) => (
          <List.Item key={one.key}>
            {one.name}{" "}
            <StateTag tone={one.state === "in" ? "good" : "waiting"}>
              {say(`victims.officer.${one.state}`)}
            </StateTag>
            {one.state === "waits" && desk.state === "open" && !one.hers && (
              <LetIn officer={one.key} name={one.name} />
            )}
          </List.Item>
        ))}
      </List>
    </Part>
  );
}

/** She types what the other reads out; comparing by eye would soon be a click. */
function LetIn({ officer, name }: { officer: string; name: string }): ReactNode {
  const { say } = useWords();
  const [fingerprint, setFingerprint] = useState("");
  const [act, fault, busy] = useAct();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act(() => api.post(`/api/victims/desk/officers/${officer}/agree`, { fingerprint }));
      }}
    >
      <Stack gap="xs" mt="xs">
        <TextField
          label={say("victims.letIn.digits", { name })}
          hint={say("victims.letIn.hint")}
          maxLength={60}
          value={fingerprint}
          onChange={setFingerprint}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={busy}
            disabled={fingerprint.replaceAll(/\D/g, "").length !== 30}
          >
            {say("victims.letIn")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Passkeys({ desk }: { desk: DeskView }): ReactNode {
  const { say, date } = useWords();
  const [passphrase, setPassphrase] = useState("");
  const [act, fault, busy] = useAct();
  const known = desk.openers.filter(({ how }) => how === "passkey");
  return (
    <Part title={say("victims.passkeys")}>
      <Text size="sm">{say("victims.passkeys.text")}</Text>
      <List>
        {known.map((one) => (
          <List.Item key={one.id}>{say("victims.passkey.since", { day: date(one.at) })}</List.Item>
        ))}
      </List>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act(async () => {
            await api.post("/api/victims/desk/passkeys", { passphrase, ...(await newPrf()) });
            setPassphrase("");
          });
        }}
      >
        <Stack gap="xs">
          <SecretField label={say("victims.passphrase")} value={passphrase} onChange={setPassphrase} />
          {fault instanceof NoPrf ? (
            <Text role="alert">{say("victims.passkey.cannot")}</Text>
          ) : (
            fault !== null && <Problem fault={fault} />
          )}
          <Group>
            <Button
              type="submit"
              variant="default"
              loading={busy}
              disabled={passphrase.trim() === "" || !("credentials" in navigator)}
            >
              {say("victims.passkey.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Part>
  );
}

function Sheet({ desk }: { desk: DeskView }): ReactNode {
  const { say, date } = useWords();
  const [halves, setHalves] = useState<[string, string] | null>(null);
  const [act, fault, busy] = useAct();
  return (
    <Part title={say("victims.sheet")}>
      <Text size="sm">
        {desk.sheet === null
          ? say("victims.sheet.none")
          : say("victims.sheet.since", { day: date(desk.sheet) })}
      </Text>
      {halves?.map((half, nth) => (
        <div key={half} className="s-print-page">
          <Text fw={600}>{say("victims.sheet.half", { which: nth + 1 })}</Text>
          <Code block fz="lg">
            {half.replaceAll(/(.{34}) /g, "$1\n")}
          </Code>
        </div>
      ))}
      {halves !== null && <Text fw={600}>{say("victims.sheet.once")}</Text>}
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button
          variant="default"
          loading={busy}
          onClick={() =>
            act(async () => {
              const made = await api.post<{ halves: [string, string] }>("/api/victims/desk/sheet");
              setHalves(made.halves);
            })
          }
        >
          {say("victims.sheet.make")}
        </Button>
        {halves !== null && (
          <Button variant="default" onClick={() => window.print()}>
            {say("victims.print")}
          </Button>
        )}
      </Group>
    </Part>
  );
}

function Leaves({ desk }: { desk: DeskView }): ReactNode {
  const { say } = useWords();
  const [leaving, setLeaving] = useState<string | null>(null);
  const [act, fault, busy] = useAct();
  return (
    <Part title={say("victims.leaves")}>
      <Text size="sm">{say("victims.leaves.text")}</Text>
      <ChoiceField
        label={say("victims.leaves.who")}
        value={leaving}
        choices={desk.officers
          .filter(({ hers }) => !hers)
          .map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setLeaving}
      />
      {fault !== null && <Problem fault={fault} />}
      <Group>
        <Button
          variant="default"
          loading={busy}
          onClick={() =>
            act(async () => {
              await api.post("/api/victims/desk/change-key", { leaving });
              setLeaving(null);
            })
          }
        >
          {say("victims.leaves.act")}
        </Button>
      </Group>
    </Part>
  );
}

function Lost({ desk }: { desk: DeskView }): ReactNode {
  const { say } = useWords();
  const [half, setHalf] = useState("");
  const [act, fault, busy] = useAct();
  return (
    <>
      <Part title={say("victims.lost")}>
        <Text size="sm">{say("victims.lost.text")}</Text>
        <NewWords act={say("victims.lost.act")} path="ask" again />
      </Part>
      <Part title={say("victims.sheet.enter")}>
        <Text size="sm">{say("victims.sheet.enter.text")}</Text>
        {desk.half !== null && <Text>{say("victims.sheet.one", { which: desk.half })}</Text>}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            act(async () => {
              await api.post("/api/victims/desk/half", { half });
              setHalf("");
            });
          }}
        >
          <Stack gap="xs">
            <TextField label={say("victims.sheet.type")} maxLength={120} value={half} onChange={setHalf} />
            {fault !== null && <Problem fault={fault} />}
            <Group>
              <Button type="submit" variant="default" loading={busy} disabled={half.trim() === ""}>
                {say("victims.sheet.enter.act")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Part>
    </>
  );
}
