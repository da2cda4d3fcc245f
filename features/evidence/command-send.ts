// Taking in at the command line: hashed here, signed by this computer's device key, sent piece by piece on any line.
import { createHash, createPrivateKey, sign } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { ClientError, refusalOf, wait, type Client, type Facts } from "@simpul/doors/cli";
import { Digest, Id } from "@simpul/model";
import type { Method } from "@simpul/evidence";
import { nodeVerifying, systemClock, systemRandom } from "@simpul/store/keys";
import type { Intake, IntakeStart } from "./contract.ts";
import { announce, mediaTypeOf, refusedBeforehand, safeFileName } from "./rules.ts";

export const base = "/api/evidence";

/** What is taken in: a file, or what was pasted. */
export interface Bytes {
  name: string;
  size: number;
  method: Method;
  stream(from: number): Readable;
}

/** Throws `UNUSABLE` for a file that cannot be read. */
export async function fileOf(file: string, method: Method): Promise<Bytes> {
  const about = await stat(file).catch((cause: unknown) => {
    throw new ClientError("UNUSABLE", `${file} cannot be read`, null, cause);
  });
  if (!about.isFile()) throw new ClientError("UNUSABLE", `${file} is no file`);
  return {
    name: safeFileName(path.basename(file)),
    size: about.size,
    method,
    stream: (from) => createReadStream(file, { start: from }),
  };
}

export async function pasted(): Promise<Bytes> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part);
  const text = Buffer.concat(parts);
  return {
    name: "pasted.txt",
    size: text.length,
    method: "pasted",
    stream: (from) => Readable.from([text.subarray(from)]),
  };
}

async function digestOf(bytes: Bytes): Promise<Digest> {
  const hash = createHash("sha256");
  for await (const piece of bytes.stream(0) as AsyncIterable<Buffer>) hash.update(piece);
  return Digest.parse(hash.digest("hex"));
}

/** Some two minutes of a dead line; each wait stays short, because a bad line is open for moments. */
const mostFailures = 35;
const pause = (failures: number): Promise<void> => wait(Math.min(4_000, 250 * 2 ** failures));

/** On a bad line, or while the node starts anew, what may be asked twice is asked again. */
export async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let failures = 1; ; failures++) {
    try {
      return await ask();
    } catch (fault) {
      const passing = fault instanceof ClientError && fault.code === "NODE_SILENT";
      if (!passing || failures > mostFailures) throw fault;
      await pause(failures);
    }
  }
}

/** The node's no to an intake or to reading it. */
export const refusedBy = (code: string, facts: Facts): ClientError =>
  new ClientError("REFUSED", code, code, undefined, facts);

/** The same bytes that this officer began before: what arrived of them is at the node, under what was signed then. */
async function unfinished(
  door: Client,
  bytes: Bytes,
  digest: Digest,
  into: Id | null,
  say: (text: string) => void,
): Promise<Intake | null> {
  const { intakes } = await patiently(() => door.call<{ intakes: Intake[] }>("GET", `${base}/intakes`));
  const begun = intakes.find(
    (one) =>
      ["open", "refused"].includes(one.state) &&
      one.digest === digest &&
      one.size === bytes.size &&
      one.case === into,
  );
  if (begun === undefined) return null;
  say(`${bytes.name}: was begun before, goes on at ${begun.received} of ${begun.size} B`);
  return begun;
}

/** Signs what is taken in and announces it; gives its intake, or that of the same file taken in a while ago. */
async function announceTo(
  door: Client,
  start: IntakeStart,
  { bytes, digest, asked }: { bytes: Bytes; digest: Digest; asked: number },
  into: Id | null,
): Promise<Intake> {
  const { device } = door.profile;
  if (device === null)
    throw new ClientError("UNUSABLE", "this account has no device key; sign in again: simpul sign-in");
  const key = createPrivateKey({ key: Buffer.from(device.key, "base64"), format: "der", type: "pkcs8" });
  const item = Id.make({ clock: systemClock, random: systemRandom });
  const ask = await announce(
    { hash: nodeVerifying.hash, random: systemRandom, tool: "simpul take-in" },
    { sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, key))) },
    {
      facts: {
        item,
        node: start.node,
        officer: start.officer,
        desk: start.desk,
        device: Id.parse(device.id),
        method: bytes.method,
        mediaType: mediaTypeOf(bytes.name),
        size: bytes.size,
        takenAt: new Date().toISOString(),
      },
      digest,
      hidden: { fileName: bytes.name, officerName: door.profile.officer.name },
      clockOffset: asked - Date.parse(start.now),
    },
  );
  const given = { ...ask, ...(into && { case: into }) };
  return patiently(() => door.call<Intake>("POST", `${base}/intakes`, given));
}

