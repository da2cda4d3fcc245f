// The full agreement beside the note: files as they were signed elsewhere, each party's signature over them, later versions.
import { Anchor, Button, FileButton, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  HandlingBadge,
  LeaveStateButton,
  Problem,
  StateTag,
  TimeText,
  useSession,
  useWords,
} from "@simpul/doors/web";
import type { DocumentView, SpaceView } from "../contract.ts";
import { useAct, useLeaving } from "./data.ts";

/** In parts, for a long list of arguments breaks the call. */
async function base64Of(file: globalThis.File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export function Documents({ view }: { view: SpaceView }): ReactNode {
  const { say } = useWords();
  const may = view.may.includes("document");
  if (!may && view.documents.length === 0) return null;
  return (
    <section aria-label={say("joint.documents")}>
      <Title order={2} size="h5" mb="xs">
        {say("joint.documents")}
      </Title>
      <Stack gap="md">
        {view.documents.map((one) => (
          <File key={one.id} of={one} view={view} />
        ))}
        {may && (
          <Group className="s-noprint">
            <Add view={view} replaces={null} label={say("joint.documents.add")} />
            <Text size="sm" c="dimmed">
              {say("joint.documents.hint")}
            </Text>
          </Group>
        )}
      </Stack>
    </section>
  );
}

function File({ of, view }: { of: DocumentView; view: SpaceView }): ReactNode {
  const { say, state, list } = useWords();
  const { officer, node } = useSession();
  const leave = useLeaving();
  const others = view.parties.filter((one) => one.stands === "in" && one.state !== view.own);
  const missing = view.parties.filter(
    (one) => one.stands === "in" && !of.signatures.some((each) => each.party === one.state),
  );
  return (
    <Stack gap={4} component="article" aria-label={of.name}>
      <Group gap="xs">
        <Anchor href={`/api/joint/${view.id}/documents/${of.id}`}>{of.name}</Anchor>
        {of.replaced && <StateTag tone="plain">{say("joint.documents.replaced")}</StateTag>}
      </Group>
      <Text size="sm" component="div">
        {state(of.party)} · {of.officer} · <TimeText at={of.at} other={of.party} />
      </Text>
      {of.signatures.map((one) => (
        <Text size="sm" key={one.party} component="div">
          {say("joint.documents.signedBy", {
            state: state(one.party),
            name: one.officer,
            office: one.office,
          })}{" "}
          · <TimeText at={one.at} other={one.party} />
        </Text>
      ))}
      {!of.replaced && missing.length > 0 && (
        <Text size="sm" c="dimmed">
          {say("joint.documents.missing", { states: list(missing.map((one) => state(one.state))) })}
        </Text>
      )}
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        SHA-256 {of.digest}
      </Text>
      {!of.replaced && (
        <Group gap="xs" className="s-noprint">
          {of.asksUs && (
            <LeaveStateButton
              label={say("joint.documents.sign")}
              reasonNeeded={false}
              recipients={others.map((one) => state(one.state))}
              codes={<HandlingBadge handling={{ codes: ["H1", "H2"] }} from={node.code} />}
              approves={say("joint.signs", { name: officer.name })}
              preview={
                <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                  {of.name} · SHA-256 {of.digest}
                </Text>
              }
              onLeave={() =>
                leave(() => api.post(`/api/joint/${view.id}/documents/${of.id}/sign`, { digest: of.digest }))
              }
            />
          )}
          {view.may.includes("document") && (
            <Add view={view} replaces={of.id} label={say("joint.documents.later")} />
          )}
        </Group>
      )}
    </Stack>
  );
}

function Add({
  view,
  replaces,
  label,
}: {
  view: SpaceView;
  replaces: string | null;
  label: string;
}): ReactNode {
  const { busy, fault, run } = useAct();
  const add = async (file: globalThis.File | null): Promise<void> => {
    if (file === null) return;
    await run(async () =>
      api.post(`/api/joint/${view.id}/documents`, {
        ...{ name: file.name, mediaType: file.type, bytes: await base64Of(file), replaces },
      }),
    );
  };
  return (
    <>
      <FileButton
        accept="application/pdf,image/png,image/jpeg,text/plain"
        onChange={(file) => void add(file)}
      >
        {(props) => (
          <Button {...props} variant="default" size={replaces === null ? "sm" : "compact-sm"} loading={busy}>
            {label}
          </Button>
        )}
      </FileButton>
      {fault !== null && <Problem fault={fault} />}
    </>
  );
}
