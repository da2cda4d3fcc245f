// Starts a process for one picture and holds it to its time and memory; one picture at a time, the others wait.
import { Program, apart } from "@simpul/store/apart";
import { AdsError, type AdsCode } from "../contract.ts";
import { pictureLimits, type PictureLanguage, type PictureRead } from "../contract/pictures.ts";

export interface ToReader {
  bytes: Uint8Array;
  languages: readonly PictureLanguage[];
}
export type FromReader =
  | { kind: "preview"; preview: Uint8Array }
  | { kind: "done"; done: number }
  | { kind: "read"; read: PictureRead }
  | { kind: "refused"; code: AdsCode };

/** Either what was read, or why nothing was; a picture that is sound is shown also where nobody could read it. */
export interface PictureResult {
  read: PictureRead | null;
  refusal: AdsCode | null;
  preview: Uint8Array | null;
}

const program = new Program(new URL("./child.ts", import.meta.url), ["sharp"]);
let before: Promise<unknown> = Promise.resolve();

/** Throws `PICTURE_TOO_SLOW` when it takes more time or memory than it may. */
export function runReader(
  start: ToReader,
  done: (part: number) => void,
  signal?: AbortSignal,
): Promise<PictureResult> {
  const mine = before.then(() => {
    signal?.throwIfAborted();
    return one(start, done, signal);
  });
  before = mine.catch(() => undefined);
  return mine;
}

function one(start: ToReader, done: (part: number) => void, signal?: AbortSignal): Promise<PictureResult> {
  let preview: Uint8Array | null = null;
  return apart<ToReader, FromReader, PictureResult>(
    { program, ...pictureLimits, givenUp: (why) => new AdsError("PICTURE_TOO_SLOW", why.because) },
    start,
    (message, ended) => {
      switch (message.kind) {
        case "preview":
          preview = message.preview;
          return;
        case "done":
          done(message.done);
          return;
        case "read":
          ended.resolve({ read: message.read, refusal: null, preview });
          return;
        case "refused":
          ended.resolve({ read: null, refusal: message.code, preview });
      }
    },
    signal,
  );
}
