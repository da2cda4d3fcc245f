// The rooms of the world in which rights are tried: each puts in its own records, and its file of rules speaks of them by name.
import type { Room } from "../world.ts";

/** By the first word of their addresses (`/api/joint`). */
export const rooms: Readonly<Record<string, Room>> = {};
