// A feed by its address: asked for by an officer, switched on by an administrator, fetched by a job.
import type { Id } from "@simpul/model";

export interface AskFeed {
  /** https only. */
  address: string;
  legalBasis: string;
  minutes: number;
}

export interface Feed extends AskFeed {
  source: Id;
  name: string;
  on: boolean;
  askedBy: Id;
  askedAt: string;
  switchedBy: Id | null;
  switchedAt: string | null;
  nextAt: string | null;
  /** The last time that an answer came, also the same one. */
  fetchedAt: string | null;
  /** Adverts that came by it. */
  taken: number;
  /** Why the last try failed; null when it did not. */
  fault: string | null;
  failures: number;
}

export const feedLimits = { bytes: 4 * 1024 * 1024, timeoutMs: 20_000, least: 15, most: 10_080 } as const;
