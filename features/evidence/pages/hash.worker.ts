// Hashing and writing the statement away from the page, so that the page stays alive; this worker can reach no network.
import { createSHA256 } from "hash-wasm";
import { Digest } from "@simpul/model";
import { announce, type Announced } from "../rules.ts";
import type { FromWorker, ToWorker } from "./hasher.ts";

const piece = 4 * 1024 * 1024;
const waiting = new Map<number, (signature: Uint8Array) => void>();
const tell = (message: FromWorker): void => postMessage(message);

async function digestOf(id: number, file: Blob): Promise<string> {
  const hasher = (await createSHA256()).init();
  for (let at = 0; at < file.size; at += piece) {
    hasher.update(new Uint8Array(await file.slice(at, at + piece).arrayBuffer()));
    tell({ id, kind: "progress", done: Math.min(at + piece, file.size) });
  }
  return Digest.parse(hasher.digest("hex"));
}

async function statementOf(id: number, tool: string, announced: Announced): Promise<unknown> {
  const small = await createSHA256();
  const by = {
    tool,
    hash: (data: Uint8Array) => small.init().update(data).digest("binary"),
    random: { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) },
  };
  // The key stays with the page, which signs what is written here.
  const sign = (message: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve) => {
      waiting.set(id, resolve);
      tell({ id, kind: "sign", message });
    });
  return announce(by, { sign }, announced);
}

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "signed") {
    waiting.get(data.id)?.(data.signature);
    waiting.delete(data.id);
    return;
  }
  const work =
    data.kind === "digest" ? digestOf(data.id, data.file) : statementOf(data.id, data.tool, data.announced);
  work.then(
    (value) => tell({ id: data.id, kind: "done", value }),
    (fault: unknown) =>
      tell({ id: data.id, kind: "failed", name: fault instanceof Error ? fault.name : String(fault) }),
  );
});
