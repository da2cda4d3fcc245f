// Backup and restore of a whole node.
export { BackupError } from "./errors.ts";
export { backupIdentity, readKeys, shortestPassphrase, writeKeys } from "./keys.ts";
export { makeBackup } from "./make.ts";
export type { Made } from "./make.ts";
export { restoreBackup } from "./restore.ts";
export type { Restored } from "./restore.ts";
