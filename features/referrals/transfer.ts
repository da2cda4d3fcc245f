// Handing her over to another state's victim desk: both see "pending" until it is accepted, and from then on it is the
// owner there; what the old desk learns later goes to it as a proposal (VIC-4).
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import {
  entriesOf,
  factsKind,
  randomId,
  statusKind,
  type AtDesk,
  type OpenDesk,
  type Person,
} from "../victims/contract.ts";
import { ReferralsError, type Recipient } from "./contract.ts";
import { peerDesks } from "./desk-keys/keys.ts";
import { giving, ProposalContent, type Opening, type TransferContent } from "./given.ts";
import type { BroughtEntry } from "./kinds.ts";
import { broughtKind, referralKind, stepKind, takenKind, transferKind } from "./kinds.ts";
import { requireLeave, shareRow, type ShareRow } from "./node.ts";
import { consentFacts, ownerOf, personOf, rowsOf, takenOf } from "./person.ts";
import { basisFor, dueAt } from "./rules.ts";
import { threadWith } from "./referral.ts";
import { destroy, oneAtATime, place, take } from "./shares.ts";
import { changed } from "./told.ts";

/** Entries that stay: who looked at her here, and what this desk shared with whom. */
const stays = [
  "victims.seen",
  "victims.merged",
  "victims.parted",
  referralKind.kind,
  transferKind.kind,
  stepKind.kind,
  takenKind.kind,
];

export interface AskTransfer {
  share: Id;
  to: NodeCode;
  /** What already runs with that desk about her, where she is known there. */
  thread?: Id;
  unnamed: boolean;
}

/** Offers the whole file, by name: nobody is handed over as a number. Throws `NO_NAME`, `NO_CONSENT`, `MOVED_AWAY`. */
export async function offerTransfer(node: Opening, who: AtDesk, person: Id, ask: AskTransfer): Promise<void> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  if (one.facts.names.length === 0 && !ask.unnamed) throw new ReferralsError("NO_NAME");
  const recipient: Recipient = { kind: "state", state: ask.to };
  const basis = basisFor(consentFacts(one), { recipient, purpose: "care-elsewhere", data: ["file"] });
  if (basis.kind === "none") throw new ReferralsError(basis.because);
  const content: TransferContent = {
    facts: one.facts,
    unnamed: one.facts.names.length === 0,
    entries: one.entries
      .filter(({ kind, unfit }) => !stays.includes(kind) && kind !== factsKind.kind && unfit !== true)
      .map(({ kind, at, data }) => ({ kind, at, data })),
  };
  await desk.act(async (tx) => {
    if ((await ownerOf(tx, one)) !== null) throw new ReferralsError("MOVED_AWAY");
    const earlier = await rowsOf(
      tx,
      entriesOf(one, transferKind).map(({ data }) => data.share),
    );
    if ([...earlier.values()].some(({ state }) => state === "pending"))
      throw new ReferralsError("NOT_NOW", { state: "pending" });
    await requireLeave(node, tx, ask.share);
    const thread = ask.thread ?? threadWith(one, ask.to) ?? randomId();
    await oneAtATime(tx, thread);
    const offered = await sql`select 1 from simpul.victim_shares where thread = ${thread} and not ours
      and what = 'transfer' and state = 'pending'`.execute(tx.rows);
    // Theirs came first: it is accepted or declined, not answered by another offer.
    if (offered.rows.length > 0) throw new ReferralsError("NOT_NOW", { state: "offered" });
    const jwe = await peerDesks().sealFor(tx, ask.to, giving(node, "transfer", content));
    const parents = await acceptedParents(tx, one);
    const due = dueAt(node.terms, { what: "transfer" }, tx.at);
    await place(tx, {
      id: ask.share,
      what: "transfer",
      thread,
      way: "peer",
      peer: ask.to,
      due,
      jwe,
      parents,
    });
    const recipientName = ask.to.toUpperCase();
    await tx.append(one.id, transferKind, {
      share: ask.share,
      thread,
      way: "peer",
      recipient,
      recipientName,
      basis,
    });
  });
  changed(node);
}

async function acceptedParents(
  tx: Parameters<Parameters<OpenDesk["act"]>[0]>[0],
  one: Person,
): Promise<Id[]> {
  const rows = await rowsOf(
    tx,
    takenOf(one).map(({ share }) => share),
  );
  return [...rows.values()]
    .filter(({ state }) => state === "accepted" || state === "done")
    .map(({ id }) => id);
}

