// What a look at a node found, in plain words: fine, worth attention, or broken, and what to do.

export type Level = "ok" | "warn" | "bad";

export interface Finding {
  /** A stable name for machines: `ledger.main`. */
  check: string;
  level: Level;
  says: string;
  /** Absent where all is well. */
  todo?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, level: "ok", says });
export const warn = (check: string, says: string, todo: string): Finding => ({
  check,
  level: "warn",
  says,
  todo,
});
export const bad = (check: string, says: string, todo: string): Finding => ({
  check,
  level: "bad",
  says,
  todo,
});

/** The worst of them. */
export function worst(findings: readonly Finding[]): Level {
  if (findings.some((one) => one.level === "bad")) return "bad";
  return findings.some((one) => one.level === "warn") ? "warn" : "ok";
}

/** `3 minutes`, `2 hours`, `5 days`: for people, in English as the whole command line. */
export function spell(seconds: number): string {
  const steps: [number, string][] = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
    [1, "second"],
  ];
  const [length, name] = steps.find(([one]) => seconds >= one) ?? steps.at(-1)!;
  const count = Math.floor(seconds / length);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
