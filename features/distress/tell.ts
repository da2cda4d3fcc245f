// No dispatch without the desk's decision: telling another desk or state is an act of its own, with what they will see, a
// reason, and a second officer. Whom the caller or the desk suspects is refused by rule, at the draft and at the second word.
import type { AtDesk } from "@simpul/features/victims/contract.ts";
import { NodeCode, type Id } from "@simpul/model";
import { demand } from "@simpul/policy";
import { sql } from "kysely";
import { sealedFact } from "./acts.ts";
import { originOf } from "./call-back.ts";
import { excludedIn, notToTellIn, ofKind, readThread, type Thread } from "./book.ts";
import { DistressError, type Recipient } from "./contract.ts";
import { idOf, keyed } from "./keep.ts";
import { standingOf, type EmergencyNode } from "./node.ts";
import { listedRecipients, recipients, type ListedRecipient } from "./places.ts";
import { excludedBecause } from "./rules.ts";
import { sealFor, type Message } from "./sealed.ts";

const same = (a: Recipient, b: Recipient): boolean => a.kind === b.kind && a.id === b.id;

export const keptOut = (thread: Thread, one: ListedRecipient): ReturnType<typeof excludedBecause> =>
  excludedBecause(one, { not: notToTellIn(thread).map(({ word }) => word) }, excludedIn(thread));

/** Throws `NOT_ON_LIST`, `EXCLUDED`. */
function mayBeTold(thread: Thread, all: readonly ListedRecipient[], to: Recipient): void {
  const one = all.find((listed) => same(listed.to, to));
  if (one === undefined) throw new DistressError("NOT_ON_LIST");
  if (keptOut(thread, one) !== null) throw new DistressError("EXCLUDED");
}

/** Nothing leaves yet; a second officer reads it and decides. */
export async function draftTelling(
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  ask: { to: Recipient; text: string; why: string },
): Promise<void> {
  const { desk, thread } = await readThread(node, who, id);
  mayBeTold(thread, await recipients(node), ask.to);
  const add = await sealedFact(node, who, { kind: "inform-drafted", ...ask });
  await desk.act((tx) => add(tx, thread.id));
  node.wake(`distress:${node.code}`);
}

function draftOf(thread: Thread, of: Id) {
  const draft = ofKind(thread, "inform-drafted").find((one) => one.id === of);
  if (draft === undefined) throw new DistressError("NOT_FOUND", of);
  const settled = [...ofKind(thread, "informed"), ...ofKind(thread, "inform-dropped")];
  if (settled.some((one) => one.fact.of === of)) throw new DistressError("SETTLED", of);
  return draft;
}

export async function dropTelling(
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  ask: { of: Id; why: string },
): Promise<void> {
  const { desk, thread } = await readThread(node, who, id);
  draftOf(thread, ask.of);
  const add = await sealedFact(node, who, { kind: "inform-dropped", ...ask });
  await desk.act((tx) => add(tx, thread.id));
  node.wake(`distress:${node.code}`);
}

/** The second officer lets it go. Throws `NOT_FOUND`, `SETTLED`, `EXCLUDED`, `NOT_ON_LIST`, `STATE_NOT_REACHED`, `Denied`. */
export async function agreeTelling(node: EmergencyNode, who: AtDesk, id: Id, of: Id): Promise<void> {
  const { desk, thread } = await readThread(node, who, id);
  const draft = draftOf(thread, of);
  const { to, text, why } = draft.fact;
  // The same for one draft, so that it is told once, whoever agrees at the same moment.
  const told = idOf(keyed(node), "told", of);
  const add = await sealedFact(node, who, { kind: "informed", of, told });
  const passed = thread.messages[0]!.message.from;
  const origin = passed === null ? null : originOf(node, passed);
  const passing =
    to.kind === "state" ? await forState(node, who, thread, { id: told, state: to.id, text, why }) : null;
  await desk.act(async (tx) => {
    tx.allowed(
      demand(node.policy, {
        ...{ officer: who.officer, purpose: who.purpose, now: node.clock.now() },
        act: "distress.tell",
        record: { kind: "order", id: of, author: draft.by as Id },
        proof: await node.proofs.take(tx, { act: "distress.tell", record: of }),
      }),
    );
    mayBeTold(thread, await listedRecipients(node, tx), to as Recipient);
    const fresh =
      await sql`insert into simpul.distress_told (id, desk_id, state, text, given_by, agreed_by, at, origin)
      values (${told}, ${to.kind === "desk" ? to.id : null}, ${to.kind === "state" ? to.id : null},
        ${to.kind === "desk" ? text : null}, ${draft.by}, ${who.officer.id}, ${tx.at}, ${origin})
      on conflict do nothing`.execute(tx.rows);
    if (fresh.numAffectedRows !== 1n) throw new DistressError("SETTLED", of);
    await add(tx, thread.id);
    if (passing !== null)
      await tx.send({
        ...{ id: tx.newId(), to: NodeCode.parse(to.id), kind: "distress.passed", urgent: true },
        body: { v: 1, id: told, jwe: passing },
      });
    tx.note("distress.told", { id: told, ...(to.kind === "desk" ? { desk: to.id } : { state: to.id }) });
  });
  if (passing !== null) node.send();
  else node.wake(`desk:${to.id}`);
  node.wake(`distress:${node.code}`);
}

/** Sealed to the other state's victim desk; the exchange carries what it cannot read. */
async function forState(
  node: EmergencyNode,
  who: AtDesk,
  thread: Thread,
  ask: { id: Id; state: string; text: string; why: string },
): Promise<string> {
  const state = NodeCode.parse(ask.state);
  const key = await node.store.read(standingOf(who), (db) => {
    db.noteRead("distress.key-read", {});
    return node.deskKeyOf(db, state);
  });
  if (key === null) throw new DistressError("STATE_NOT_REACHED", state);
  const last = thread.messages.at(-1)!.message;
  const { said } = last;
  const { id } = ask;
  const message: Message = {
    ...{ v: 1, at: node.clock.now().toISOString(), via: "state", thread: id, cut: false, slowed: false },
    // They see what the desk wrote for them, the danger, and who must not be told; never the caller's way back.
    said: {
      ...{ language: said.language, where: "", many: said.many, danger: said.danger, child: said.child },
      ...{ answer: null, contact: "", more: "", for: null, call: null },
      not: notToTellIn(thread).map(({ word }) => word),
      notOther: said.notOther,
    },
    ...{ reply: null, by: null },
    from: { state: node.code, id, why: ask.why, told: ask.text },
  };
  return sealFor(key, message);
}
