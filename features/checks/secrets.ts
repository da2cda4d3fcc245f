// What stands in for persons and cases towards another state: pseudonyms and commitments, another for each state.
import { createHmac } from "node:crypto";
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { jobStanding, type ChecksNode } from "./node.ts";
import { sha256 } from "./wire.ts";

const context = "check-secret:pseudonyms";

async function secretOf(node: ChecksNode): Promise<Uint8Array> {
  const find = () =>
    node.store.read(jobStanding, async (db) => {
      const { rows } = await sql<{ wrapped: Buffer }>`
        select wrapped from simpul.check_secrets where name = 'pseudonyms'`.execute(db.rows);
      return rows[0] === undefined ? null : node.box.unwrap(rows[0].wrapped, context);
    });
  const found = await find();
  if (found !== null) return found;
  const wrapped = Buffer.from(node.box.wrap(node.random.bytes(32), context));
  await node.store.write(jobStanding, async (tx) => {
    await sql`insert into simpul.check_secrets (name, wrapped, made_at)
      values ('pseudonyms', ${wrapped}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
    tx.note("check.secret-made", {});
  });
  return (await find())!;
}

export interface Pseudonyms {
  /** An officer, the same at each question to this state and another at any other state. */
  officer(id: Id): string;
  /** Commits to a case towards this state; `opens` shows later that it was this case. */
  case(id: Id): { commitment: string; opens: string };
}

export async function pseudonyms(node: ChecksNode, towards: NodeCode): Promise<Pseudonyms> {
  const secret = await secretOf(node);
  const mac = (what: string, id: Id): string =>
    createHmac("sha256", secret).update(`${what}\n${towards}\n${id}`).digest("hex");
  return {
    officer: (id) => mac("officer", id).slice(0, 32),
    case(id) {
      const opens = mac("case", id);
      return { opens, commitment: sha256(`simpul/check-case/1\n${opens}\n${id}`) };
    },
  };
}
