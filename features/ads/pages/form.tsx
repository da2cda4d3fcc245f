// A short form beneath what it is about, and its one call.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Problem, useQueryClient, useWords } from "@simpul/doors/web";

/** One call, with what was refused beneath it; true when it was done. */
export function useCall(): {
  busy: boolean;
  fault: unknown;
  call: (path: string, body: object) => Promise<boolean>;
} {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    async call(path, body) {
      setBusy(true);
      setFault(null);
      try {
        await api.post(path, body);
        await queries.invalidateQueries({ queryKey: ["ads"] });
        return true;
      } catch (no) {
        setFault(no);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

export function Form({
  whole,
  busy,
  fault,
  act,
  send,
  close,
  children,
}: {
  whole: boolean;
  busy: boolean;
  fault: unknown;
  act: string;
  send: () => Promise<boolean>;
  close: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        void send().then((done) => {
          if (done) close();
        });
      }}
    >
      <Stack gap="sm" maw="36rem">
        {children}
        {fault !== null && <Problem fault={fault} />}
        <Group gap="xs">
          <Button type="submit" loading={busy} disabled={!whole}>
            {act}
          </Button>
          <Button variant="subtle" onClick={close}>
            {say("ads.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
