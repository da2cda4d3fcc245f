// The compartment as other features use it: sealing to it, leaving entries, and an officer's open desk (VIC-1).
import { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { decodeProtectedHeader } from "jose";
import { sql } from "kysely";
import {
  VictimsError,
  type AtDesk,
  type Compartment,
  type DeskKey,
  type OpenDesk,
  type SealedEntry,
} from "./contract.ts";
import { kidOf } from "./keys.ts";
import { readyBook } from "./load.ts";
import { ofTheDesk, type VictimsNode } from "./node.ts";
import { deskKeys } from "./records.ts";
import { deskOf } from "./write.ts";

/** Entries that are left at once, at most. */
const mostLeft = 1000;
const longestJwe = 1_450_000;

export function compartmentOf(node: VictimsNode): Compartment {
  return {
    sealTo: () => sealTo(node),
    leave: (tx, sealed) => leaveEntries(node, tx, sealed),
    open: (who) => open(node, who),
  };
}

/** An open desk knows its key; else the table says it, and what does not bear its own name is no key. */
async function sealTo(node: VictimsNode): Promise<DeskKey | null> {
  const held = node.memory.secrets[0];
  if (held !== undefined) return { kid: held.kid, key: held.pair.publicKey };
  const job = { actor: { kind: "job", name: "victims" }, purpose: "victim-assistance" } as const;
  const [row] = await node.store.read(job, deskKeys);
  if (row === undefined || row.ended_at !== null) return null;
  if ((await kidOf(row.public_key)) !== row.kid) throw new VictimsError("DESK_KEY_CHANGED");
  return { kid: row.kid, key: row.public_key };
}

async function open(node: VictimsNode, who: AtDesk): Promise<OpenDesk> {
  const because = ofTheDesk(node, who);
  const { memory, clock } = node;
  if (!memory.isOpen(who.session)) throw new VictimsError("DESK_CLOSED");
  memory.use(who, clock.now());
  return deskOf(node, who, because, await readyBook(node, who));
}

/** The caller notes the leaf of its own act; the compartment's is here too, and names nobody. */
async function leaveEntries(
  node: VictimsNode,
  tx: Writer,
  sealed: readonly SealedEntry[],
): Promise<{ taken: Id[]; known: Id[] }> {
  if (sealed.length > mostLeft) throw new VictimsError("TOO_MANY", { most: mostLeft });
  const { actor, purpose } = tx.standing;
  if (actor.kind === "officer" && !["victim-identification", "victim-assistance"].includes(purpose))
    throw new VictimsError("NOT_ALLOWED");
  const kids = new Set((await deskKeys(tx)).map(({ kid }) => kid));
  for (const { jwe } of sealed) {
    const kid = kidNamed(jwe);
    if (kid === null || !kids.has(kid)) throw new VictimsError("NOT_SEALED");
  }
  const left = { taken: [] as Id[], known: [] as Id[] };
  // In one statement: a phone that was away for days leaves hundreds.
  const { rows } = await sql<{ id: Id; fresh: boolean }>`select n.id,
      simpul.leave_victim_entry(n.id, n.person, n.kid, n.jwe, ${tx.at}) as fresh
    from unnest(${sealed.map(({ id }) => Id.parse(id))}::uuid[], ${sealed.map(({ person }) => Id.parse(person))}::uuid[],
      ${sealed.map(({ jwe }) => kidNamed(jwe))}::text[], ${sealed.map(({ jwe }) => jwe)}::text[])
      n(id, person, kid, jwe)`.execute(tx.rows);
  for (const { id, fresh } of rows) left[fresh ? "taken" : "known"].push(id);
  if (left.taken.length > 0) tx.note("victims.left", {});
  node.memory.left = true;
  return left;
}

function kidNamed(jwe: string): string | null {
  if (jwe.length > longestJwe || !/^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+$/.test(jwe)) return null;
  try {
    const { alg, enc, kid } = decodeProtectedHeader(jwe);
    const ours = alg === "ECDH-ES+A256KW" && enc === "A256GCM" && typeof kid === "string";
    return ours && kid.length <= 43 ? kid : null;
  } catch {
    return null;
  }
}
