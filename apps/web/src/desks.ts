// The work of each kind of desk: which rooms come first on its screens, and which acts are one step away where it begins.
import type { AgencyKind } from "@simpul/model";
import type { PaletteCommand, Room, Session } from "@simpul/doors/web";

interface Work {
  /** In the order of its work, before all others; it begins in the first that the officer may enter. */
  rooms: readonly string[];
  /** Commands of rooms, beside the place where it begins. */
  acts: readonly string[];
}

/** Whose work comes to the inbox begins there; the others stand before the room of their own work. */
export const workOf: Readonly<Record<AgencyKind, Work>> = {
  police: {
    rooms: ["inbox", "cases", "check", "evidence", "operations"],
    acts: ["cases.new", "evidence.take-in", "requests.new", "targets.list"],
  },
  "cyber-crime": {
    rooms: ["inbox", "evidence", "check", "ads", "cases", "actors"],
    acts: ["evidence.take-in", "cases.new", "ads.queue", "targets.list"],
  },
  liaison: {
    rooms: ["inbox", "requests", "joint", "assistance", "watch-lists"],
    acts: ["requests.new", "letters.room", "recalls.room", "requests.roster"],
  },
  immigration: {
    rooms: ["border", "watch-lists", "screening", "inbox", "departure"],
    acts: ["reviews.new", "targets.list", "cases.new", "requests.new"],
  },
  "financial-intelligence": {
    rooms: ["account-freezes", "actors", "inbox", "check", "cases"],
    acts: ["cases.new", "requests.new", "evidence.take-in"],
  },
  prosecutor: {
    rooms: ["reviews", "charges", "assistance", "inbox", "evidence", "cases"],
    acts: ["charges.new", "assistance.new", "evidence.export", "charges.outcomes"],
  },
  "central-authority": {
    rooms: ["assistance", "inbox", "requests", "charges"],
    acts: ["letters.room", "recalls.room"],
  },
  "victim-services": {
    rooms: ["victims", "distress", "referrals", "screening", "returns", "surge", "inbox"],
    acts: ["distress.call", "referrals.services", "returns.missing", "requests.roster"],
  },
  consular: {
    rooms: ["screening", "departure", "inbox", "follow-up"],
    acts: ["distress.call", "requests.roster"],
  },
  labour: {
    rooms: ["departure", "screening", "inbox"],
    acts: ["distress.call"],
  },
  oversight: {
    rooms: ["oversight", "inbox", "coordination"],
    acts: ["requests.overrides", "exclusions.list"],
  },
  coordination: {
    rooms: ["coordination", "follow-up", "picture", "exercises", "inbox"],
    acts: ["exercises.start", "follow-up.reports"],
  },
};

export const workFor = (session: Session): Work => workOf[session.officer.agency.kind];

/** Of the rooms she may enter, in the order of her desk's work; null where there is none. */
export function firstRoom(session: Session, hers: readonly Room[]): Room | null {
  return (
    workFor(session).rooms.flatMap((id) => hers.find((room) => room.id === id) ?? [])[0] ?? hers[0] ?? null
  );
}

/** The acts of her desk that she may do, in its order; one that leads to `path` itself is left out. */
export function actsFor(session: Session, rooms: readonly Room[], path: string): PaletteCommand[] {
  const open = rooms
    .filter((room) => room.needs?.(session) ?? true)
    .flatMap((room) => room.commands ?? [])
    .filter((command) => command.to !== path && (command.needs?.(session) ?? true));
  return workFor(session).acts.flatMap((id) => open.find((command) => command.id === id) ?? []);
}
