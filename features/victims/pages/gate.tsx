// Stands before every page of the compartment: opens the desk in place, and the page follows.
import { Alert, Button, Code, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  Link,
  Problem,
  SecretField,
  api,
  useLive,
  useQuery,
  useQueryClient,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { DeskView } from "../contract.ts";
import { prfOf } from "./prf.ts";

export function useDesk() {
  const { node } = useSession();
  useLive(["victims"]);
  return useQuery({
    queryKey: ["victims", node.code, "desk"],
    queryFn: ({ signal }) => api.get<DeskView>("/api/victims/desk", { signal }),
    // Whether it closed meanwhile is seen before somebody types into a closed desk.
    refetchInterval: 60_000,
  });
}

export function Gate({ children }: { children: ReactNode }): ReactNode {
  const query = useDesk();
  return (
    <Awaited query={query}>{(desk) => (desk.state === "open" ? children : <Closed desk={desk} />)}</Awaited>
  );
}

/** What the desk needs of her next; one act. */
export function Closed({ desk }: { desk: DeskView }): ReactNode {
  const { say } = useWords();
  const mine = desk.officers.find(({ hers }) => hers);
  return (
    <Stack gap="md" maw="34rem">
      <Text>{say(`victims.gate.${desk.state}`)}</Text>
      {desk.state === "shut" && <Open desk={desk} />}
      {desk.state === "none" && desk.supervises && <NewWords act={say("victims.gate.found")} path="found" />}
      {desk.state === "stranger" && <NewWords act={say("victims.gate.ask")} path="ask" />}
      {desk.state === "waits" && mine !== undefined && (
        <Alert title={say("victims.fingerprint")} variant="light">
          <Code fz="lg">{mine.fingerprint}</Code>
        </Alert>
      )}
      {desk.exercise !== null && desk.state !== "waits" && (
        <Text size="sm" c="dimmed">
          {say("victims.gate.exercise")} <Code>{desk.exercise}</Code>
        </Text>
      )}
      {(desk.state === "shut" || desk.state === "waits") && (
        <Link to="/victims/desk">{say("victims.gate.lost")}</Link>
      )}
    </Stack>
  );
}

function Open({ desk }: { desk: DeskView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const passkeys = desk.openers.filter(({ how }) => how === "passkey");
  async function act(open: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await open();
      // Every room that reads at the desk was refused until now.
      await queries.invalidateQueries();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
      setPassphrase("");
    }
  }
  const byPasskey = async (): Promise<void> => {
    const { opener, secret } = await prfOf(passkeys);
    await api.post("/api/victims/desk/open-by-passkey", { opener, secret });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => api.post("/api/victims/desk/open", { passphrase }));
      }}
    >
      <Stack gap="md">
        {passkeys.length > 0 && (
          <Group>
            <Button loading={busy} onClick={() => void act(byPasskey)}>
              {say("victims.gate.passkey")}
            </Button>
          </Group>
        )}
        <SecretField
          label={say("victims.passphrase")}
          autoFocus={passkeys.length === 0}
          value={passphrase}
          onChange={setPassphrase}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group className="s-acts">
          <Button
            type="submit"
            variant={passkeys.length > 0 ? "default" : "filled"}
            loading={busy}
            disabled={passphrase.trim() === ""}
          >
            {say("victims.gate.open")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A passphrase of her own, twice, for the first key or for one that waits to be let in. */
export function NewWords({
  act,
  path,
  again,
}: {
  act: string;
  path: "found" | "ask";
  again?: true;
}): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post(`/api/victims/desk/${path}`, { passphrase: first, ...(again ? { again } : {}) });
      await queries.invalidateQueries({ queryKey: ["victims"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="md">
        <SecretField
          label={say("victims.passphrase.new")}
          hint={say("victims.passphrase.hint")}
          value={first}
          onChange={setFirst}
        />
        <SecretField
          label={say("victims.passphrase.again")}
          error={second !== "" && !first.startsWith(second) ? say("victims.passphrase.differs") : null}
          value={second}
          onChange={setSecond}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group className="s-acts">
          <Button type="submit" loading={busy} disabled={first.trim() === "" || first !== second}>
            {act}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
