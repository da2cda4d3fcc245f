// Letters as lists and pages show them: under the reader's own sight, with their clocks, their notes and their answers.
import { Digest, Id } from "@simpul/model";
import type { Evaluation, Handling } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { AnswerWay, LetterAbout, LetterAct, LetterAnswer, LetterHead, LetterView } from "./contract.ts";
import { actsFor, formalGrounds } from "./note.ts";
import { letterColumns, letterRow, letterTables, type LetterRow, type LettersNode } from "./node.ts";

const mostListed = 100;

export function headOf(row: LetterRow, now: Date): LetterHead {
  const { clock } = row;
  const over = clock !== null && clock.due !== null && clock.state === "running" && new Date(clock.due) < now;
  return {
    id: row.id,
    about: row.about,
    request: row.request_id,
    reference: row.reference,
    correspondent: row.correspondent.code,
    state: row.correspondent.state,
    subject: row.subject,
    urgent: row.urgent,
    standing: row.state,
    outcome: row.outcome,
    clock: clock === null ? null : { ...clock, over: over || clock.over },
    madeAt: row.made_at.toISOString(),
    postedOn: row.posted_on,
  };
}

export interface AskLetters {
  /** Only those that wait for something. */
  open?: boolean | undefined;
  cursor?: string | undefined;
}

/** The last made first. */
export async function listLetters(
  node: LettersNode,
  standing: Standing,
  ask: AskLetters,
): Promise<{ letters: (LetterHead & { names: Record<string, string> })[]; next: string | null }> {
  return node.store.read(standing, async (db) => {
    const where = [sql`true`];
    if (ask.open === true)
      where.push(sql`coalesce(l.standing, t.state) in ('queued', 'posted', 'delivered')`);
    if (ask.cursor !== undefined) {
      const [at, id] = ask.cursor.split("_");
      const time = new Date(at ?? "");
      if (!Number.isNaN(time.getTime()))
        where.push(sql`(l.made_at, l.id) < (${time}, ${Id.parse(id ?? "")})`);
    }
    const { rows } = await sql<LetterRow>`select ${letterColumns} from ${letterTables}
      where ${sql.join(where, sql` and `)} order by l.made_at desc, l.id desc limit ${mostListed + 1}`.execute(
      db.rows,
    );
    db.noteRead("letter.listed", { shown: Math.min(rows.length, mostListed) });
    const page = rows.slice(0, mostListed);
    const last = page.at(-1);
    const now = node.clock.now();
    return {
      letters: page.map((row) => ({ ...headOf(row, now), names: row.correspondent.names })),
      next: rows.length > mostListed && last ? `${last.made_at.toISOString()}_${last.id}` : null,
    };
  });
}

export async function viewLetter(node: LettersNode, standing: Standing, id: Id): Promise<LetterView> {
  return node.store.read(standing, async (db) => {
    const row = await letterRow(db, id);
    db.noteRead("letter.viewed", { id: row.request_id, letter: id });
    const may = (await actsFor(node, db, row)) ?? [];
    const answers = may.some((one) => answering.includes(one));
    return {
      ...headOf(row, node.clock.now()),
      of: aboutOf(row),
      grounds: (await formalGrounds(node, db, row)) ?? node.requests.grounds(),
      to: row.correspondent,
      digest: Digest.parse(row.digest.toString("hex")),
      size: row.size,
      pages: row.pages,
      filled: row.filled,
      fields: row.fields,
      approvedBy: row.made_by,
      channel: row.channel,
      sentNote: row.sent_note,
      acknowledgedOn: row.acknowledged_on,
      theirReference: row.their_reference,
      answers: await answersOf(db, id),
      joinable: answers ? await node.requests.scans(db, row.request_id) : [],
      may,
    };
  });
}

const answering: readonly LetterAct[] = ["answer", "recalled", "permitted"];

function aboutOf({ said }: LetterRow): LetterAbout {
  if (said === null) return { kind: "request" };
  if (said.kind === "recall") return { kind: "recall", id: said.about, recall: said.call.kind };
  const records = said.things.map(({ record, title }) => ({ record, title }));
  return { kind: "permission", id: said.about, action: said.ask.action, records };
}

interface AnswerRow {
  id: Id;
  way: AnswerWay;
  said_by: string;
  said_at: string;
  their_reference: string;
  noted_by: Id;
  at: Date;
  content: {
    kind: LetterAnswer["kind"];
    narrative: { text: string; language: string; handling: Handling; evaluation: Evaluation }[];
  };
  shared: { items: { id: Id; fileName: string; handling: Handling; evaluation: Evaluation }[] };
}

async function answersOf(db: Reader, letter: Id): Promise<LetterAnswer[]> {
  const { rows } =
    await sql<AnswerRow>`select n.letter_id, n.id, n.way, n.said_by, n.said_at, n.their_reference, n.noted_by, n.at,
      coalesce(n.content, a.content) as content, coalesce(n.shared, a.shared) as shared from simpul.letter_answers n
    left join simpul.request_answers a on a.id = n.id where n.letter_id = ${letter} order by n.at, n.id`.execute(
      db.rows,
    );
  return rows.map((row) => {
    const [said] = row.content.narrative;
    const terms = said ?? row.shared.items[0];
    return {
      id: row.id,
      kind: row.content.kind,
      way: row.way,
      saidBy: row.said_by,
      saidAt: row.said_at,
      theirReference: row.their_reference,
      text: said?.text ?? "",
      language: said?.language ?? "",
      handling: terms?.handling ?? { codes: ["H1", "H2"] },
      evaluation: terms?.evaluation ?? { source: "X", information: "4" },
      items: row.shared.items.map(({ id, fileName }) => ({ id, fileName })),
      notedBy: row.noted_by,
      at: row.at.toISOString(),
    };
  });
}
