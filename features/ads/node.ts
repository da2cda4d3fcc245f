// What adverts ask of their node, in whose name their jobs act, and who may do what.
import type { Clock, Id, NodeCode, Officer, Random } from "@simpul/model";
import type { Fetched, Remembered } from "@simpul/exchange";
import { demand, type Policy } from "@simpul/policy";
import type { Signer } from "@simpul/seal";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { Directory, Proofs } from "../access/contract.ts";
import type { LettersForAdverts } from "../letters/contract.ts";
import { AdsError, type CasesForAdverts } from "./contract.ts";
import type { Gathered } from "./gather.ts";
import type { WordingHere } from "./wording/use.ts";

export interface AdsNode {
  code: NodeCode;
  store: OpenStore;
  clock: Clock;
  random: Random;
  policy: Policy;
  signer: Signer;
  directory: Directory;
  cases: CasesForAdverts;
  letters: LettersForAdverts;
  proofs: Proofs;
  /** Fetches a public file; throws `OutwardError`. */
  outward(address: string, last: Remembered): Promise<Fetched>;
  /** A mark of a value under a key of this node: whoever has the database alone cannot try numbers against it. */
  mark(value: string): Uint8Array;
  /** Campaigns as this process holds them, by agency. */
  gathered: Map<Id, Gathered>;
  /** Wording models as this process holds them, by id. */
  wordings: Map<Id, WordingHere>;
  /** Pictures that this process reads just now, and how far it is: between 0 and 1. */
  reading: Map<Id, number>;
  wake(topic: string): void;
}

export const jobStanding: Standing = { actor: { kind: "job", name: "ads" }, purpose: "crime-investigation" };

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new AdsError("NOT_FOUND");
  return standing.actor;
}

/** Open pages of her agency hear that something changed, never what. */
export const tell = (node: AdsNode, standing: Standing): void =>
  node.wake(`ads:${officerOf(standing).agency}`);

/** She works on adverts. Throws `Denied`. */
export function mustWork(node: AdsNode, db: Reader | Writer): Officer {
  const officer = officerOf(db.standing);
  const asking = { officer, purpose: db.standing.purpose, now: node.clock.now() };
  db.allowed(demand(node.policy, { ...asking, act: "advert.work", record: { kind: "node", id: node.code } }));
  return officer;
}

/** She says which feeds this node fetches. Throws `Denied`. */
export function mustSwitchFeeds(node: AdsNode, db: Reader | Writer): void {
  const asking = { officer: officerOf(db.standing), purpose: db.standing.purpose, now: node.clock.now() };
  db.allowed(demand(node.policy, { ...asking, act: "advert.feed", record: { kind: "node", id: node.code } }));
}

/** Whether she may decide about what `author` wrote down. */
export function mayPurge(node: AdsNode, standing: Standing, id: Id, author: Id): boolean {
  const asking = { officer: officerOf(standing), purpose: standing.purpose, now: node.clock.now() };
  return node.policy.decide({ ...asking, act: "advert.purge", record: { kind: "order", id, author } })
    .allowed;
}
/** The same within an act. Throws `Denied`. */
export function mustPurge(node: AdsNode, tx: Writer, id: Id, author: Id): void {
  const asking = { officer: officerOf(tx.standing), purpose: tx.standing.purpose, now: tx.at };
  tx.allowed(demand(node.policy, { ...asking, act: "advert.purge", record: { kind: "order", id, author } }));
}

/** Whether she is the colleague who may let a letter go, but for her proof. */
export function mayReleaseLetter(node: AdsNode, standing: Standing, id: Id, author: Id): boolean {
  const asking = { officer: officerOf(standing), purpose: standing.purpose, now: node.clock.now() };
  const verdict = node.policy.decide({
    ...asking,
    act: "advert.release",
    record: { kind: "order", id, author },
  });
  return verdict.allowed || verdict.needs === "step-up";
}
/** The same within the act, by a proof bound to this letter. Throws `Denied`. */
export async function mustReleaseLetter(node: AdsNode, tx: Writer, id: Id, author: Id): Promise<void> {
  const asking = { officer: officerOf(tx.standing), purpose: tx.standing.purpose, now: tx.at };
  const proof = await node.proofs.take(tx, { act: "advert.release", record: id });
  tx.allowed(
    demand(node.policy, { ...asking, act: "advert.release", record: { kind: "order", id, author }, proof }),
  );
}

/** For pages that show who did what, by id. */
export async function officerNames(
  node: Pick<AdsNode, "directory">,
  ids: readonly (Id | null)[],
): Promise<Record<string, string>> {
  const asked = [...new Set(ids.filter((id): id is Id => id !== null))];
  const found = await node.directory.officers(asked);
  return Object.fromEntries([...found].map(([key, { name }]) => [key, name]));
}
