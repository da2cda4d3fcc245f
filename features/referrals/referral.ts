// Referring her: a limited set of data to one who helps, on her consent, with a clock (VIC-4).
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { entriesOf, randomId, type AtDesk, type Person } from "../victims/contract.ts";
import { ReferralsError, type DataSet, type Recipient, type Referred, type Rejection } from "./contract.ts";
import { peerDesks } from "./desk-keys/keys.ts";
import { giving, type Opening } from "./given.ts";
import { referralKind, stepKind, transferKind } from "./kinds.ts";
import { linkPath, makeLink } from "./links.ts";
import { requireLeave, shareRow, type Db } from "./node.ts";
import { consentFacts, ownerOf, personOf, rowsOf, takenOf } from "./person.ts";
import { basisFor, dueAt, notNeeded } from "./rules.ts";
import { isVetted, serviceOf } from "./services.ts";
import { callBack, closed, place, take } from "./shares.ts";
import { changed } from "./told.ts";

export interface AskReferral {
  /** Made by the page, so that a second click refers nobody twice, and the proof is bound to it. */
  share: Id;
  recipient: Recipient;
  given: Omit<Referred, "desk">;
}

/** Refers her. Gives the address of the one-time link, where the service has no node. */
export async function refer(
  node: Opening,
  who: AtDesk,
  person: Id,
  ask: AskReferral,
): Promise<{ link: string | null }> {
  const { given, recipient } = ask;
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  const sets = Object.keys(given.data) as DataSet[];
  if (recipient.kind === "state" && given.kind !== "victim-desk")
    throw new ReferralsError("NOT_NEEDED_THERE");
  const extra = notNeeded(node.terms, given.kind, sets);
  if (extra.length > 0) throw new ReferralsError("NOT_NEEDED_THERE", { data: extra.join(", ") });
  const onward = await parentsWith(node, who, one);
  const done = await desk.act(async (tx) => {
    if ((await ownerOf(tx, one)) !== null) throw new ReferralsError("MOVED_AWAY");
    const service = recipient.kind === "service" ? await serviceOf(tx, recipient.id) : null;
    if (service !== null && !isVetted(service, node.clock.now())) throw new ReferralsError("NOT_VETTED");
    const basis = basisOf(one, ask, sets, onward);
    if (recipient.kind === "state") await requireLeave(node, tx, ask.share);
    const content: Referred = { ...given, desk: node.name };
    const due = dueAt(node.terms, { what: "referral", kind: given.kind, urgent: given.urgent }, tx.at);
    const peer = recipient.kind === "state" ? recipient.state : null;
    const way = peer !== null ? "peer" : service!.way;
    const thread = peer === null ? randomId() : (threadWith(one, peer) ?? randomId());
    const jwe = peer === null ? null : await peerDesks().sealFor(tx, peer, giving(node, "referral", content));
    await place(tx, {
      id: ask.share,
      what: "referral",
      thread,
      way,
      peer,
      due,
      jwe,
      parents: onward.map(({ id }) => id),
    });
    const link =
      way === "link"
        ? makeLink(node.random, ask.share, { v: 1, node: node.code, due: due.toISOString(), content })
        : null;
    if (link !== null)
      await sql`insert into simpul.victim_share_links (share_id, box, proof) values (${ask.share}, ${link.box}, ${link.proof})`.execute(
        tx.rows,
      );
    const recipientName = service?.name ?? peer!.toUpperCase();
    await tx.append(one.id, referralKind, {
      ...{ share: ask.share, thread, way, recipient, recipientName, basis, given: content },
      link: link?.key ?? null,
    });
    return { link: link === null ? null : linkPath(ask.share, link.key) };
  });
  changed(node);
  return done;
}

