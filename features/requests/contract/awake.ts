// Who was told that something waits, who is away, and whom to call when nobody looks (MSG-8, HC-8).
import type { Id } from "@simpul/model";

/** `duty`, `supervisor`, `phone`: an urgent request nobody opened; `near`, `over`: its clock; `permission`: overdue. */
export const noticeLevels = ["duty", "supervisor", "phone", "near", "over", "permission"] as const;
export type NoticeLevel = (typeof noticeLevels)[number];

export interface Notice {
  id: Id;
  /** The thread or permission that waits. */
  about: Id;
  level: NoticeLevel;
  /** Null at the level of the phone. */
  officer: Id | null;
  insteadOf: Id | null;
  at: string;
  /** Whoever called, and what came of it. */
  done: { by: Id; at: string; text: string } | null;
}

export interface Absence {
  id: Id;
  officer: Id;
  from: string;
  until: string;
  standIn: Id | null;
}

export interface Phone {
  name: string;
  phone: string;
}

/** The page of the duty desk. */
export interface DutyView {
  /** Those who are told first when an urgent request comes in. */
  officers: { officer: Id; supervisor: boolean; away: boolean }[];
  absences: Absence[];
  phones: Phone[];
  minutes: Record<"duty" | "supervisor" | "phone", number>;
  mayKeepPhones: boolean;
}
