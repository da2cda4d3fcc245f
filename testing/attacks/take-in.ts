// A file taken in by an officer's device in software: announced, signed, uploaded, sealed and read, over the node's own door.
import { createHash } from "node:crypto";
import { announce, mediaTypeOf } from "../../features/evidence/rules.ts";
import { deviceStatement } from "../../features/access/rules.ts";
import type { IntakeStart } from "../../features/evidence/contract.ts";
import { Digest, Id } from "@simpul/model";
import { newSigner, nodeVerifying, systemClock, systemRandom } from "@simpul/store/keys";
import type { Player, Stage } from "./stage.ts";

interface ToTakeIn {
  name: string;
  text: string;
  case?: string;
}

/** Announces a file and opens its upload, without a byte of it yet; gives the id that the item will have. */
export async function beginUpload(at: Stage, who: Player, file: ToTakeIn): Promise<Id> {
  const device = newSigner();
  const { id: session } = await at.must<{ id: Id }>(who, "GET", "/api/access/session");
  const publicKey = Buffer.from(device.publicKey).toString("base64url");
  const proof = await device.sign(Buffer.from(deviceStatement(at.nation.node.code, session, publicKey)));
  const signature = Buffer.from(proof).toString("base64url");
  await at.must(who, "PUT", "/api/access/session/device", { publicKey, name: "EXERCISE", signature });

  const start = await at.must<IntakeStart>(who, "GET", "/api/evidence/intakes/start");
  const bytes = Buffer.from(file.text);
  const item = Id.make({ clock: systemClock, random: systemRandom });
  const ask = await announce(
    { hash: nodeVerifying.hash, random: systemRandom, tool: "Simpul" },
    { sign: async (message) => device.sign(message) },
    {
      facts: {
        item,
        node: start.node,
        officer: start.officer,
        desk: start.desk,
        device: start.device!,
        method: "device-export",
        mediaType: mediaTypeOf(file.name),
        size: bytes.length,
        takenAt: start.now.replace(/\.\d+Z$/, "Z"),
      },
      digest: Digest.parse(createHash("sha256").update(bytes).digest("hex")),
      hidden: { fileName: file.name, officerName: "EXERCISE" },
      clockOffset: 0,
    },
  );
  // Without its key: here the same file twice is meant to be two.
  const given = { ...ask, key: undefined, ...(file.case && { case: file.case }) };
  await at.must(who, "POST", "/api/evidence/intakes", given);
  const tus = { "tus-resumable": "1.0.0" };
  await at.ask(who, "POST", "/api/evidence/upload", undefined, {
    ...tus,
    "upload-length": String(bytes.length),
    "upload-metadata": `intake ${Buffer.from(item).toString("base64")}`,
  });
  return item;
}

/** Gives the id of the sealed item; throws when it is not sealed within half a minute. */
export async function takeIn(at: Stage, who: Player, file: ToTakeIn): Promise<Id> {
  const item = await beginUpload(at, who, file);
  await at.ask(who, "PATCH", `/api/evidence/upload/${item}`, file.text, {
    "tus-resumable": "1.0.0",
    "content-type": "application/offset+octet-stream",
    "upload-offset": "0",
  });
  for (let tries = 0; tries < 300; tries++) {
    const seen = await at.ask(who, "GET", `/api/evidence/items/${item}`);
    if (seen.status === 200 && /"detection":"done"/.test(seen.text)) return item;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(
    `${file.name} was not sealed and read: ${(await at.ask(who, "GET", `/api/evidence/intakes/${item}`)).text}`,
  );
}
