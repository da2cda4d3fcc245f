// The full agreement beside the note: files as they were signed elsewhere, each party's with its digest.
import { Button, FileButton, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { api, Problem, TimeText, useWords } from "@simpul/doors/web";
import type { SpaceView } from "../contract.ts";
import { useAct } from "./data.ts";

/** In parts, for a long list of arguments breaks the call. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export function Documents({ view }: { view: SpaceView }): ReactNode {
  const { say, state } = useWords();
  const { busy, fault, run } = useAct(view.id);
  const add = async (file: File | null): Promise<void> => {
    if (file === null) return;
    await run(async () =>
      api.post(`/api/joint/${view.id}/documents`, {
        ...{ name: file.name, mediaType: file.type, bytes: await base64Of(file) },
      }),
    );
  };
  const may = view.may.includes("document");
  if (!may && view.documents.length === 0) return null;
  return (
    <section aria-label={say("joint.documents")}>
      <Title order={2} size="h5">
        {say("joint.documents")}
      </Title>
      <Stack gap="xs">
        {view.documents.map((one) => (
          <Text size="sm" key={one.id} component="div">
            <a href={`/api/joint/${view.id}/documents/${one.id}`}>{one.name}</a> · {state(one.party)} ·{" "}
            {one.officer} · <TimeText at={one.at} other={one.party} />
            <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              SHA-256 {one.digest}
            </Text>
          </Text>
        ))}
        {may && (
          <Group className="s-noprint">
            <FileButton
              accept="application/pdf,image/png,image/jpeg,text/plain"
              onChange={(file) => void add(file)}
            >
              {(props) => (
                <Button {...props} variant="default" loading={busy}>
                  {say("joint.documents.add")}
                </Button>
              )}
            </FileButton>
            <Text size="sm" c="dimmed">
              {say("joint.documents.hint")}
            </Text>
          </Group>
        )}
        {fault !== null && <Problem fault={fault} />}
      </Stack>
    </section>
  );
}
