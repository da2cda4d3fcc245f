// Time, chance and a quick pace for tests of exchange.
import { randomBytes } from "node:crypto";
import type { Clock, Random } from "@simpul/model";

export const random: Random = { bytes: (length) => new Uint8Array(randomBytes(length)) };
export const systemClock: Clock = { now: () => new Date() };

export const quick = {
  leaseMs: 1_500,
  firstRetryMs: 20,
  longestRetryMs: 120,
  pollMs: 25,
  headsMs: 3_600_000,
  timeoutMs: 1_000,
};
