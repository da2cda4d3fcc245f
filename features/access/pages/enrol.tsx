// The one-time code from the administrator, with which an officer adds her first passkey.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { TextField, useWords } from "@simpul/doors/web";

export function Enrol({ busy, onCode }: { busy: boolean; onCode: (code: string) => void }): ReactNode {
  const { say } = useWords();
  const [code, setCode] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <Group align="flex-end">
        <TextField
          label={say("access.enrol.code")}
          hint={say("access.enrol.hint")}
          value={code}
          onChange={setCode}
          maxLength={40}
          required
          autoFocus
        />
        <Button type="submit" loading={busy} disabled={code.trim() === ""}>
          {say("access.enrol.act")}
        </Button>
      </Group>
    </form>
  );
}
