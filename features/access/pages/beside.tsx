// Beside every page: the dialog of a step-up or of a colleague's word, and making this device known to the node.
import { Modal, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { api, connectDevice, deviceKey, useSession, useWords } from "@simpul/doors/web";
import type { Session, SessionDevice } from "@simpul/doors/web";
import type { Id, NodeCode } from "@simpul/model";
import { deviceStatement } from "../rules.ts";
import { thisDevice } from "./passkey.tsx";
import { AskSecond } from "./ask-second.tsx";
import { ProveWays } from "./prove-ways.tsx";
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
  const cancel = (): void => question?.answer(false);
  const second = question?.code === "SECOND_WORD";
  return (
    <Modal
      opened={question !== null}
      onClose={cancel}
      title={say(second ? "access.second.title" : "access.stepUp.title")}
      zIndex={500}
      closeButtonProps={{ "aria-label": say("web.close") }}
    >
      {question !== null && (
        <Stack gap="md">
          <Text fw={600}>{sayOne([`access.act.${question.act}`]) ?? question.act}</Text>
          {second ? (
            <AskSecond act={question.act} record={question.record} onDone={cancel} />
          ) : (
            <>
              <Text size="sm">{say("access.stepUp.text")}</Text>
              <ProveWays
                act={question.act}
                record={question.record}
                onProven={() => question.answer(true)}
                onCancel={cancel}
              />
            </>
          )}
        </Stack>
      )}
    </Modal>
  );
}
