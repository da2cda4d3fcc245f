// The page's side of the slow PIN: one worker per try, ended with it.
import type { AskPin } from "./pin.worker.ts";

/** OWASP's second choice for Argon2id is 19 MiB and two passes; a phone of 2 GB bears 32 MiB and three. */
export const pinCost = { memoryKiB: 32 * 1024, passes: 3 } as const;

/** 32 bytes from a PIN. Throws where the worker could not run. */
export function slowly(
  pin: string,
  salt: Uint8Array,
  cost: Omit<AskPin, "pin" | "salt">,
): Promise<Uint8Array> {
  const worker = new Worker(new URL("./pin.worker.ts", import.meta.url), { type: "module" });
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<{ bytes: Uint8Array | null }>) =>
      data.bytes === null ? reject(new Error("argon2id")) : resolve(data.bytes),
    );
    worker.addEventListener("error", () => reject(new Error("argon2id")));
    worker.postMessage({ pin, salt, ...cost } satisfies AskPin);
  }).finally(() => worker.terminate());
}
