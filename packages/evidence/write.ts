// Writing the statements about an item: what was taken and how, what happened since, with what stays concealed. Checking
// them is apart, so that the offline verifier reaches nothing that writes.
import type { Digest } from "@simpul/model";
import { acquisitionOf, acquisitionType } from "./acquisition.ts";
import type { Acquisition, AcquisitionFacts, Concealed } from "./acquisition.ts";
import type { RandomBytes } from "./age/engine.ts";
import { custodyOf, custodyType } from "./custody.ts";
import type { CustodyEvent } from "./custody.ts";
import { digestOf, hex } from "./disclosure.ts";
import type { Disclosure, Hash } from "./disclosure.ts";
import { readStatement, statementType, subjectNames } from "./statement.ts";
import type { Subjects } from "./statement.ts";

/** The bytes that are signed. They are kept and passed on as they are, never written anew. */
export function writeStatement(subjects: Subjects, predicateType: string, predicate: object): Uint8Array {
  const subject = subjectNames
    .filter((name) => subjects[name] !== undefined)
    .map((name) => ({ name, digest: { sha256: subjects[name] } }));
  const text = JSON.stringify({ _type: statementType, subject, predicateType, predicate });
  return new TextEncoder().encode(text);
}

/** Hides each value behind a salt of 128 bits; order follows the digests, so it tells nothing. */
export function conceal(
  hash: Hash,
  random: RandomBytes,
  fields: Readonly<Record<string, string | undefined>>,
): { digests: string[]; disclosures: Disclosure[] } {
  const made = Object.entries(fields)
    .filter((field): field is [string, string] => field[1] !== undefined && field[1] !== "")
    .map(([name, value]) => {
      const disclosure = JSON.stringify([hex(random.bytes(16)), name, value]);
      return { disclosure, digest: digestOf(hash, disclosure) };
    })
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return { digests: made.map((m) => m.digest), disclosures: made.map((m) => m.disclosure) };
}

/** The statement's exact bytes, and what opens its concealed fields. */
export function writeAcquisition(
  by: { hash: Hash; random: RandomBytes },
  original: Digest,
  facts: AcquisitionFacts,
  hidden: Concealed,
): { bytes: Uint8Array; disclosures: Disclosure[] } {
  const { digests, disclosures } = conceal(by.hash, by.random, hidden);
  const bytes = writeStatement({ original }, acquisitionType, {
    ...facts,
    concealedBy: "sha-256",
    concealed: digests,
  });
  return { bytes, disclosures };
}

/** Throws `NOT_A_STATEMENT` or `NOT_AN_ACQUISITION`. */
export function readAcquisition(bytes: Uint8Array): Acquisition {
  return acquisitionOf(readStatement(bytes));
}

export function writeCustody(subjects: Subjects, event: CustodyEvent): Uint8Array {
  return writeStatement(subjects, custodyType, event);
}

/** Throws `NOT_A_STATEMENT` or `NOT_A_CUSTODY_EVENT`. */
export function readCustody(bytes: Uint8Array): CustodyEvent & { subjects: Subjects } {
  return custodyOf(readStatement(bytes));
}
