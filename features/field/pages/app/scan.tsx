// The wristband: read by the camera where the browser can, typed by hand everywhere; no picture is kept.
import { Button, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { TextField, useWords } from "@simpul/doors/web";
import { Wristband } from "@simpul/model";

interface Detector {
  detect(from: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare global {
  // The Barcode Detection API; in Chromium on phones, not yet everywhere.
  var BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined;
}

const parse = (text: string): Wristband | null => {
  try {
    return Wristband.parse(text);
  } catch {
    return null;
  }
};

/** `onCode` with null: a person without a wristband. */
export function Scan({
  onCode,
  onBack,
}: {
  onCode: (code: Wristband | null) => void;
  onBack: () => void;
}): ReactNode {
  const { say } = useWords();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [seeing, setSeeing] = useState(false);
  const camera = globalThis.BarcodeDetector !== undefined;
  return (
    <form
      className="fp-page"
      onSubmit={(event) => {
        event.preventDefault();
        const code = parse(typed);
        setWrong(code === null);
        if (code !== null) onCode(code);
      }}
    >
      <h1>{say("field.app.who")}</h1>
      <Stack gap="md">
        {camera && !seeing && (
          <Button size="lg" variant="default" onClick={() => setSeeing(true)}>
            {say("field.app.scan")}
          </Button>
        )}
        {seeing && <Camera onCode={onCode} onEnd={() => setSeeing(false)} />}
        <TextField
          label={say("field.app.code")}
          hint={say("field.app.code.hint")}
          value={typed}
          maxLength={40}
          error={wrong ? say("field.app.code.wrong") : null}
          onChange={(next) => {
            setTyped(next);
            setWrong(false);
          }}
        />
      </Stack>
      <div className="fp-acts">
        <Button type="submit" size="lg" disabled={typed.trim() === ""}>
          {say("field.app.next")}
        </Button>
        <Button size="lg" variant="default" onClick={() => onCode(null)}>
          {say("field.app.noWristband")}
        </Button>
        <Button variant="subtle" onClick={onBack}>
          {say("field.app.back")}
        </Button>
      </div>
    </form>
  );
}

function Camera({ onCode, onEnd }: { onCode: (code: Wristband) => void; onEnd: () => void }): ReactNode {
  const { say } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState(false);
  const hear = useRef(onCode);
  useEffect(() => {
    hear.current = onCode;
  }, [onCode]);
  useEffect(() => {
    const stop = new AbortController();
    const ended = (): boolean => stop.signal.aborted;
    let stream: MediaStream | null = null;
    const look = async (): Promise<void> => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (ended() || video.current === null) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      video.current.srcObject = stream;
      await video.current.play();
      const detector = new globalThis.BarcodeDetector!({ formats: ["qr_code"] });
      while (!ended()) {
        const found = await detector.detect(video.current).catch(() => []);
        const code = found.map(({ rawValue }) => parse(rawValue)).find((one) => one !== null);
        if (code !== undefined) {
          hear.current(code);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    };
    look().catch(() => setFault(true));
    return () => {
      stop.abort();
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);
  return (
    <div>
      {fault ? (
        <Text role="alert">{say("field.app.camera.no")}</Text>
      ) : (
        <video ref={video} className="fp-camera" muted playsInline aria-label={say("field.app.camera")} />
      )}
      <Button variant="subtle" onClick={onEnd}>
        {say("field.app.camera.stop")}
      </Button>
    </div>
  );
}
