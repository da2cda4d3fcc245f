// The door to the open net: a public file is fetched by its address, and nothing else is told, followed or reached.
import { lookup as resolve } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { BlockList, isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { createGunzip } from "node:zlib";
import { SimpulError } from "@simpul/model";

export const outwardCodes = [
  "NOT_HTTPS",
  "PRIVATE_ADDRESS",
  "UNREACHABLE",
  "TIMEOUT",
  "TOO_LARGE",
  "TOO_MANY_REDIRECTS",
  "BAD_STATUS",
  "NOT_UNPACKED",
] as const;
export type OutwardCode = (typeof outwardCodes)[number];
export class OutwardError extends SimpulError<OutwardCode> {
  /** Seconds after which the other side says one may ask again; null where it says nothing. */
  readonly after: number | null;
  constructor(code: OutwardCode, detail?: string, after: number | null = null) {
    super(code, detail);
    this.after = after;
  }
}

/** Nothing of these is the open net (IANA special-purpose registries, RFC 6890). */
const closed = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12],
  ["192.0.0.0", 24], ["192.0.2.0", 24], ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15],
  ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 3],
] as const) closed.addSubnet(net, bits); // prettier-ignore
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");
const closed6 = new BlockList();
// Tunnels that carry an address of the first kind, documentation, and what is not routed.
for (const [net, bits] of [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]] as const)
  closed6.addSubnet(net, bits, "ipv6"); // prettier-ignore

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address);
  return family === 6 && open6.check(address, "ipv6") && !closed6.check(address, "ipv6");
}

export interface OutwardSettings {
  /** Bytes at most, packed and unpacked. */
  limit: number;
  /** For everything together, redirects too. */
  timeoutMs: number;
  /** Which addresses may be reached; tests let in one of their own. */
  reachable?: (address: string) => boolean;
  /** Whom to trust instead of the usual authorities; for tests. */
  trust?: Pick<ConnectionOptions, "ca" | "checkServerIdentity">;
}
/** What is remembered of the last answer, so that the same is not sent again (RFC 9110 section 13). */
export interface Remembered {
  etag: string | null;
  modified: string | null;
}
export type Fetched = { kind: "same" } | ({ kind: "new"; bytes: Buffer } & Remembered);

const mostRedirects = 3;

/** The address as one may ask it, without a name or password in it. Throws `NOT_HTTPS`. */
export function publicUrl(address: string, from?: URL): URL {
  if (!URL.canParse(address, from?.href)) throw new OutwardError("NOT_HTTPS");
  const url = new URL(address, from);
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "")
    throw new OutwardError("NOT_HTTPS");
  return url;
}

/** No cookie, no account, no referrer. Throws `OutwardError`. */
export async function fetchPublic(
  address: string,
  last: Remembered,
  settings: OutwardSettings,
): Promise<Fetched> {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  let url = publicUrl(address);
  try {
    for (let turn = 0; turn <= mostRedirects; turn += 1) {
      const answer = await ask(url, last, settings, signal);
      const { statusCode: status = 0, headers } = answer;
      if (status === 304) return ended(answer, { kind: "same" });
      if (status >= 300 && status < 400 && headers.location !== undefined) {
        url = publicUrl(ended(answer, headers.location), url);
        continue;
      }
      if (status !== 200) throw ended(answer, new OutwardError("BAD_STATUS", String(status), afterOf(headers["retry-after"]))); // prettier-ignore
      const bytes = await bytesOf(answer, settings.limit);
      return { kind: "new", bytes, etag: short(headers.etag), modified: short(headers["last-modified"]) };
    }
    throw new OutwardError("TOO_MANY_REDIRECTS");
  } catch (fault) {
    if (fault instanceof OutwardError) throw fault;
    throw new OutwardError(signal.aborted ? "TIMEOUT" : "UNREACHABLE", undefined, null);
  }
}

/** The rest of the answer is of no use. */
function ended<T>(answer: IncomingMessage, value: T): T {
  answer.destroy();
  return value;
}
const short = (value: string | undefined): string | null =>
  value === undefined || value.length > 200 ? null : value;
const afterOf = (value: string | undefined): number | null =>
  value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : null;

/** Connects to an address that was looked at, so that a name cannot mean another one a moment later. */
async function ask(
  url: URL,
  last: Remembered,
  { reachable = isPublicAddress, trust = {} }: OutwardSettings,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = await Promise.race([resolve(host, { all: true }), aborted(signal)]);
  const at = found.find(({ address }) => reachable(address));
  // A name with one address inside the house is no name of the open net.
  if (at === undefined || found.some(({ address }) => !reachable(address)))
    throw new OutwardError("PRIVATE_ADDRESS");
  return new Promise((done, fail) => {
    const asked = request(url, {
      ...{ signal, agent: false, host: at.address, family: at.family },
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...trust,
      headers: {
        ...{ host: url.host, accept: "application/atom+xml, application/rss+xml, application/xml, text/xml" },
        ...{ "accept-encoding": "gzip", "user-agent": "Simpul" },
        ...(last.etag === null ? {} : { "if-none-match": last.etag }),
        ...(last.modified === null ? {} : { "if-modified-since": last.modified }),
      },
    });
    asked.once("response", done).once("error", fail).end();
  });
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => {
    signal.addEventListener("abort", () => fail(new OutwardError("TIMEOUT")), { once: true });
  });

async function bytesOf(answer: IncomingMessage, limit: number): Promise<Buffer> {
  const coding = answer.headers["content-encoding"] ?? "identity";
  if (coding !== "identity" && coding !== "gzip")
    throw ended(answer, new OutwardError("NOT_UNPACKED", coding));
  const gunzip = coding === "gzip" ? createGunzip() : null;
  const parts: Buffer[] = [];
  let [packed, size] = [0, 0];
  answer.on("data", (part: Buffer) => {
    packed += part.length;
    if (packed > limit) answer.destroy(new OutwardError("TOO_LARGE"));
  });
  if (gunzip !== null) {
    answer.once("error", (fault) => gunzip.destroy(fault));
    answer.once("aborted", () => gunzip.destroy(new OutwardError("UNREACHABLE")));
    answer.pipe(gunzip);
  }
  try {
    for await (const part of gunzip ?? answer) {
      size += (part as Buffer).length;
      // However much a little unpacks to.
      if (size > limit) throw new OutwardError("TOO_LARGE");
      parts.push(part as Buffer);
    }
  } catch (fault) {
    answer.destroy();
    if (fault instanceof Error && "code" in fault && String(fault.code).startsWith("Z_"))
      throw new OutwardError("NOT_UNPACKED");
    throw fault;
  }
  return Buffer.concat(parts);
}
