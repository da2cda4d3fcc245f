// What came back, read by the open desk: the person of ours is marked, or one who was only under review is written down.
import { regionOf } from "@simpul/match/profiles";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { statusKind, type AtDesk, type DeskWriter, type OpenDesk } from "../../victims/contract.ts";
import { reviewRows, type ReviewRow } from "../look.ts";
import { sealed } from "../sealed.ts";
import { toldKind } from "./kinds.ts";
import { searchBytes, searchLabel, secretsFor, standingOf, type SearchNode } from "./node.ts";
import { readInside, type Inside, type SearchRow } from "./rows.ts";
import { parsed, Reply, type ReplyLine } from "./wire.ts";
import type { z } from "zod";

type Line = z.infer<typeof ReplyLine>;

/** Takes in every answer that waits; one that bears another nonce was not made by who could read the question. */
export async function takeAnswers(node: SearchNode, who: AtDesk): Promise<number> {
  const desk = await node.compartment.open(who);
  const { rows, reviews } = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victim-search.listed", {});
    const found = await sql<SearchRow>`select * from simpul.victim_searches where state = 'answered'
      order by proposed_at limit 100`.execute(db.rows);
    const all = found.rows.length === 0 ? [] : await reviewRows(db, { limit: 20_000 });
    return { rows: found.rows, reviews: new Map(all.map((one) => [one.id, one])) };
  });
  for (const row of rows) await takeOne(node, desk, row, reviews);
  return rows.length;
}

async function takeOne(
  node: SearchNode,
  desk: OpenDesk,
  row: SearchRow,
  reviews: ReadonlyMap<Id, ReviewRow>,
): Promise<void> {
  const inside = readInside(desk, row.sealed);
  const reply = Reply.safeParse(parsed(row.answer === null ? null : await desk.unseal(row.answer)));
  const secret = secretsFor(desk)[0]!;
  const sound = reply.success && reply.data.search === row.id && reply.data.nonce === inside?.nonce;
  const lines = sound ? reply.data.known : [];
  await desk.act(async (tx) => {
    const known: NonNullable<Inside["known"]> = [];
    for (const line of lines) {
      const about = inside?.about[line.subject];
      if (about === undefined) continue;
      const review = about.review === null ? null : (reviews.get(about.review) ?? null);
      const person = about.person ?? (await newPerson(tx, row, line, review));
      if (person === null) continue;
      await tx.append(person, toldKind, {
        ...{ search: row.id, peer: row.peer, pseudonym: line.pseudonym, review: about.review },
      });
      known.push({ ...line, person });
    }
    if (inside !== null) {
      const bytes = sealed(node.random, secret, searchLabel, { ...inside, known }, searchBytes);
      await sql`update simpul.victim_searches set sealed = ${bytes} where id = ${row.id}`.execute(tx.rows);
    }
    await sql`update simpul.victim_searches set state = 'over' where id = ${row.id} and state = 'answered'`.execute(
      tx.rows,
    );
    tx.note("victim-search.taken-in", { id: row.id, peer: row.peer });
  });
}

/** Somebody under review whom another state protects: from now on this desk knows her too, with that state's word. */
async function newPerson(
  tx: DeskWriter,
  row: SearchRow,
  line: Line,
  review: ReviewRow | null,
): Promise<Id | null> {
  if (review === null) return null;
  const { names, birth, nationalities, documents, phones } = review.person;
  const person = await tx.create(
    {
      names: names.map(({ text }) => ({ text, use: "document" as const })),
      born: birth === null ? null : { written: birth, read: birth, calendar: "common" },
      nationalities: nationalities.slice(0, 5),
      contacts: phones.slice(0, 10).map((text) => ({ how: "phone", text, safe: false })),
      documents: documents.slice(0, 10).flatMap((text) => documentOf(text)),
    },
    "desk",
  );
  await tx.append(person, statusKind, {
    ...{ state: row.peer, authority: line.authority === "" ? line.pseudonym : line.authority },
    ...{ status: line.status, basis: `HIT-10 ${line.pseudonym}`, reason: line.pseudonym, appeal: row.peer },
  });
  return person;
}

/** `passport:IDN:A1234567` as the profile writes it; the state by its two letters, null where it is not known. */
function documentOf(canonical: string) {
  const [type, state, ...rest] = canonical.split(":");
  const number = rest.join(":");
  if (type === undefined || state === undefined || number === "") return [];
  return [{ type, state: regionOf(state), number: number.slice(0, 100), held: "" }];
}
