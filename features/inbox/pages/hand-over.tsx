// To whom entries are handed over: a colleague at the officer's desk, or the desk itself.
import { Button, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, useColleagues, useSession, useWords } from "@simpul/doors/web";
import type { Id } from "@simpul/model";

const desk = "desk";

export function HandOver({
  count,
  back,
  close,
  answer,
}: {
  count: number;
  /** Whether the desk itself is a choice: what lies there already is not given back to it. */
  back: boolean;
  close: () => void;
  answer: (to: Id | null) => void;
}): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const colleagues = useColleagues(true);
  const [to, setTo] = useState<string | null>(null);
  const here = (colleagues.data ?? []).filter(
    (one) =>
      one.id !== officer.id && !one.left && one.places.some((place) => place.desk.id === officer.desk.id),
  );
  return (
    <Modal
      opened
      onClose={close}
      title={say("inbox.give.title", { count })}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== null) answer(to === desk ? null : (to as Id));
        }}
      >
        <Stack gap="md">
          <ChoiceField
            label={say("inbox.give.to")}
            hint={say("inbox.give.hint")}
            required
            value={to}
            onChange={setTo}
            choices={[
              ...(back ? [{ value: desk, label: say("inbox.give.desk", { desk: officer.desk.name }) }] : []),
              ...here.map((one) => ({
                value: one.id,
                label: one.nameLatin === null ? one.name : `${one.name} (${one.nameLatin})`,
              })),
            ]}
          />
          <Button type="submit">{say("inbox.give.act")}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
