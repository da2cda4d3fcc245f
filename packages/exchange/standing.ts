// How each peer stands, for the screen.
import { sql } from "kysely";
import type { OpenStore } from "@simpul/store";
import { type PeerHealth, tables, type PeerRow } from "./rows.ts";

/** A row of the peers screen. */
export interface PeerStanding {
  node: string;
  address: string;
  pin: string;
  state: PeerRow["state"];
  health: PeerHealth;
  heardAt: Date | null;
  lastError: string | null;
  failedAt: Date | null;
  /** Since when its health is what it is. */
  healthSince: Date | null;
  proposedBy: string;
  proposedAt: Date;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  stoppedBy: string | null;
  stoppedAt: Date | null;
  stoppedBecause: string | null;
  version: number;
  speaks: number;
  sent: number;
  received: number;
  waiting: number;
  deadLetters: number;
  /** Sent before a restore and forgotten by it. */
  lost: number;
  /** The last statement about our keys that it acknowledged. */
  knowsOurs: number;
  knewOursAt: Date | null;
  /** Code of what was wrong with the last that it said about its own keys. */
  keysFault: string | null;
  keysFaultAt: Date | null;
  suspendedBy: string | null;
  suspendedAt: Date | null;
  suspendedBecause: string | null;
  /** The first of the two who let it go on. */
  resumeBy: string | null;
  resumeAt: Date | null;
}

/** All peers with what waits for them and what was given up (the dead letters). */
export const peerStandings = (store: OpenStore): Promise<PeerStanding[]> =>
  store.aside("exchange", (rows) =>
    tables(rows)
      .selectFrom("simpul.peers as p")
      .innerJoin("simpul.peer_lines as l", "l.peer", "p.node")
      .select([
        "p.node",
        "p.address",
        "p.pin",
        "p.state",
        "p.health",
        "p.heard_at as heardAt",
        "p.last_error as lastError",
        "p.failed_at as failedAt",
        "p.health_since as healthSince",
        "p.proposed_by as proposedBy",
        "p.proposed_at as proposedAt",
        "p.confirmed_by as confirmedBy",
        "p.confirmed_at as confirmedAt",
        "p.stopped_by as stoppedBy",
        "p.stopped_at as stoppedAt",
        "p.stopped_because as stoppedBecause",
        "p.version",
        "p.speaks",
        "l.sent",
        "l.received",
        "p.knows_ours as knowsOurs",
        "p.knew_ours_at as knewOursAt",
        "p.keys_fault as keysFault",
        "p.keys_fault_at as keysFaultAt",
        "p.suspended_by as suspendedBy",
        "p.suspended_at as suspendedAt",
        "p.suspended_because as suspendedBecause",
        "p.resume_by as resumeBy",
        "p.resume_at as resumeAt",
      ])
      .select((count) => [
        count
          .selectFrom("simpul.outbox as o")
          .whereRef("o.peer", "=", "p.node")
          .where("o.state", "in", ["waiting", "sending"])
          .select(sql<number>`count(*)`.as("n"))
          .as("waiting"),
        count
          .selectFrom("simpul.outbox as o")
          .whereRef("o.peer", "=", "p.node")
          .where("o.lost", "=", true)
          .select(sql<number>`count(*)`.as("n"))
          .as("lost"),
        count
          .selectFrom("simpul.outbox as o")
          .whereRef("o.peer", "=", "p.node")
          .where("o.state", "in", ["refused", "dead"])
          .where("o.lost", "=", false)
          // What was tried again lives on in its second try.
          .where((not) =>
            not.not(
              not.exists(
                not
                  .selectFrom("simpul.outbox as a")
                  .select("a.id")
                  .whereRef("a.peer", "=", "o.peer")
                  .whereRef("a.again_of", "=", "o.id"),
              ),
            ),
          )
          .select(sql<number>`count(*)`.as("n"))
          .as("deadLetters"),
      ])
      .orderBy("p.node")
      .execute()
      .then((found) =>
        found.map(({ waiting, deadLetters, lost, ...row }) => ({
          ...row,
          waiting: waiting ?? 0,
          deadLetters: deadLetters ?? 0,
          lost: lost ?? 0,
        })),
      ),
  );
