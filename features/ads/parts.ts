// Files of adverts that come in parts over a bad line: each part once, in any order, whole at the end.
import type { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { adLimits, AdsError } from "./contract.ts";
import { mustWork, type AdsNode } from "./node.ts";

type Rows = Pick<Reader, "rows">;

interface Kept {
  /** Where parts lie, and the column that names their file. */
  table: "ad_import_parts" | "ad_label_parts" | "ad_picture_parts";
  file: "import_id" | "set_id" | "picture_id";
  /** Bytes of a whole file at most. */
  most: number;
  /** What is noted of each part. */
  act: string;
  /** The file's own row; throws `NOT_FOUND`. */
  rowOf(db: Rows, id: Id): Promise<{ state: string }>;
}

export function partsOf({ table, file, most, act, rowOf }: Kept) {
  const [parts, column] = [sql.table(`simpul.${table}`), sql.ref(file)];
  return {
    /**
     * The same part again changes nothing. Throws `NOT_FOUND`, `IMPORT_OVER` once the file is being read, `NOT_AS_SENT`
     * for a part that is empty, too large, or beyond the whole.
     */
    async take(node: AdsNode, standing: Standing, id: Id, part: number, bytes: Uint8Array): Promise<void> {
      if (bytes.length === 0 || bytes.length > adLimits.part || (part + 1) * adLimits.part > most)
        throw new AdsError("NOT_AS_SENT");
      await node.store.write(standing, async (tx) => {
        mustWork(node, tx);
        if ((await rowOf(tx, id)).state !== "open") throw new AdsError("IMPORT_OVER");
        await sql`insert into ${parts} (${column}, part, bytes) values (${id}, ${part}, ${Buffer.from(bytes)})
          on conflict do nothing`.execute(tx.rows);
        tx.note(act, { id, part });
      });
    },
    /** What came of it so far, in order. */
    async bytes(db: Rows, id: Id): Promise<Buffer> {
      const { rows } = await sql<{ bytes: Buffer }>`select bytes from ${parts}
        where ${column} = ${id} order by part`.execute(db.rows);
      return Buffer.concat(rows.map((row) => row.bytes));
    },
  };
}
