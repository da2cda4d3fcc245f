// The ways in which she can confirm an act here: her passkey, the ministry's sign-in, in an exercise a click.
import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Problem, useSession, useWords } from "@simpul/doors/web";
import type { DoorView } from "../contract.ts";
import { proveByClick, proveByPasskey, proveByProvider, wasCancelled } from "./passkey.tsx";

type Way = "passkey" | "provider" | "click";
const ways = { passkey: proveByPasskey, provider: proveByProvider, click: proveByClick };

export function ProveWays(given: {
  act: string;
  record: string;
  onProven: () => void;
  onCancel?: () => void;
}): ReactNode {
  const { act, record, onProven, onCancel } = given;
  const { say } = useWords();
  const { node } = useSession();
  const [busy, setBusy] = useState<Way | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const { data: door } = useQuery({
    queryKey: ["access.door"],
    queryFn: ({ signal }) => api.get<DoorView>("/api/access/door", { signal }),
  });
  const provider = door?.providerProves === true ? door.provider : null;
  const prove = async (way: Way): Promise<void> => {
    setBusy(way);
    setFault(null);
    try {
      await ways[way](act, record);
      onProven();
    } catch (no) {
      if (!wasCancelled(no)) setFault(no);
    } finally {
      setBusy(null);
    }
  };
  const button = (way: Way, words: string, main = false): ReactNode => (
    <Button
      fullWidth
      {...(main ? { "data-autofocus": true } : { variant: "default" })}
      loading={busy === way}
      disabled={busy !== null && busy !== way}
      onClick={() => void prove(way)}
    >
      {words}
    </Button>
  );
  return (
    <Stack gap="md">
      {fault !== null && <Problem fault={fault} />}
      {busy === "provider" && (
        <Text size="sm" role="status">
          {say("access.stepUp.away")}
        </Text>
      )}
      {/* Under each other: on a phone each is as wide as the thumb needs, and the first is the usual one. */}
      <Stack gap="xs">
        {button("passkey", say("access.stepUp.passkey"), true)}
        {provider !== null && button("provider", say("access.stepUp.provider", { name: provider }))}
        {node.exercise && button("click", say("access.stepUp.exercise"))}
        {onCancel !== undefined && (
          <Button fullWidth variant="subtle" onClick={onCancel}>
            {say("web.cancel")}
          </Button>
        )}
      </Stack>
    </Stack>
  );
}
