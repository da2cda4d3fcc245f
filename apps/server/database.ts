// Where a node's rows are: another PostgreSQL by its address, or the one that ships with Simpul, started below the home.
import path from "node:path";
import { startServer } from "@simpul/store/launcher";
import type { Settings } from "./env.ts";

export interface NodeDatabase {
  /** For the role that owns the schema; row security binds it. */
  url: string;
  /** For a role that sees every row. */
  wholeUrl: string;
  /** Stops the server if it was started for us. */
  close(): Promise<void>;
}

/** Below it lie the nodes' folders and the shipped database. */
export const homeOfAll = (settings: Pick<Settings, "home">): string =>
  path.dirname(path.dirname(settings.home));

/** Throws `LauncherError` where the shipped one cannot run. */
export async function openDatabase(
  settings: Pick<Settings, "node" | "home" | "databaseUrl" | "backupUrl">,
): Promise<NodeDatabase> {
  const { databaseUrl, backupUrl } = settings;
  if (databaseUrl !== null)
    return { url: databaseUrl, wholeUrl: backupUrl ?? databaseUrl, close: () => Promise.resolve() };
  const server = await startServer({ home: homeOfAll(settings) });
  const name = `simpul_${settings.node}`;
  try {
    return { url: await server.database(name), wholeUrl: server.adminUrl(name), close: () => server.close() };
  } catch (fault) {
    await server.close();
    throw fault;
  }
}