/** Shares of other desks on which she is here, with whether they may be passed on. */
async function parentsWith(
  node: Opening,
  who: AtDesk,
  one: Person,
): Promise<{ id: Id; onward: boolean; data: DataSet[] }[]> {
  const taken = takenOf(one);
  if (taken.length === 0) return [];
  const rows = await node.store.read({ actor: who.officer, purpose: who.purpose }, async (db) => {
    db.noteRead("share.looked-up", {});
    return rowsOf(
      db,
      taken.map(({ share }) => share),
    );
  });
  const list = [];
  for (const { share } of taken) {
    const row = rows.get(share);
    if (row === undefined || !["accepted", "done"].includes(row.state)) continue;
    const given = row.what === "referral" ? await node.readGiven(who, share) : null;
    const content = given?.content as Referred | undefined;
    list.push({
      id: share,
      onward: content?.onward === true,
      data: Object.keys(content?.data ?? {}) as DataSet[],
    });
  }
  return list;
}

function basisOf(
  one: Person,
  ask: AskReferral,
  sets: readonly DataSet[],
  parents: readonly { id: Id; onward: boolean; data: DataSet[] }[],
) {
  const facts = consentFacts(one);
  const basis = basisFor(facts, { recipient: ask.recipient, purpose: ask.given.purpose, data: sets });
  if (basis.kind !== "none") return basis;
  // Her word here, also a no, goes before what she allowed the other desk to let us pass on.
  const spoke = facts.consents.some(
    ({ consent }) => JSON.stringify(consent.recipient) === JSON.stringify(ask.recipient),
  );
  const parent = spoke
    ? undefined
    : parents.find((each) => each.onward && sets.every((set) => each.data.includes(set)));
  if (parent === undefined) throw new ReferralsError(basis.because);
  return { kind: "onward" as const, id: parent.id };
}

/** What already runs between this desk and that one about her. */
export function threadWith(one: Person, peer: NodeCode): Id | null {
  const came = takenOf(one).filter(({ from }) => from === peer);
  const went = [...entriesOf(one, referralKind), ...entriesOf(one, transferKind)]
    .map(({ data }) => data)
    .filter(({ recipient }) => recipient.kind === "state" && recipient.state === peer);
  return came.at(-1)?.thread ?? went.at(-1)?.thread ?? null;
}

/** Takes an offer back before, or ends it after, it was accepted; every holder hears of it. */
export async function revoke(node: Opening, who: AtDesk, share: Id): Promise<void> {
  const desk = await node.compartment.open(who);
  await desk.act(async (tx) => {
    const row = await shareRow(tx, share, { lock: true });
    if (!row.ours) throw new ReferralsError("NOT_FOUND");
    if (!(await callBack(tx, row, "revoked"))) throw new ReferralsError("NOT_NOW", { state: row.state });
  });
  changed(node);
}

/** What a service said by telephone, a step of its track, or that it was told to stop using what it had. */
export async function follow(
  node: Opening,
  who: AtDesk,
  person: Id,
  ask: { share: Id; step: string; code: Rejection | null; text: string },
): Promise<void> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  const made = entriesOf(one, referralKind).find(({ data }) => data.share === ask.share);
  if (made === undefined) throw new ReferralsError("NOT_FOUND");
  const known = [
    "accepted",
    "rejected",
    "done",
    "told-to-stop",
    "note",
    ...node.terms.kinds[made.data.given.kind].steps,
  ];
  if (!known.includes(ask.step)) throw new ReferralsError("NOT_NOW", { step: ask.step });
  if (ask.step === "rejected" && ask.code === null && ask.text.trim() === "")
    throw new ReferralsError("REASON_NEEDED");
  await desk.act(async (tx) => {
    const row = await shareRow(tx, ask.share, { lock: true });
    if (ask.step === "accepted" || ask.step === "rejected" || ask.step === "done") {
      // Another desk answers for itself.
      if (row.way === "peer") throw new ReferralsError("NOT_NOW", { state: row.state });
      await take(tx, row, ask.step, null);
    }
    if (ask.step === "told-to-stop") await closed(tx, row, null);
    await tx.append(one.id, stepKind, { share: ask.share, step: ask.step, code: ask.code, text: ask.text });
  });
  changed(node);
}

export type { Db };
