// `simpul take-in`, `items`, `read`, `confirm`: evidence at the command line, signed by this computer's device key.
import { createHash, createPrivateKey, sign } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { client, ClientError, command, exits, output, refusalOf, type Client } from "@simpul/doors/cli";
import { Digest, Id, holderRoles, selectorTypes, type HolderRole, type SelectorType } from "@simpul/model";
import { methods, type Method } from "@simpul/evidence";
import { nodeVerifying, systemClock, systemRandom } from "@simpul/store/keys";
import { defineCommand } from "citty";
import {
  EvidenceRoomError,
  type FindingGroup,
  type Intake,
  type IntakeStart,
  type Item,
  type Part,
} from "./contract.ts";
import { announce, mediaTypeOf, refusedBeforehand, safeFileName } from "./rules.ts";

const json = { type: "boolean", description: "one JSON object a line" } as const;
const base = "/api/evidence";
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** A case by its number, or by its id. */
const caseId = async (door: Client, ref: string): Promise<Id> =>
  (await door.call<{ id: Id }>("GET", `/api/cases/${encodeURIComponent(ref)}`)).id;

interface Bytes {
  name: string;
  size: number;
  method: Method;
  stream(from: number): Readable;
}

async function fileOf(file: string, method: Method): Promise<Bytes> {
  const about = await stat(file).catch((cause: unknown) => {
    throw new EvidenceRoomError("NOT_FOUND", { file }, cause);
  });
  return {
    name: safeFileName(path.basename(file)),
    size: about.size,
    method,
    stream: (from) => createReadStream(file, { start: from }),
  };
}

async function pasted(): Promise<Bytes> {
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
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
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

/** Hashes, signs, uploads and waits until the node has sealed it. */
async function takeIn(
  door: Client,
  bytes: Bytes,
  into: Id | null,
  say: (text: string) => void,
): Promise<Intake> {
  const asked = Date.now();
  const start = await patiently(() => door.call<IntakeStart>("GET", `${base}/intakes/start`));
  const refused = refusedBeforehand(bytes.size, start.limits);
  if (refused !== null) throw new EvidenceRoomError(refused, { size: bytes.size });
  const { device } = door.profile;
  if (device === null) throw new EvidenceRoomError("NO_DEVICE");
  say(`${bytes.name}: hashing`);
  const digest = await digestOf(bytes);
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
  await patiently(() => door.call("POST", `${base}/intakes`, { ...ask, ...(into && { case: into }) }));
  await send(door, item, bytes, say);
  for (;;) {
    const state = await patiently(() => door.call<Intake>("GET", `${base}/intakes/${item}`));
    if (state.state === "sealed") return state;
    if (state.refusal !== null) throw new EvidenceRoomError(state.refusal.code, state.refusal.facts);
    await wait(150);
  }
}

const tus = { "tus-resumable": "1.0.0" };
const piece = 8 * 1024 * 1024;

/** Tells the node that bytes of this intake come; where they came before, that is no fault. */
async function begin(door: Client, item: Id, size: number): Promise<void> {
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
  await begin(door, item, bytes.size);
  let failures = 0;
  for (let at = 0; at < bytes.size;) {
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
    failures += 1;
    if (failures > mostFailures)
      throw new EvidenceRoomError("NOT_UPLOADED", { received: at, size: bytes.size });
    await pause(failures);
    at = (await arrived(door, item, bytes.size)) ?? at;
  }
  await patiently(() => door.call("POST", `${base}/intakes/${item}/seal`));
}

export const takeInCommand = defineCommand({
  meta: { name: "take-in", description: "hash, sign, send and seal files" },
  args: {
    file: { type: "positional", required: false, description: "files" },
    case: { type: "string", description: "the case they belong to, e.g. ID-2031-000417" },
    method: { type: "string", default: "device-export", description: methods.join(", ") },
    paste: { type: "boolean", description: "take the text on standard input" },
    read: { type: "boolean", default: true, description: "wait until it is read" },
    json,
  },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const door = await client();
      const method = methods.find((one) => one === args.method);
      if (method === undefined) return exits.unusable;
      const files =
        args.paste === true
          ? [await pasted()]
          : await Promise.all(args._.map((file) => fileOf(file, method)));
      if (files.length === 0) return exits.unusable;
      const into = args.case === undefined ? null : await caseId(door, args.case);
      for (const bytes of files) {
        const sealed = await takeIn(door, bytes, into, out.say);
        const item = args.read
          ? await untilRead(door, sealed.item)
          : await patiently(() => door.call<Item>("GET", `${base}/items/${sealed.item}`));
        out.result(item, lineOf(item));
      }
      return exits.done;
    }),
});

