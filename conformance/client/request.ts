/** A request and what answers it (section 10), as JSON values: the smallest that says all that a request must. */
import { randomUUID } from "node:crypto";
import type { Json, Members } from "./encoding.ts";

/** Types of envelopes that a node which asks has to understand. */
export const answers = [
  "request.status",
  "request.refused",
  "request.transferred",
  "answer.released",
  "evidence.given",
] as const;

const usual = { codes: ["H1", "H2"] };

export const paragraph = (text: string): Json => ({
  text,
  language: "en",
  handling: usual,
  evaluation: { source: "B", information: "2" },
});

/** `request.sent`: one question about an invented case, without records and items. */
export function request(agency: string, reference: string, question: string): Members & { thread: string } {
  return {
    agency,
    thread: randomUUID(),
    reference,
    subject: "EXERCISE: who booked these rooms",
    questions: [{ text: question, category: "case-information" }],
    facts: [paragraph("EXERCISE: returned workers name a hotel in which they were held.")],
    offence: "trafficking-forced-criminality",
    whyThere: "EXERCISE: the hotel stands there.",
    purpose: "crime-investigation",
    legalBasis: "untoc-27",
    legalBasisText: "",
    urgent: false,
    urgencyReason: null,
    urgencyText: "",
    evidenceForeseen: false,
    restrictions: "",
    language: "en",
    languages: ["en"],
    neededBy: null,
    handling: usual,
    records: [],
    items: [],
  };
}

/** `request.closed`: what it was good for. */
export const closing = (agency: string, thread: string): Members => ({
  agency,
  thread,
  usefulness: "useful",
  text: "EXERCISE: it named the room.",
});
