// Who is linked with whom: a link names two other things of its space by their ids; a reader wants their names.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { LinkEnds } from "../cases/contract.ts";
import type { Content } from "./contract.ts";
import type { Db } from "./node.ts";

interface Named {
  id: Id;
  content: Content | null;
}

const idsOf = ({ content }: Named): { from: Id; to: Id } | null =>
  content !== null && "record" in content && content.record.kind === "link"
    ? (content.record.fields as { from: Id; to: Id })
    : null;

/** The ends of the links among these, by link. Null for an end that does not stand in this space. */
export async function endsOf(
  db: Pick<Db, "rows">,
  space: Id,
  things: readonly Named[],
): Promise<ReadonlyMap<Id, LinkEnds>> {
  const links = things.flatMap((one) => {
    const ids = idsOf(one);
    return ids === null ? [] : [{ id: one.id, ...ids }];
  });
  if (links.length === 0) return new Map();
  const { rows } = await sql<{ id: Id; title: string }>`select id, title from simpul.joint_things
    where space_id = ${space} and id = any(${links.flatMap((one) => [one.from, one.to])}::uuid[])
      and state = 'standing' and content is not null`.execute(db.rows);
  const titles = new Map(rows.map((row) => [row.id, row.title]));
  return new Map(
    links.map(({ id, from, to }) => [id, { from: titles.get(from) ?? null, to: titles.get(to) ?? null }]),
  );
}
