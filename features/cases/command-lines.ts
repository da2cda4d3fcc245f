// How cases look in a terminal, and how fields are typed there.
import type { Evaluation } from "@simpul/model";
import { CasesError } from "./contract.ts";
import type { Activity, CaseHead, CaseRecord, RecordKind } from "./contract.ts";

/** The two grades as the interface takes them. */
export const grade = ({ source, information }: Evaluation): Evaluation => ({ source, information });

/**
 * Fields from words: `title=text`, or `names:=[{"text":"…"}]` where the value is JSON. Throws `NOT_A_FIELD` for a word
 * that is neither.
 */
export function fieldsOf(words: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const word of words) {
    const form = /^([A-Za-z][A-Za-z0-9]{0,39})(:?)=([^]*)$/.exec(word);
    if (form === null) throw new CasesError("NOT_A_FIELD", word.slice(0, 60));
    try {
      fields[form[1]!] = form[2] === ":" ? (JSON.parse(form[3]!) as unknown) : form[3]!;
    } catch (cause) {
      throw new CasesError("NOT_A_FIELD", `${form[1]!} is not JSON`, cause);
    }
  }
  return fields;
}

export const headLine = (head: CaseHead): string =>
  [head.number, head.state, head.covert ? "covert" : "", head.crimeType, head.title].join("\t");

/** What names a record, in a few words. */
function nameOf(record: CaseRecord<RecordKind>): string {
  const all = record as Partial<{
    title: string;
    written: string;
    body: string;
    pseudonym: string | null;
  }> & {
    names?: { text: string; romanised?: string }[];
  };
  const named = all.names
    ?.map(({ text, romanised }) => (romanised ? `${text} (${romanised})` : text))
    .join(", ");
  return all.title ?? all.written ?? (named || all.pseudonym) ?? all.body?.split("\n")[0] ?? "";
}

export function recordLine(record: CaseRecord<RecordKind>): string {
  const { source, information } = record.evaluation;
  const more = "role" in record ? record.role : "";
  return [
    record.record,
    record.id,
    more,
    nameOf(record),
    record.handling.codes.join("+"),
    source + information,
  ].join("\t");
}

export const activityLine = (one: Activity): string =>
  [one.at, one.read ? "read" : "act", one.kind, one.by, one.purpose ?? ""].join("\t");
