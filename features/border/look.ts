// Reading the room: purposes with their counts, what stands for whoever proposes one, and hits that wait for a decision.
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { BorderPurpose, BorderView, Hit, PurposeState } from "./contract.ts";
import { hitOf, purposesOf } from "./check.ts";
import { canCheck, may, mayAgree, type BorderNode, type OfOfficer } from "./node.ts";

interface Row {
  id: Id;
  title: string;
  legal_basis: string;
  lists: Id[];
  desks: Id[];
  until: Date;
  state: PurposeState;
  made_by: Id;
  agreed_by: Id | null;
  checked: number;
  compared: number;
  listed: number;
}
interface HitRow {
  id: Id;
  kind: "compare" | "listed";
  by: "document" | "name-birth";
  at: Date;
  list_id: Id;
  entry_id: Id | null;
}

export async function lookAtBorder(node: BorderNode, given: Standing): Promise<BorderView> {
  const because = may(node, given, "border.propose");
  const standing = given as OfOfficer;
  const now = node.clock.now();
  const { desk } = standing.actor;
  const named = await node.lists.names();
  const read = await node.store.read(standing, async (db) => {
    db.allowed(because);
    const purposes =
      await sql<Row>`select p.id, p.title, p.legal_basis, p.lists, p.desks, p.until, p.state, p.made_by,
        p.agreed_by, coalesce(sum(c.checked), 0)::int as checked, coalesce(sum(c.compared), 0)::int as compared,
        coalesce(sum(c.listed), 0)::int as listed
      from simpul.border_purposes p left join simpul.border_counts c on c.purpose_id = p.id
      group by p.id order by p.state not in ('proposed', 'active'), p.made_at desc limit 100`.execute(
        db.rows,
      );
    const desks = await sql<{
      id: Id;
      name: string;
    }>`select d.id, d.name || ', ' || a.name as name from simpul.desks d
      join simpul.agencies a on a.id = d.agency_id where a.kind = 'immigration' order by a.name, d.name`.execute(
      db.rows,
    );
    const hits =
      await sql<HitRow>`select id, kind, found_by as by, at, list_id, entry_id from simpul.border_hits
      where desk_id = ${desk} and (decided is null or decided = 'unsure') order by at desc limit 50`.execute(
        db.rows,
      );
    const today = await sql<BorderView["today"]>`select coalesce(sum(checked), 0)::int as checked,
        coalesce(sum(compared), 0)::int as compared, coalesce(sum(listed), 0)::int as listed
      from simpul.border_counts where desk_id = ${desk} and day = ${now.toISOString().slice(0, 10)}`.execute(
      db.rows,
    );
    const current = (await purposesOf(db, desk, now))[0]?.id ?? null;
    db.noteRead("border.viewed", { shown: purposes.rows.length });
    const kept = await node.lists.keptFrom(db, named);
    return {
      kept,
      purposes: purposes.rows,
      desks: desks.rows,
      hits: hits.rows,
      today: today.rows[0]!,
      current,
    };
  });
  const { kept } = read;
  const lists = named.filter(({ id }) => !kept.has(id));
  const used = new Map((await node.lists.inUse()).map((one) => [one.id, one]));
  const people = await node.directory.officers([
    ...new Set(
      read.purposes.flatMap((row) => (row.agreed_by === null ? [row.made_by] : [row.made_by, row.agreed_by])),
    ),
  ]);
  const name = (id: Id): string => people.get(id)?.name ?? id;
  return {
    purposes: read.purposes.map((row): BorderPurpose => ({
      ...{ id: row.id, title: row.title, legalBasis: row.legal_basis, state: row.state },
      ...{ checked: row.checked, compared: row.compared, listed: row.listed },
      lists: row.lists.map((id) => {
        const list = lists.find((one) => one.id === id);
        // Recalled or over since: it stands in the purpose and is not used.
        return { id, origin: list?.origin ?? ("" as NodeCode), title: list?.title ?? "" };
      }),
      desks: row.desks.map((id) => ({ id, name: read.desks.find((one) => one.id === id)?.name ?? id })),
      until: row.until.toISOString(),
      inForce: row.state === "active" && row.until > now,
      by: name(row.made_by),
      agreedBy: row.agreed_by === null ? null : name(row.agreed_by),
      may: mayOf(node, standing, row),
    })),
    ...{ lists, desks: read.desks, today: read.today, current: read.current },
    mayCheck: canCheck(node, standing),
    open: read.hits.flatMap((row): Hit[] => {
      if (kept.has(row.list_id)) return [];
      const list = used.get(row.list_id);
      // The list is gone: nobody is compared with it any more.
      if (list === undefined) return [];
      return [hitOf(row, list, list.entries.find(({ id }) => id === row.entry_id) ?? null)];
    }),
  };
}

function mayOf(node: BorderNode, standing: OfOfficer, row: Row): BorderPurpose["may"] {
  if (row.state === "active") return ["end"];
  if (row.state !== "proposed") return [];
  return [
    ...(mayAgree(node, standing, { id: row.id, author: row.made_by }) ? (["agree"] as const) : []),
    "drop",
  ];
}
