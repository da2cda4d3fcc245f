// Where the work of each kind of desk begins: the first of these rooms that the officer may enter.
import type { AgencyKind } from "@simpul/model";
import type { Room, Session } from "@simpul/doors/web";

/** Whose work comes to the inbox begins there; the others stand before the room of their own work. */
export const firstRooms: Readonly<Record<AgencyKind, readonly string[]>> = {
  police: ["inbox"],
  "cyber-crime": ["inbox"],
  liaison: ["inbox"],
  immigration: ["border"],
  "financial-intelligence": ["account-freezes", "actors"],
  prosecutor: ["reviews", "assistance"],
  "central-authority": ["assistance"],
  "victim-services": ["victims", "screening"],
  consular: ["victims", "screening"],
  oversight: ["oversight"],
  coordination: ["coordination"],
};

/** Of the rooms she may enter, in the order of work; null where there is none. */
export function firstRoom(session: Session, hers: readonly Room[]): Room | null {
  const wanted = firstRooms[session.officer.agency.kind];
  return wanted.flatMap((id) => hers.find((room) => room.id === id) ?? [])[0] ?? hers[0] ?? null;
}
