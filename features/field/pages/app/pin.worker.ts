// Turns a PIN into bytes, slowly on purpose (Argon2id), away from the page; this worker can reach no network.
import { argon2id } from "hash-wasm";

export interface AskPin {
  pin: string;
  salt: Uint8Array;
  memoryKiB: number;
  passes: number;
}

addEventListener("message", ({ data }: MessageEvent<AskPin>) => {
  argon2id({
    password: data.pin.normalize("NFKC"),
    salt: data.salt,
    memorySize: data.memoryKiB,
    iterations: data.passes,
    parallelism: 1,
    hashLength: 32,
    outputType: "binary",
  }).then(
    (bytes) => postMessage({ bytes }),
    () => postMessage({ bytes: null }),
  );
});
