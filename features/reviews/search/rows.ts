// Rows of the private search, and what stands inside what is sealed to our own desk.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { z } from "zod";
import type { OpenDesk } from "../../victims/contract.ts";
import type { Db } from "../node.ts";
import { unsealed } from "../sealed.ts";
import { SearchError, purposeOfSearch, type SearchState } from "../contract/search.ts";
import { searchLabel, secretsFor } from "./node.ts";
import { ReplyLine, mostSubjects } from "./wire.ts";

const id = z.uuid().transform((text) => text as Id);
const Inside = z.strictObject({
  v: z.literal(1),
  purpose: z.enum(purposeOfSearch),
  reason: z.string().max(1000),
  about: z.array(z.strictObject({ person: id.nullable(), review: id.nullable() })).max(mostSubjects),
  nonce: z.string().length(64),
  /** What was answered, with whom of ours each line is about. */
  known: z
    .array(ReplyLine.extend({ person: id }))
    .max(mostSubjects)
    .nullable(),
});
export type Inside = z.infer<typeof Inside>;

export interface SearchRow {
  id: Id;
  peer: NodeCode;
  state: SearchState;
  sealed: Buffer;
  proposed_by: Id;
  proposed_at: Date;
  agreed_by: Id | null;
  answer_at: Date | null;
  seed: Buffer | null;
  evaluated: number;
  answer: string | null;
}

/** Throws `NOT_FOUND`. */
export async function rowOf(db: Db, which: Id): Promise<SearchRow> {
  const { rows } = await sql<SearchRow>`select * from simpul.victim_searches where id = ${which}`.execute(
    db.rows,
  );
  if (rows[0] === undefined) throw new SearchError("NOT_FOUND");
  return rows[0];
}

/** Null for what this desk did not seal. */
export function readInside(desk: OpenDesk, bytes: Uint8Array): Inside | null {
  for (const secret of secretsFor(desk)) {
    const read = Inside.safeParse(unsealed(secret, searchLabel, bytes));
    if (read.success) return read.data;
  }
  return null;
}

export interface QuestionRow {
  id: Id;
  peer: NodeCode;
  question: string;
  arrived_at: Date;
  answer_at: Date;
  work: Buffer | null;
  reply: string | null;
  sent_at: Date | null;
}
