// In-toto Statement v1 as Simpul writes it: named subjects with their SHA-256, one predicate, exact bytes.
import type { Digest } from "@simpul/model";
import { EvidenceError } from "./errors.ts";
import { Fields } from "./read.ts";

export const statementType = "https://in-toto.io/Statement/v1";
/** The DSSE payload type of every statement. */
export const payloadType = "application/vnd.in-toto+json";
export const maxStatementBytes = 64 * 1024;

/** `original`: the bytes as they were taken. `sealed-file`: the age file that keeps them. */
export const subjectNames = ["original", "sealed-file", "derived"] as const;
export type SubjectName = (typeof subjectNames)[number];
export type Subjects = Partial<Record<SubjectName, Digest>>;

export interface ItemStatement {
  subjects: Subjects;
  predicateType: string;
  predicate: Fields;
}

/** Throws `NOT_A_STATEMENT`. */
export function readStatement(bytes: Uint8Array): ItemStatement {
  const refuse = (what: string): EvidenceError => new EvidenceError("NOT_A_STATEMENT", what);
  if (bytes.length > maxStatementBytes) throw refuse("too long");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw refuse("not JSON in UTF-8");
  }
  const all = new Fields(json, refuse);
  if (all.text("_type", /^/) !== statementType) throw refuse("_type");
  const subjects: Subjects = {};
  for (const one of all.each("subject", 8)) {
    const name = one.text("name", /^(original|sealed-file|derived)$/) as SubjectName;
    if (subjects[name] !== undefined) throw refuse("a subject twice");
    subjects[name] = one.fields("digest").text("sha256", /^[0-9a-f]{64}$/) as Digest;
  }
  return {
    subjects,
    predicateType: all.text("predicateType", /^https:\/\/\S{1,200}$/),
    predicate: all.fields("predicate"),
  };
}
