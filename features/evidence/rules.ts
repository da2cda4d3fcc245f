// Decisions of taking in and confirming, from values alone; the page and the command line use the same.
import {
  payloadType,
  writeAcquisition,
  type AcquisitionFacts,
  type Concealed,
  type Method,
} from "@simpul/evidence";
import type { Digest, HolderRole } from "@simpul/model";
import { preAuthEncoding, toBase64 } from "@simpul/seal";
import type { AskIntake, DecisionKind, IntakeLimits } from "./contract.ts";

const longestName = 200;
// Path separators, control characters, and the marks that turn the reading direction and so disguise an extension.

const unsafe = /[\u0000-\u001f\u007f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A name that is safe to show and to save: no path, no control characters, an extension kept, never empty. */
export function safeFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .normalize("NFC")
    .replace(unsafe, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (clean === "") return "file";
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? "";
  const stem = Array.from(clean.slice(0, clean.length - extension.length))
    .slice(0, longestName - extension.length)
    .join("");
  return `${stem === "" ? "file" : stem}${extension}`;
}

const types: Readonly<Record<string, string>> = {
  txt: "text/plain",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/x-ndjson",
  ndjson: "application/x-ndjson",
  html: "text/html",
  htm: "text/html",
  eml: "message/rfc822",
  pdf: "application/pdf",
  zip: "application/zip",
  wacz: "application/wacz",
  warc: "application/warc",
  gz: "application/gzip",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  tif: "image/tiff",
  tiff: "image/tiff",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** What a name says of its content; a browser's own guess differs from machine to machine. */
export const mediaTypeOf = (fileName: string): string =>
  types[/\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream";

export type RefusedBeforehand = "EMPTY_FILE" | "FILE_TOO_LARGE" | null;
export const refusedBeforehand = (size: number, limits: IntakeLimits): RefusedBeforehand =>
  size === 0 ? "EMPTY_FILE" : size > limits.file ? "FILE_TOO_LARGE" : null;

/** Signs with the key of the officer's device, which never leaves it. */
export interface DeviceSigner {
  sign(message: Uint8Array): Promise<Uint8Array>;
}

export interface Announced {
  facts: Omit<AcquisitionFacts, "tool" | "clockOffset"> & { method: Method };
  digest: Digest;
  hidden: Concealed & { fileName: string };
  /** Milliseconds by which this device is ahead of the node. */
  clockOffset: number;
}

/** The acquisition as it is announced: its bytes, made here, and the device's signature over them. */
export async function announce(
  by: { hash: (data: Uint8Array) => Uint8Array; random: { bytes(length: number): Uint8Array }; tool: string },
  signer: DeviceSigner,
  { facts, digest, hidden, clockOffset }: Announced,
): Promise<Omit<AskIntake, "case">> {
  const tool = { name: by.tool, version: "0.1.0" };
  const { bytes, disclosures } = writeAcquisition(
    by,
    digest,
    { ...facts, tool, clockOffset: Math.round(clockOffset) },
    hidden,
  );
  const signature = await signer.sign(preAuthEncoding(payloadType, bytes));
  const key = intakeKey(by.hash, { facts, digest, hidden });
  return { statement: toBase64(bytes), signature: toBase64(signature), disclosures, key };
}

/**
 * What a repetition has in common with the first try: who takes which bytes in, how and from where. Not the time, which
 * is another each time.
 */
function intakeKey(
  hash: (data: Uint8Array) => Uint8Array,
  { facts, digest, hidden }: Omit<Announced, "clockOffset">,
): string {
  const { node, officer, desk, method, size } = facts;
  const { fileName, source, authority, place, note } = hidden;
  const from = [source, authority, place, note].map((said) => said ?? "");
  const all = ["simpul intake", node, officer, desk, method, size, digest, fileName, ...from];
  const bytes = hash(new TextEncoder().encode(JSON.stringify(all)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** HIT-1: what is confirmed needs somebody whose it is; what is not, has nobody. */
export const roleFits = (decision: DecisionKind, role: HolderRole | undefined): boolean =>
  decision === "confirm" || decision === "correct" ? role !== undefined : role === undefined;
