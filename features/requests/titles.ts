// What a record is called in a list: its name as written, its value, its title.
import type { Choice, SharedFields, SharedKind, SharedRecord } from "./contract.ts";

const firstName = (names: readonly { text: string; alias?: boolean }[]): string =>
  (names.find((one) => one.alias !== true) ?? names[0])?.text ?? "";

export function titleOf(record: Pick<SharedRecord, "kind" | "fields">): string {
  const fields = record.fields as Partial<
    SharedFields["subject"] & SharedFields["selector"] & SharedFields["event"] & SharedFields["link"]
  >;
  switch (record.kind) {
    case "subject":
      return firstName(fields.names ?? []) || (fields.pseudonym ?? "");
    case "place":
      return firstName(fields.names ?? []);
    case "selector":
      return fields.written !== undefined && fields.written !== ""
        ? fields.written
        : (fields.canonical ?? "");
    case "event":
      return fields.title ?? "";
    case "link":
      return (fields.kind as string | undefined) ?? "";
  }
}

/** A second word beneath the title: a code that the page has words for. */
export function aboutOf(kind: SharedKind, fields: SharedFields[SharedKind]): Choice["about"] {
  if (kind === "selector") return (fields as SharedFields["selector"]).type;
  if (kind === "subject") return (fields as SharedFields["subject"]).role;
  return (fields as { kind: string }).kind;
}
