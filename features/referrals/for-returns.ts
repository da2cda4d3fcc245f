// What the room of returns asks of this one: notices and lists that travel like every other share between victim desks.
import { sql } from "kysely";
import { randomId } from "../victims/contract.ts";
import { answerOf } from "./board.ts";
import { ReferralsError, type Given, type SharesForReturns } from "./contract.ts";
import { peerDesks, sealTo } from "./desk-keys/keys.ts";
import { giving, jweOf, type Opening } from "./given.ts";
import { ofTheDesk, requireLeave, shareRow, viewOf, type ShareRow } from "./node.ts";
import { consentFacts, ownerOf } from "./person.ts";
import { basisFor, dueAt } from "./rules.ts";
import { callBack, place, take } from "./shares.ts";
import { changed } from "./told.ts";

export function sharesForReturns(node: Opening): SharesForReturns {
  const standing = (who: Parameters<SharesForReturns["list"]>[0]) => ({
    actor: who.officer,
    purpose: who.purpose,
  });
  return {
    async offer(who, { what, thread, to, content }) {
      const desk = await node.compartment.open(who);
      const own = await node.compartment.sealTo();
      if (own === null) throw new ReferralsError("NOT_FOUND");
      const value = giving(node, what, content);
      // Ours to read again: sealed to our own desk, and destroyed with the share.
      const copy = await sealTo({ kid: own.kid, key: own.key }, value);
      const shares = to.map((peer) => ({ id: randomId(), peer }));
      await desk.act(async (tx) => {
        await requireLeave(node, tx, thread);
        const due = dueAt(node.terms, { what }, tx.at);
        for (const { id, peer } of shares) {
          const jwe = await peerDesks().sealFor(tx, peer, value);
          await place(tx, { id, what, thread, way: "peer", peer, due, jwe, parents: [] });
          await sql`insert into simpul.victim_share_contents (share_id, jwe) values (${id}, ${copy})`.execute(
            tx.rows,
          );
        }
      });
      changed(node);
      return shares;
    },
    async list(who, what) {
      await node.compartment.open(who);
      return node.store.read(standing(who), async (db) => {
        db.noteRead("share.listed", {});
        const { rows } = await sql<ShareRow>`select * from simpul.victim_shares where what = ${what}
          order by state <> 'pending', due_at, id limit 500`.execute(db.rows);
        return rows.map(viewOf);
      });
    },
    async read(who, id) {
      const { row, jwe } = await node.store.read(standing(who), async (db) => {
        db.noteRead("share.read", { id });
        return { row: await shareRow(db, id), jwe: await jweOf(db, id) };
      });
      const given = row.ours
        ? jwe === null
          ? null
          : ((await node.unseal(who, jwe)) as Given | null)
        : await node.readGiven(who, id);
      return {
        share: viewOf(row),
        content: given?.content ?? null,
        answer: await answerOf(node, who, row, null),
      };
    },
    async answer(who, id, step, answer) {
      const desk = await node.compartment.open(who);
      await desk.act(async (tx) => {
        const row = await shareRow(tx, id, { lock: true });
        if (row.ours || row.peer === null) throw new ReferralsError("NOT_FOUND");
        await take(tx, row, step, await peerDesks().sealFor(tx, row.peer, answer));
      });
      changed(node);
    },
    async revoke(who, id) {
      const desk = await node.compartment.open(who);
      await desk.act(async (tx) => {
        const row = await shareRow(tx, id, { lock: true });
        if (!row.ours || !(await callBack(tx, row, "revoked")))
          throw new ReferralsError("NOT_NOW", { state: row.state });
      });
      changed(node);
    },
    mayTell: (person, state, data) =>
      basisFor(consentFacts(person), { recipient: { kind: "state", state }, purpose: "return", data })
        .kind !== "none",
    elsewhere: async (db, person) => (await ownerOf(db, person))?.state ?? null,
    async states(who) {
      ofTheDesk(node, standing(who));
      return node.store.read(standing(who), async (db) => {
        db.noteRead("desk-key.states", {});
        return peerDesks().states(db);
      });
    },
  };
}
