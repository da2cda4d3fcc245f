// Reading the room: other states' nodes with how they are, and the envelopes that did not arrive.
import {
  cardFingerprint,
  keysOnRecord,
  openLetters,
  peerStandings,
  refusedLetters,
  wireVersion,
} from "@simpul/exchange";
import type { Letter, PeerCard, PeerStanding, RefusedLetter } from "@simpul/exchange";
import { actorName, type Id, type NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { PeersError } from "./contract.ts";
import type { Doer, Letters, LetterView, OwnCard, PeerList, PeerView, RefusedView } from "./contract.ts";
import { lastCompared, openIncidents } from "./incidents.ts";
import { inWorld, manages, mayRead, type PeersNode } from "./node.ts";
import { doubtfulOf, enteredCard, keyView } from "./records.ts";
import { groupsOf, healthOf, heardGroups, readError } from "./rules.ts";

const iso = (at: Date): string => at.toISOString();

export function ownCard(node: PeersNode, standing: Standing): OwnCard {
  mayRead(node, standing);
  const card = node.card();
  return { card, fingerprint: groupsOf(cardFingerprint(card)), exercise: node.exercise };
}

const idIn = (name: string): Id | null => (/^officer:(.{36})$/.exec(name)?.[1] ?? null) as Id | null;

/** Who they were, by the names that rows keep. */
export async function doers(
  node: Pick<PeersNode, "directory">,
  names: readonly (string | null)[],
): Promise<(name: string) => Doer> {
  const ids = names.flatMap((name) => idIn(name ?? "") ?? []);
  const known = await node.directory.officers([...new Set(ids)]);
  return (name) => {
    const id = idIn(name);
    const found = id === null ? undefined : known.get(id);
    return { id, name: found?.name ?? null, nameLatin: found?.nameLatin ?? null };
  };
}

/** All peers that were ever entered here, by code. */
export async function listPeers(node: PeersNode, standing: Standing): Promise<PeerList> {
  mayRead(node, standing);
  const standings = await peerStandings(node.store);
  const { cards, keys, doubtful, incidents, compared } = await node.store.read(standing, async (db) => {
    db.noteRead("peers.viewed", {});
    return {
      cards: await Promise.all(standings.map(async (one) => (await enteredCard(db, one.node as NodeCode))!)),
      keys: await keysOnRecord(db),
      doubtful: await doubtfulOf(db),
      incidents: await openIncidents(db),
      compared: await lastCompared(db),
    };
  });
  const doer = await doers(
    node,
    standings.flatMap((one) => [
      one.proposedBy,
      one.confirmedBy,
      one.stoppedBy,
      one.suspendedBy,
      one.resumeBy,
    ]),
  );
  const me = actorName(standing.actor);
  const now = node.clock.now();
  return {
    peers: standings.map((one, i) => ({
      ...viewOf(node, one, cards[i]!, doer, me, node.keys.statements().length),
      limit: node.limits.get(one.node as NodeCode) ?? null,
      keys: keys.filter((key) => key.node === one.node).map((key) => keyView(key, now)),
      doubtful: doubtful.filter((part) => part.node === one.node).map(({ node: _, ...part }) => part),
      incidents: incidents.find(({ peer }) => peer === one.node)?.count ?? 0,
      compared: compared.get(one.node) ?? null,
    })),
    manages: manages(node, standing),
  };
}

/** One of them; throws `NOT_FOUND`. */
export async function onePeer(node: PeersNode, standing: Standing, code: NodeCode): Promise<PeerView> {
  const { peers } = await listPeers(node, standing);
  const found = peers.find((one) => one.node === code);
  if (found === undefined) throw new PeersError("NOT_FOUND");
  return found;
}

function viewOf(
  node: PeersNode,
  of: PeerStanding,
  card: PeerCard,
  doer: (name: string) => Doer,
  me: string,
  ourNumber: number,
): Omit<PeerView, "keys" | "doubtful" | "limit" | "incidents" | "compared"> {
  const mine = of.proposedBy === me;
  const groups = groupsOf(cardFingerprint(inWorld(node, card)));
  return {
    node: of.node,
    address: of.address,
    state: of.state,
    health: healthOf(of),
    heardAt: of.heardAt === null ? null : iso(of.heardAt),
    sent: of.sent,
    received: of.received,
    waiting: of.waiting,
    deadLetters: of.deadLetters,
    lost: of.lost,
    version: { used: of.version, ours: wireVersion, theirs: of.speaks },
    fingerprint: of.state === "proposed" && !mine ? groups.slice(0, -heardGroups) : groups,
    agencies: card.agencies.length,
    knowsOurs: of.knowsOurs >= ourNumber,
    keysFault: of.keysFault === null ? null : { code: of.keysFault, at: iso(of.keysFaultAt!) },
    proposed: { by: doer(of.proposedBy), at: iso(of.proposedAt) },
    confirmed:
      of.confirmedBy === null || of.confirmedAt === null
        ? null
        : { by: doer(of.confirmedBy), at: iso(of.confirmedAt) },
    stopped:
      of.stoppedBy === null || of.stoppedAt === null
        ? null
        : { by: doer(of.stoppedBy), at: iso(of.stoppedAt), because: of.stoppedBecause ?? "" },
    suspended:
      of.state !== "suspended" || of.suspendedBy === null || of.suspendedAt === null
        ? null
        : {
            by: doer(of.suspendedBy),
            at: iso(of.suspendedAt),
            because: of.suspendedBecause ?? "",
            resume:
              of.resumeBy === null || of.resumeAt === null
                ? null
                : { by: doer(of.resumeBy), at: iso(of.resumeAt), mine: of.resumeBy === me },
          },
    mine,
  };
}

/** What did not arrive at a peer, and what we refused from it. Throws `NOT_FOUND` for a peer that is none. */
export async function lettersOf(node: PeersNode, standing: Standing, peer: NodeCode): Promise<Letters> {
  mayRead(node, standing);
  return node.store.read(standing, async (db) => {
    db.noteRead("peers.letters-viewed", { peer });
    if ((await enteredCard(db, peer)) === null) throw new PeersError("NOT_FOUND");
    const [outgoing, refused] = [await openLetters(db, peer), await refusedLetters(db, peer)];
    return { outgoing: outgoing.map(letterView), refused: refused.map(refusedView) };
  });
}

function letterView(letter: Letter): LetterView {
  const { code, detail } = readError(letter.lastError);
  return {
    id: letter.id,
    kind: letter.kind,
    state: letter.lost ? "lost" : (letter.state as LetterView["state"]),
    since: iso(letter.createdAt),
    tries: letter.attempts,
    nextTry: letter.state === "waiting" && letter.attempts > 0 ? iso(letter.nextTry) : null,
    code,
    // Only our own policy speaks of the envelope itself; a peer's facts are for machines.
    detail: code === "MAY_NOT_LEAVE" ? detail : null,
    sequence: letter.sequence,
    endedAt: letter.endedAt === null ? null : iso(letter.endedAt),
    files: letter.files,
    again: letter.again,
  };
}

const refusedView = ({ id, sequence, type, at, code }: RefusedLetter): RefusedView => ({
  id,
  sequence,
  kind: type,
  at: iso(at),
  code,
});