async function untilRead(door: Client, id: Id): Promise<Item> {
  for (;;) {
    const item = await patiently(() => door.call<Item>("GET", `${base}/items/${id}`));
    if (item.reading.state === "refused" || item.reading.detection === "done") return item;
    await wait(200);
  }
}

const lineOf = (item: Item): string =>
  [
    item.id,
    item.fileName,
    `${item.size} B`,
    item.reading.refusal?.code ?? `${item.reading.kind ?? "…"} ${item.reading.parts}`,
    `${item.findings.open} / ${item.findings.confirmed}`,
  ].join("\t");

export const itemsCommand = defineCommand({
  meta: { name: "items", description: "the items that you see" },
  args: { case: { type: "string", description: "only of this case" }, json },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const door = await client();
      const of = args.case === undefined ? null : await caseId(door, args.case);
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({
          ...(of !== null && { case: of }),
          ...(cursor !== null && { cursor }),
        });
        const page: { items: Item[]; next: string | null } = await door.call(
          "GET",
          `${base}/items?${query.toString()}`,
        );
        for (const item of page.items) out.result(item, lineOf(item));
        cursor = page.next;
      } while (cursor !== null);
      return exits.done;
    }),
});

export const readCommand = defineCommand({
  meta: { name: "read", description: "the text of an item, or with --findings what was found in it" },
  args: {
    item: { type: "positional", required: true, description: "item" },
    findings: { type: "boolean", description: "what was found" },
    json,
  },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const door = await client();
      const item = Id.parse(args.item);
      if (args.findings === true) {
        const { findings } = await door.call<{ findings: FindingGroup[] }>(
          "GET",
          `${base}/items/${item}/findings`,
        );
        for (const one of findings)
          out.result(
            one,
            [
              one.id,
              one.type,
              one.canonical,
              one.valid ? "" : `! ${one.doubt ?? ""}`,
              `×${one.times}`,
              one.states.join(","),
              one.roles.join(","),
            ].join("\t"),
          );
        return exits.done;
      }
      const { segments } = await door.call<{ segments: { number: number }[] }>(
        "GET",
        `${base}/items/${item}/reading`,
      );
      for (const { number } of segments) {
        const { parts } = await door.call<{ parts: Part[] }>(
          "GET",
          `${base}/items/${item}/reading/${number}`,
        );
        for (const part of parts)
          out.result(part, [part.at, part.sender, part.text].filter((one) => one !== undefined).join("\t"));
      }
      return exits.done;
    }),
});

export const confirmCommand = defineCommand({
  meta: { name: "confirm", description: "say whose a finding is, correct it with --as, or --reject it" },
  args: {
    item: { type: "positional", required: true, description: "item" },
    value: { type: "positional", required: true, description: "canonical value, or a finding's id" },
    role: { type: "string", description: holderRoles.join(", ") },
    as: { type: "string", description: "TYPE:VALUE that it really is" },
    reject: { type: "boolean", description: "it is nothing" },
    json,
  },
  run: ({ args }) =>
    command(async () => {
      const out = output(args.json ?? false);
      const door = await client();
      const item = Id.parse(args.item);
      const { findings } = await door.call<{ findings: FindingGroup[] }>(
        "GET",
        `${base}/items/${item}/findings`,
      );
      const found = findings.filter((one) => one.id === args.value || one.canonical === args.value);
      if (found.length === 0) throw new EvidenceRoomError("NOT_FOUND", { value: args.value });
      const role = holderRoles.find((one): one is HolderRole => one === args.role);
      const [type, ...value] = (args.as ?? "").split(":");
      const really = selectorTypes.find((one): one is SelectorType => one === type);
      const done = await door.call<{ act: Id; changed: number }>("POST", `${base}/items/${item}/decisions`, {
        findings: found.map((one) => one.id),
        decision: args.reject === true ? "reject" : args.as === undefined ? "confirm" : "correct",
        alike: true,
        ...(role && { role }),
        ...(really && { correction: { type: really, value: value.join(":") } }),
      });
      out.result(done, `${done.changed} · ${args.value} · ${role ?? "-"}`);
      return exits.done;
    }),
});
