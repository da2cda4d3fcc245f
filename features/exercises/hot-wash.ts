// Looking back: what was measured against the script's goals, beside another run of it, and what those who played wrote.
import type { Id, NodeCode } from "@simpul/model";
import type { Words } from "@simpul/doors/i18n";
import { sql } from "kysely";
import { directorRole, ExercisesError, type HotWashView, type Told } from "./contract.ts";
import { headOf, knownRun, knows, roleView, stepView } from "./look.ts";
import { facts } from "./material.ts";
import type { ExercisesNode, OfOfficer } from "./node.ts";
import { rolesOf, runOf, runs, standingsOf, type Rows, type RunRow } from "./records.ts";
import { compared, measured, ranBetween, roleOf } from "./rules.ts";
import { tellAll } from "./script.ts";
import { tend } from "./tend.ts";

interface NoteRow {
  id: Id;
  node: NodeCode;
  role: string;
  text: string;
  at: Date;
  by_officer: Id | null;
}

/** The state, where it is another than the one that the role's title names. */
const elsewhere = (row: RunRow, role: string, state: NodeCode): NodeCode | null =>
  row.script.roles.find((one) => one.id === role)?.state === state ? null : state;

const measuredOf = async (db: Rows, row: RunRow, now: Date) =>
  measured(row.script, runOf(row), await standingsOf(db, row, now));

/**
 * Who plays sees it once the run has ended, who directs at any time. `beside` is another run of the same script that she
 * knows of. Throws `NOT_FOUND`.
 */
export async function hotWash(
  node: ExercisesNode,
  standing: OfOfficer,
  id: Id,
  beside: Id | null,
): Promise<HotWashView> {
  const now = node.clock.now();
  const { actor } = standing;
  await node.store.read(standing, async (db) => {
    await knownRun(node, standing, db, id);
    db.noteRead("exercise.hot-wash-viewed", { id });
  });
  await tend(node, id);
  return node.store.read(standing, async (db) => {
    const row = await knownRun(node, standing, db, id);
    const head = headOf(node, row, actor);
    db.noteRead("exercise.hot-wash-viewed", { id });
    if (head.state !== "ended" && !head.directs) throw new ExercisesError("NOT_FOUND");
    const ofScript = (await runs(db)).filter(
      (one) =>
        one.script.id === row.script.id &&
        one.id !== id &&
        one.ended_at !== null &&
        knows(node, standing, one),
    );
    const other = ofScript.find((one) => one.id === beside);
    const was = other === undefined ? [] : await measuredOf(db, other, now);
    const run = runOf(row);
    const all = await standingsOf(db, row, now);
    const { rows: notes } = await sql<NoteRow>`select id, node, role, text, at, by_officer
      from simpul.exercise_notes where run_id = ${id} order by at, id limit 1000`.execute(db.rows);
    return {
      head,
      measures: compared(was, measured(row.script, run, all)).map((one) => ({
        ...{ id: one.measure.id, title: tellAll(one.measure.title, facts), seconds: one.is, was: one.was },
        goal: one.measure.goal * 60,
      })),
      steps: all.map((one) => {
        const { id: step, title, kind, opensAt, dueAt, doneAt } = stepView(row, one);
        const took =
          one.opensAt === null || one.doneAt === null ? null : ranBetween(run, one.opensAt, one.doneAt);
        return {
          ...{ id: step, title, kind, opensAt, dueAt, doneAt },
          role: tellAll(roleOf(row.script, one.step).title, facts),
          state: elsewhere(row, one.step.role, one.state),
          seconds: took === null ? null : Math.max(0, Math.round(took / 1000)),
          goal: one.step.within * 60,
        };
      }),
      notes: notes.map(({ id: note, node: state, role, text, at, by_officer }) => ({
        ...{ id: note, role, state: elsewhere(row, role, state), text, at: at.toISOString() },
        mine: by_officer === actor.id,
      })),
      roles: row.script.roles.map((role) => roleView(row, role)),
      writes: [
        ...rolesOf(row, node.code, actor.agencyKind).map((role) => role.id),
        ...(head.directs ? [directorRole] : []),
      ],
      others: ofScript.map((one) => ({ id: one.id, startsAt: one.starts_at.toISOString() })),
      with: other?.id ?? null,
    };
  });
}

type Line = Parameters<ExercisesNode["papers"]["pdf"]>[1][number];

/** The same on paper, in the reader's language. */
export async function paperOf(
  node: ExercisesNode,
  standing: OfOfficer,
  id: Id,
  beside: Id | null,
  words: Words,
): Promise<Uint8Array<ArrayBuffer>> {
  const view = await hotWash(node, standing, id, beside);
  const title = said(view.head.title, words);
  const about = { title, language: words.locale, at: node.clock.now() };
  return node.papers.pdf(about, linesOf(view, words));
}

const said = (told: Told, { locale }: Words): string => told[locale];

function linesOf(view: HotWashView, words: Words): Line[] {
  const { say, state, time, duration } = words;
  const { head } = view;
  const length = (seconds: number | null): string =>
    seconds === null ? say("exercises.notMeasured") : duration(seconds * 1000);
  const there = (code: string | null): string => (code === null ? "" : ` (${state(code)})`);
  const titles = new Map(view.roles.map((role) => [role.id, said(role.title, words)]));
  return [
    { text: say("web.exercise"), size: 9, bold: true },
    { text: say("exercises.hotWash"), size: 11, soft: true },
    { text: said(head.title, words), size: 16, bold: true },
    {
      text: `${state(head.lead)} · ${time(head.startsAt)}${head.endedAt === null ? "" : ` – ${time(head.endedAt)}`}`,
      size: 9,
      soft: true,
    },
    ...view.measures.flatMap((one): Line[] => [
      { text: `${said(one.title, words)}: ${length(one.seconds)}`, size: 12, bold: true },
      {
        text: [
          say("exercises.goal", { length: duration(one.goal * 1000) }),
          ...(view.with === null ? [] : [say("exercises.before", { length: length(one.was) })]),
        ].join(" · "),
        size: 9,
        indent: 12,
      },
    ]),
    { text: say("exercises.steps"), size: 12, bold: true },
    ...view.steps.flatMap((one): Line[] => [
      { text: `${said(one.title, words)}: ${say(`exercises.kind.${one.kind}`)}`, size: 10 },
      {
        text: [
          `${said(one.role, words)}${there(one.state)}`,
          ...(one.seconds === null ? [] : [length(one.seconds)]),
          say("exercises.goal", { length: duration(one.goal * 1000) }),
        ].join(" · "),
        ...{ size: 9, indent: 12, soft: true },
      },
    ]),
    ...(view.notes.length === 0 ? [] : [{ text: say("exercises.notes"), size: 12, bold: true }]),
    ...view.notes.flatMap((one): Line[] => [
      {
        text: `${titles.get(one.role) ?? say("exercises.director")}${there(one.state)}, ${time(one.at)}`,
        ...{ size: 9, soft: true },
      },
      { text: one.text, size: 10, indent: 12 },
    ]),
  ];
}
