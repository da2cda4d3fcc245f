// Tells a node its part of the exercise, once: its people, then the cases that its desks already have.
import type { Id, Officer } from "@simpul/model";
import { Evaluation } from "@simpul/model";
import { createAgency, createDesk, createOfficer, placeOfficer } from "@simpul/features/access/people.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import { addRecord } from "@simpul/features/cases/add.ts";
import type { CasesNode } from "@simpul/features/cases/node.ts";
import { openCase } from "@simpul/features/cases/open.ts";
import type { Node } from "@simpul/server";
import { accessNode, casesNode, victimsNode } from "@simpul/server";
import { randomId } from "@simpul/features/victims/contract.ts";
import * as desk from "@simpul/features/victims/opening.ts";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { cases } from "./cases.ts";
import type { StoryCase } from "./cases.ts";
import { people } from "./people.ts";

const teller: Standing = { actor: { kind: "job", name: "exercise" }, purpose: "administration" };

/** The officers of a node by their short name (their service number too). */
export type Cast = ReadonlyMap<string, Officer>;

/**
 * Does nothing on a node that has agencies already, so that a second start keeps what learners did: null then. What the
 * victim desk did so far is told by `tellProtected` alone: most tests begin with an empty desk.
 */
export async function tellStory(node: Node): Promise<Cast | null> {
  const told = await node.store.read(teller, (db) =>
    sql<{ there: boolean }>`select exists (select from simpul.agencies) as there`.execute(db.rows),
  );
  if (told.rows[0]!.there) return null;
  const cast = await tellPeople(accessNode(node, "http://localhost"));
  await tellDesk(node, cast);
  await tellPlaces(node, cast);
  for (const story of cases[node.code] ?? []) await tellCase(casesNode(node), cast, story);
  return cast;
}

export async function tellPeople(access: AccessNode): Promise<Cast> {
  const cast = new Map<string, Officer>();
  const story = people.find((one) => one.code === access.code);
  for (const { desks, kind, name: agencyName } of story?.agencies ?? []) {
    const agency = await createAgency(access, teller, { kind, name: agencyName });
    for (const { name: deskName, officers } of desks) {
      const desk = await createDesk(access, teller, { agency, name: deskName });
      for (const { key, name, nameLatin, language, roles } of officers) {
        const id = await createOfficer(access, teller, { number: key, name, nameLatin, language });
        await placeOfficer(access, teller, { officer: id, desk, roles });
        cast.set(key, {
          kind: "officer",
          id,
          node: access.code,
          agency,
          agencyKind: kind,
          desk,
          roles,
          provenAt: null,
        });
      }
    }
  }
  return cast;
}

/** Who supervises the victim desk. */
export const victimDeskOf = (cast: Cast): Officer | undefined =>
  [...cast.values()].find(
    ({ agencyKind, roles }) => agencyKind === "victim-services" && roles.includes("supervisor"),
  );

/** The keys of the victim desk, made as its officers would: one founds it, the other asks, and is let in. */
async function tellDesk(node: Node, cast: Cast): Promise<void> {
  const room = victimsNode(node, accessNode(node, "http://localhost"));
  const officers = [...cast.values()].filter(({ agencyKind }) => agencyKind === "victim-services");
  const founder = victimDeskOf(cast);
  if (founder === undefined) return;
  const at = (officer: Officer) => ({ officer, purpose: "victim-assistance" as const, session: randomId() });
  const hers = at(founder);
  await desk.foundDesk(room, hers, desk.exercisePassphrase);
  await desk.openByPassphrase(room, hers, desk.exercisePassphrase);
  for (const officer of officers.filter((one) => one !== founder)) {
    await desk.askIn(room, at(officer), desk.exercisePassphrase);
    const view = await desk.viewDesk(room, hers);
    for (const { key, fingerprint, state } of view.officers)
      if (state === "waits") await desk.letIn(room, hers, { key, fingerprint });
  }
  await desk.closeDesk(room, hers);
}

/** The vetted list, as two officers of the victim desk keep it: who opens emergencies, and whom they may tell. */
async function tellPlaces(node: Node, cast: Cast): Promise<void> {
  const [first, second] = [...cast.values()].filter(({ agencyKind }) => agencyKind === "victim-services");
  if (first === undefined || second === undefined) return;
  const desks = ["police", "cyber-crime", "immigration"].flatMap(
    (kind) => [...cast.values()].find(({ agencyKind }) => agencyKind === kind)?.desk ?? [],
  );
  const places = [
    { use: "opens", desk: first.desk, state: null },
    ...desks.map((desk) => ({ use: "told", desk, state: null })),
    ...people
      .filter(({ code }) => code !== node.code)
      .map(({ code }) => ({ use: "told", desk: null, state: code })),
  ];
  await node.store.write(teller, async (tx) => {
    for (const { use, desk, state } of places) {
      const id = tx.newId();
      await sql`insert into simpul.distress_places (id, use, desk_id, state, why, put_by, put_at)
        values (${id}, ${use}, ${desk}, ${state}, 'EXERCISE: vetted', ${first.id}, ${tx.at})`.execute(
        tx.rows,
      );
      await sql`update simpul.distress_places set agreed_by = ${second.id}, agreed_at = ${tx.at}
        where id = ${id}`.execute(tx.rows);
      tx.note("distress.place-agreed", { id });
    }
  });
}

/** Opens one case of the story in its officer's name and puts in what it holds. Returns its number. */
export async function tellCase(node: CasesNode, cast: Cast, story: StoryCase): Promise<string> {
  const actor = cast.get(story.by);
  if (actor === undefined) throw new Error(`the story has no ${story.by} at ${node.code}`);
  const standing: Standing = { actor, purpose: "crime-investigation" };
  const { title, crimeType, covert, summary, language } = story;
  const ask = { title, crimeType, covert: covert ?? false, summary, summaryLanguage: language };
  const opened = await openCase(node, standing, ask);
  const made = new Map<string, Id>();
  const idOf = (name: unknown): unknown => (typeof name === "string" ? (made.get(name) ?? name) : name);
  for (const { kind, key, fields, grade } of story.records) {
    const told: Record<string, unknown> = { ...fields };
    for (const field of ["subject", "place", "from", "to"])
      if (field in told) told[field] = idOf(told[field]);
    if (Array.isArray(told["subjects"])) told["subjects"] = told["subjects"].map(idOf);
    if (kind === "task") Object.assign(told, { desk: actor.desk, owner: actor.id });
    const kept = grade === undefined ? {} : { evaluation: Evaluation.parse(grade) };
    const record = await addRecord(node, standing, opened.number, kind, told, kept);
    if (key !== undefined) made.set(key, record.id);
  }
  return opened.number;
}
