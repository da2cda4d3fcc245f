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

/** The announcement of a file as the officer's device makes it. */
export async function announcementOf(
  keys: TestKeys,
  name: string,
  bytes: Uint8Array,
  item = newId(),
): Promise<AskIntake & { item: Id }> {
  const ask = await announce(
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
  return { ...ask, item };
}
