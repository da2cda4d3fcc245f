// The first person's half: another state's card, pasted or from a file; nothing goes there until a second person confirms.
import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  LongTextField,
  PageHead,
  Problem,
  Refused,
  useDraft,
  useGo,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { PeerView } from "../contract.ts";
import { topic } from "./parts.tsx";

const most = 512_000;

export function Page(): ReactNode {
  const { say, list } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const draft = useDraft("peers.enter", { text: "" });
  const [wrong, setWrong] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function fromFile(file: File | null): Promise<void> {
    if (file === null) return;
    setWrong(file.size > most ? say("peers.enter.large") : null);
    if (file.size <= most) draft.set({ text: await file.text() });
  }
  async function enter(): Promise<void> {
    setFault(null);
    setWrong(null);
    let card: unknown;
    try {
      card = JSON.parse(draft.value.text);
    } catch {
      setWrong(say("peers.enter.notJson"));
      return;
    }
    setBusy(true);
    try {
      const { node } = await api.post<PeerView>("/api/peers", card);
      draft.clear();
      await queries.invalidateQueries({ queryKey: [topic] });
      go(`/peers/${node}`);
    } catch (no) {
      if (no instanceof Refused && no.fields.length > 0) {
        const names = [
          ...new Set(no.fields.map(({ path }) => path.split(".")[0] || say("peers.enter.unknown"))),
        ];
        setWrong(say("peers.enter.fields", { fields: list(names) }));
      } else setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <PageHead title={say("peers.enter.title")} back={{ to: "/peers", label: say("peers.room") }} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <Stack gap="md" maw="44rem">
          <Text>{say("peers.enter.text")}</Text>
          {fault !== null && <Problem fault={fault} kept={draft.says} />}
          <Group>
            <FileButton accept="application/json,.json" onChange={(file) => void fromFile(file)}>
              {(props) => (
                <Button {...props} variant="default">
                  {say("peers.enter.file")}
                </Button>
              )}
            </FileButton>
          </Group>
          <LongTextField
            label={say("peers.enter.card")}
            hint={say("peers.enter.hint")}
            error={wrong}
            required
            rows={8}
            maxLength={most}
            value={draft.value.text}
            onChange={(text) => draft.set({ text })}
          />
          <Group className="s-acts">
            <Button type="submit" loading={busy} disabled={draft.value.text.trim() === ""}>
              {say("peers.enter.do")}
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {draft.says}
            </Text>
          </Group>
        </Stack>
      </form>
    </>
  );
}
