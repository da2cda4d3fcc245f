// A photo of a document's page: its zone is read in this browser. Nothing of the photo is sent or kept, not even by this page.
import { Button, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { Progress, useWords } from "@simpul/doors/web";
import { wrongDigits } from "@simpul/match/profiles";
import { readZone, type Grey, type ZoneRead } from "@simpul/match/zone";

const largest = 25 * 1024 * 1024;
/** Longest side, in dots: enough for letters of a page held at arm's length; the second is slower and reads smaller ones. */
const sizes = [1200, 2000] as const;

/** `onRead`: null where no zone was found in it. */
export function PhotoOfZone({ onRead }: { onRead: (read: ZoneRead | null) => void }): ReactNode {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    try {
      onRead(file.size > largest ? null : await readFrom(file));
    } catch {
      // What the browser cannot open is no photo.
      onRead(null);
    } finally {
      setBusy(false);
      if (input.current !== null) input.current.value = "";
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        aria-label={say("border.photo")}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      <Button variant="default" size="md" loading={busy} onClick={() => input.current?.click()}>
        {say("border.photo")}
      </Button>
      {busy && <Progress says={say("border.photo.reading")} part={null} />}
    </>
  );
}

async function readFrom(file: File): Promise<ZoneRead | null> {
  const picture = await createImageBitmap(file);
  try {
    let best: ZoneRead | null = null;
    for (const size of sizes) {
      // The page says that it reads before it is busy with it.
      await new Promise((next) => setTimeout(next, 30));
      best = readZone(greyOf(picture, size)) ?? best;
      if (best !== null || Math.max(picture.width, picture.height) <= size) break;
    }
    return best;
  } finally {
    picture.close();
  }
}

function greyOf(picture: ImageBitmap, size: number): Grey {
  const by = Math.min(1, size / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * by));
  canvas.height = Math.max(1, Math.round(picture.height * by));
  const draw = canvas.getContext("2d", { willReadFrequently: true })!;
  draw.imageSmoothingQuality = "high";
  draw.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data: dots, width, height } = draw.getImageData(0, 0, canvas.width, canvas.height);
  const data = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at++)
    data[at] = (dots[at * 4]! * 3 + dots[at * 4 + 1]! * 6 + dots[at * 4 + 2]!) / 10;
  canvas.width = 0;
  return { data, width, height };
}

/** What was read, with the letters to look at marked; and which check digits of `now` do not fit. */
export function ZoneToCheck({ read, now }: { read: ZoneRead; now: string }): ReactNode {
  const { say } = useWords();
  const wrong = wrongDigits(now) ?? [];
  return (
    <Stack gap={4} role="status">
      <Text size="sm">{say("border.photo.look", { letters: read.unsure.length })}</Text>
      <div className="border-zone" aria-label={say("border.photo.read")} role="group">
        {read.lines.map((line, nth) => (
          <div key={nth}>
            {Array.from(line, (letter, at) =>
              read.unsure.some((one) => one.line === nth && one.at === at) ? (
                <mark key={at}>{letter}</mark>
              ) : (
                letter
              ),
            )}
          </div>
        ))}
      </div>
      {wrong.map((field) => (
        <Text key={field} size="sm" fw={600}>
          {say(`border.photo.wrong.${field}`)}
        </Text>
      ))}
    </Stack>
  );
}
