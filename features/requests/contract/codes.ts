// The lists that the parties may change, and the clock that follows from them.
import type { NodeCode } from "@simpul/model";
import type { Correspondent } from "../../letters/contract.ts";
/** How data can be reached at the state that is asked (RFI-3); the clock follows from it. */
export const reaches = [
  "direct",
  "other-authority",
  "private-party",
  "judicial-order",
  "not-available",
] as const;
export type Reach = (typeof reaches)[number];

/** Every list that the parties may change, in force at this node. Words: `requests.<list>.<code>`. */
export interface Codes {
  version: string;
  /** RFI-2. */
  urgency: { code: string; usual?: "victim-under-control" }[];
  /** What is asked for, and how it is reached here. */
  categories: { code: string; reach: Reach }[];
  legalBases: {
    code: string;
    standing: "confirmed" | "to-be-confirmed";
    text: string;
    /** Of formal requests alone; police do not ask on it (features/assistance). */
    formal?: boolean;
  }[];
  /** Why the request is made; `purposes.<code>` of the house. */
  purposes: string[];
  /** RFI-5; `partial`: also for one item of an answer. */
  grounds: { code: string; partial: boolean }[];
  /** What an answering desk searched (RFI-6, RFI-9). */
  sources: string[];
  usefulness: string[];
  languages: string[];
  /** From receipt (RFI-3). */
  clocks: Record<"urgent" | "ordinary", Record<Reach, Limit>>;
  /** A target until the parties agree on it. */
  clocksStanding: "target" | "agreed";
  /** In which time somebody should open what came; after it the sender learns, signed, that nobody did (MSG-4). */
  retrieval: Record<"urgent" | "ordinary", Limit>;
  /** Minutes after which an unopened urgent request is told to the next (MSG-8). */
  escalation: Record<"duty" | "supervisor" | "phone", number>;
  /** Hours before its end at which a clock is told to the desk. */
  warn: { hours: number; urgentHours: number };
  /** Days within which the same subject warns (RFI-10), in which a permission should be decided (HC-8). */
  days: { repeat: number; permission: number };
  /** HC-9: the reasons that count, the urgency that goes with them, the hours within which it must have left. */
  override: { hours: number; urgency: string; reasons: string[] };
  /** The states that can be asked now, without our own. */
  states: NodeCode[];
  /** Whom one asks by letter, and which list says so. */
  correspondents: { version: string; list: Correspondent[] };
  offences: string[];
}

export const limitUnits = ["hours", "days", "working-days"] as const;
/** How long: round the clock, or only on days that both states work. */
export interface Limit {
  amount: number;
  unit: (typeof limitUnits)[number];
}

/** RFI-3, RFI-4. `due` is null while it does not run. */
export interface Clock {
  state: "running" | "stopped" | "suspended" | "ended";
  started: string;
  due: string | null;
  limit: Limit;
  reach: Reach;
  urgent: boolean;
  /** A target until the parties agree on it. */
  standing?: "target" | "agreed";
  /** By whose working days it is counted, by which lists; `entered`: whether they hold this year's holidays. */
  days?: { states: NodeCode[]; version: string; entered: boolean };
  /** Seconds left when it was stopped, of working time where it counts that; null while it runs. */
  left: number | null;
  /** When a judge's word is expected. */
  until: string | null;
  /** True when the limit has passed, or had passed when it ended. */
  over: boolean;
}
