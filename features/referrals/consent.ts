// Her word: given, refused, taken back; taken back once it is taken back everywhere (VIC-3).
import type { Id } from "@simpul/model";
import type { AtDesk } from "../victims/contract.ts";
import { entriesOf } from "../victims/contract.ts";
import { ReferralsError, type Consent, type Override } from "./contract.ts";
import {
  consentKind,
  overrideKind,
  referralKind,
  reviewedKind,
  transferKind,
  withdrawnKind,
} from "./kinds.ts";
import { shareRow, type ReferralsNode } from "./node.ts";
import { consentFacts, madeFor, personOf, rowsOf } from "./person.ts";
import { needsGuardian } from "./rules.ts";
import { callBack } from "./shares.ts";
import { changed } from "./told.ts";

/** Keeps what she said, in which language, who interpreted, who decided with her. */
export async function sayConsent(
  node: ReferralsNode,
  who: AtDesk,
  person: Id,
  consent: Consent,
): Promise<Id> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  if (consent.how === "interpreter" && consent.interpreter.trim() === "")
    throw new ReferralsError("REASON_NEEDED", { field: "interpreter" });
  if (consent.answer === "given" && needsGuardian(one.age) && consent.guardian === null)
    throw new ReferralsError("CHILD_NEEDS_GUARDIAN");
  const id = await desk.act(async (tx) => (await tx.append(one.id, consentKind, consent)).id);
  changed(node);
  return id;
}

/**
 * She takes it back: one consent, or every one. All that was shared on it is called back through every holder, on its way
 * or there, onward shares among it. Gives how many shares were reached.
 */
export async function withdraw(
  node: ReferralsNode,
  who: AtDesk,
  person: Id,
  ask: { consent: Id | "all"; how: string },
): Promise<{ consents: number; shares: number }> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  const facts = consentFacts(one);
  const open = facts.consents.filter(
    ({ id, consent }) =>
      consent.answer === "given" && !facts.withdrawn.has(id) && (ask.consent === "all" || ask.consent === id),
  );
  if (open.length === 0) throw new ReferralsError(ask.consent === "all" ? "NOT_NOW" : "NOT_FOUND");
  const ids = new Set(open.map(({ id }) => id));
  const made = madeFor(one).filter(
    ({ basis }) =>
      (basis.kind === "consent" && ids.has(basis.id)) || (ask.consent === "all" && basis.kind === "onward"),
  );
  const shares = await desk.act(async (tx) => {
    let reached = 0;
    for (const { id } of open) await tx.append(one.id, withdrawnKind, { consent: id, how: ask.how });
    for (const { share } of made)
      if (await callBack(tx, await shareRow(tx, share, { lock: true }), "withdrawn")) reached += 1;
    tx.note("consent.withdrawn", { consents: open.length, shares: reached });
    return reached;
  });
  changed(node);
  return { consents: open.length, shares };
}

/** Sharing without her consent: only where a life is in danger or a child's interest asks for it; somebody else reviews. */
export async function override(node: ReferralsNode, who: AtDesk, person: Id, ask: Override): Promise<Id> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  if (ask.reason.trim().length < 10) throw new ReferralsError("REASON_NEEDED");
  if (ask.because === "child-interest" && !needsGuardian(one.age))
    throw new ReferralsError("NOT_NOW", { age: "adult" });
  const id = await desk.act(async (tx) => (await tx.append(one.id, overrideKind, ask)).id);
  changed(node);
  return id;
}

/** A second officer looks at it; what she does not uphold is called back like a withdrawal. */
export async function reviewOverride(
  node: ReferralsNode,
  who: AtDesk,
  person: Id,
  ask: { override: Id; upheld: boolean; reason: string },
): Promise<void> {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  const found = consentFacts(one).overrides.find(({ id }) => id === ask.override);
  if (found === undefined) throw new ReferralsError("NOT_FOUND");
  if (found.review !== null) throw new ReferralsError("NOT_NOW");
  if (found.by === who.officer.id) throw new ReferralsError("SAME_OFFICER");
  await desk.act(async (tx) => {
    await tx.append(one.id, reviewedKind, ask);
    if (ask.upheld) return;
    const made = madeFor(one).filter(({ basis }) => basis.kind === "override" && basis.id === ask.override);
    for (const { share } of made) await callBack(tx, await shareRow(tx, share, { lock: true }), "revoked");
    tx.note("consent.override-ended", { shares: made.length });
  });
  changed(node);
}

/** Her consent as the desk shows it: each word with what was shared on it and whether all holders have answered. */
export async function consentView(node: ReferralsNode, who: AtDesk, person: Id) {
  const desk = await node.compartment.open(who);
  const one = personOf(desk, person);
  const facts = consentFacts(one);
  const shared = [...entriesOf(one, referralKind), ...entriesOf(one, transferKind)];
  const rows = await node.store.read({ actor: who.officer, purpose: who.purpose }, async (db) => {
    db.noteRead("consent.viewed", {});
    return rowsOf(
      db,
      shared.map(({ data }) => data.share),
    );
  });
  const on = (id: Id) =>
    shared
      .filter(({ data }) => data.basis.id === id)
      .map(({ data }) => ({ share: data.share, state: rows.get(data.share)?.state ?? "pending" }));
  return {
    person: { id: one.id, pseudonym: one.pseudonym, age: one.age, languages: one.facts.languages },
    consents: facts.consents.map(({ id, at, consent }) => ({
      ...{ id, at, consent },
      withdrawnAt: facts.withdrawn.get(id) ?? null,
      shares: on(id),
    })),
    overrides: facts.overrides.map((each) => ({
      ...each,
      mine: each.by === who.officer.id,
      shares: on(each.id),
    })),
  };
}
