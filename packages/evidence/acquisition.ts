// How an item came into the hands of an officer: the facts that her own device signs before any byte is sent.
import type { Digest, Id, NodeCode } from "@simpul/model";
import { disclose, type Disclosure, type Hash } from "./disclosure.ts";
import { EvidenceError } from "./errors.ts";
import { type ItemStatement } from "./statement.ts";

export const acquisitionType = "https://simpul.example/acquisition/v1";

/** How the bytes were got (ISO/IEC 27037 calls it collection or acquisition; the Berkeley Protocol, capture). */
export const methods = [
  "device-export",
  "handed-over",
  "online-capture",
  "seized",
  "pasted",
  "received",
] as const;
export type Method = (typeof methods)[number];

/** Facts that anybody who holds the statement may read: no name, no case, no place. */
export interface AcquisitionFacts {
  item: Id;
  node: NodeCode;
  /** Her identifier on her node: a pseudonym outside it. */
  officer: Id;
  desk: Id;
  /** Identifier of the device whose key signs. */
  device: Id;
  method: Method;
  tool: { name: string; version: string };
  mediaType: string;
  size: number;
  /** When the officer got hold of it, as she says; RFC 3339. */
  takenAt: string;
  /** Milliseconds by which her device was ahead of the node when she signed. */
  clockOffset: number;
}

/** Facts that are signed as salted digests and shown one by one, or never. */
export const concealedNames = ["fileName", "officerName", "authority", "place", "source", "note"] as const;
export type ConcealedName = (typeof concealedNames)[number];
export type Concealed = Partial<Record<ConcealedName, string>>;

export interface Acquisition {
  facts: AcquisitionFacts;
  original: Digest;
  /** Digests of the concealed fields. */
  concealed: string[];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const day = 86_400_000;

export function acquisitionOf(statement: ItemStatement): Acquisition {
  const { subjects, predicateType, predicate: p } = statement;
  if (
    predicateType !== acquisitionType ||
    subjects.original === undefined ||
    subjects["sealed-file"] !== undefined
  )
    throw new EvidenceError("NOT_AN_ACQUISITION");
  const tool = p.fields("tool");
  const facts: AcquisitionFacts = {
    item: p.text("item", uuid) as Id,
    node: p.text("node", /^[a-z]{2}$/) as NodeCode,
    officer: p.text("officer", uuid) as Id,
    desk: p.text("desk", uuid) as Id,
    device: p.text("device", uuid) as Id,
    method: p.text("method", new RegExp(`^(${methods.join("|")})$`)) as Method,
    tool: { name: tool.text("name", /^[^\n]{1,100}$/), version: tool.text("version", /^[^\n]{1,40}$/) },
    mediaType: p.text("mediaType", /^[\w.+-]{1,80}\/[\w.+-]{1,100}$/),
    size: p.whole("size", 1, Number.MAX_SAFE_INTEGER),
    takenAt: p.text("takenAt", timePattern),
    clockOffset: p.whole("clockOffset", -400 * day, 400 * day),
  };
  if (Number.isNaN(Date.parse(facts.takenAt))) throw new EvidenceError("NOT_AN_ACQUISITION", "takenAt");
  p.text("concealedBy", /^sha-256$/);
  return { facts, original: subjects.original, concealed: p.texts("concealed", /^[0-9a-f]{64}$/, 20) };
}

/** Opens concealed fields; throws `NOT_A_DISCLOSURE` for one that was not signed, unknown, or given twice. */
export function openConcealed(
  hash: Hash,
  acquisition: Acquisition,
  disclosures: readonly Disclosure[],
): Concealed {
  const open: Concealed = {};
  for (const disclosure of disclosures) {
    const { name, value } = disclose(hash, acquisition.concealed, disclosure);
    const known = concealedNames.find((one) => one === name);
    if (known === undefined || open[known] !== undefined)
      throw new EvidenceError("NOT_A_DISCLOSURE", "unknown or twice");
    open[known] = value;
  }
  return open;
}