/** Hashes; signs, or finds what was begun before; uploads and waits until the node has sealed it. */
export async function takeIn(
  door: Client,
  bytes: Bytes,
  into: Id | null,
  say: (text: string) => void,
): Promise<Intake> {
  const asked = Date.now();
  const start = await patiently(() => door.call<IntakeStart>("GET", `${base}/intakes/start`));
  const refused = refusedBeforehand(bytes.size, start.limits);
  if (refused !== null) throw refusedBy(refused, { size: bytes.size });
  say(`${bytes.name}: hashing`);
  const digest = await digestOf(bytes);
  const { item, state: begun } =
    (await unfinished(door, bytes, digest, into, say)) ??
    (await announceTo(door, start, { bytes, digest, asked }, into));
  if (begun === "sealing" || begun === "sealed") say(`${bytes.name}: was taken in before, as ${item}`);
  else await send(door, item, bytes, say);
  for (;;) {
    const state = await patiently(() => door.call<Intake>("GET", `${base}/intakes/${item}`));
    if (state.state === "sealed") return state;
    if (state.refusal !== null) throw refusedBy(state.refusal.code, state.refusal.facts);
    await wait(150);
  }
}

const tus = { "tus-resumable": "1.0.0" };
const piece = 8 * 1024 * 1024;

/** Tells the node that bytes of this intake come; says false where some came before. */
async function begin(door: Client, item: Id, size: number): Promise<boolean> {
  const made = await patiently(() =>
    door.fetch(`${base}/upload`, {
      method: "POST",
      headers: {
        ...tus,
        "upload-length": String(size),
        "upload-metadata": `intake ${Buffer.from(item).toString("base64")}`,
      },
    }),
  );
  if (!made.ok && made.status !== 409) throw await refusalOf(made);
  return made.ok;
}

/** How far the node is; 0 where a node that was killed lost what it had begun to keep, null where it does not say. */
async function arrived(door: Client, item: Id, size: number): Promise<number | null> {
  const head = await door.fetch(`${base}/upload/${item}`, { method: "HEAD", headers: tus }).catch(() => null);
  if (head?.ok === true) return Number(head.headers.get("upload-offset"));
  if (head === null || head.status < 400 || head.status >= 500) return null;
  // All came, and the answer that said so was lost: the node is sealing it already, or has.
  const { state } = await patiently(() => door.call<Intake>("GET", `${base}/intakes/${item}`));
  if (state === "sealing" || state === "sealed") return size;
  await begin(door, item, size);
  return 0;
}

/** Sends what the node does not have yet; a cut line is tried again from where it broke. */
async function send(door: Client, item: Id, bytes: Bytes, say: (text: string) => void): Promise<void> {
  const fresh = await begin(door, item, bytes.size);
  let at = fresh ? 0 : ((await arrived(door, item, bytes.size)) ?? 0);
  let failures = 0;
  while (at < bytes.size) {
    const parts: Buffer[] = [];
    for await (const part of bytes.stream(at) as AsyncIterable<Buffer>) {
      parts.push(part);
      if (parts.reduce((sum, one) => sum + one.length, 0) >= piece) break;
    }
    const body = Buffer.concat(parts).subarray(0, piece);
    const answer = await door
      .fetch(`${base}/upload/${item}`, {
        method: "PATCH",
        headers: { ...tus, "upload-offset": String(at), "content-type": "application/offset+octet-stream" },
        body: new Uint8Array(body),
      })
      .catch(() => null);
    if (answer?.ok === true) {
      at = Number(answer.headers.get("upload-offset"));
      failures = 0;
      if (bytes.size > piece) say(`${bytes.name}: ${Math.round((100 * at) / bytes.size)} %`);
      continue;
    }
    if (answer?.status === 507) throw await refusalOf(answer);
    failures += 1;
    if (failures > mostFailures)
      throw new ClientError(
        "NODE_SILENT",
        `${bytes.name}: ${at} of ${bytes.size} B arrived, then the line was dead; call again when it is up`,
      );
    await pause(failures);
    at = (await arrived(door, item, bytes.size)) ?? at;
  }
  await patiently(() => door.call("POST", `${base}/intakes/${item}/seal`));
}
