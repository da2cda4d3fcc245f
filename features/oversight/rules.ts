// The kinds of acts and reads that can be asked for by name; their words are `activity.<kind>`.

/** Groups in the order of work; `case` stands for every kind that begins with `case.`. */
export const kindGroups = [
  "session",
  "access",
  "case",
  "evidence",
  "envelope",
  "peer",
  "node",
  "log",
] as const;

/** Kinds that an oversight officer asks for by themselves. */
export const askedKinds = [
  "session.started",
  "access.proven",
  "access.officer-created",
  "access.officer-placed",
  "access.device-added",
  "case.opened",
  "case.viewed",
  "case.searched",
  "case.edited",
  "case.state-changed",
  "case.team-added",
  "evidence.sealed",
  "evidence.item",
  "evidence.original",
  "evidence.findings-decided",
  "evidence.key-destroyed",
  "envelope.accepted",
  "envelope.refused",
  "peer.confirmed",
  "peer.reconciled",
  "peer.agencies-announced",
  "log.read",
] as const;

/** Who acted, taken apart: `peer:kh`, `job:head`, `officer:<id>`. */
export function actorOf(actor: string): { kind: "officer" | "peer" | "job"; of: string } {
  const cut = actor.indexOf(":");
  const kind = actor.slice(0, cut);
  const of = actor.slice(cut + 1);
  return kind === "peer" || kind === "job" ? { kind, of } : { kind: "officer", of };
}
