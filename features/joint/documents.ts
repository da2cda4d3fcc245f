// The full agreement beside the note: a file as it was signed on paper or by a trust service, kept by every party (JIT-1, JIT-2).
import { createHash } from "node:crypto";
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { JointError, type Document, type DocumentSignature, type DocumentView } from "./contract.ts";
import { requireSpace, signsAs, type Db, type JointNode, type OfOfficer } from "./node.ts";
import { heldOf, json, policyFacts, touch, knownSpace, type Held } from "./records.ts";
import { approvedOf, most } from "./rules.ts";
import { read } from "./shapes.ts";
import { sign, signedBy } from "./signing.ts";
import { tell } from "./tell.ts";

type Says = Document & { space: Id };
const hashOf = (bytes: Uint8Array): Digest => createHash("sha256").update(bytes).digest("hex") as Digest;

/** Kept here, and sent to every party that approved. Throws `NOT_WAITING_HERE` where none has. */
export async function addDocument(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  file: { name: string; mediaType: string; bytes: string; replaces: Id | null },
): Promise<Id> {
  const bytes = Buffer.from(file.bytes, "base64");
  const as = await signsAs(node, standing.actor);
  const id = await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    await requireSpace(node, tx, "joint.members", policyFacts(node, held));
    const ours = held.approvals.some((one) => one.party === node.code);
    if (!ours || held.row.agency_id === null || bytes.length === 0 || bytes.length > most.documentBytes)
      throw new JointError("NOT_WAITING_HERE");
    const there = await documentsOf(tx, space);
    if (file.replaces !== null && there.find((one) => one.id === file.replaces)?.replaced !== false)
      throw new JointError("NOT_WAITING_HERE");
    const says: Says = {
      ...{
        id: tx.newId(),
        space,
        party: node.code,
        name: file.name,
        mediaType: file.mediaType,
        size: bytes.length,
      },
      ...{ digest: hashOf(bytes), officer: as.officer, at: tx.at.toISOString(), replaces: file.replaces },
    };
    const signed = await sign(node, "document", says);
    await keep(tx, says, signed, bytes);
    for (const to of approvedOf(held.facts, node.code, node.clock.now()))
      await tell(tx, to, "joint.document", {
        ...{ agency: held.row.agency_id, space, document: says, signed, bytes: file.bytes },
      });
    tx.note("joint.document-added", { id: space, document: says.id, digest: says.digest });
    return says.id;
  });
  node.send();
  node.wake(`joint:${space}`);
  return id;
}

async function keep(tx: Writer, says: Says, signed: string, bytes: Uint8Array): Promise<void> {
  await sql`insert into simpul.joint_documents (space_id, id, party, says, signed, bytes, at)
    values (${says.space}, ${says.id}, ${says.party}, ${json(says)}, ${signed}, ${Buffer.from(bytes)}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  await touch(tx, says.space);
}

export async function takeDocument(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { space, document, signed, bytes } = read("joint.document", envelope.body);
  const held = await knownSpace(tx, space);
  const file = Buffer.from(bytes, "base64");
  if (!held.approvals.some((one) => one.party === envelope.from))
    throw new EnvelopeRefused("NOT_ALLOWED", "PARTY_IS_OUT");
  const fits =
    document.space === space &&
    document.party === envelope.from &&
    document.size === file.length &&
    document.digest === hashOf(file);
  if (!fits) throw new EnvelopeRefused("BAD_BODY", "another file");
  if (!(await signedBy(node, envelope.from, "document", document, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "a file that its party did not sign for");
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.joint_documents
    where space_id = ${space} and party = ${envelope.from}`.execute(tx.rows);
  if (rows[0]!.n >= 20) throw new EnvelopeRefused("LIMITED", "documents of a space");
  await keep(tx, document, signed, file);
  tx.note("joint.document-arrived", {
    id: space,
    peer: envelope.from,
    document: document.id,
    digest: document.digest,
  });
  return space;
}

/** The file and its signature; throws `NOT_FOUND`. */
export async function readDocument(
  db: Db & { noteRead(kind: string, about: object): void },
  space: Id,
  id: Id,
): Promise<{ says: Says; bytes: Buffer }> {
  const { rows } = await sql<{ says: Says; bytes: Buffer }>`select says, bytes from simpul.joint_documents
    where space_id = ${space} and id = ${id}`.execute(db.rows);
  if (rows[0] === undefined) throw new JointError("NOT_FOUND");
  db.noteRead("joint.document-read", { id: space, document: id });
  return rows[0];
}

