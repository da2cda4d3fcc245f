// The keys of this node become others: one person proposes it and says why, another confirms; or both declare that they
// were stolen. Nothing changes by itself.
import { peerStandings } from "@simpul/exchange";
import { actorName, Digest, type Id } from "@simpul/model";
import type { Reader, Standing, Writer } from "@simpul/store";
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { PeersError } from "./contract.ts";
import type { KeyChangeKind, KeyView, OwnKeysView } from "./contract.ts";
import { doers } from "./look.ts";
import { manages, may, mayRead, type PeersNode } from "./node.ts";
import { overlapDays, shortKey } from "./rules.ts";

export interface AskKeys {
  kind: KeyChangeKind;
  because: string;
  /** Stolen: since when at the latest nobody can say who signed. */
  since: Date | null;
}

interface ChangeRow {
  id: Id;
  kind: KeyChangeKind;
  because: string;
  since: Date | null;
  proposed_by: string;
  proposed_at: Date;
}

const waiting = async (db: Pick<Reader, "rows">): Promise<ChangeRow | null> => {
  const { rows } = await sql<ChangeRow>`
    select id, kind, because, since, proposed_by, proposed_at from simpul.key_changes
    where state = 'proposed'`.execute(db.rows);
  return rows[0] ?? null;
};

const seen = (node: PeersNode, standing: Standing): Promise<ChangeRow | null> =>
  node.store.read(standing, (db) => {
    db.noteRead("keys.viewed", {});
    return waiting(db);
  });

/** The keys of this node, what was said about them, and what waits for a second person. Throws `NOT_FOUND`. */
export async function lookAtKeys(node: PeersNode, standing: Standing): Promise<OwnKeysView> {
  mayRead(node, standing);
  const proposed = await seen(node, standing);
  const statements = node.keys.statements();
  const standings = await peerStandings(node.store);
  const doer = await doers(node, [proposed?.proposed_by ?? null]);
  const overlap = node.keys.overlap();
  return {
    keys: ownKeys(node, overlap),
    since: statements.at(-1)?.at ?? null,
    overlapUntil: overlap?.toISOString() ?? null,
    untold: standings
      .filter(({ state, knowsOurs }) => state === "confirmed" && knowsOurs < statements.length)
      .map((one) => one.node),
    proposed:
      proposed === null
        ? null
        : {
            id: proposed.id,
            kind: proposed.kind,
            by: doer(proposed.proposed_by),
            at: proposed.proposed_at.toISOString(),
            because: proposed.because,
            since: proposed.since?.toISOString() ?? null,
            mine: proposed.proposed_by === actorName(standing.actor),
          },
    manages: manages(node, standing),
  };
}

/** The newest first; each ended when the next statement was made. */
function ownKeys(node: PeersNode, overlap: Date | null): KeyView[] {
  const statements = node.keys.statements();
  const now: KeyView = {
    name: shortKey(node.keys.signing()),
    since: statements.at(-1)?.at ?? null,
    endedAt: null,
    countsUntil: null,
    stolenSince: null,
  };
  const before = statements.map((one, nth): KeyView => ({
    name: shortKey(one.old),
    since: statements[nth - 1]?.at ?? null,
    endedAt: one.at,
    countsUntil:
      nth === statements.length - 1 && one.kind === "changed" ? (overlap?.toISOString() ?? null) : null,
    stolenSince: one.since,
  }));
  return [now, ...before.reverse()];
}

/** The first person's half. Throws `CHANGE_WAITS`, `IN_THE_FUTURE`, and `Denied` without a proof for it. */
export async function proposeKeys(node: PeersNode, standing: Standing, ask: AskKeys): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  if (ask.since !== null && ask.since > node.clock.now()) throw new PeersError("IN_THE_FUTURE");
  await node.store.write(standing, async (tx) => {
    if ((await waiting(tx)) !== null) throw new PeersError("CHANGE_WAITS");
    await proven(node, standing, tx);
    const id = tx.newId();
    await sql`insert into simpul.key_changes (id, kind, because, since, proposed_by, proposed_at)
      values (${id}, ${ask.kind}, ${ask.because}, ${ask.kind === "stolen" ? ask.since : null},
        ${actorName(standing.actor)}, ${tx.at})`.execute(tx.rows);
    tx.note("keys.proposed", { id, kind: ask.kind, because: ask.because });
  });
  tell(node);
}

async function proven(node: PeersNode, standing: Standing, tx: Writer): Promise<void> {
  const proof = await node.proofs.take(tx, { act: "keys.change", record: node.code });
  may(node, standing, "keys.change", node.code, proof);
}

/**
 * The second person's half: the keys are others once it returns, and peers are being told. Throws `NO_CHANGE`,
 * `SAME_PERSON`, and `Denied` without a proof for it.
 */
export async function confirmKeys(node: PeersNode, standing: Standing, id: Id): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  const asked = await seen(node, standing);
  if (asked?.id !== id) throw new PeersError("NO_CHANGE");
  if (asked.proposed_by === actorName(standing.actor)) throw new PeersError("SAME_PERSON");
  const until = new Date(node.clock.now().getTime() + overlapDays * 86_400_000);
  const signed = await node.keys.sign(asked.since === null ? { until } : { revokedSince: asked.since });
  await node.store.write(standing, async (tx) => {
    await proven(node, standing, tx);
    const { numAffectedRows } =
      await sql`update simpul.key_changes set state = 'done', number = ${signed.number},
        signed = ${signed.text}, ended_by = ${actorName(standing.actor)}, ended_at = ${tx.at}
      where id = ${id} and state = 'proposed'`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new PeersError("NO_CHANGE");
    const digest = Digest.parse(createHash("sha256").update(signed.text).digest("hex"));
    tx.note(asked.kind === "stolen" ? "keys.revoked" : "keys.changed", { id, number: signed.number, digest });
  });
  await node.keys.take(signed);
  tell(node);
}

/** Either person gives it up. Throws `NO_CHANGE`. */
export async function dropKeys(node: PeersNode, standing: Standing, id: Id): Promise<void> {
  may(node, standing, "peers.enter", node.code);
  await node.store.write(standing, async (tx) => {
    const { numAffectedRows } = await sql`update simpul.key_changes set state = 'dropped',
        ended_by = ${actorName(standing.actor)}, ended_at = ${tx.at}
      where id = ${id} and state = 'proposed'`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new PeersError("NO_CHANGE");
    tx.note("keys.dropped", { id });
  });
  tell(node);
}

const tell = (node: PeersNode): void => node.store.wakes.wake(`peer:${node.code}`);

/** A process that died between the decision and its own keys: the statement that was signed is taken up at the start. */
export async function takeUpKeys(node: Pick<PeersNode, "store" | "keys">): Promise<void> {
  const standing = { actor: { kind: "job", name: "keys" }, purpose: "administration" } as const;
  const { rows } = await node.store.read(standing, (db) =>
    sql<{ number: number; signed: string }>`select number, signed from simpul.key_changes
      where number > ${node.keys.statements().length} order by number`.execute(db.rows),
  );
  for (const { number, signed } of rows) await node.keys.take({ number, text: signed });
}
