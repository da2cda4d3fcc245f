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
  "oversight",
  "freeze",
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

/** From how many on something stands out; it asks a person to look, and says nothing about anybody. */
export const limits = { looks: 40, late: 5, noHits: 15 } as const;
/** Hours of duty by the state's own clock. */
export const duty = { from: 6, to: 22 } as const;

/** Three times her own usual day and that of her desk; where neither is known, five times the least that is looked at. */
export function isMany(looks: number, usual: number | null, desk: number | null): boolean {
  if (looks < limits.looks) return false;
  if (usual === null && desk === null) return looks >= limits.looks * 5;
  return looks > 3 * (usual ?? 0) && looks > 3 * (desk ?? 0);
}
