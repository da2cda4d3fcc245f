// A poster or a photographed screen as an advert: pasted, dropped or chosen, sent in parts, and read by the node.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoicesField,
  Problem,
  Progress,
  TextField,
  useGo,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { pictureLimits } from "../contract.ts";
import type { PictureHead, PictureLanguage, Source } from "../contract.ts";
import { useLanguageName } from "./parts.tsx";
import { begun, sendFile } from "./send.ts";

export interface Pictures {
  pictures: PictureHead[];
  languages: PictureLanguage[];
}

export function usePictures() {
  return useQuery({
    queryKey: ["ads", "pictures"],
    queryFn: ({ signal }) => api.get<Pictures>("/api/ads/pictures", { signal }),
  });
}

export function TakePicture({ source, close }: { source: Source; close: () => void }): ReactNode {
  const { say } = useWords();
  const name = useLanguageName();
  const go = useGo();
  const queries = useQueryClient();
  const { data } = usePictures();
  const [file, setFile] = useState<File | null>(null);
  const [languages, setLanguages] = useState<string[]>([]);
  const [origin, setOrigin] = useState("");
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);
  function pick(files: FileList | undefined | null): void {
    setOver(false);
    setFault(null);
    if (files?.[0] !== undefined) setFile(files[0]);
  }
  async function send(): Promise<void> {
    if (file === null) return;
    setFault(null);
    setSent(0);
    try {
      const { id, parts } = await begun("pictures", source.id, file, {
        languages,
        ...(origin.trim() === "" ? {} : { origin: origin.trim() }),
      });
      await sendFile(`/api/ads/pictures/${id}`, file, parts, setSent);
      await queries.invalidateQueries({ queryKey: ["ads"] });
      go(`/ads/pictures/${id}`);
    } catch (no) {
      setFault(no);
      setSent(null);
    }
  }
  const tooLarge = file !== null && file.size > pictureLimits.bytes;
  const read = data?.languages ?? [];
  return (
    <Stack gap="sm" maw="40rem" pt="sm">
      <div
        className="ads-drop"
        data-over={over}
        tabIndex={0}
        role="group"
        aria-label={say("ads.picture.here")}
        onPaste={(event) => pick(event.clipboardData.files)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          pick(event.dataTransfer.files);
        }}
      >
        <Text size="sm">{say("ads.picture.here")}</Text>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/webp"
          aria-label={say("ads.picture.pick")}
          onChange={(event) => pick(event.currentTarget.files)}
        />
        <Group gap="sm">
          <Button variant="default" onClick={() => input.current?.click()}>
            {say("ads.picture.pick")}
          </Button>
          {file !== null && (
            <Text size="sm" className="s-long" role="status">
              {file.name}
            </Text>
          )}
        </Group>
      </div>
      <ChoicesField
        label={say("ads.picture.languages")}
        hint={say(read.includes("km") ? "ads.picture.languages.hint" : "ads.picture.languages.noKhmer")}
        value={languages}
        choices={read.map((value) => ({ value, label: name(value) }))}
        onChange={setLanguages}
      />
      <TextField label={say("ads.paste.origin")} maxLength={1000} value={origin} onChange={setOrigin} />
      {tooLarge && <Text size="sm">{say("problem.PICTURE_TOO_LARGE.todo")}</Text>}
      {sent !== null && <Progress says={say("ads.file.sending")} part={sent} />}
      {fault !== null && <Problem fault={fault} />}
      <Group gap="xs" className="s-acts">
        <Button
          disabled={file === null || tooLarge || file.size === 0}
          loading={sent !== null}
          onClick={() => void send()}
        >
          {say("ads.picture.read")}
        </Button>
        <Button variant="subtle" onClick={close}>
          {say("ads.cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
