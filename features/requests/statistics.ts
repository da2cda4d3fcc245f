// Counting requests without reading them: numbers for each partner, for the contact point and oversight (MSG-11, RFI-11).
import type { NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { RequestsError, type PartnerFigures, type Statistics } from "./contract.ts";
import { officerOf, type RequestsNode } from "./node.ts";

const day = 86_400_000;
const longest = 3 * 366 * day;

interface Row {
  peer: NodeCode;
  direction: PartnerFigures["box"];
  asked: number;
  urgent: number;
  full: number;
  partial: number;
  none_held: number;
  refused: number;
  transferred: number;
  withdrawn: number;
  under_way: number;
  overdue: number;
  late: number;
  open_seconds: number | null;
  end_seconds: number | null;
  grounds: Record<string, number>;
  usefulness: Record<string, number>;
}

type Unasked = Statistics["unasked"][number];

/** Requests that began in these days, by partner and direction. To anybody else the page is not there. */
export async function statistics(
  node: RequestsNode,
  standing: Standing,
  { from, to }: { from: string; to: string },
): Promise<Statistics> {
  const seen = node.policy.decide({
    officer: officerOf(standing),
    act: "check.watch",
    record: { kind: "node", id: node.code },
    purpose: standing.purpose,
    now: node.clock.now(),
  });
  if (!seen.allowed) throw new RequestsError("NOT_FOUND");
  const [since, until] = [new Date(from), new Date(Date.parse(to) + day)];
  if (until <= since || until.getTime() - since.getTime() > longest)
    throw new RequestsError("TOO_MUCH", { days: longest / day });
  return node.store.read(standing, async (db) => {
    db.allowed(seen.because);
    db.noteRead("request.counted", { from, to });
    const { rows } = await sql<Row>`select * from simpul.request_statistics(${since}, ${until},
      ${node.clock.now()})`.execute(db.rows);
    const { rows: unasked } = await sql<Unasked>`select peer, direction as box, kind, told
      from simpul.unasked_statistics(${since}, ${until})`.execute(db.rows);
    return {
      from,
      to,
      unasked,
      partners: rows.map((row) => ({
        peer: row.peer,
        box: row.direction,
        asked: row.asked,
        urgent: row.urgent,
        full: row.full,
        partial: row.partial,
        noneHeld: row.none_held,
        refused: row.refused,
        transferred: row.transferred,
        withdrawn: row.withdrawn,
        open: row.under_way,
        overdue: row.overdue,
        late: row.late,
        toOpen: row.open_seconds === null ? null : Math.round(row.open_seconds),
        toEnd: row.end_seconds === null ? null : Math.round(row.end_seconds),
        grounds: row.grounds,
        usefulness: row.usefulness,
      })),
    };
  });
}
