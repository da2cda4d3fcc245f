// Taking one file in from the browser: hash here, sign here, send with resuming, wait for the seal; shown in the tray.
import { api, sessionDevice } from "@simpul/doors/web";
import { Id } from "@simpul/model";
import { createSHA256 } from "hash-wasm";
import type { Intake, IntakeStart } from "../contract.ts";
import { announce, mediaTypeOf, refusedBeforehand, safeFileName } from "../rules.ts";

export type Step = "hashing" | "signing" | "uploading" | "sealing" | "sealed";
export type Report = (step: Step, part: number) => void;

const piece = 4 * 1024 * 1024;
const base = "/api/evidence";
const tus = { "tus-resumable": "1.0.0" };
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Throws `Refused` with the node's code; the file stays where it is and can be dropped again. */
export async function takeIn(
  file: Blob,
  given: { name: string; pasted: boolean; officer: string },
  report: Report,
): Promise<Id> {
  const name = safeFileName(given.name);
  const asked = Date.now();
  const start = await api.get<IntakeStart>(`${base}/intakes/start`);
  const device = await sessionDevice();
  const beforehand = refusedBeforehand(file.size, start.limits);
  if (beforehand !== null) throw new Error(beforehand);

  const hasher = (await createSHA256()).init();
  for (let at = 0; at < file.size; at += piece) {
    hasher.update(new Uint8Array(await file.slice(at, at + piece).arrayBuffer()));
    report("hashing", Math.min(1, (at + piece) / file.size));
  }
  const digest = hasher.digest("hex") as Intake["digest"];

  report("signing", 0);
  const small = await createSHA256();
  const item = Id.make({ clock: { now: () => new Date() }, random });
  const ask = await announce(
    { hash: (data) => small.init().update(data).digest("binary"), random, tool: "Simpul web" },
    device,
    {
      facts: {
        item,
        node: start.node,
        officer: start.officer,
        desk: start.desk,
        device: Id.parse(device.id),
        method: given.pasted ? "pasted" : "device-export",
        mediaType: mediaTypeOf(name),
        size: file.size,
        takenAt: new Date().toISOString(),
      },
      digest,
      hidden: { fileName: name, officerName: given.officer },
      clockOffset: asked - Date.parse(start.now),
    },
  );
  await api.post(`${base}/intakes`, ask);
  await send(item, file, report);

  report("sealing", 0);
  for (;;) {
    const intake = await api.get<Intake>(`${base}/intakes/${item}`);
    if (intake.state === "sealed") break;
    if (intake.refusal !== null) throw new Error(intake.refusal.code);
    await pause(250);
  }
  report("sealed", 1);
  return item;
}

async function send(item: Id, file: Blob, report: Report): Promise<void> {
  const headers = { ...tus, "upload-length": String(file.size), "upload-metadata": `intake ${btoa(item)}` };
  const made = await fetch(`${base}/upload`, { method: "POST", headers });
  if (!made.ok && made.status !== 409) throw new Error("NOT_UPLOADED");
  let failures = 0;
  for (let at = 0; at < file.size;) {
    report("uploading", at / file.size);
    const answer = await fetch(`${base}/upload/${item}`, {
      method: "PATCH",
      headers: { ...tus, "upload-offset": String(at), "content-type": "application/offset+octet-stream" },
      body: file.slice(at, at + piece),
    }).catch(() => null);
    if (answer?.ok === true) {
      at = Number(answer.headers.get("upload-offset"));
      failures = 0;
      continue;
    }
    failures += 1;
    if (failures > 8) throw new Error("NOT_UPLOADED");
    await pause(250 * 2 ** failures);
    const head = await fetch(`${base}/upload/${item}`, { method: "HEAD", headers: tus }).catch(() => null);
    if (head?.ok === true) at = Number(head.headers.get("upload-offset"));
  }
  await api.post(`${base}/intakes/${item}/seal`);
}