/** Oldest first, each with who signed it. */
export async function documentsOf(db: Pick<Db, "rows">, space: Id): Promise<Omit<DocumentView, "asksUs">[]> {
  const { rows } = await sql<{ says: Says }>`select says from simpul.joint_documents where space_id = ${space}
    order by at, id`.execute(db.rows);
  const { rows: signatures } = await sql<{ says: DocumentSignature }>`select says
    from simpul.joint_document_signatures where space_id = ${space} order by says ->> 'at'`.execute(db.rows);
  const replaced = new Set(rows.map((row) => row.says.replaces));
  return rows.map(({ says: { space: _, ...document } }) => ({
    ...document,
    replaces: (document.replaces as Id | null | undefined) ?? null,
    replaced: replaced.has(document.id),
    signatures: signatures
      .filter((one) => one.says.document === document.id && one.says.digest === document.digest)
      .map(({ says: { party, officer, office, at } }) => ({ party, officer, office, at })),
  }));
}

/** Her signature is her state's, over exactly the file she read. Throws `NOT_WAITING_HERE`, `LIST_IS_ANOTHER`. */
export async function signDocument(
  node: JointNode,
  standing: OfOfficer,
  space: Id,
  id: Id,
  digest: Digest,
): Promise<void> {
  const as = await signsAs(node, standing.actor);
  await node.store.write(standing, async (tx) => {
    const held = await heldOf(tx, space, { lock: true });
    const document = (await documentsOf(tx, space)).find((one) => one.id === id);
    if (document === undefined) throw new JointError("NOT_FOUND");
    if (document.digest !== digest) throw new JointError("LIST_IS_ANOTHER");
    const agency = held.row.agency_id;
    if (agency === null || !asksUs(node.code, held, document)) throw new JointError("NOT_WAITING_HERE");
    await requireSpace(node, tx, "joint.sign", policyFacts(node, held));
    const says: DocumentSignature = {
      ...{ space, document: id, digest, party: node.code, ...as, at: tx.at.toISOString() },
    };
    const signed = await sign(node, "signature", says);
    await sql`insert into simpul.joint_document_signatures (space_id, document_id, party, says, signed, officer_id)
      values (${space}, ${id}, ${node.code}, ${json(says)}, ${signed}, ${standing.actor.id})`.execute(
      tx.rows,
    );
    for (const to of approvedOf(held.facts, node.code, node.clock.now()))
      await tell(tx, to, "joint.document-signed", { agency, signature: says, signed });
    await touch(tx, space);
    tx.note("joint.document-signed", { id: space, document: id, digest });
  });
  node.send();
  node.wake(`joint:${space}`);
}

/** A file that no later one replaced, without this state's signature, in a space that it approved. */
export const asksUs = (
  us: NodeCode,
  held: Held,
  document: Pick<DocumentView, "replaced" | "signatures">,
): boolean =>
  held.row.purged_at === null &&
  !document.replaced &&
  held.approvals.some((one) => one.party === us) &&
  !document.signatures.some((one) => one.party === us);

export async function takeSignature(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { signature, signed } = read("joint.document-signed", envelope.body);
  const { space, party, document, digest } = signature;
  const held = await knownSpace(tx, space);
  if (party !== envelope.from) throw new EnvelopeRefused("BAD_BODY", "somebody else's signature");
  if (!held.approvals.some((one) => one.party === party))
    throw new EnvelopeRefused("NOT_ALLOWED", "PARTY_IS_OUT");
  // Its file may come after it, from another party.
  const known = (await documentsOf(tx, space)).find((one) => one.id === document);
  if (known !== undefined && known.digest !== digest) throw new EnvelopeRefused("BAD_BODY", "another file");
  if (!(await signedBy(node, party, "signature", signature, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "a signature that is not its party's");
  await sql`insert into simpul.joint_document_signatures (space_id, document_id, party, says, signed)
    values (${space}, ${document}, ${party}, ${json(signature)}, ${signed}) on conflict do nothing`.execute(
    tx.rows,
  );
  await touch(tx, space);
  tx.note("joint.signature-arrived", { id: space, peer: party, document, digest });
  return space;
}

/** To a party that approved later: the files that this state put beside the note, and what it signed. */
export async function tellDocuments(tx: Writer, own: NodeCode, held: Held, to: NodeCode): Promise<void> {
  const { id: space, agency_id: agency } = held.row;
  if (agency === null) return;
  const { rows } = await sql<{ says: Says; signed: string; bytes: Buffer }>`select says, signed, bytes
    from simpul.joint_documents where space_id = ${space} and party = ${own} order by at, id`.execute(
    tx.rows,
  );
  for (const { says, signed, bytes } of rows) {
    const file = { document: { ...says, replaces: says.replaces ?? null }, bytes: bytes.toString("base64") };
    await tell(tx, to, "joint.document", { agency, space, signed, ...file });
  }
  const { rows: signatures } = await sql<{ says: DocumentSignature; signed: string }>`select says, signed
    from simpul.joint_document_signatures where space_id = ${space} and party = ${own}`.execute(tx.rows);
  for (const { says, signed } of signatures)
    await tell(tx, to, "joint.document-signed", { agency, signature: says, signed });
}
