// The page's side of the hashing worker: one worker for all files, ended when there is nothing to hash.
import { Refused } from "@simpul/doors/web";
import type { Digest } from "@simpul/model";
import type { AskIntake } from "../contract.ts";
import type { Announced, DeviceSigner } from "../rules.ts";

export type ToWorker =
  | { id: number; kind: "digest"; file: Blob }
  | { id: number; kind: "statement"; tool: string; announced: Announced }
  | { id: number; kind: "signed"; signature: Uint8Array };
export type FromWorker =
  | { id: number; kind: "progress"; done: number }
  | { id: number; kind: "sign"; message: Uint8Array }
  | { id: number; kind: "done"; value: unknown }
  | { id: number; kind: "failed"; name: string };

interface Call {
  progress?: (done: number) => void;
  signer?: DeviceSigner;
  resolve: (value: unknown) => void;
  reject: (fault: unknown) => void;
}

let worker: Worker | null = null;
let serial = 0;
const calls = new Map<number, Call>();

function hear({ data }: MessageEvent<FromWorker>): void {
  const call = calls.get(data.id);
  if (call === undefined) return;
  if (data.kind === "progress") return call.progress?.(data.done);
  if (data.kind === "sign") {
    call.signer?.sign(data.message).then(
      (signature) => worker?.postMessage({ id: data.id, kind: "signed", signature } satisfies ToWorker),
      (fault: unknown) => end(data.id, () => call.reject(fault)),
    );
    return;
  }
  // A file that changed or went away while it was read cannot be read on.
  const lost = data.kind === "failed" && ["NotReadableError", "NotFoundError"].includes(data.name);
  end(data.id, () =>
    data.kind === "done"
      ? call.resolve(data.value)
      : call.reject(new Refused(0, lost ? "FILE_UNREADABLE" : "NOT_HASHED")),
  );
}

function end(id: number, tell: () => void): void {
  calls.delete(id);
  tell();
  if (calls.size > 0) return;
  worker?.terminate();
  worker = null;
}

function ask<T>(
  message: Omit<Extract<ToWorker, { kind: "digest" | "statement" }>, "id">,
  call: Omit<Call, "resolve" | "reject">,
): Promise<T> {
  worker ??= startWorker();
  serial += 1;
  const id = serial;
  return new Promise<T>((resolve, reject) => {
    calls.set(id, { ...call, resolve: resolve as (value: unknown) => void, reject });
    worker?.postMessage({ ...message, id });
  });
}

function startWorker(): Worker {
  const made = new Worker(new URL("./hash.worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", hear);
  made.addEventListener("error", () => {
    for (const [id, call] of calls) end(id, () => call.reject(new Refused(0, "NOT_HASHED")));
  });
  return made;
}

/** SHA-256 of the bytes as they lie here. Throws `Refused` with `FILE_UNREADABLE` or `NOT_HASHED`. */
export const digestOf = (file: Blob, progress: (done: number) => void): Promise<Digest> =>
  ask({ kind: "digest", file } as never, { progress });

/** The acquisition statement with the device's signature over it. */
export const statementOf = (announced: Announced, signer: DeviceSigner): Promise<Omit<AskIntake, "case">> =>
  ask({ kind: "statement", tool: "Simpul", announced } as never, { signer });
