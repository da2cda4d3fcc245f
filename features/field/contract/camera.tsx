// The camera that reads a wristband, where the browser can (Barcode Detection API); no picture is kept or sent.
import { Button, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { Wristband } from "@simpul/model";

interface Detector {
  detect(from: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare global {
  // The Barcode Detection API; in Chromium on phones, not yet everywhere.
  var BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined;
}

/** Null for what is no wristband, or was mistyped. */
export const wristbandIn = (text: string): Wristband | null => {
  try {
    return Wristband.parse(text);
  } catch {
    return null;
  }
};
export const canSee = (): boolean => globalThis.BarcodeDetector !== undefined;

/** Looks until it sees a wristband. Shown only where {@link canSee}. */
export function Camera({
  onCode,
  onEnd,
}: {
  onCode: (code: Wristband) => void;
  onEnd: () => void;
}): ReactNode {
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
        const code = found.map(({ rawValue }) => wristbandIn(rawValue)).find((one) => one !== null);
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
        <video
          ref={video}
          style={{ width: "100%", maxHeight: "50vh", background: "#000", borderRadius: 4 }}
          muted
          playsInline
          aria-label={say("field.app.camera")}
        />
      )}
      <Button variant="subtle" onClick={onEnd}>
        {say("field.app.camera.stop")}
      </Button>
    </div>
  );
}
