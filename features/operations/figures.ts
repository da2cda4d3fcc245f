// What a coordination unit may know of an operation: its window, how the states stand, this state's sites by area and status,
// its report's counts. Labels, commanders, teams, phases' names and lines of the board stay at home.
import { sql } from "kysely";
import {
  areaOf,
  counted,
  type FiguresSource,
  type OperationFigures,
  type ToTell,
} from "../coordination/contract.ts";
import type { SiteStatus } from "./contract.ts";
import type { OperationsNode } from "./node.ts";
import { headOf, operations, reportsOf, sitesOf, votesOf, type OperationRow, type Rows } from "./records.ts";

/** Operations of the spaces that a unit follows, once their plan was sent. */
export const operationsForCoordination =
  (node: OperationsNode, spaces: FiguresSource): FiguresSource =>
  async (db) => {
    const followed = new Map((await spaces(db)).map((one) => [one.id, one.units]));
    if (followed.size === 0) return [];
    const found: ToTell[] = [];
    for (const row of await operations(db)) {
      const units = (row.space_id === null ? undefined : followed.get(row.space_id)) ?? [];
      const outside = units.filter((unit) => !row.parties.includes(unit));
      if (outside.length === 0 || row.sent_at === null || row.state === "draft") continue;
      found.push({
        ...{ about: "operation", id: row.id, units: outside },
        figures: await figuresOf(node, db, row),
      });
    }
    return found;
  };

async function figuresOf(node: OperationsNode, db: Rows, row: OperationRow): Promise<OperationFigures> {
  const head = await headOf(db, row, node.clock.now());
  const { rows: statuses } = await sql<{ site_id: string; status: SiteStatus }>`select distinct on (site_id)
      site_id, status from simpul.operation_entries
    where operation_id = ${row.id} and node = ${node.code} and status is not null and site_id is not null
    order by site_id, at desc, id desc`.execute(db.rows);
  const ours = (await sitesOf(db, row.id)).filter((one) => one.node === node.code && one.state === node.code);
  const vote = (await votesOf(db, row.id)).find(
    (one) => one.node === node.code && one.version === row.version,
  );
  const report = (await reportsOf(db, row.id)).find((one) => one.node === node.code);
  return {
    ...{ kind: "operation", space: row.space_id!, parties: row.parties, state: head.state },
    ...{ starts: head.window.starts, ends: head.window.ends },
    steps: head.phases.map((one) => one.starts),
    go: vote?.go ?? null,
    sites: counted(
      ours.map((one) => ({
        at: areaOf(one.place),
        status: statuses.find((each) => each.site_id === one.id)?.status ?? ("waiting" as const),
      })),
    ),
    report: report?.counts ?? null,
  };
}
