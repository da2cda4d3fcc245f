// What the picture asks of its node, and who may do what with figures.
import type { Clock, Id, NodeCode, Officer, Random } from "@simpul/model";
import { demand, type Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { Directory, Proofs } from "../access/contract.ts";
import { PictureError, type Count, type Counting, type Definition, type Span } from "./contract.ts";

export type Db = Pick<Reader | Writer, "rows">;

/** Text on pages of A4, as the server hands it in. */
export interface PaperLine {
  text: string;
  size: number;
  bold?: boolean;
  soft?: boolean;
  indent?: number;
}

export interface PictureNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  policy: Policy;
  clock: Clock;
  random: Random;
  proofs: Proofs;
  directory: Directory;
  /** Agreed by the states. */
  definitions: readonly Definition[];
  /** How other rooms count, by figure. */
  counting: Counting;
  /** The victim desk's figures of a month, raw and in memory only, while this officer has it open; throws what victims refuse. */
  ofVictims(who: OfDesk, span: Span): Promise<Readonly<Record<string, readonly Count[]>>>;
  peers(): Promise<NodeCode[]>;
  papers: {
    pdf(
      about: { title: string; language: string; at: Date },
      lines: readonly PaperLine[],
    ): Uint8Array<ArrayBuffer>;
  };
  wake(topic: string): void;
  /** Something waits to be sent. */
  send(): void;
}

export type OfOfficer = Standing & { actor: Officer };
/** An officer in her session, by which her open desk is found. */
export interface OfDesk {
  session: Id;
  officer: Officer;
  purpose: Standing["purpose"];
}

export const jobStanding: Standing = {
  actor: { kind: "job", name: "picture" },
  purpose: "oversight",
};

/** Throws `NOT_FOUND` where nobody is signed in. */
export function officerOf(standing: Standing): OfOfficer {
  if (standing.actor.kind !== "officer") throw new PictureError("NOT_FOUND");
  return standing as OfOfficer;
}

type NodeAct = "picture.read" | "picture.work";

const asking = ({ code }: PictureNode, { actor, purpose }: OfOfficer, now: Date) => ({
  ...{ officer: actor, purpose, now },
  record: { kind: "node", id: code } as const,
});

/** Why she may. Throws `Denied`. */
export const mayDo = (node: PictureNode, standing: OfOfficer, act: NodeAct): string[] =>
  demand(node.policy, { ...asking(node, standing, node.clock.now()), act });

export const can = (node: PictureNode, standing: OfOfficer, act: NodeAct): boolean =>
  node.policy.decide({ ...asking(node, standing, node.clock.now()), act }).allowed;

/** Lets a proposal of somebody else go, with a proof bound to it. Throws `Denied`. */
export async function mustRelease(node: PictureNode, tx: Writer, of: { id: Id; author: Id }): Promise<void> {
  const act = "picture.release" as const;
  tx.allowed(
    demand(node.policy, {
      ...asking(node, officerOf(tx.standing), tx.at),
      act,
      record: { kind: "order", id: of.id, author: of.author },
      proof: await node.proofs.take(tx, { act, record: of.id }),
    }),
  );
}

/** Whether she may but for her proof. */
export function mayRelease(node: PictureNode, standing: OfOfficer, of: { id: Id; author: Id }): boolean {
  const record = { kind: "order", ...of } as const;
  const verdict = node.policy.decide({
    ...asking(node, standing, node.clock.now()),
    ...{ act: "picture.release" as const, record },
  });
  return verdict.allowed || verdict.needs === "step-up";
}
