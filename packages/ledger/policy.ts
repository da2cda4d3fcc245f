// C2SP tlog-policy: which logs are believed, and which cosigners together make a quorum.
import { parseVerifierKey } from "@simpul/seal";
import type { VerifierKey, Verifying } from "@simpul/seal";
import { LedgerError } from "./errors.ts";

interface Group {
  threshold: number;
  members: string[];
}

export interface Policy {
  logs: VerifierKey[];
  cosigners: VerifierKey[];
  /** True when these keys together satisfy the quorum. */
  satisfied(keys: readonly VerifierKey[]): boolean;
}

const limits = { bytes: 64 * 1024, lines: 500 } as const;

/**
 * Reads a policy: lines `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME any|all|K MEMBER…`, `quorum NAME|none`;
 * `#` begins a comment. Names are defined before they are used, so no group contains itself. Throws `NOT_A_POLICY`.
 */
export function parsePolicy(text: string, engine: Pick<Verifying, "hash">): Policy {
  const refuse = (why: string): LedgerError => new LedgerError("NOT_A_POLICY", why);
  if (text.length > limits.bytes) throw refuse("too large");
  const lines = text.split("\n");
  if (lines.length > limits.lines) throw refuse("too many lines");
  const logs: VerifierKey[] = [];
  const cosigners = new Map<string, VerifierKey>();
  const groups = new Map<string, Group>();
  let quorum: string | null = null;

  const define = (name: string | undefined): string => {
    if (name === undefined || name === "none" || cosigners.has(name) || groups.has(name))
      throw refuse(`name ${String(name)}`);
    return name;
  };
  const key = (vkey: string | undefined): VerifierKey => {
    try {
      return parseVerifierKey(vkey ?? "", engine);
    } catch (cause) {
      throw new LedgerError("NOT_A_POLICY", `key ${String(vkey).slice(0, 60)}`, cause);
    }
  };
  for (const line of lines) {
    const [word, ...rest] = line.replace(/#.*$/, "").trim().split(/\s+/);
    switch (word) {
      case "":
        break;
      case "log":
        logs.push(key(rest[0]));
        break;
      case "witness":
        cosigners.set(define(rest[0]), key(rest[1]));
        break;
      case "group": {
        const [name, rule, ...members] = rest;
        const known = members.every((member) => cosigners.has(member) || groups.has(member));
        if (!known || members.length === 0 || new Set(members).size !== members.length)
          throw refuse(`members of ${String(name)}`);
        const threshold = rule === "any" ? 1 : rule === "all" ? members.length : Number(rule);
        if (!Number.isInteger(threshold) || threshold < 1 || threshold > members.length)
          throw refuse(`threshold of ${String(name)}`);
        groups.set(define(name), { threshold, members });
        break;
      }
      case "quorum":
        if (quorum !== null) throw refuse("two quorums");
        quorum = rest[0] ?? "";
        if (quorum !== "none" && !cosigners.has(quorum) && !groups.has(quorum))
          throw refuse(`quorum ${quorum}`);
        break;
      default:
        throw refuse(`line ${line.slice(0, 60)}`);
    }
  }
  if (logs.length === 0) throw refuse("no log");
  if (quorum === null) throw refuse("no quorum");

  const name = quorum;
  const holds = (member: string, keys: readonly VerifierKey[]): boolean => {
    const group = groups.get(member);
    if (group === undefined) return keys.includes(cosigners.get(member)!);
    return group.members.filter((one) => holds(one, keys)).length >= group.threshold;
  };
  return {
    logs,
    cosigners: [...cosigners.values()],
    satisfied: (keys) => name === "none" || holds(name, keys),
  };
}
