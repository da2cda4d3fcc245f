// What the victim desk lets a case know: chosen field by field, seen beforehand, agreed to by a second officer, called back.
import { type CaseNumber, type Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import { compartmentOf } from "./compartment.ts";
import { VictimsError, entriesOf, randomId } from "./contract.ts";
import type { AskRelease, AtDesk, OpenDesk, Person, ReleaseView, Released, ShownField } from "./contract.ts";
import {
  releaseAskedKind,
  releaseEndedKind,
  releaseMadeKind,
  testimonyKind,
  testimonyWholeKind,
  type Testimony,
} from "./kinds.ts";
import { ofTheDesk, type VictimsNode } from "./node.ts";
import { padded } from "./sealing.ts";
import { opened } from "./testimony.ts";

/** What stands in a release, sealed to this node: the pseudonym, the fields, and what opens a testimony. */
interface Content {
  reference: string;
  fields: ShownField[];
  testimonies: Testimony[];
}

const context = (release: Id): string => `victim-release:${release}`;

/** Exactly what the case would see; a field about which nothing is known is left out. */
export function shownOf(person: Person, fields: AskRelease["fields"]): ShownField[] {
  const { facts } = person;
  const values: Record<AskRelease["fields"][number], string[]> = {
    names: facts.names.map(({ text }) => text),
    born: facts.born === null ? [] : [facts.born.read ?? facts.born.written],
    age: person.age === "not-said" ? [] : [person.age],
    sex: facts.sex === "not-said" ? [] : [facts.sex],
    nationalities: facts.nationalities,
    languages: facts.languages,
    documents: facts.documents.map(({ type, number }) => `${type} ${number}`),
    heldAt: facts.heldAt === "" ? [] : [facts.heldAt],
    status: person.statuses.map((one) => `${one.state} ${one.status}`),
  };
  return fields.flatMap((field) => (values[field].length === 0 ? [] : [{ field, values: values[field] }]));
}

const personOf = (desk: OpenDesk, id: Id): Person => {
  const person = desk.person(id);
  if (person === null) throw new VictimsError("NOT_FOUND");
  return person;
};

/**
 * Asks for a release; what the case would see is frozen with it. Where the desk needs no second officer it is made at
 * once. Throws `NOTHING_TO_RELEASE`, `NOT_FOUND`.
 */
export async function askRelease(node: VictimsNode, who: AtDesk, id: Id, ask: AskRelease): Promise<Id> {
  const desk = await compartmentOf(node).open(who);
  const person = personOf(desk, id);
  const whole = new Set(entriesOf(person, testimonyWholeKind).map(({ data }) => data.testimony));
  const own = new Set(entriesOf(person, testimonyKind).map(({ data }) => data.testimony));
  if (!ask.testimonies.every((one) => own.has(one) && whole.has(one))) throw new VictimsError("NOT_FOUND");
  const shown = shownOf(person, ask.fields);
  const release = randomId();
  await desk.act(async (tx) => {
    await tx.append(person.id, releaseAskedKind, { ...ask, release, shown });
    if (node.releaseAlone) await make(node, who, tx, person, { ...ask, release, shown }, null);
  });
  return release;
}

type Asked = { release: string; case: string; shown: ShownField[]; testimonies: string[] };

async function make(
  node: VictimsNode,
  who: AtDesk,
  tx: Writer & { append: Parameters<Parameters<OpenDesk["act"]>[0]>[0]["append"] },
  person: Person,
  asked: Asked,
  asker: Id | null,
): Promise<void> {
  const release = asked.release as Id;
  const testimonies = entriesOf(person, testimonyKind)
    .map(({ data }) => data)
    .filter(({ testimony }) => asked.testimonies.includes(testimony));
  const content: Content = { reference: person.pseudonym, fields: asked.shown, testimonies };
  const sealed = Buffer.from(node.box.wrap(padded(content), context(release)));
  await sql`insert into simpul.victim_releases (id, case_number, sealed, released_by, agreed_by, released_at)
    values (${release}, ${asked.case}, ${sealed}, ${asker ?? who.officer.id},
      ${asker === null ? null : who.officer.id}, ${tx.at})`.execute(tx.rows);
  await tx.append(person.id, releaseMadeKind, { release });
  tx.note("victims.released", { id: release });
}

/** The second officer, who types the case's number herself. Throws `SECOND_OFFICER`, `OTHER_CASE`, `NOT_FOUND`. */
export async function agreeRelease(
  node: VictimsNode,
  who: AtDesk,
  of: { person: Id; release: Id },
  typed: CaseNumber,
): Promise<void> {
  const desk = await compartmentOf(node).open(who);
  const person = personOf(desk, of.person);
  const one = releasesOf(person).find(({ id }) => id === of.release);
  const asked = entriesOf(person, releaseAskedKind).find(({ data }) => data.release === of.release);
  if (one?.state !== "asked" || asked === undefined) throw new VictimsError("NOT_FOUND");
  if (asked.by.officer === who.officer.id) throw new VictimsError("SECOND_OFFICER");
  if (asked.data.case !== typed) throw new VictimsError("OTHER_CASE");
  await desk.act((tx) => make(node, who, tx, person, asked.data, asked.by.officer));
}

/** Called back, or not agreed to: the case sees it no more from this moment on. */
export async function endRelease(
  node: VictimsNode,
  who: AtDesk,
  of: { person: Id; release: Id },
  reason: string,
): Promise<void> {
  const desk = await compartmentOf(node).open(who);
  const person = personOf(desk, of.person);
  const one = releasesOf(person).find(({ id }) => id === of.release);
  if (one === undefined || one.state === "ended") throw new VictimsError("NOT_FOUND");
  await desk.act(async (tx) => {
    await endRow(tx, of.release);
    await tx.append(person.id, releaseEndedKind, { release: of.release, reason });
    if (one.state === "made") tx.note("victims.called-back", { id: of.release });
  });
}

const endRow = async (tx: Writer, release: string): Promise<void> => {
  await sql`update simpul.victim_releases set sealed = null, ended_at = ${tx.at}
    where id = ${release} and ended_at is null`.execute(tx.rows);
};

/** With the person everything goes that was released of her. */
export async function forgetReleases(tx: Writer, person: Person): Promise<void> {
  for (const { data } of entriesOf(person, releaseMadeKind)) await endRow(tx, data.release);
}

export function releasesOf(person: Person): ReleaseView[] {
  const made = new Set(entriesOf(person, releaseMadeKind).map(({ data }) => data.release));
  const ended = new Map(entriesOf(person, releaseEndedKind).map(({ data }) => [data.release, data.reason]));
  return entriesOf(person, releaseAskedKind).map(({ data, at, by }) => ({
    ...{
      id: data.release as Id,
      case: data.case,
      shown: data.shown,
      reason: data.reason,
      at,
      by: by.officer,
    },
    testimonies: data.testimonies as Id[],
    state: ended.has(data.release) ? "ended" : made.has(data.release) ? "made" : "asked",
    ended: ended.get(data.release) ?? null,
  }));
}

type Row = {
  id: Id;
  case_number: string;
  sealed: Buffer | null;
  released_by: Id;
  released_at: Date;
  ended_at: Date | null;
};

/** What was released to the cases that this officer sees, by row security: the minimum, under a pseudonym. */
export async function listReleased(
  node: VictimsNode,
  standing: Parameters<VictimsNode["store"]["read"]>[0],
  ask: { case?: string | undefined },
): Promise<Released[]> {
  const rows = await node.store.read(standing, async (db) => {
    db.noteRead("victims.released-read", {});
    const { rows } = await sql<Row>`select id, case_number, sealed, released_by, released_at, ended_at
      from simpul.victim_releases
      where simpul.sees_case_number(case_number) and (${ask.case ?? null}::text is null or case_number = ${ask.case ?? null})
      order by released_at desc limit 200`.execute(db.rows);
    return rows;
  });
  const names = await node.directory.officers([...new Set(rows.map((one) => one.released_by))]);
  return rows.map((row) => {
    const content = row.sealed === null ? null : contentOf(node, row.id, row.sealed);
    return {
      id: row.id,
      case: row.case_number,
      at: row.released_at.toISOString(),
      by: names.get(row.released_by)?.name ?? "",
      ended: row.ended_at?.toISOString() ?? null,
      reference: content?.reference ?? null,
      fields: content?.fields ?? [],
      testimonies:
        content?.testimonies.map(({ testimony, name, type, size, digest }) => ({
          ...{ id: testimony as Id, name, type, size, digest },
        })) ?? [],
    };
  });
}

const contentOf = (node: VictimsNode, release: Id, sealed: Buffer): Content =>
  JSON.parse(new TextDecoder().decode(node.box.unwrap(sealed, context(release)))) as Content;

/** A released testimony for whoever sees the case; every look is noted. Throws `NOT_FOUND`, once it is called back too. */
export async function readReleased(
  node: VictimsNode,
  standing: Parameters<VictimsNode["store"]["read"]>[0],
  of: { release: Id; testimony: Id },
): Promise<{ of: Testimony; bytes: AsyncGenerator<Uint8Array> }> {
  const row = await node.store.read(standing, async (db: Reader) => {
    db.noteRead("victims.testimony-read", { id: of.release });
    const { rows } = await sql<Row>`select id, sealed from simpul.victim_releases
      where id = ${of.release} and sealed is not null and simpul.sees_case_number(case_number)`.execute(
      db.rows,
    );
    return rows[0];
  });
  const content =
    row?.sealed === undefined || row.sealed === null ? null : contentOf(node, row.id, row.sealed);
  const testimony = content?.testimonies.find((one) => one.testimony === of.testimony);
  if (testimony === undefined) throw new VictimsError("NOT_FOUND");
  const part = (nth: number) =>
    node.store.read(standing, async (db) => {
      db.noteRead("victims.testimony-read", { id: of.release });
      const { rows } = await sql<{ part: Buffer | null }>`
        select simpul.released_part(${of.release}, ${of.testimony}, ${nth}) as part`.execute(db.rows);
      return rows[0]?.part ?? null;
    });
  return { of: testimony, bytes: opened(testimony, part) };
}

/** For the officer who would agree: all that waits for a second person. */
export async function waitingReleases(
  node: VictimsNode,
  who: AtDesk,
): Promise<{ person: Id; release: ReleaseView }[]> {
  ofTheDesk(node, who);
  const desk = await compartmentOf(node).open(who);
  return [...desk.people()].flatMap((person) =>
    releasesOf(person)
      .filter((one) => one.state === "asked" && one.by !== who.officer.id)
      .map((release) => ({ person: person.id, release })),
  );
}
