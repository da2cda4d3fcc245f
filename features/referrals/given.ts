// What another victim desk gave: opened only while ours is open, read once through its shape.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { aNodeCode } from "@simpul/doors/http";
import { sql } from "kysely";
import { z } from "zod";
import type { AtDesk } from "../victims/contract.ts";
import { shareKinds, type Given, type ShareKind } from "./contract.ts";
import { ReferredShape } from "./kinds.ts";
import type { ReferralsNode } from "./node.ts";

export interface Opening extends ReferralsNode {
  /** Opens what another desk sealed to ours; null where no key of ours opens it or it is not what it says. */
  readGiven(who: AtDesk, share: Id): Promise<Given | null>;
  /** Anything sealed to our desk; null where no key of it opens it. Throws `DESK_CLOSED`. */
  unseal(who: AtDesk, jwe: string): Promise<unknown>;
}

const Facts = z.record(z.string().max(40), z.unknown());
export const TransferContent = z.strictObject({
  facts: Facts,
  /** Her name is not known; without it a hand-over names her. */
  unnamed: z.boolean(),
  entries: z
    .array(
      z.strictObject({
        kind: z
          .string()
          .regex(/^[a-z-]+(\.[a-z-]+)+$/)
          .max(80),
        at: z.iso.datetime(),
        data: z.unknown(),
      }),
    )
    .max(5000),
});
export type TransferContent = z.infer<typeof TransferContent>;
export const ProposalContent = z.strictObject({ text: z.string().min(1).max(8000) });

const contents = {
  referral: ReferredShape,
  transfer: TransferContent,
  proposal: ProposalContent,
  missing: z.unknown(),
  nationality: z.unknown(),
} as const satisfies Record<ShareKind, z.ZodType>;

const Shape = z.strictObject({
  v: z.literal(1),
  what: z.enum(shareKinds),
  from: aNodeCode,
  content: z.unknown(),
});

export const giving = (node: { code: NodeCode }, what: ShareKind, content: unknown): Given => ({
  v: 1,
  what,
  from: node.code,
  content,
});

/** Null unless it is exactly what that peer says it is: sealed words of one kind do not pass for another's. */
export function readGivenAs(value: unknown, row: { what: ShareKind; peer: NodeCode | null }): Given | null {
  const found = Shape.safeParse(value);
  if (!found.success || found.data.what !== row.what || found.data.from !== row.peer) return null;
  const content = contents[row.what].safeParse(found.data.content);
  return content.success ? { ...found.data, content: content.data } : null;
}

export async function jweOf(db: Reader, share: Id): Promise<string | null> {
  const { rows } = await sql<{
    jwe: string;
  }>`select jwe from simpul.victim_share_contents where share_id = ${share}`.execute(db.rows);
  return rows[0]?.jwe ?? null;
}
