// An exhibit that may not go to court now: why, the way to ask for permission, and, where the court has it already, telling it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Link, LongTextField, StateTag, TextField, useSession, useWords } from "@simpul/doors/web";
import { permissionAddress } from "../../requests/contract.ts";
import type { Exhibit } from "../contract.ts";
import { ActForm, post, today, type Shown } from "./parts.tsx";

export function Stopped({ view, of }: { view: Shown; of: Exhibit }): ReactNode {
  const { say, state, date } = useWords();
  const { node } = useSession();
  const { originator } = of;
  const whose = originator === null ? "" : state(originator);
  const asks = originator !== null && of.stopped.includes("court") && view.may.includes("work");
  return (
    <Stack gap={4} mt={4}>
      <div>
        <StateTag tone="bad">{say("charges.stopped")}</StateTag>
      </div>
      <Text size="sm">
        {of.stopped.map((code) => say(`charges.stopped.${code}`, { state: whose })).join(" · ")}
      </Text>
      {asks && (
        <Link
          to={permissionAddress({
            ...{ records: [of.of], action: "court", recipients: [node.code] },
            ...{ case: view.case.number, originator },
          })}
        >
          {say("charges.permission")}
        </Link>
      )}
      {of.filed && (
        <>
          <Text size="sm">
            {of.told === null
              ? say("charges.notice.untold")
              : say("charges.notice.told", { on: date(of.told) })}
          </Text>
          <Group gap="xs" className="s-noprint" align="start">
            <Button
              component="a"
              href={`/api/charges/${view.id}/exhibits/${of.id}/notice`}
              target="_blank"
              rel="noreferrer"
              variant="default"
              size="xs"
            >
              {say("charges.notice.get")}
            </Button>
            {view.may.includes("court") && <Tell view={view} of={of} />}
          </Group>
        </>
      )}
    </Stack>
  );
}

function Tell({ view, of }: { view: Shown; of: Exhibit }): ReactNode {
  const { say } = useWords();
  const [on, setOn] = useState(today());
  const [text, setText] = useState("");
  return (
    <ActForm
      label={say("charges.notice.tell")}
      filled={of.told === null}
      small
      whole={on !== ""}
      send={() => post(view.id, `exhibits/${of.id}/notice`, { on, text: text.trim() })}
    >
      <TextField label={say("charges.event.on")} kind="date" required value={on} onChange={setOn} />
      <LongTextField
        label={say("charges.event.text")}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={setText}
      />
    </ActForm>
  );
}
