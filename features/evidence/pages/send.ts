// Sending one file to the node by tus: in pieces, from where the line broke, until every byte is there.
import { Refused } from "@simpul/doors/web";
import type { Id } from "@simpul/model";
import { DetailedError, Upload } from "tus-js-client";

const piece = 4 * 1024 * 1024;
/** About ten minutes of a dead line; then the officer is asked, and nothing that arrived is lost. */
const waits = [0, 1_000, 2_000, 4_000, 8_000, ...Array<number>(20).fill(15_000)];

export interface Sending {
  done: Promise<void>;
  stop: () => void;
}

function refusalOf(fault: Error): Refused {
  const answer = fault instanceof DetailedError ? fault.originalResponse : null;
  if (answer === null) return new Refused(0, "NO_CONNECTION");
  try {
    const { error } = JSON.parse(answer.getBody()) as {
      error: { code: string; facts?: Record<string, string | number> };
    };
    return new Refused(answer.getStatus(), error.code, {
      reference: answer.getHeader("x-reference") ?? "",
      ...(error.facts && { facts: error.facts }),
    });
  } catch {
    return new Refused(answer.getStatus(), answer.getStatus() >= 500 ? "NODE_AWAY" : "FAULT");
  }
}

/** `begun`: the node has the file's beginning. `report` is told how many bytes are there. Rejects with `Refused`. */
export function send(item: Id, file: Blob, begun: boolean, report: (sent: number) => void): Sending {
  const endpoint = `${location.origin}/api/evidence/upload`;
  let upload: Upload | null = null;
  const done = new Promise<void>((resolve, reject) => {
    upload = new Upload(file, {
      endpoint,
      ...(begun ? { uploadUrl: `${endpoint}/${item}` } : {}),
      metadata: { intake: item },
      chunkSize: piece,
      retryDelays: waits,
      // The node knows what is unfinished; nothing about a case is left in this browser.
      storeFingerprintForResuming: false,
      // A line comes back by itself; room on a disk has to be made, so she is told at once.
      onShouldRetry: (fault) => {
        const status = fault instanceof DetailedError ? (fault.originalResponse?.getStatus() ?? 0) : 0;
        return status !== 507 && (status < 400 || status >= 500 || status === 409 || status === 423);
      },
      onProgress: (sent) => report(sent),
      onSuccess: () => resolve(),
      onError: (fault) => reject(refusalOf(fault)),
    });
    upload.start();
  });
  return { done, stop: () => void upload?.abort() };
}
