// Changing the desk's key: somebody leaves, the key is made anew; everybody lost theirs, two halves of a sheet bring it back.
import type { Id } from "@simpul/model";
import { KeyBox } from "@simpul/store/keys";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { VictimsError, randomId, type AtDesk } from "./contract.ts";
import { join, readHalf, split } from "./halves.ts";
import { DeskSecret, kidOf, newPair, sealSecret } from "./keys.ts";
import { readyBook } from "./load.ts";
import { ofTheDesk, standingOf, type VictimsNode } from "./node.ts";
import { held, secretsFrom } from "./opening.ts";
import { deskKeys, insertGrant, officerKeys, type OfficerKeyRow } from "./records.ts";

/** Milliseconds within which the second half follows the first. */
const halvesWithin = 1_800_000;

/**
 * A new desk key for all who stay; who leaves is shut out at once. The old key stays readable under the new one, for
 * what is still sealed to it. Throws `DESK_CLOSED`, `NOT_FOUND` for whoever is no supervisor, or for herself.
 */
export async function changeKey(node: VictimsNode, who: AtDesk, leaving: Id | null): Promise<void> {
  const because = ofTheDesk(node, who);
  if (!who.officer.roles.includes("supervisor") || leaving === who.officer.id)
    throw new VictimsError("NOT_FOUND");
  const old = held(node, who);
  const book = await readyBook(node, who);
  const { memory } = node;
  await memory.inTurn(async () => {
    const pair = newPair();
    const fresh = new DeskSecret(await kidOf(pair.publicKey), pair);
    await node.store.write(standingOf(who), async (tx) => {
      tx.allowed(because);
      const all = await officerKeys(tx);
      if (leaving !== null && !all.some(({ officer_id }) => officer_id === leaving))
        throw new VictimsError("NOT_FOUND");
      await endAndBegin(tx, old, fresh);
      await rewrap(tx, fresh, book);
      for (const one of all) await passOn(tx, who, one, { old, fresh, leaves: one.officer_id === leaving });
      await sql`update simpul.victim_recoveries set ended_at = ${tx.at} where ended_at is null`.execute(
        tx.rows,
      );
      tx.note("victims.key-changed", leaving === null ? {} : { officer: leaving });
    });
    memory.renew(fresh);
    for (const { session, who: her } of memory.sessions())
      if (her.officer.id === leaving) memory.close(session);
  });
}

async function endAndBegin(tx: Writer, old: DeskSecret, fresh: DeskSecret): Promise<void> {
  await sql`update simpul.victim_desk_keys set ended_at = ${tx.at},
    handed_on = ${Buffer.from(fresh.keep(old.pair.secret, old.kid))} where kid = ${old.kid}`.execute(tx.rows);
  await sql`insert into simpul.victim_desk_keys (kid, public_key, since)
    values (${fresh.kid}, ${JSON.stringify(fresh.pair.publicKey)}::jsonb, date_trunc('hour', ${tx.at}::timestamptz))`.execute(
    tx.rows,
  );
}

/** In portions: one statement for many people. */
async function rewrap(
  tx: Writer,
  fresh: DeskSecret,
  book: { ids(): Iterable<Id>; keyOf(id: Id): Uint8Array | null },
): Promise<void> {
  const all = [...book.ids()];
  for (let from = 0; from < all.length; from += 2000) {
    const ids = all.slice(from, from + 2000);
    const keys = ids.map((id) => Buffer.from(fresh.wrap(book.keyOf(id)!, id)).toString("hex"));
    await sql`update simpul.victim_people p set kid = ${fresh.kid}, wrapped = decode(n.key, 'hex')
      from unnest(${ids}::uuid[], ${keys}::text[]) n(id, key) where p.id = n.id`.execute(tx.rows);
  }
}

/** To those whom the desk itself let in; a row that was put in by hand bears no mark, and gets nothing. */
async function passOn(
  tx: Writer,
  who: AtDesk,
  one: OfficerKeyRow,
  { old, fresh, leaves }: { old: DeskSecret; fresh: DeskSecret; leaves: boolean },
): Promise<void> {
  if (leaves || (one.agreed_by !== null && !old.bears(one.mark, one.officer_id, one.public_key))) {
    await sql`update simpul.victim_officer_keys set ended_at = ${tx.at}, ended_by = ${who.officer.id}
      where id = ${one.id}`.execute(tx.rows);
    return;
  }
  if (one.agreed_by === null) return;
  const mark = Buffer.from(fresh.mark(one.officer_id, one.public_key));
  await sql`update simpul.victim_officer_keys set mark = ${mark} where id = ${one.id}`.execute(tx.rows);
  await insertGrant(tx, one.id, fresh.kid, await sealSecret(one.public_key, fresh.pair.secret));
}