/** What came is accepted, with a word to the desk that gave it. Gives the person here; null for what is only answered. */
export async function accept(
  node: Opening,
  who: AtDesk,
  share: Id,
  note: string,
): Promise<{ person: Id | null }> {
  const desk = await node.compartment.open(who);
  const given = await node.readGiven(who, share);
  const done = await desk.act(async (tx) => {
    const row = await shareRow(tx, share, { lock: true });
    if (row.ours || row.peer === null) throw new ReferralsError("NOT_FOUND");
    if (given === null) throw new ReferralsError("NOT_NOW", { state: row.state });
    const answer = await peerDesks().sealFor(tx, row.peer, { v: 1, text: note });
    await take(tx, row, "accepted", answer);
    const known = knownBy(desk, row.thread);
    const taken = { share, thread: row.thread, from: row.peer };
    if (row.what === "referral") {
      const id = known?.id ?? (await tx.create({}, "peer"));
      await tx.append(id, takenKind, { ...taken, what: "referral" });
      return { person: id };
    }
    if (row.what === "proposal") {
      if (known === null) throw new ReferralsError("NOT_FOUND");
      const data = ProposalContent.parse(given.content);
      await tx.append(known.id, broughtKind, {
        from: row.peer,
        kind: "referrals.proposal",
        at: tx.at.toISOString(),
        data,
      });
      await destroy(tx, share);
      return { person: known.id };
    }
    const id = await takeOver(tx, row, known, given.content as TransferContent);
    await tx.append(id, takenKind, { ...taken, what: "transfer" });
    await destroy(tx, share);
    return { person: id };
  });
  changed(node);
  return done;
}

type DeskTx = Parameters<Parameters<OpenDesk["act"]>[0]>[0];

/** Her file as this desk's own: jurisdiction and desk are this one from now on. Decisions of two states stand side by side. */
async function takeOver(
  tx: DeskTx,
  row: ShareRow,
  known: Person | null,
  content: TransferContent,
): Promise<Id> {
  const from = row.peer!;
  const facts = factsKind.schema.safeParse(content.facts);
  const id = known?.id ?? (await tx.create(facts.success ? facts.data : {}, "peer"));
  if (known !== null || !facts.success)
    await tx.append(id, broughtKind, {
      from,
      kind: factsKind.kind,
      at: tx.at.toISOString(),
      data: content.facts,
    });
  for (const entry of content.entries) {
    const status = entry.kind === statusKind.kind ? statusKind.schema.safeParse(entry.data) : null;
    if (status?.success === true) await tx.append(id, statusKind, status.data);
    else await tx.append(id, broughtKind, brought(from, entry));
  }
  return id;
}

/** What came from a third state before keeps that origin (HC-11). */
function brought(from: NodeCode, entry: TransferContent["entries"][number]): BroughtEntry {
  const before = entry.kind === broughtKind.kind ? broughtKind.schema.safeParse(entry.data) : null;
  return before?.success === true ? before.data : { from, ...entry };
}

/** Somebody whom both desks already speak of in this thread. */
export function knownBy(desk: OpenDesk, thread: Id): Person | null {
  for (const person of desk.people())
    if (
      takenOf(person).some((one) => one.thread === thread) ||
      entriesOf(person, transferKind).some(({ data }) => data.thread === thread) ||
      entriesOf(person, referralKind).some(({ data }) => data.thread === thread && data.way === "peer")
    )
      return person;
  return null;
}

/** No, with the reason for the desk that asked; what it gave is destroyed. */
export async function reject(
  node: Opening,
  who: AtDesk,
  share: Id,
  ask: { code: string; text: string },
): Promise<void> {
  const desk = await node.compartment.open(who);
  if (ask.code === "other" && ask.text.trim() === "") throw new ReferralsError("REASON_NEEDED");
  await desk.act(async (tx) => {
    const row = await shareRow(tx, share, { lock: true });
    if (row.ours || row.peer === null) throw new ReferralsError("NOT_FOUND");
    await take(tx, row, "rejected", await peerDesks().sealFor(tx, row.peer, { v: 1, ...ask }));
  });
  changed(node);
}

/** What we were asked for is done. */
export async function finish(node: Opening, who: AtDesk, share: Id, note: string): Promise<void> {
  const desk = await node.compartment.open(who);
  await desk.act(async (tx) => {
    const row = await shareRow(tx, share, { lock: true });
    if (row.ours || row.peer === null || row.what === "transfer") throw new ReferralsError("NOT_FOUND");
    await take(tx, row, "done", await peerDesks().sealFor(tx, row.peer, { v: 1, text: note }));
  });
  changed(node);
}

/** What the old desk learns after a hand-over goes to the new one as a proposal; nothing here changes over there. */
export async function propose(
  node: Opening,
  who: AtDesk,
  person: Id,
  ask: { share: Id; text: string },
): Promise<void> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  await desk.act(async (tx) => {
    const owner = await ownerOf(tx, one);
    if (owner === null) throw new ReferralsError("NOT_NOW", { owner: node.code });
    await requireLeave(node, tx, ask.share);
    const { thread } = await shareRow(tx, owner.share);
    const jwe = await peerDesks().sealFor(tx, owner.state, giving(node, "proposal", { text: ask.text }));
    const due = dueAt(node.terms, { what: "proposal" }, tx.at);
    await place(tx, {
      id: ask.share,
      what: "proposal",
      thread,
      way: "peer",
      peer: owner.state,
      due,
      jwe,
      parents: [],
    });
    await tx.append(one.id, stepKind, { share: ask.share, step: "proposed", code: null, text: ask.text });
  });
  changed(node);
}
