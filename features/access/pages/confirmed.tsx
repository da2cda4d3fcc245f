// Back from the ministry's sign-in, in the window that was opened for it: tells the page that waits, and closes.
import { Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { PageHead, Problem, Refused, useAddressValue, useWords } from "@simpul/doors/web";
import { confirmations, type Confirmed } from "./passkey.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [code] = useAddressValue("refused");
  const refused = /^[A-Z_]{3,40}$/.test(code) ? code : null;
  useEffect(() => {
    const channel = new BroadcastChannel(confirmations);
    channel.postMessage({ refused } satisfies Confirmed);
    channel.close();
    // A browser that keeps the window leaves her with what it says.
    if (refused === null) window.close();
  }, [refused]);
  return (
    <>
      <PageHead title={say(refused === null ? "access.confirmed.title" : "access.stepUp.title")} />
      <Stack gap="md" maw="36rem">
        {refused !== null && <Problem fault={new Refused(403, refused)} />}
        <Text role="status">{say("access.confirmed.text")}</Text>
      </Stack>
    </>
  );
}
