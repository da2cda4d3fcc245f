// Charges as whoever sees their case sees them: the same shape, whoever the accused is.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { ArrivedOutcome, ChargeAct, ChargeHead, ChargeView, Exhibit } from "./contract.ts";
import { admissionsOf, courtsOf, openAdmissions } from "./admission.ts";
import { availableIn } from "./file.ts";
import { prosecutes, worksOn, type ChargesNode, type Db } from "./node.ts";
import {
  admissionsWritten,
  elsewhereOf,
  eventsOf,
  exhibitsOf,
  gapsOf,
  headOf,
  proofsOf,
  rowOf,
  rowsOf,
  toldOf,
  witnessesOf,
  type Row,
} from "./records.ts";
import { nextEvents, objectionsTo, overlap, type ForFiling } from "./rules.ts";

const today = (node: ChargesNode): string => node.clock.now().toISOString().slice(0, 10);

/** Newest first, 500 at most. */
export async function listCharges(
  node: ChargesNode,
  standing: Standing,
  ask: { case?: Id | undefined },
): Promise<ChargeHead[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("charge.listed", {});
    return (await rowsOf(db, { ...ask, today: today(node), limit: 500 })).map(headOf);
  });
}

/** The exhibits as their terms stand now: a permission that was withdrawn after filing stops one here (HC-8). */
async function exhibitsNow(node: ChargesNode, db: Db, charge: Id): Promise<Exhibit[]> {
  const rows = await exhibitsOf(db, charge);
  const items = await node.items.terms(
    db,
    rows.filter((one) => one.kind === "item").map((one) => one.of),
  );
  return rows.map(({ filedDigest, filedOf, ...row }) => {
    if (row.kind === "record") return { ...row, originator: null, stopped: [], custody: null, digest: null };
    const item = items.find((one) => one.id === row.of);
    if (item === undefined)
      return { ...row, originator: filedOf, stopped: ["gone"], custody: null, digest: filedDigest };
    return {
      ...row,
      originator: item.originator === node.code ? null : item.originator,
      ...{ stopped: item.stopped, custody: item.custody, digest: item.digest },
    };
  });
}

export async function fileOf(
  node: ChargesNode,
  db: Db,
  row: Row,
): Promise<Omit<ForFiling, "exhibits" | "proofs"> & Pick<ChargeView, "exhibits" | "proofs" | "admissions">> {
  const told = await elsewhereOf(db, row.case_id);
  const exhibits = await exhibitsNow(node, db, row.id);
  const peers = (await node.contributions(db, row.case_id)).map((one) => one.peer);
  const courts = courtsOf(node.code, peers);
  const admissions = admissionsOf(node.law, node.code, courts, exhibits, await admissionsWritten(db, row.id));
  const elsewhere = told.filter(
    (one) => overlap(one, row) && one.offences.some((each) => row.offences.includes(each)),
  );
  return {
    ...{ kind: row.kind, birth: row.birth, began: row.began, offences: row.offences },
    ...{ exhibits, admissions, proofs: await proofsOf(db, row.id) },
    needsOpen: openAdmissions(admissions, node.code).length,
    elsewhere: [...new Set(elsewhere.map((one) => one.peer))],
    ...{ ageBasis: row.age_basis, sameAct: row.same_act },
  };
}

/** Throws `NOT_FOUND`. */
export async function viewCharge(node: ChargesNode, standing: Standing, id: Id): Promise<ChargeView> {
  const lines = await node.lines();
  return node.store.read(standing, async (db) => {
    db.noteRead("charge.viewed", { id });
    const row = await rowOf(db, id, today(node));
    const file = await fileOf(node, db, row);
    const events = await eventsOf(db, id);
    const contributions = await node.contributions(db, row.case_id);
    const works = worksOn(node, standing, await node.caseFacts(db, row.case_id));
    const rules = prosecutes(node, standing);
    const live = row.state === "prepared" || row.state === "filed";
    const used = new Set(file.exhibits.map((one) => one.of));
    const may: ChargeAct[] = ["paper"];
    if (works && live) may.push("work");
    // Whether the review lets it pass is asked when she does it: a button must not know.
    if (rules && row.state === "prepared") may.push("file");
    if (rules && row.state === "filed") may.push("court");
    if ((rules && live) || (works && row.state === "prepared")) may.push("withdraw");
    const letters = new Set(contributions.filter((one) => one.letter).map((one) => one.thread));
    return {
      ...headOf(row),
      ...{ birth: row.birth, began: row.began, ended: row.ended, place: row.place, facts: row.facts },
      ...{ lawVersion: row.law_version, review: row.review_id, court: row.court },
      ...{ ageBasis: row.age_basis, sameAct: row.same_act, preparedBy: row.prepared_by },
      ...{ filedBy: row.filed_by, filedAt: row.filed_at?.toISOString() ?? null },
      ...{ exhibits: file.exhibits, proofs: file.proofs, gaps: await gapsOf(db, id) },
      admissions: file.admissions,
      available:
        works && live
          ? (await availableIn(node, db, row.case_id)).filter((one) => !used.has(one.of)).slice(0, 500)
          : [],
      ...{ witnesses: await witnessesOf(db, id), events },
      told: (await toldOf(db, id)).map(({ thread, at, ...one }) => ({
        ...one,
        ...{ at: at.toISOString(), letter: letters.has(thread) },
      })),
      contributors: contributions.map(({ peer, reference, letter }) => ({
        ...{ peer, reference, letter },
        away: lines.some((one) => one.node === peer && one.away),
      })),
      objections: live ? objectionsTo(node.law, node.code, file) : [],
      nextEvents: rules
        ? nextEvents(
            row.kind,
            row.state,
            events.map((one) => one.event),
          )
        : [],
      may,
    };
  });
}

type ArrivedRow = Omit<ArrivedOutcome, "at" | "seen"> & { at: Date; seen_at: Date | null };

/** What other states told became of requests that she sees, newest first, 300 at most. */
export async function listOutcomes(node: ChargesNode, standing: Standing): Promise<ArrivedOutcome[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("outcome.listed", {});
    const { rows } =
      await sql<ArrivedRow>`select o.id, o.peer, t.reference, t.request_id as request, t.direction,
        o.outcome, o.offences, o.began::text, o.ended::text, o.on_day::text as on, o.at, o.seen_at
      from simpul.outcomes_arrived o join simpul.request_threads t on t.id = o.thread_id
      order by o.at desc, o.id limit 300`.execute(db.rows);
    return rows.map(({ at, seen_at, ...one }) => ({
      ...one,
      ...{ at: at.toISOString(), seen: seen_at !== null },
    }));
  });
}
