// Writes `schema.json` beside every folder of migrations: what its tables are, so that reviews see what changed.
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describeTables } from "@simpul/store";
import type { TableDescription } from "@simpul/store";
import pg from "pg";
import { allMigrations, TestDatabases } from "./databases.ts";

/** The text of each folder's `schema.json`, by folder. */
export async function schemaFiles(url: string): Promise<Map<string, string>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const tables = await describeTables(client);
    const files = new Map<string, string>();
    for (const folder of await allMigrations())
      files.set(fileURLToPath(folder), await textOf(folder, tables));
    return files;
  } finally {
    await client.end();
  }
}

/** A table belongs to the folder whose migration creates it. */
async function textOf(folder: URL, tables: ReadonlyMap<string, TableDescription>): Promise<string> {
  const own: Record<string, TableDescription> = {};
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort())
    for (const [, name] of (await readFile(new URL(file, folder), "utf8")).matchAll(
      /^\s*create (?:table|view) (?:if not exists )?simpul\.(\w+)/gim,
    )) {
      const found = tables.get(name!);
      if (found !== undefined) own[name!] = found;
    }
  return `${JSON.stringify(own, null, 2)}\n`;
}

async function main(): Promise<void> {
  const home = await mkdtemp(path.join(os.tmpdir(), "simpul-s-"));
  await chmod(home, 0o711);
  const databases = new TestDatabases(home);
  try {
    const { url } = await databases.answer({
      make: (await allMigrations()).map((folder) => folder.href).sort(),
    });
    for (const [folder, text] of await schemaFiles(url))
      await writeFile(path.join(folder, "schema.json"), text);
  } finally {
    await databases.close();
    await rm(home, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
