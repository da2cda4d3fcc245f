// What happened to an item after it was taken: one signed statement per event, each naming the one before it.
import type { Digest, Id, NodeCode } from "@simpul/model";
import { timePattern } from "./acquisition.ts";
import { EvidenceError } from "./errors.ts";
import { type ItemStatement, type Subjects } from "./statement.ts";

export const custodyType = "https://simpul.example/custody/v1";

export const custodyEvents = [
  "sealed",
  "viewed",
  "copied",
  "transferred-out",
  "received",
  "analysed",
  "redacted-from",
  "disclosed",
  "held",
  "released",
  "destruction-ordered",
  "key-destroyed",
] as const;
export type CustodyEventName = (typeof custodyEvents)[number];

export interface CustodyEvent {
  item: Id;
  /** Place in the item's chain; the acquisition stands at 0, so the first event is 1. */
  number: number;
  event: CustodyEventName;
  /** SHA-256 of the statement before this one. */
  previous: Digest;
  at: string;
  node: NodeCode;
  /** `officer:<id>`, `peer:kh` or `job:<name>`, as `actorName` writes it. */
  actor: string;
  purpose: string;
  /** Plain facts: codes, counts, identifiers; never content, never a name. */
  facts: Record<string, string | number | boolean>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function custodyOf({
  subjects,
  predicateType,
  predicate: p,
}: ItemStatement): CustodyEvent & { subjects: Subjects } {
  if (predicateType !== custodyType) throw new EvidenceError("NOT_A_CUSTODY_EVENT");
  const facts: CustodyEvent["facts"] = {};
  for (const [name, value] of p.fields("facts").entries()) {
    if (!["string", "number", "boolean"].includes(typeof value))
      throw new EvidenceError("NOT_A_CUSTODY_EVENT", name);
    facts[name] = value as string | number | boolean;
  }
  return {
    item: p.text("item", uuid) as Id,
    number: p.whole("number", 1, 10_000_000),
    event: p.text("event", new RegExp(`^(${custodyEvents.join("|")})$`)) as CustodyEventName,
    previous: p.text("previous", /^[0-9a-f]{64}$/) as Digest,
    at: p.text("at", timePattern),
    node: p.text("node", /^[a-z]{2}$/) as NodeCode,
    actor: p.text("actor", /^(officer:[0-9a-f-]{36}|peer:[a-z]{2}|job:[\w.-]{1,60})$/),
    purpose: p.text("purpose", /^[a-z-]{1,40}$/),
    facts,
    subjects,
  };
}