const recoveryOf = (key: Uint8Array): KeyBox => new KeyBox(key);

/** Two halves, shown once, for two custodians; an earlier sheet opens nothing any more. Throws `DESK_CLOSED`, `NOT_FOUND`. */
export async function makeSheet(node: VictimsNode, who: AtDesk): Promise<[string, string]> {
  const because = ofTheDesk(node, who);
  if (!who.officer.roles.includes("supervisor")) throw new VictimsError("NOT_FOUND");
  const desk = held(node, who);
  const secret = node.random.bytes(32);
  const wrapped = Buffer.from(recoveryOf(secret).wrap(desk.pair.secret, `recovery:${desk.kid}`));
  const halves = split(secret, node.random.bytes(32));
  secret.fill(0);
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    await sql`update simpul.victim_recoveries set ended_at = ${tx.at} where ended_at is null`.execute(
      tx.rows,
    );
    await sql`insert into simpul.victim_recoveries (id, kid, wrapped, made_by, made_at)
      values (${randomId()}, ${desk.kid}, ${wrapped}, ${who.officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("victims.sheet-made", {});
  });
  return halves;
}

/**
 * One half, typed by one officer; the other by another, within half an hour: then both are in, with the keys that they
 * asked with. Gives whether it is done. Throws `NOT_A_HALF`, `OTHER_OFFICER`, `NOT_LET_IN` for whoever has no own key.
 */
export async function enterHalf(node: VictimsNode, who: AtDesk, text: string): Promise<boolean> {
  const because = ofTheDesk(node, who);
  const half = readHalf(text);
  if (half === null) throw new VictimsError("NOT_A_HALF");
  const { memory, clock } = node;
  const now = clock.now().getTime();
  const waiting = memory.half !== null && now - memory.half.at < halvesWithin ? memory.half : null;
  if (waiting === null || waiting.half.which === half.which) {
    memory.half = { half, officer: who.officer.id, at: now };
    await node.store.write(standingOf(who), (tx) => {
      tx.allowed(because);
      tx.note("victims.half-entered", {});
      return Promise.resolve();
    });
    return false;
  }
  if (waiting.officer === who.officer.id) throw new VictimsError("OTHER_OFFICER");
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(because);
    const [key] = await deskKeys(tx);
    const { rows } = await sql<{ wrapped: Buffer }>`select wrapped from simpul.victim_recoveries
      where ended_at is null and kid = ${key?.kid ?? ""}`.execute(tx.rows);
    const secret = opened(rows[0]?.wrapped, join(waiting.half, half), key?.kid);
    const desk = secretsFrom([key!], secret)[0]!;
    for (const officer of [waiting.officer, who.officer.id]) {
      const own = (await officerKeys(tx)).find((one) => one.officer_id === officer);
      if (own === undefined) throw new VictimsError("NOT_LET_IN");
      const mark = Buffer.from(desk.mark(officer, own.public_key));
      await sql`update simpul.victim_officer_keys
        set agreed_by = ${officer === who.officer.id ? waiting.officer : who.officer.id}, agreed_at = ${tx.at},
          mark = ${mark} where id = ${own.id}`.execute(tx.rows);
      await insertGrant(tx, own.id, desk.kid, await sealSecret(own.public_key, secret));
    }
    desk.wipe();
    await sql`update simpul.victim_recoveries set ended_at = ${tx.at} where ended_at is null`.execute(
      tx.rows,
    );
    tx.note("victims.recovered", {});
  });
  memory.half = null;
  return true;
}

function opened(wrapped: Buffer | undefined, key: Uint8Array, kid: string | undefined): Uint8Array {
  try {
    return recoveryOf(key).unwrap(wrapped!, `recovery:${kid}`);
  } catch {
    // Halves of another sheet, or one that was used or replaced.
    throw new VictimsError("NOT_A_HALF");
  }
}
