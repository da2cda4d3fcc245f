// Under which account the database server runs: our own, or, as PostgreSQL refuses root, another one.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { LauncherError } from "../errors.ts";

export interface Account {
  uid: number;
  gid: number;
  /** True when we are root and step down to this account. */
  other: boolean;
}

/** initdb looks its account up by number, so it must be one that the system knows; the first of these counts. */
const preferred = ["simpul", "postgres", "nobody"];

/** The account to run as; throws `NO_ACCOUNT` for root on a system that knows none of the usual ones. */
export function accountFor(accounts = "/etc/passwd"): Account {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined)
    throw new LauncherError("NO_ACCOUNT", "no launcher for this system: set SIMPUL_DATABASE_URL");
  if (uid !== 0) return { uid, gid, other: false };
  const lines = readFileSync(accounts, "utf8").split("\n");
  for (const name of preferred) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    const [other, group] = [Number(fields?.[2]), Number(fields?.[3])];
    // macOS writes nobody as -2, which the calls here do not take.
    if (Number.isInteger(other) && other > 0 && Number.isInteger(group) && group > 0)
      return { uid: other, gid: group, other: true };
  }
  throw new LauncherError(
    "NO_ACCOUNT",
    `root may not run PostgreSQL; add one of the users ${preferred.join(", ")}`,
  );
}

/** Can the account walk to `target`, that is pass every folder above it that exists? */
export function canReach(account: Account, target: string): boolean {
  if (!account.other) return true;
  for (let folder = path.dirname(path.resolve(target)); ; folder = path.dirname(folder)) {
    const about = statSync(folder, { throwIfNoEntry: false });
    if (about) {
      const bits = about.uid === account.uid ? 0o100 : about.gid === account.gid ? 0o010 : 0o001;
      if ((about.mode & bits) === 0) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}
