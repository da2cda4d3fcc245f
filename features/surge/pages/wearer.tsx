// Whose wristband it is: scanned where the browser can, typed everywhere; then her page opens.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, Problem, Refused, TextField, useGo, useWords } from "@simpul/doors/web";
import { Camera, canSee, wristbandIn } from "../../field/contract/camera.tsx";

export function Wearer(): ReactNode {
  const { say } = useWords();
  const go = useGo();
  const [typed, setTyped] = useState("");
  const [seeing, setSeeing] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const find = (code: string): void => {
    setSeeing(false);
    setFault(null);
    if (wristbandIn(code) === null) {
      setWrong(say("field.app.code.wrong"));
      return;
    }
    void api.post<{ person: string }>("/api/surge/wearer", { code }).then(
      ({ person }) => go(`/victims/${person}`),
      (no: unknown) =>
        no instanceof Refused && no.code === "NOT_FOUND"
          ? setWrong(say("surge.wearer.nobody"))
          : setFault(no),
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        find(typed);
      }}
    >
      <Stack gap="xs" maw="40rem">
        <Group align="end" gap="xs">
          <TextField
            label={say("surge.wearer")}
            hint={say("field.app.code.hint")}
            value={typed}
            maxLength={60}
            error={wrong}
            onChange={(next) => {
              setTyped(next);
              setWrong(null);
            }}
          />
          <Button type="submit" variant="default" disabled={typed.trim() === ""}>
            {say("surge.wearer.find")}
          </Button>
          {canSee() && !seeing && (
            <Button variant="default" onClick={() => setSeeing(true)}>
              {say("field.app.scan")}
            </Button>
          )}
        </Group>
        {seeing && <Camera onCode={(code) => find(code)} onEnd={() => setSeeing(false)} />}
        {fault !== null && <Problem fault={fault} />}
      </Stack>
    </form>
  );
}
