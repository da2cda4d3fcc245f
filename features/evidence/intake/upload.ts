// The resumable upload (tus 1.0): one staged file per announced intake, under its officer's name and limits.
import { mkdirSync, statfsSync } from "node:fs";
import { Server } from "@tus/server";
import { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { EvidenceRoomError } from "../contract.ts";
import { tables, type EvidenceNode } from "../node.ts";
import { askSeal } from "./jobs.ts";
import { StagedFiles } from "./staged-files.ts";

export interface Uploads {
  /** Answers one tus request of this officer. Throws `NOT_FOUND`, `NO_ROOM`, `SIZE_DIFFERS`. */
  handle(request: Request, standing: Standing): Promise<Response>;
}

const metadataOf = (header: string | null): Map<string, string> =>
  new Map(
    (header ?? "").split(",").map((pair): [string, string] => {
      const [key, value] = pair.trim().split(" ");
      return [key ?? "", Buffer.from(value ?? "", "base64").toString("utf8")];
    }),
  );

export function uploads(node: EvidenceNode, at: string): Uploads {
  mkdirSync(node.staging, { recursive: true, mode: 0o700 });
  const store = new StagedFiles({ directory: node.staging });
  const server = new Server({
    path: at,
    datastore: store,
    relativeLocation: true,
    maxSize: node.limits.file,
    namingFunction: (_request, metadata) => Id.parse(metadata?.["intake"] ?? ""),
  });

  const nameOf = (request: Request): Id => {
    const last = new URL(request.url).pathname.slice(at.length).replace(/^\//, "");
    const name =
      last === "" ? (metadataOf(request.headers.get("upload-metadata")).get("intake") ?? "") : last;
    try {
      return Id.parse(name);
    } catch (cause) {
      throw new EvidenceRoomError("NOT_FOUND", {}, cause);
    }
  };

  /** Row security shows an officer her own intakes only. */
  const intakeOf = (standing: Standing, id: Id) =>
    node.store.read(standing, async (db) => {
      db.noteRead("evidence.intake", { id });
      const row = await tables(db)
        .selectFrom("simpul.evidence_intakes")
        .select(["state", "size"])
        .where("id", "=", id)
        .executeTakeFirst();
      if (row === undefined || row.state === "swept" || row.state === "sealed")
        throw new EvidenceRoomError("NOT_FOUND");
      return { size: Number(row.size), state: row.state };
    });

  return {
    async handle(request, standing) {
      if (request.method === "OPTIONS") return server.handleWeb(request);
      if (request.method === "DELETE") throw new EvidenceRoomError("NOT_FOUND");
      const id = nameOf(request);
      const intake = await intakeOf(standing, id);
      if (request.method === "POST") {
        const length = Number(request.headers.get("upload-length"));
        if (length !== intake.size)
          throw new EvidenceRoomError("SIZE_DIFFERS", { received: length, size: intake.size });
        // Begun already: the client asks how far it came and goes on from there.
        const begun = await store.getUpload(id).catch(() => null);
        if (begun !== null && begun.offset > 0) return new Response(null, { status: 409 });
        const disk = statfsSync(node.staging);
        if (disk.bavail * disk.bsize < intake.size * 2 + 256 * 1024 * 1024)
          throw new EvidenceRoomError("NO_ROOM");
      }
      const answer = await server.handleWeb(request);
      if (!answer.ok && store.noRoomFor(id)) throw new EvidenceRoomError("NO_ROOM", { size: intake.size });
      const done =
        request.method === "PATCH" &&
        answer.ok &&
        Number(answer.headers.get("upload-offset")) === intake.size;
      if (done) await askSeal(node, standing, id);
      return answer;
    },
  };
}
