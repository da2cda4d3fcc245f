// Where the server's folder lies: below the given home, or, where its account could not walk there, below /var/lib.
import { createHash } from "node:crypto";
import { chownSync, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LauncherError } from "../errors.ts";
import { canReach } from "./account.ts";
import type { Account } from "./account.ts";

export interface Place {
  /** 0700, owned by the server's account: everything else lies below it. */
  root: string;
  data: string;
  /** The folder of the socket. */
  run: string;
  log: string;
  /** 0600: the server's own password and those of the databases. */
  secrets: string;
}

/** The homes that root's server may use when the asked-for one lies below a closed folder such as /root. */
const open = "/var/lib/simpul";

/** Makes the folders; throws `NO_PLACE` when they cannot be made and `NOT_OURS` when they belong to somebody else. */
export function placeFor(account: Account, home: string): Place {
  const wanted = path.join(path.resolve(home), "postgres");
  const reachable = canReach(account, path.join(wanted, "x"));
  const key = createHash("sha256").update(path.resolve(home)).digest("hex").slice(0, 16);
  const root = reachable ? wanted : path.join(open, key, "postgres");
  try {
    mkdirSync(path.dirname(root), { recursive: true, mode: 0o755 });
    makePrivate(root, account);
    if (!reachable) {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      // Whoever copies the home by hand must learn that the database is not in it.
      writeFileSync(path.join(home, "database-is-at.txt"), `${root}\n`, { mode: 0o600 });
    }
  } catch (error) {
    if (error instanceof LauncherError) throw error;
    throw new LauncherError("NO_PLACE", `${root}: ${(error as Error).message}`, error);
  }
  return {
    root,
    data: path.join(root, "data"),
    run: runFolder(root, key, account),
    log: path.join(root, "server.log"),
    secrets: path.join(root, "secrets.json"),
  };
}

/** A socket's path holds at most 107 bytes (104 on macOS), so a deep home gets a short folder of its own. */
function runFolder(root: string, key: string, account: Account): string {
  const near = path.join(root, "run");
  const run = near.length <= 80 ? near : path.join("/tmp", `simpul-${account.uid}-${key}`);
  makePrivate(run, account);
  return run;
}

/** A folder that only this account enters; refuses one that is already there and somebody else's, or a link. */
export function makePrivate(folder: string, account: Account): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (account.other) chownSync(folder, account.uid, account.gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const about = lstatSync(folder);
  if (!about.isDirectory() || about.uid !== account.uid || (about.mode & 0o077) !== 0)
    throw new LauncherError("NOT_OURS", `${folder} must be a folder of user ${account.uid} with mode 0700`);
}
