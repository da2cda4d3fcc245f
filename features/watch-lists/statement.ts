// A version of a watch list as its authority signs it: what travels, what is kept, and the only thing that is used.
import { Id, type NodeCode } from "@simpul/model";
import {
  parseSignedStatement,
  signStatement,
  utf8,
  verifyStatement,
  type SignedStatement,
  type Signer,
} from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { z } from "zod";
import { listedRoles, watchListLimits, whatToDos } from "./contract.ts";

export const statementType = "application/vnd.simpul.watch-list+json";

export const EntryShape = z.strictObject({
  role: z.enum(listedRoles),
  name: z.string().trim().min(1).max(120),
  birth: z.iso.date().nullable(),
  document: z.string().trim().min(5).max(80).nullable(),
  evaluation: z.string().regex(/^[ABCX][1-4]$/),
  legalBasis: z.string().trim().min(3).max(200),
  review: z.iso.date(),
  whatToDo: z.enum(whatToDos),
  note: z.string().trim().max(300),
});
const id = z.uuid().transform((text) => Id.parse(text));
const tags = z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(2 * watchListLimits.entries);

export const Statement = z
  .strictObject({
    v: z.literal(1),
    list: id,
    from: z.string().regex(/^[a-z]{2}$/),
    agency: id,
    agencyName: z.string().max(200),
    version: z.number().int().min(1).max(1_000_000),
    title: z.string().min(3).max(200),
    legalBasis: z.string().min(3).max(500),
    call: z.string().min(3).max(300),
    at: z.iso.datetime(),
    until: z.iso.datetime(),
    /** HC-3: not in court, and not passed on, without asking. */
    handling: z.tuple([z.literal("H1"), z.literal("H2")]),
    entries: z.array(z.strictObject({ id, ...EntryShape.shape })).max(watchListLimits.entries),
    /** The entries stay there; whoever holds this asks by private check. */
    stays: z
      .strictObject({
        publicKey: z.string().regex(/^[0-9a-f]{64}$/),
        tags: z.strictObject({ document: tags, "name-birth": tags }),
      })
      .nullable(),
  })
  .refine((one) => one.stays === null || one.entries.length === 0, { path: ["entries"] });
export type Statement = z.infer<typeof Statement>;

export const signList = (statement: Statement, signer: Signer): Promise<SignedStatement> =>
  signStatement(statementType, utf8(JSON.stringify(statement)), [signer], nodeVerifying);

/** Null unless this key signed exactly such a list of that state. */
export async function readList(
  text: string,
  of: { from: NodeCode; key: Uint8Array },
): Promise<Statement | null> {
  try {
    const signed = parseSignedStatement(text);
    const { payloadType, body } = await verifyStatement(signed, [of.key], nodeVerifying);
    if (payloadType !== statementType) return null;
    const read = Statement.safeParse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
    return read.success && read.data.from === of.from ? read.data : null;
  } catch {
    return null;
  }
}
