// Until when something is put off: asked on the state's own clocks, wherever the officer's device thinks it is.
import { Button, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { RadioField, TextField, useSession, useWords } from "@simpul/doors/web";
import { instantIn, morningIn } from "../rules.ts";

const ways = ["tomorrow", "monday", "own"] as const;

export function UntilWhen({
  close,
  answer,
}: {
  close: () => void;
  answer: (until: string) => void;
}): ReactNode {
  const { say, state } = useWords();
  const { node } = useSession();
  const [now] = useState(() => new Date().toISOString());
  const [when, setWhen] = useState<(typeof ways)[number]>("tomorrow");
  const [own, setOwn] = useState("");
  const until = when === "own" ? instantIn(node.code, own) : morningIn(node.code, now, when);
  return (
    <Modal
      opened
      onClose={close}
      title={say("inbox.later.when")}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== null) answer(until);
        }}
      >
        <Stack gap="md">
          <RadioField
            label={say("inbox.later.until")}
            hint={say("inbox.later.hint")}
            value={when}
            onChange={(value) => setWhen(value as typeof when)}
            choices={ways.map((one) => ({ value: one, label: say(`inbox.later.${one}`) }))}
          />
          {when === "own" && (
            <TextField
              label={say("inbox.later.time")}
              hint={say("inbox.later.zone", { state: state(node.code) })}
              kind="datetime-local"
              required
              value={own}
              onChange={setOwn}
            />
          )}
          <Button type="submit">{say("inbox.later.act")}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
