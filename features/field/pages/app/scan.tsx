// The wristband: read by the camera where the browser can, typed by hand everywhere; no picture is kept.
import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { TextField, useWords } from "@simpul/doors/web";
import type { Wristband } from "@simpul/model";
import { Camera, canSee, wristbandIn } from "../../contract/camera.tsx";

/** `onCode` with null: a person without a wristband. */
export function Scan({
  onCode,
  onBack,
}: {
  onCode: (code: Wristband | null) => void;
  onBack: () => void;
}): ReactNode {
  const { say } = useWords();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [seeing, setSeeing] = useState(false);
  const camera = canSee();
  return (
    <form
      className="fp-page"
      onSubmit={(event) => {
        event.preventDefault();
        const code = wristbandIn(typed);
        setWrong(code === null);
        if (code !== null) onCode(code);
      }}
    >
      <h1>{say("field.app.who")}</h1>
      <Stack gap="md">
        {camera && !seeing && (
          <Button size="lg" variant="default" onClick={() => setSeeing(true)}>
            {say("field.app.scan")}
          </Button>
        )}
        {seeing && <Camera onCode={onCode} onEnd={() => setSeeing(false)} />}
        <TextField
          label={say("field.app.code")}
          hint={say("field.app.code.hint")}
          value={typed}
          maxLength={40}
          error={wrong ? say("field.app.code.wrong") : null}
          onChange={(next) => {
            setTyped(next);
            setWrong(false);
          }}
        />
      </Stack>
      <div className="fp-acts">
        <Button type="submit" size="lg" disabled={typed.trim() === ""}>
          {say("field.app.next")}
        </Button>
        <Button size="lg" variant="default" onClick={() => onCode(null)}>
          {say("field.app.noWristband")}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {say("field.app.back")}
        </Button>
      </div>
    </form>
  );
}
