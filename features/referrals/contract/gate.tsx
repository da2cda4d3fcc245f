// Stands before every page of this room: while the desk is closed it is opened in place, and the page follows.
import { Button, Code, Stack, Text } from "@mantine/core";
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
import type { DeskView } from "../../victims/contract.ts";

export function Gate({ children }: { children: ReactNode }): ReactNode {
  const { node } = useSession();
  useLive(["victims"]);
  const query = useQuery({
    queryKey: ["victims", node.code, "desk"],
    queryFn: ({ signal }) => api.get<DeskView>("/api/victims/desk", { signal }),
    refetchInterval: 60_000,
  });
  return (
    <Awaited query={query}>{(desk) => (desk.state === "open" ? children : <Closed desk={desk} />)}</Awaited>
  );
}

function Closed({ desk }: { desk: DeskView }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [passphrase, setPassphrase] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function open(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await api.post("/api/victims/desk/open", { passphrase });
      await queries.invalidateQueries();
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  if (desk.state !== "shut")
    return (
      <Text>
        <Link to="/victims">{say("referrals.gate.victims")}</Link>
      </Text>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <Stack gap="md" maw="30rem">
        <SecretField
          label={say("referrals.gate.passphrase")}
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
        />
        {desk.exercise !== null && (
          <Text size="sm">
            {say("referrals.gate.exercise")} <Code>{desk.exercise}</Code>
          </Text>
        )}
        {fault !== null && <Problem fault={fault} />}
        <div className="s-acts">
          <Button type="submit" loading={busy} disabled={passphrase === ""}>
            {say("referrals.gate.open")}
          </Button>
        </div>
        <Link to="/victims">{say("referrals.gate.other")}</Link>
      </Stack>
    </form>
  );
}
