// What can stop a backup or a restore, by name.
import { SimpulError } from "@simpul/model";

export type BackupCode =
  | "DISK_FULL"
  | "NOT_ENOUGH_RIGHTS"
  | "NOT_A_BACKUP"
  | "DAMAGED_BACKUP"
  | "NOT_SIGNED"
  | "OTHER_NODE"
  | "OTHER_VERSION"
  | "WRONG_PASSPHRASE"
  | "WEAK_PASSPHRASE"
  | "NO_KEYS"
  | "NOT_EMPTY";

/** A backup cannot be made, or this one cannot be restored here; the message says what and where. */
export class BackupError extends SimpulError<BackupCode> {}

// ENOSPC: the disk is full; EDQUOT: our share of it; EFBIG: a limit of the process or the file system.
const full = new Set(["ENOSPC", "EDQUOT", "EFBIG", "DISK_FULL"]);

/** Full disks get their own name; everything else is thrown as it came. */
export function tellFull(fault: unknown, where: string): never {
  if (full.has((fault as { code?: string } | null)?.code ?? ""))
    throw new BackupError("DISK_FULL", `no room at ${where}; nothing half-written counts as a backup`, fault);
  throw fault;
}
