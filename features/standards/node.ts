// What the standards room is given of a node, and the kinds of entries it brings to the compartment.
import type { Directory, Proofs } from "@simpul/features/access/contract.ts";
import type { Compartment, EntryKind, Person } from "@simpul/features/victims/contract.ts";
import type { Clock, NodeCode } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import { z } from "zod";
import { AccountShape, type Account } from "./account.ts";

export interface StandardsNode {
  code: NodeCode;
  clock: Clock;
  policy: Policy;
  proofs: Proofs;
  directory: Directory;
  compartment: Compartment;
  /** Methods of control in the standard's codes, where her answers in a screening say the same. */
  controls(person: Person): string[];
}

/** What the standards know of her exploitation; the newest stands. */
export const accountKind: EntryKind<Account> = { kind: "standards.account", schema: AccountShape };

const AskedShape = z.strictObject({
  export: z.uuid(),
  people: z.array(z.uuid()).min(1).max(500),
  recipient: z.string().min(3).max(300),
  reason: z.string().min(10).max(2000),
  format: z.enum(["json", "csv"]),
});
export type Asked = z.infer<typeof AskedShape>;
/** An export waits for a second officer; it stands on the first of those whom it is about. */
export const askedKind: EntryKind<Asked> = { kind: "standards.export-asked", schema: AskedShape };

const ExportedShape = z.strictObject({
  export: z.uuid(),
  state: z.enum(["let-out", "dropped"]),
  recipient: z.string().max(300),
  reason: z.string().max(2000),
});
/** Her page says to whom her data went, why, and who agreed. */
export const exportedKind: EntryKind<z.infer<typeof ExportedShape>> = {
  kind: "standards.exported",
  schema: ExportedShape,
};
export const standardsKinds: readonly EntryKind[] = [accountKind, askedKind, exportedKind];
