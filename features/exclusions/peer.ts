// This room's side of the exchange: whom an envelope excludes over there, and keeping from our own people what came without them.
import {
  EnvelopeRefused,
  readBody,
  type Envelope,
  type Excluded,
  type Outgoing,
  type PeerPart,
} from "@simpul/exchange";
import { Id, type NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { z } from "@simpul/doors/http";
import { sql } from "kysely";
import { exclusionLimits } from "./contract.ts";
import { jobStanding, type ExclusionsNode } from "./node.ts";
import { recipientsHere } from "./recipients.ts";

const lifted = z.strictObject({ agency: z.uuid(), exclusion: z.uuid() });

/** What takes away reaches every holder, and published figures name nobody: nobody is excluded from either. */
const forAll = (kind: string): boolean =>
  /^(recall|grade|exclusion|picture)\.|^operation\.recall$|^watch-list\.(changed|recalled)$/.test(kind);
/** What is sealed to a victim desk's own key; no other desk opens it, whoever is excluded. */
const sealedApart = (kind: string): boolean =>
  /^(desk-key|share|victim-search|victim|victim-search|referral|return|distress)s?\./.test(kind);

/** Kept from them by its rows, whose sight asks who is excluded (`simpul.kept_from_states`). */
const keptByRows = (kind: string): boolean =>
  /^(operation|joint|coordination)\.|^watch-list\.given$/.test(kind);

/** A decision counts from the next envelope on that is sealed; this is how long a process may not have heard of it. */
const freshMs = 500;

export function exclusionsPart(node: ExclusionsNode): PeerPart {
  const known = new Map<NodeCode, { at: number; excluded: readonly Excluded[] }>();
  node.store.wakes.on("exclusions", () => known.clear());
  const activeAt = async (peer: NodeCode): Promise<readonly Excluded[]> => {
    const before = known.get(peer);
    if (before !== undefined && performance.now() - before.at < freshMs) return before.excluded;
    const at = performance.now();
    const excluded = await node.store.chore("exclusions", async ({ rows }) => {
      const found = await sql<Excluded>`select id, kind, who from simpul.exclusions
        where side = 'there' and peer = ${peer} and state = 'active'
        order by id limit ${exclusionLimits.atOnce}`.execute(rows);
      return found.rows;
    });
    known.set(peer, { at, excluded });
    return excluded;
  };
  return {
    takes: { "exclusion.lifted": takeLifted },
    leaves: { "exclusion.lifted": () => Promise.resolve({ kind: "may" }) },
    questions: {
      recipients: async () => Buffer.from(JSON.stringify(await recipientsHere(node.store))),
    },
    exclusion: {
      of: async ({ kind, to }) => (forAll(kind) || sealedApart(kind) ? [] : activeAt(to)),
      honour,
      receipted: (envelope, { outcome }) => keepStated(node, envelope, outcome === "accepted"),
    },
  };
}

/** AUD-1: the other node signed that it took this without them, or that it did not take it. */
async function keepStated(node: ExclusionsNode, out: Outgoing, accepted: boolean): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    const { thread = null } = out.body as { thread?: string | null };
    const { rows } = await sql<{ request_id: Id }>`
      select request_id from simpul.request_threads where id::text = ${thread}`.execute(tx.rows);
    const request = rows[0]?.request_id ?? null;
    for (const exclusion of out.excluded)
      await sql`insert into simpul.exclusions_stated (envelope_id, exclusion_id, request_id, accepted, at)
        values (${out.id}, ${exclusion}, ${request}, ${accepted}, ${tx.at})
        on conflict do nothing`.execute(tx.rows);
    tx.note("exclusion.stated", {
      id: request ?? out.id,
      peer: out.to,
      envelope: out.id,
      excluded: out.excluded.length,
      accepted,
    });
  });
}

interface Kept {
  id: Id;
  ours: Id;
}

