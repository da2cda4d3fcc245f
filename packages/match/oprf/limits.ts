// How much may be asked, and what asking looks like when somebody counts through all numbers: HIT-5.

/** The agreed limits towards one peer; configuration, never constants (requirements, preface). */
export interface Limits {
  perQuery: number;
  perDay: number;
  perCase: number;
  /** So many a day are answered at once; each further `delayStep` of them adds `delayMs`. */
  freePerDay: number;
  delayStep: number;
  delayMs: number;
  longestDelayMs: number;
}

/** What a peer has asked so far, as the holder counted it. */
export interface Usage {
  today: number;
  inCase: number;
  /** HIT-5: the holder's switch for this peer. */
  stopped: boolean;
}

export type Admission =
  | { kind: "admitted"; delayMs: number }
  | { kind: "limited"; because: "per-query" | "per-day" | "per-case" }
  | { kind: "refused"; because: "stopped" };

/** Whether `count` more may be asked now, and how long the answer waits. */
export function admit(count: number, usage: Usage, limits: Limits): Admission {
  if (usage.stopped) return { kind: "refused", because: "stopped" };
  if (count > limits.perQuery) return { kind: "limited", because: "per-query" };
  if (usage.today + count > limits.perDay) return { kind: "limited", because: "per-day" };
  if (usage.inCase + count > limits.perCase) return { kind: "limited", because: "per-case" };
  const beyond = Math.max(0, usage.today + count - limits.freePerDay);
  const delay = Math.ceil(beyond / limits.delayStep) * limits.delayMs;
  return { kind: "admitted", delayMs: Math.min(delay, limits.longestDelayMs) };
}

/** When asking looks like counting. The asker's own node looks: the holder sees no values (HIT-4). */
export interface Suspicion {
  /** Fewer values than this are never suspicious. */
  from: number;
  /** Share of neighbours that lie this close, or this regularly, apart. */
  share: number;
  /** Numbers at most this far apart count as close. */
  gap: number;
}

export type Pattern =
  | { kind: "usual" }
  /** Numbers that follow each other closely. */
  | { kind: "close"; share: number }
  /** Numbers in even steps, however wide. */
  | { kind: "stepped"; share: number; step: bigint };

/** Looks for runs among values that differ in their last digits only: phones, passports, accounts. */
export function pattern(values: readonly string[], suspicion: Suspicion): Pattern {
  const rows = new Map<string, Set<bigint>>();
  let counted = 0;
  for (const value of new Set(values)) {
    const found = /^(.*?)(\d+)(\D*)$/su.exec(value);
    if (!found) continue;
    const [, before = "", digits = "", after = ""] = found;
    const row = `${before}|${digits.length}|${after}`;
    rows.set(row, (rows.get(row) ?? new Set()).add(BigInt(digits)));
    counted++;
  }
  if (counted < suspicion.from) return { kind: "usual" };
  let close = 0;
  const steps = new Map<bigint, number>();
  for (const row of rows.values()) {
    const sorted = [...row].sort((a, b) => (a < b ? -1 : 1));
    for (let i = 1; i < sorted.length; i++) {
      const step = sorted[i]! - sorted[i - 1]!;
      if (step <= BigInt(suspicion.gap)) close++;
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
  }
  const neighbours = counted - 1;
  if (close / neighbours >= suspicion.share) return { kind: "close", share: close / neighbours };
  let step = 0n;
  let times = 0;
  for (const [width, seen] of steps) if (seen > times) [step, times] = [width, seen];
  if (times / neighbours >= suspicion.share) return { kind: "stepped", share: times / neighbours, step };
  return { kind: "usual" };
}

/** HIT-5: who asks about cases finds something now and then; who guesses hardly ever does. */
export const fishing = (
  seen: { asked: number; hits: number },
  limit: { from: number; hitShare: number },
): boolean => seen.asked >= limit.from && seen.hits / seen.asked < limit.hitShare;
