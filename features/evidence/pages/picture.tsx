// A picture stays hidden until somebody asks: nobody has to see what she did not come for, and looking is custody.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { Problem, Progress, api, useWords } from "@simpul/doors/web";
import type { ItemView } from "../contract.ts";

export function Picture({ item }: { item: ItemView }): ReactNode {
  const { say } = useWords();
  const [state, setState] = useState<"hidden" | "asked" | "shown" | "blurred">("hidden");
  const [source, setSource] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(
    () => () => {
      if (source !== null) URL.revokeObjectURL(source);
    },
    [source],
  );

  function show(): void {
    if (source !== null) {
      setState("shown");
      return;
    }
    setState("asked");
    setFault(null);
    api
      .blob(`/api/evidence/items/${item.id}/picture`)
      .then((blob) => {
        setSource(URL.createObjectURL(blob));
        setState("shown");
      })
      .catch((no: unknown) => {
        setFault(no);
        setState("hidden");
      });
  }
  return (
    <Stack gap="xs" mb="md" align="flex-start">
      {source === null ? (
        <div className="e-picture" data-empty>
          <Text>{say("evidence.picture.hidden")}</Text>
        </div>
      ) : (
        <img
          className="e-picture"
          data-blurred={state !== "shown"}
          src={source}
          alt={say("evidence.picture.alt", { name: item.fileName })}
        />
      )}
      {state === "asked" && <Progress says={say("evidence.picture.loading")} part={null} />}
      {fault !== null && <Problem fault={fault} again={show} />}
      <Group gap="xs">
        {state === "shown" ? (
          <Button variant="default" onClick={() => setState("blurred")}>
            {say("evidence.picture.hide")}
          </Button>
        ) : (
          <Button variant="default" onClick={show} loading={state === "asked"}>
            {say("evidence.picture.show")}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          {say("evidence.picture.custody")}
        </Text>
      </Group>
    </Stack>
  );
}
