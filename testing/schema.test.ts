// The described tables are the real ones.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { allMigrations } from "./databases.ts";
import { testDatabase } from "./database.ts";
import { schemaFiles } from "./schema.ts";

// Another PostgreSQL prints the same expressions in words of its own.
test.skipIf(process.env["SIMPUL_TEST_DATABASE_URL"] !== undefined)(
  "every schema.json tells what its migrations make (else run `npm run schema`; the database that ships with Simpul only)",
  async () => {
    const { url } = await testDatabase(await allMigrations());
    for (const [folder, text] of await schemaFiles(url)) {
      const kept = await readFile(path.join(folder, "schema.json"), "utf8").catch(() => "null");
      expect(JSON.parse(kept), `${folder}schema.json`).toEqual(JSON.parse(text));
    }
  },
);
