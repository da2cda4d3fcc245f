// Files of the standard: JSON of ours, CSV with the standard's names as heads, and a submission of the toolkit's own form (XForm).
import { parse } from "csv-parse/sync";
import { extension, fieldOf, fields, groupOf, groups, htcdsSource, type Group } from "./fields.ts";
import type { HtcdsRecord, Value } from "./htcds.ts";
import { StandardsError } from "./contract.ts";

export const limits = { bytes: 20 * 1024 * 1024, records: 10_000, text: 8000, columns: 400 } as const;

const emptyRecord = (): {
  fields: Record<string, Value>;
  hte: Record<string, string>[];
  cco: Record<string, string>[];
  spl: Record<string, string>[];
} => ({
  fields: {},
  hte: [],
  cco: [],
  spl: [],
});
const cut = (text: string): string => text.slice(0, limits.text);
const unsafe = new Set(["__proto__", "constructor", "prototype"]);

/** Puts a text where its field belongs: several values of a picklist apart, groups in their lists. */
function put(into: ReturnType<typeof emptyRecord>, name: string, text: string, apart: RegExp): void {
  if (text.trim() === "" || unsafe.has(name)) return;
  const group = groupOf(name);
  if (group !== null) {
    const [first] = into[group];
    if (first === undefined) into[group].push({ [name]: cut(text.trim()) });
    else first[name] = cut(text.trim());
    return;
  }
  const field = fieldOf(name);
  into.fields[field?.name ?? name] =
    field?.type === "many"
      ? text
          .split(apart)
          .map((one) => cut(one.trim()))
          .filter((one) => one !== "")
      : cut(text.trim());
}

/** Reads a file, whichever of the three it is; throws `NOT_A_FILE`, `TOO_LARGE`. */
export function readFile(bytes: Uint8Array): HtcdsRecord[] {
  if (bytes.byteLength > limits.bytes) throw new StandardsError("TOO_LARGE");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (fault) {
    throw new StandardsError("NOT_A_FILE", "no UTF-8", fault);
  }
  const first = text.trimStart()[0];
  const records =
    first === "{" || first === "[" ? fromJson(text) : first === "<" ? fromXform(text) : fromCsv(text);
  if (records.length === 0) throw new StandardsError("NOT_A_FILE", "no record");
  if (records.length > limits.records) throw new StandardsError("TOO_LARGE");
  return records;
}

function fromJson(text: string): HtcdsRecord[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (fault) {
    throw new StandardsError("NOT_A_FILE", "no JSON", fault);
  }
  const list = Array.isArray(read) ? read : (read as { records?: unknown } | null)?.records;
  if (!Array.isArray(list) || list.length > limits.records)
    throw new StandardsError("NOT_A_FILE", "no list of records");
  return list.map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry))
      throw new StandardsError("NOT_A_FILE", "a record is no object");
    const into = emptyRecord();
    for (const [name, value] of Object.entries(entry).slice(0, limits.columns)) {
      if (name in groups && Array.isArray(value)) {
        into[name as Group] = value.slice(0, 200).map((row: unknown) =>
          Object.fromEntries(
            Object.entries((row ?? {}) as Record<string, unknown>)
              .filter(
                ([key, one]) => !unsafe.has(key) && ["string", "number", "boolean"].includes(typeof one),
              )
              .slice(0, 40)
              .map(([key, one]) => [key, cut(String(one))]),
          ),
        );
      } else if (unsafe.has(name)) continue;
      else if (Array.isArray(value))
        into.fields[fieldOf(name)?.name ?? name] = value
          .slice(0, 100)
          .filter((one) => typeof one === "string")
          .map(cut);
      else if (typeof value === "boolean")
        into.fields[fieldOf(name)?.name ?? name] = value ? "TRUE" : "FALSE";
      else if (typeof value === "string" || typeof value === "number") put(into, name, String(value), /;/);
    }
    return into;
  });
}

function fromCsv(text: string): HtcdsRecord[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 500_000,
      to: limits.records + 1,
    });
  } catch (fault) {
    throw new StandardsError("NOT_A_FILE", "no CSV", fault);
  }
  if (!Object.keys(rows[0] ?? {}).some((name) => fieldOf(name) !== null))
    throw new StandardsError("NOT_A_FILE", "no field of the standard");
  return rows.map((row) => {
    const into = emptyRecord();
    for (const [name, value] of Object.entries(row).slice(0, limits.columns))
      if (typeof value === "string") put(into, name, value, /;/);
    return into;
  });
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const plain = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const code = hex !== undefined ? parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : null;
      if (code !== null)
        return code > 0 && code <= 0x10ffff
          ? code >= 0xd800 && code < 0xe000
            ? ""
            : String.fromCodePoint(code)
          : "";
      return entities[name ?? ""] ?? whole;
    },
  );

/**
 * A submission of htcds_xlsform: flat elements below one root, nothing else of XML. A document type is refused, so that
 * no entity of the file's own is ever looked at.
 */
function fromXform(text: string): HtcdsRecord[] {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new StandardsError("NOT_A_FILE", "a document type");
  const into = emptyRecord();
  for (const [, name, value] of text.matchAll(/<([A-Za-z_][\w.-]{0,79})(?:\s[^<>]*)?>([^<]*)<\/\1>/g))
    if (fieldOf(name!) !== null || /^[a-z]{3}_/.test(name!)) put(into, name!, plain(value!), /\s+/);
  return Object.keys(into.fields).length + into.hte.length === 0 ? [] : [into];
}

/** JSON: whole, with groups; names the standard, its source and the extension. */
export const writeJson = (records: readonly HtcdsRecord[]): string =>
  `${JSON.stringify(
    {
      standard: "HTCDS 2.0",
      extension: extension.name,
      source: htcdsSource,
      records: records.map((one) => ({
        ...one.fields,
        ...(one.hte.length === 0 ? {} : { hte: one.hte }),
        ...(one.cco.length === 0 ? {} : { cco: one.cco }),
        ...(one.spl.length === 0 ? {} : { spl: one.spl }),
      })),
    },
    null,
    1,
  )}\n`;

/** What a spreadsheet would take for a formula gets a quote before it. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s().-]+$/.test(text) ? `'${text}` : text;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
/** CSV: one row each; of groups that repeat the first stands there, the others only in JSON. */
export function writeCsv(records: readonly HtcdsRecord[]): string {
  const flat = records.map((one) => ({ ...one.fields, ...one.hte[0], ...one.cco[0], ...one.spl[0] }));
  const used = fields
    .map((field) => field.name)
    .filter((name) => flat.some((row) => row[name] !== undefined));
  const lines = flat.map((row) =>
    used
      .map((name) => {
        const value = row[name];
        return cell(value === undefined ? "" : typeof value === "string" ? value : value.join(";"));
      })
      .join(","),
  );
  return `${[used.join(","), ...lines].join("\r\n")}\r\n`;
}
