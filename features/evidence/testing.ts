// For tests: an evidence room on a store of its own, with officers of one desk, their devices and a worker.
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Digest, Id, type NodeCode, type Officer, type Role } from "@simpul/model";
import { loadPolicy } from "@simpul/policy";
import { cedar } from "@simpul/policy/cedar";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Standing } from "@simpul/store";
import { openFolder } from "@simpul/store/blobs";
import { KeyBox, newSigner, nodeVerifying, systemClock, systemRandom } from "@simpul/store/keys";
import { usualLimits, type AskIntake } from "./contract.ts";
import type { EvidenceNode } from "./node.ts";
import { usualReadingLimits } from "./reading/limits.ts";
import { announce, mediaTypeOf } from "./rules.ts";

export const newId = (): Id => Id.make({ clock: systemClock, random: systemRandom });

export interface TestKeys {
  node: Signer;
  kek: Uint8Array;
  device: Signer;
  deviceId: Id;
  officer: Officer;
}

export const newKeys = (officer: Officer): TestKeys => ({
  node: newSigner(),
  kek: systemRandom.bytes(32),
  device: newSigner(),
  deviceId: newId(),
  officer,
});

const agency = newId();
const desk = newId();
export const officerWith = (...roles: Role[]): Officer => ({
  kind: "officer",
  id: newId(),
  node: "id" as NodeCode,
  agency,
  agencyKind: "cyber-crime",
  desk,
  roles,
  provenAt: null,
});
export const as = (actor: Officer): Standing => ({ actor, purpose: "crime-investigation" });

export async function evidenceRoom(
  store: OpenStore,
  folder: string,
  keys: TestKeys,
  caseFacts: EvidenceNode["caseFacts"],
): Promise<EvidenceNode & { woken: string[] }> {
  const woken: string[] = [];
  await mkdir(path.join(folder, "staging"), { recursive: true });
  return {
    code: "id" as NodeCode,
    store,
    policy: loadPolicy(cedar),
    clock: systemClock,
    random: systemRandom,
    blobs: await openFolder(path.join(folder, "blobs")),
    signer: keys.node,
    nodeKeys: [keys.node.publicKey],
    box: new KeyBox(keys.kek),
    devices: {
      keyOf: (id) =>
        Promise.resolve(
          id === keys.deviceId
            ? {
                publicKey: keys.device.publicKey,
                officer: keys.officer.id,
                addedAt: new Date(0),
                revokedAt: null,
              }
            : null,
        ),
    },
    directory: { officers: () => Promise.resolve(new Map()), desks: () => Promise.resolve(new Map()) },
    caseFacts,
    staging: path.join(folder, "staging"),
    limits: usualLimits,
    reading: usualReadingLimits,
    wake: (topic) => woken.push(topic),
    cosigners: () => Promise.resolve([]),
    woken,
  };
}

/** The announcement of a file as the officer's device makes it; with its key only where a repetition is meant. */
export async function announcementOf(
  keys: TestKeys,
  name: string,
  bytes: Uint8Array,
  { item = newId(), keyed = false }: { item?: Id; keyed?: boolean } = {},
): Promise<AskIntake & { item: Id }> {
  const { key, ...ask } = await announce(
    { hash: nodeVerifying.hash, random: systemRandom, tool: "Simpul" },
    { sign: async (message) => keys.device.sign(message) },
    {
      facts: {
        item,
        node: "id" as NodeCode,
        officer: keys.officer.id,
        desk: keys.officer.desk,
        device: keys.deviceId,
        method: "device-export",
        mediaType: mediaTypeOf(name),
        size: bytes.length,
        takenAt: "2026-03-01T08:00:00Z",
      },
      digest: Digest.parse(createHash("sha256").update(bytes).digest("hex")),
      hidden: { fileName: name, officerName: "Sari Wulandari" },
      clockOffset: 12.3,
    },
  );
  return { ...ask, item, ...(keyed && key !== undefined && { key }) };
}

/** An archive whose end never arrived, as an interrupted export leaves it. */
export function tornZip(): Buffer {
  const name = "chat.txt";
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(400, 18);
  head.writeUInt32LE(400, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), Buffer.from("03/02/31 19.02 - Dimas: cut off he")]);
}

/** A one-page PDF that asks for a password (PDF 1.7, 7.6). */
export function lockedPdf(): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
  ];
  let body = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const xref = body.length;
  const lock = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> /P -4 >> /ID [<00> <00>]`;
  body += `xref\n0 4\n0000000000 65535 f \n${places.join("")}trailer\n<< /Size 4 /Root 1 0 R ${lock} >>\n`;
  return Buffer.from(`${body}startxref\n${xref}\n%%EOF`, "latin1");
}
