// An invented network of 10,000 organisations and 50,000 links, in three cases of one investigator.
import type { DatabaseServer } from "@simpul/store/launcher";
import type { signIn } from "@simpul/testing";
import pg from "pg";
import { madeNetwork } from "../network/made.ts";

const cases = 3;

/** Gives what it is called in a figure. */
export async function putNetwork({
  server,
  database,
  sari,
}: {
  server: DatabaseServer;
  database: string;
  sari: Awaited<ReturnType<typeof signIn>>;
}): Promise<string> {
  const ids: string[] = [];
  for (let n = 0; n < cases; n++)
    ids.push(
      (
        await sari.must<{ id: string }>("POST", "/api/cases", {
          ...{
            title: `EXERCISE: part ${String(n + 1)} of a network`,
            crimeType: "trafficking-forced-criminality",
          },
        })
      ).id,
    );
  const { nodes, pairs } = madeNetwork();
  const client = new pg.Client(server.adminUrl(database));
  await client.connect();
  await client.query(`create function pg_temp.key(kind text, c int, i int) returns uuid language sql immutable as
    $$ select md5(kind || c || '-' || i)::uuid $$`);
  const kept = `'{"codes": ["H1"]}', '{"source": "B", "information": "2"}', '{"kind": "officer"}', now(), now()`;
  for (const [n, id] of ids.entries()) {
    // Each link stands in one case, with both its ends; by their names they are the same in all three.
    const here = pairs.filter((_, i) => i % cases === n);
    const ends = [...new Set(here.flat())];
    await client.query(
      `insert into simpul.case_subjects (case_id, id, kind, role, names, handling, evaluation, source, created_at, changed_at)
       select $1, pg_temp.key('subject', $2, i), 'organisation', 'facilitator',
         jsonb_build_array(jsonb_build_object('text', 'EXERCISE Company ' || i, 'language', 'en')), ${kept}
       from unnest($3::int[]) i`,
      [id, n, ends],
    );
    await client.query(
      `insert into simpul.case_links (case_id, id, kind, from_id, to_kind, to_id, handling, evaluation, source, created_at, changed_at)
       select $1, pg_temp.key('link', $2, row_number() over ()::int), 'knows', pg_temp.key('subject', $2, a), 'subject',
         pg_temp.key('subject', $2, b), ${kept}
       from unnest($3::int[], $4::int[]) as pair (a, b)`,
      [id, n, here.map(([a]) => a), here.map(([, b]) => b)],
    );
  }
  await client.query("analyze");
  await client.end();
  return `network of ${nodes.toLocaleString("en")} things and ${pairs.length.toLocaleString("en")} links`;
}
