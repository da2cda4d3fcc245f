// Files that are there whole or not at all: written beside their place, forced to disk, then moved.
import { randomBytes } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import path from "node:path";

/** Forces a folder's list of names to disk, so that a rename in it survives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems (network shares) refuse to sync a folder; they keep names by themselves.
    if (!["EINVAL", "ENOTSUP", "EISDIR", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Writes a small file, 0600 unless told otherwise. With `fresh` it must not be there yet (`EEXIST`), also when two
 * processes try at once.
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  how: { mode?: number; fresh?: boolean } = {},
): Promise<void> {
  const part = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    const handle = await open(part, "wx", how.mode ?? 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (how.fresh) await link(part, file);
    else await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
  await syncFolder(path.dirname(file));
}
