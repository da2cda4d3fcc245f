// Where a node's data lies by itself; apart from the settings, so that who only starts nodes loads nothing else of them.
import os from "node:os";
import path from "node:path";

/** Where data lies unless `SIMPUL_HOME` says otherwise: the XDG data folder of the account. */
export function defaultHome(env: NodeJS.ProcessEnv): string {
  const data = env["XDG_DATA_HOME"];
  return path.join(data?.startsWith("/") ? data : path.join(os.homedir(), ".local", "share"), "simpul");
}
