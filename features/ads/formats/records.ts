// A file as adverts: text, tables and JSON of platforms and NGOs, a Telegram export, RSS and Atom; what it is is seen in its bytes.
import { gunzipSync } from "node:zlib";
import { guessEncoding } from "@simpul/detect";
import { parse } from "csv-parse/sync";
import { adLimits, AdsError, type Mapping } from "../contract.ts";
import { suggest } from "../rules.ts";
import type { AdRecord } from "../take-in.ts";
import { feedRecords } from "./feed.ts";
import { isTelegramPage, telegramPage } from "./telegram-page.ts";
import { plainTelegram, telegramRecords } from "./telegram.ts";

/** A packed file unpacks to this at most. */
const unpacked = 2 * adLimits.file;

/** Unpacked and decoded. Throws `NOT_READABLE`. */
export function textOf(bytes: Uint8Array): string {
  let plain = bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    try {
      plain = gunzipSync(bytes, { maxOutputLength: unpacked });
    } catch {
      throw new AdsError("NOT_READABLE", "gzip");
    }
  if (plain[0] === 0x50 && plain[1] === 0x4b) throw new AdsError("NOT_READABLE", "zip");
  const text = new TextDecoder(guessEncoding(plain.subarray(0, 65_536))).decode(plain);
  if (text.includes("\0")) throw new AdsError("NOT_READABLE", "binary");
  return text.replace(/^\ufeff/, "");
}

/** Throws `NOT_READABLE`, `NO_RECORDS`, `LIMIT_REACHED`. */
export function readRecords(name: string, bytes: Uint8Array, mapping: Mapping): AdRecord[] {
  const text = textOf(bytes);
  const start = text.slice(0, 200).trimStart();
  const records = start.startsWith("<")
    ? isTelegramPage(text)
      ? telegramPage(text)
      : feedRecords(text)
    : start.startsWith("{") || start.startsWith("[")
      ? jsonRecords(text, mapping)
      : /\.(csv|tsv)(\.gz)?$/i.test(name)
        ? tableRecords(text, mapping)
        : plainRecords(text);
  if (records.length === 0) throw new AdsError("NO_RECORDS");
  if (records.length > adLimits.records) throw new AdsError("LIMIT_REACHED", String(records.length));
  return records;
}

/** Adverts in a text file stand apart by two empty lines, or a line of dashes. */
const plainRecords = (text: string): AdRecord[] =>
  text
    .split(/\r?\n(?:[ \t]*\r?\n){2,}|\r?\n-{3,}[ \t]*\r?\n/)
    .filter((one) => one.trim() !== "")
    .map((one) => ({ text: one }));

type Row = Readonly<Record<string, unknown>>;
const written = (value: unknown): string =>
  typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : plainTelegram(value);

/** By the columns that the officer named; where she named none, by what their names suggest. */
function mapped(rows: readonly Row[], mapping: Mapping): AdRecord[] {
  const chosen = mapping.text?.length ? mapping : suggest(Object.keys(rows[0] ?? {}));
  if (!chosen.text?.length) throw new AdsError("NO_RECORDS", "columns");
  const field = (row: Row, name: string | undefined): string | undefined =>
    name === undefined ? undefined : written(row[name]) || undefined;
  return rows.map((row) => ({
    text: chosen.text!.map((name) => written(row[name]).trim()).filter(Boolean).join("\n"), // prettier-ignore
    ...{ origin: field(row, chosen.origin), postedAt: field(row, chosen.postedAt) },
    said: field(row, chosen.said),
  }));
}

function tableRecords(text: string, mapping: Mapping): AdRecord[] {
  const line = text.slice(0, text.indexOf("\n") + 1 || undefined);
  const delimiter = [",", ";", "\t", "|"].sort((a, b) => line.split(b).length - line.split(a).length)[0]!;
  try {
    return mapped(
      parse<Row>(text, {
        columns: true,
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        max_record_size: adLimits.text * 2,
        to: adLimits.records + 1,
      }),
      mapping,
    );
  } catch (cause) {
    if (cause instanceof AdsError) throw cause;
    throw new AdsError("NOT_READABLE", "csv", cause);
  }
}

function jsonRecords(text: string, mapping: Mapping): AdRecord[] {
  const whole = json(text);
  if (whole === undefined) {
    // One object in each line.
    const rows = text.split("\n").filter((line) => line.trim() !== "").map(json); // prettier-ignore
    if (rows.some((row) => typeof row !== "object" || row === null))
      throw new AdsError("NOT_READABLE", "json");
    return mapped(rows as Row[], mapping);
  }
  const telegram = telegramRecords(whole);
  if (telegram !== null) return telegram;
  const list = Array.isArray(whole) ? whole : firstList(whole as Row);
  const rows = list.filter((one): one is Row => typeof one === "object" && one !== null);
  return rows.length > 0 ? mapped(rows, mapping) : list.filter((one) => typeof one === "string").map((one) => ({ text: one })); // prettier-ignore
}

const firstList = (whole: Row): unknown[] =>
  (Object.values(whole).find((value) => Array.isArray(value)) as unknown[] | undefined) ?? [whole];

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
