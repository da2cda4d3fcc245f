// C2SP tlog-policy: which logs are believed, and which cosigners together make a quorum.
import { noteTypes, parseVerifierKey, sameBytes } from "@simpul/seal";
import type { NoteType, VerifierKey, Verifying } from "@simpul/seal";
import { LedgerError } from "./errors.ts";

interface Group {
  threshold: number;
  members: string[];
}

export interface Policy {
  /** A log that changed its key stands here with each of them, under one name. */
  logs: VerifierKey[];
  cosigners: VerifierKey[];
  /** Keys of logs that were stolen: what they signed counts only under a head that others cosigned before that moment. */
  revoked: RevokedKey[];
  /** True when these keys together satisfy the quorum. */
  satisfied(keys: readonly VerifierKey[]): boolean;
}

export interface RevokedKey {
  key: VerifierKey;
  /** Seconds since 1970. */
  since: number;
}

const limits = { bytes: 64 * 1024, lines: 500 } as const;
const refuse = (why: string, cause?: unknown): LedgerError => new LedgerError("NOT_A_POLICY", why, cause);

/** What the lines read so far have defined. */
interface Draft {
  revoked: RevokedKey[];
  logs: VerifierKey[];
  cosigners: Map<string, VerifierKey>;
  groups: Map<string, Group>;
  /** Each name may stand in one group only, so that a cosigner counts in one way only. */
  used: Set<string>;
  quorum: string | null;
}

/**
 * Reads a policy: lines `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME any|all|K MEMBER…`, `quorum NAME|none`;
 * a line that begins with `#` is a comment, but `# revoked VKEY TIME` names a log's key that was stolen then: whoever reads
 * it as a comment does not believe that key at all. Names are defined before they are used, so no group contains itself.
 * Throws `NOT_A_POLICY`, also for a policy without a log: a proof needs one to be checked against.
 */
export function parsePolicy(text: string, engine: Pick<Verifying, "hash">): Policy {
  if (text.length > limits.bytes) throw refuse("too large");
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw refuse("a control character");
  const lines = text.split("\n");
  if (lines.length > limits.lines) throw refuse("too many lines");
  const draft: Draft = {
    revoked: [],
    logs: [],
    cosigners: new Map(),
    groups: new Map(),
    used: new Set(),
    quorum: null,
  };
  for (const line of lines) {
    const words = line.split(/[ \t]+/).filter((word) => word !== "");
    if (words[0] === "#" && words[1] === "revoked") readRevoked(draft, words.slice(2), engine);
    else if (words.length > 0 && !words[0]!.startsWith("#")) readLine(draft, words, engine);
  }
  const { logs, cosigners, groups, quorum } = draft;
  if (logs.length === 0) throw refuse("no log");
  if (quorum === null) throw refuse("no quorum");

  const holds = (name: string, keys: readonly VerifierKey[]): boolean => {
    const group = groups.get(name);
    if (group === undefined) return keys.includes(cosigners.get(name)!);
    return group.members.filter((one) => holds(one, keys)).length >= group.threshold;
  };
  return {
    logs,
    cosigners: [...cosigners.values()],
    revoked: draft.revoked,
    satisfied: (keys) => quorum === "none" || holds(quorum, keys),
  };
}

function readRevoked(draft: Draft, [vkey, time, ...rest]: string[], engine: Pick<Verifying, "hash">): void {
  const since = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/.test(time ?? "")
    ? Date.parse(time!) / 1000
    : NaN;
  if (Number.isNaN(since) || rest.length > 0) throw refuse("revoked");
  const others = [...draft.logs, ...draft.revoked.map(({ key }) => key)];
  draft.revoked.push({ key: keyOf(vkey, noteTypes.ed25519, others, engine), since });
}

function readLine(draft: Draft, [word, ...rest]: string[], engine: Pick<Verifying, "hash">): void {
  switch (word) {
    case "log":
      if (rest.length > 2) throw refuse("log");
      draft.logs.push(keyOf(rest[0], noteTypes.ed25519, draft.logs, engine));
      break;
    case "witness": {
      if (rest.length > 3) throw refuse("witness");
      const name = newName(draft, rest[0]);
      draft.cosigners.set(name, keyOf(rest[1], noteTypes.cosignature, [...draft.cosigners.values()], engine));
      break;
    }
    case "group":
      readGroup(draft, rest);
      break;
    case "quorum":
      if (draft.quorum !== null || rest.length !== 1) throw refuse("quorum");
      if (rest[0] !== "none" && !isDefined(draft, rest[0]!)) throw refuse(`quorum ${rest[0]!}`);
      draft.quorum = rest[0]!;
      break;
    default:
      throw refuse(`line ${String(word).slice(0, 60)}`);
  }
}

function readGroup(draft: Draft, [name, rule, ...members]: string[]): void {
  const group = newName(draft, name);
  for (const member of members) {
    if (!isDefined(draft, member) || draft.used.has(member)) throw refuse(`member ${member} of ${group}`);
    draft.used.add(member);
  }
  const written = /^[1-9]\d{0,3}$/.test(rule ?? "") ? Number(rule) : 0;
  const threshold = rule === "any" ? 1 : rule === "all" ? members.length : written;
  if (threshold < 1 || threshold > members.length) throw refuse(`threshold of ${group}`);
  draft.groups.set(group, { threshold, members });
}

const isDefined = (draft: Draft, name: string): boolean =>
  draft.cosigners.has(name) || draft.groups.has(name);

function newName(draft: Draft, name: string | undefined): string {
  if (name === undefined || name === "none" || isDefined(draft, name)) throw refuse(`name ${String(name)}`);
  return name;
}

/** A key of the right kind that is not there yet: one key under two names would count twice. */
function keyOf(
  vkey: string | undefined,
  type: NoteType,
  others: readonly VerifierKey[],
  engine: Pick<Verifying, "hash">,
): VerifierKey {
  let key: VerifierKey;
  try {
    key = parseVerifierKey(vkey ?? "", engine);
  } catch (cause) {
    throw refuse(`key ${String(vkey).slice(0, 60)}`, cause);
  }
  if (key.type !== type) throw refuse(`key ${key.name} is of another kind`);
  if (others.some((other) => sameBytes(other.publicKey, key.publicKey)))
    throw refuse(`key ${key.name} twice`);
  return key;
}
