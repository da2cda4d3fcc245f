// The staged files of uploads: written as they come, and a disk that takes no more is told as what it is.
import { createWriteStream } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { FileStore } from "@tus/file-store";

// ENOSPC: the disk is full; EDQUOT: our share of it; EFBIG: a limit of the process or the file system.
const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The upload answers every failed writing alike, without its reason; so the reason is kept here until it is asked for. */
export class StagedFiles extends FileStore {
  private readonly hadNoRoom = new Set<string>();

  /** Whether the last writing of this file failed for want of room; asked once. */
  noRoomFor(id: string): boolean {
    return this.hadNoRoom.delete(id);
  }

  override create(file: Parameters<FileStore["create"]>[0]): ReturnType<FileStore["create"]> {
    return this.writing(file.id, () => super.create(file));
  }

  /** Gives how far the file is now; what came before the disk was full stays, and is where the next piece begins. */
  override write(readable: Readable, id: string, offset: number): Promise<number> {
    return this.writing(id, async () => {
      const file = createWriteStream(path.join(this.directory, id), { flags: "r+", start: offset });
      await pipeline(readable, file);
      return offset + file.bytesWritten;
    });
  }

  private async writing<Done>(id: string, work: () => Promise<Done>): Promise<Done> {
    this.hadNoRoom.delete(id);
    try {
      return await work();
    } catch (fault) {
      if (full.has((fault as NodeJS.ErrnoException).code ?? "")) this.hadNoRoom.add(id);
      throw fault;
    }
  }
}
