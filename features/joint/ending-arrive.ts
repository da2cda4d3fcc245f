// Another party's word that it, or a third, is out; and its signed list of what it kept.
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import { fromBase64, parseSignedStatement } from "@simpul/seal";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Confirmation } from "./contract.ts";
import { closeIfOver, keepEnding, namedIn } from "./ending.ts";
import type { JointNode } from "./node.ts";
import { touch, knownSpace } from "./records.ts";
import { read } from "./shapes.ts";
import { digestOf, signedBy } from "./signing.ts";

export async function takeEnded(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { ending, signed } = read("joint.ended", envelope.body);
  const held = await knownSpace(tx, ending.space);
  const own = ending.by === ending.party;
  const fits =
    ending.by === envelope.from &&
    namedIn(held).includes(ending.party) &&
    own === (ending.kind !== "removed");
  if (!fits) throw new EnvelopeRefused("BAD_BODY", "somebody else's word");
  if (!(await signedBy(node, envelope.from, "ending", ending, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "not signed by its party");
  // Nobody who is not in speaks about others.
  if (!own && !held.approvals.some((one) => one.party === ending.by))
    throw new EnvelopeRefused("NOT_ALLOWED", "PARTY_IS_OUT");
  await keepEnding(tx, tx.newId(), ending, signed);
  await closeIfOver(node, tx, ending.space);
  if (ending.kind === "resumed")
    await tx.enqueue({
      kind: "joint.welcome",
      payload: { space: ending.space, party: envelope.from, again: true },
      key: `${ending.space} ${envelope.from}`,
    });
  tx.note("joint.ending-arrived", {
    id: ending.space,
    peer: envelope.from,
    of: ending.party,
    ending: ending.kind,
  });
  return ending.space;
}

export async function takeConfirmed(node: JointNode, tx: Writer, envelope: Envelope): Promise<Id> {
  const { space, officer, at, things, signed } = read("joint.confirmed", envelope.body);
  const held = await knownSpace(tx, space);
  if (!held.approvals.some((one) => one.party === envelope.from))
    throw new EnvelopeRefused("NOT_ALLOWED", "PARTY_IS_OUT");
  const says = listIn(signed);
  const fits =
    says !== null &&
    says.space === space &&
    says.party === envelope.from &&
    says.officer === officer &&
    says.at === at;
  if (!fits || says.list.length !== things) throw new EnvelopeRefused("BAD_BODY", "another list");
  if (!(await signedBy(node, envelope.from, "confirmation", says, signed)))
    throw new EnvelopeRefused("NOT_ALLOWED", "a list that its party did not sign");
  await sql`insert into simpul.joint_confirmed (space_id, party, officer, at, things, signed)
    values (${space}, ${envelope.from}, ${officer}, ${at}::timestamptz, ${things}, ${signed})
    on conflict do nothing`.execute(tx.rows);
  await touch(tx, space);
  tx.note("joint.confirmation-arrived", {
    id: space,
    peer: envelope.from,
    things,
    list: digestOf(says.list),
  });
  return space;
}

/** The words inside the statement; believed only once its signature is. */
function listIn(signed: string): Confirmation | null {
  try {
    const says = JSON.parse(
      new TextDecoder().decode(fromBase64(parseSignedStatement(signed).payload)),
    ) as Confirmation;
    return Array.isArray(says.list) ? says : null;
  } catch {
    return null;
  }
}