/** Takes it, and keeps it from whom its sender and our own supervisors exclude; or refuses it whole. */
async function honour(tx: Writer, envelope: Envelope, take: () => Promise<void>): Promise<void> {
  const stated = envelope.excluded ?? [];
  const own = await sql<Kept>`select id, ours from simpul.exclusions
    where side = 'here' and state = 'active' and (peer is null or peer = ${envelope.from})`.execute(tx.rows);
  const told: Kept[] = [];
  for (const one of stated) told.push(await meant(tx, envelope.from, one));
  await take();
  const kept = [...own.rows, ...told];
  if (kept.length === 0) return;
  const request = await placeOf(tx, envelope);
  if (request === null) {
    if (stated.length > 0 && !keptByRows(envelope.type))
      throw new EnvelopeRefused("CANNOT_EXCLUDE", envelope.type);
    if (stated.length > 0 && !(await anybodyLeft(tx, envelope)))
      throw new EnvelopeRefused("CANNOT_EXCLUDE", "nobody is left who may see it");
    return;
  }
  let fresh = 0n;
  for (const { id, ours } of kept) {
    const { numAffectedRows } = await sql`
      insert into simpul.request_exclusions (request_id, exclusion_id, ours, from_node, at)
      values (${request}, ${id}, ${ours}, ${envelope.from}, ${tx.at}) on conflict do nothing`.execute(
      tx.rows,
    );
    fresh += numAffectedRows ?? 0n;
  }
  if (stated.length > 0) {
    const { rows } = await sql<{ left: boolean }>`select simpul.anybody_left(${request}) as left`.execute(
      tx.rows,
    );
    if (!rows[0]!.left) throw new EnvelopeRefused("CANNOT_EXCLUDE", "nobody of the contact point is left");
  }
  if (fresh > 0n) tx.note("exclusion.kept", { id: request, peer: envelope.from, excluded: kept.length });
}

/** Spaces and operations are the contact point's; a watch list is for whoever works at the border or on cases. */
async function anybodyLeft(tx: Writer, { from, type }: Envelope): Promise<boolean> {
  const kind = type === "watch-list.given" ? null : "liaison";
  const { rows } = await sql<{ left: boolean }>`
    select simpul.anybody_left_from(${from}, ${kind}::text) as left`.execute(tx.rows);
  return rows[0]!.left;
}

/** Whom of ours that state means. One who is not here, or whose exclusion it lifted, cannot be kept from anything. */
async function meant(tx: Writer, from: NodeCode, one: Excluded): Promise<Kept> {
  const { rows } = await sql<{
    ours: Id | null;
  }>`select simpul.meant(${one.kind}, ${one.who}) as ours`.execute(tx.rows);
  const ours = rows[0]?.ours ?? null;
  if (ours === null) throw new EnvelopeRefused("CANNOT_EXCLUDE", one.kind);
  const { numAffectedRows } = await sql`
    insert into simpul.exclusions (id, side, peer, kind, who, ours, state, ordered_at)
    values (${one.id}, 'told', ${from}, ${one.kind}, ${one.who}, ${ours}, 'active', ${tx.at})
    on conflict do nothing`.execute(tx.rows);
  if (numAffectedRows === 1n) tx.note("exclusion.arrived", { id: one.id, peer: from, of: one.kind });
  const same =
    await sql`select 1 from simpul.exclusions where id = ${one.id} and side = 'told' and peer = ${from}
    and kind = ${one.kind} and who = ${one.who} and state = 'active'`.execute(tx.rows);
  if (same.rows.length === 0) throw new EnvelopeRefused("CANNOT_EXCLUDE", "an exclusion that is not its own");
  return { id: one.id, ours };
}

/** The request with which it is kept; null for what is kept with none. */
async function placeOf(tx: Writer, { from, body }: Envelope): Promise<Id | null> {
  const { thread, permission } = body as { thread?: unknown; permission?: unknown };
  const { rows } = await sql<{ request_id: Id }>`
    select request_id from simpul.request_threads
      where id::text = ${typeof thread === "string" ? thread : ""} and peer = ${from}
    union all select request_id from simpul.permissions
      where id::text = ${typeof permission === "string" ? permission : ""} and peer = ${from}
    limit 1`.execute(tx.rows);
  return rows[0]?.request_id ?? null;
}

/** Its suspicion is over: our people see from now on what was kept from them. */
async function takeLifted(tx: Writer, envelope: Envelope): Promise<void> {
  const said = readBody(lifted, envelope.body);
  const id = Id.parse(said.exclusion);
  const { numAffectedRows } = await sql`update simpul.exclusions set state = 'lifted', ended_at = ${tx.at}
    where id = ${id} and side = 'told' and peer = ${envelope.from} and state = 'active'`.execute(tx.rows);
  // Decided, and lifted before any letter stated it.
  if (numAffectedRows === 1n)
    await sql`update simpul.request_exclusions set lifted_at = ${tx.at}
      where exclusion_id = ${id} and lifted_at is null`.execute(tx.rows);
  tx.note("exclusion.lifted-there", { id, peer: envelope.from });
}
