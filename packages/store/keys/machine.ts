// The machine's own time and randomness, for the apps to pass in.
import { randomBytes } from "node:crypto";
import type { Clock, Random } from "@simpul/model";

export const systemClock: Clock = { now: () => new Date() };
export const systemRandom: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };
