// Early recorded testimony: bytes sealed piece by piece under a key of their own, which lies in her sealed record alone.
import { createHash } from "node:crypto";
import type { Id } from "@simpul/model";
import { KeyBox } from "@simpul/store/keys";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import { compartmentOf } from "./compartment.ts";
import { VictimsError, entriesOf, randomId } from "./contract.ts";
import type { AskTestimony, AtDesk, Entry, Person, TestimonyView } from "./contract.ts";
import { seenKind, testimonyKind, testimonyWholeKind, type Testimony } from "./kinds.ts";
import { standingOf, type VictimsNode } from "./node.ts";
import { testimonyPart } from "./rules.ts";

const boxOf = ({ key }: Pick<Testimony, "key">): KeyBox =>
  new KeyBox(new Uint8Array(Buffer.from(key, "base64url")));
const context = (testimony: Id, nth: number): string => `victim-testimony:${testimony}:${nth}`;

export const testimoniesOf = (person: Person): TestimonyView[] => {
  const whole = new Map(entriesOf(person, testimonyWholeKind).map((one) => [one.data.testimony, one]));
  return entriesOf(person, testimonyKind).map(({ data, at }) => ({
    ...{
      id: data.testimony as Id,
      name: data.name,
      type: data.type,
      size: data.size,
      digest: data.digest,
      at,
    },
    sealedAt: whole.get(data.testimony)?.at ?? null,
  }));
};

function found(person: Person | null, id: Id): Entry<Testimony> {
  const entry =
    person === null ? undefined : entriesOf(person, testimonyKind).find(({ data }) => data.testimony === id);
  if (entry === undefined) throw new VictimsError("NOT_FOUND");
  return entry;
}

/** Says what comes, by its digest; its pieces follow. */
export async function beginTestimony(
  node: VictimsNode,
  who: AtDesk,
  person: Id,
  ask: AskTestimony,
): Promise<Id> {
  const desk = await compartmentOf(node).open(who);
  const testimony = randomId();
  const key = Buffer.from(node.random.bytes(32)).toString("base64url");
  await desk.act((tx) => tx.append(person, testimonyKind, { ...ask, testimony, key }));
  return testimony;
}

/** One piece; the same again changes nothing, so that a broken line goes on where it stopped. Throws `TOO_BIG`. */
export async function putPart(
  node: VictimsNode,
  who: AtDesk,
  of: { person: Id; testimony: Id; nth: number },
  bytes: Uint8Array,
): Promise<void> {
  const desk = await compartmentOf(node).open(who);
  const { data } = found(desk.person(of.person), of.testimony);
  const parts = Math.ceil(data.size / testimonyPart);
  const size = of.nth === parts - 1 ? data.size - of.nth * testimonyPart : testimonyPart;
  if (of.nth >= parts || bytes.length !== size) throw new VictimsError("TOO_BIG");
  const sealed = Buffer.from(boxOf(data).wrap(bytes, context(of.testimony, of.nth)));
  await node.store.write(standingOf(who), async (tx) => {
    await sql`insert into simpul.victim_testimony_parts (testimony_id, nth, sealed)
      values (${of.testimony}, ${of.nth}, ${sealed}) on conflict (testimony_id, nth) do nothing`.execute(
      tx.rows,
    );
    tx.note("victims.entry", {});
  });
}

async function sealedPart(
  db: Pick<Reader | Writer, "rows">,
  testimony: Id,
  nth: number,
): Promise<Buffer | null> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed from simpul.victim_testimony_parts
    where testimony_id = ${testimony} and nth = ${nth}`.execute(db.rows);
  return rows[0]?.sealed ?? null;
}

/** All pieces are there and are what was said: its digest goes into the log, and nothing else of it. Throws `NOT_WHOLE`. */
export async function finishTestimony(
  node: VictimsNode,
  who: AtDesk,
  of: { person: Id; testimony: Id },
): Promise<void> {
  const desk = await compartmentOf(node).open(who);
  const { data, person } = found(desk.person(of.person), of.testimony);
  const hash = createHash("sha256");
  await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victims.book-read", {});
    for (let nth = 0; nth < Math.ceil(data.size / testimonyPart); nth++) {
      const sealed = await sealedPart(db, of.testimony, nth);
      if (sealed === null) throw new VictimsError("NOT_WHOLE");
      hash.update(boxOf(data).unwrap(sealed, context(of.testimony, nth)));
    }
  });
  if (hash.digest("hex") !== data.digest) throw new VictimsError("NOT_WHOLE");
  await desk.act(async (tx) => {
    await tx.append(person, testimonyWholeKind, { testimony: of.testimony });
    // Salted in the leaf: a court can be shown later that these bytes were here at this time, and nobody reads it there.
    tx.note("victims.testimony-sealed", { sha256: data.digest });
  });
}

/** For the desk itself, with its reason on her page; piece by piece. */
export async function readTestimony(
  node: VictimsNode,
  who: AtDesk,
  of: { person: Id; testimony: Id; reason: string },
): Promise<{ of: Testimony; bytes: AsyncGenerator<Uint8Array> }> {
  const desk = await compartmentOf(node).open(who);
  const { data, person } = found(desk.person(of.person), of.testimony);
  await desk.act((tx) => tx.append(person, seenKind, { what: ["testimony"], reason: of.reason }));
  const part = (nth: number) =>
    node.store.read(standingOf(who), (db) => {
      db.noteRead("victims.book-read", {});
      return sealedPart(db, of.testimony, nth);
    });
  return { of: data, bytes: opened(data, part) };
}

export async function* opened(
  data: Testimony,
  part: (nth: number) => Promise<Uint8Array | null>,
): AsyncGenerator<Uint8Array> {
  for (let nth = 0; nth < Math.ceil(data.size / testimonyPart); nth++) {
    const sealed = await part(nth);
    if (sealed === null) throw new VictimsError("NOT_WHOLE");
    yield boxOf(data).unwrap(sealed, context(data.testimony as Id, nth));
  }
}

/** The pieces go with the person; without her record nothing opens them anyway. */
export async function forgetTestimonies(tx: Writer, person: Person): Promise<void> {
  for (const { data } of entriesOf(person, testimonyKind))
    await sql`delete from simpul.victim_testimony_parts where testimony_id = ${data.testimony}`.execute(
      tx.rows,
    );
}
