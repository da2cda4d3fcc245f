// Beside every page: the dialog of a step-up, and making this device known to the node.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { api, connectDevice, deviceKey, Problem, useSession, useWords } from "@simpul/doors/web";
import type { Session, SessionDevice } from "@simpul/doors/web";
import type { Id, NodeCode } from "@simpul/model";
import { deviceStatement } from "../rules.ts";
import { proveByClick, proveByPasskey, thisDevice, wasCancelled } from "./passkey.tsx";
import { useStepUpQuestion } from "./step-up-ask.tsx";

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Shows the node that this browser holds its key, once per session. */
async function present(session: Session & { id: string; device: string | null }): Promise<SessionDevice> {
  const key = await deviceKey(session.officer.id);
  if (key.id !== null && key.id === session.device) return { ...key, id: key.id };
  const statement = deviceStatement(session.node.code as NodeCode, session.id as Id, key.publicKey);
  const signature = base64url(await key.sign(new TextEncoder().encode(statement)));
  const { device } = await api.put<{ device: string }>("/api/access/session/device", {
    publicKey: key.publicKey,
    name: thisDevice(),
    signature,
  });
  await key.keepId(device);
  return { ...key, id: device };
}

export function Beside(): ReactNode {
  const session = useSession() as Session & { id: string; device: string | null };
  const { id } = session;
  useEffect(() => {
    connectDevice(present(session));
    return () => connectDevice(null);
    // Another desk or language is the same device.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
  return <StepUpDialog />;
}

function StepUpDialog(): ReactNode {
  const question = useStepUpQuestion();
  const { say, sayOne } = useWords();
  const { node } = useSession();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function prove(by: (act: string, record: string) => Promise<void>): Promise<void> {
    if (question === null) return;
    setBusy(true);
    setFault(null);
    try {
      await by(question.act, question.record);
      question.answer(true);
    } catch (no) {
      if (!wasCancelled(no)) setFault(no);
    } finally {
      setBusy(false);
    }
  }
  const act = question === null ? "" : (sayOne([`access.act.${question.act}`]) ?? question.act);
  return (
    <Modal
      opened={question !== null}
      onClose={() => {
        setFault(null);
        question?.answer(false);
      }}
      title={say("access.stepUp.title")}
      zIndex={500}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      <Stack gap="md">
        <Text fw={600}>{act}</Text>
        <Text size="sm">{say("access.stepUp.text")}</Text>
        {fault !== null && <Problem fault={fault} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => question?.answer(false)}>
            {say("web.cancel")}
          </Button>
          {node.exercise && (
            <Button variant="default" loading={busy} onClick={() => void prove(proveByClick)}>
              {say("access.stepUp.exercise")}
            </Button>
          )}
          <Button loading={busy} data-autofocus onClick={() => void prove(proveByPasskey)}>
            {say("access.stepUp.passkey")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
