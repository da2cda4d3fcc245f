// Which reader a file gets: what its bytes are, held against what its name says.
import { fileTypeFromBuffer } from "file-type";
import { ReadingError } from "../contract.ts";
import { isLine, isWhatsApp, readLine, readWhatsApp } from "./chats.ts";
import { looksLikeHtml, readPage } from "./html.ts";
import { openLines } from "./lines.ts";
import { readPdf } from "./pdf.ts";
import { readJsonLines, readText } from "./plain.ts";
import type { Ask, Opened, RawPart, Read } from "./reader.ts";
import { sourceOf } from "./reader.ts";
import { readCsv, separatorOf } from "./tables.ts";
import { isTelegram, readTelegram } from "./telegram.ts";
import { entriesOf, entryBytes } from "./zip.ts";

// A process reads one file: what only some kinds need is loaded when such a file is met.
const readImage: Read = async (ask) => (await import("./image.ts")).readImage(ask);
const readMail: Read = async (ask) => (await import("./mail.ts")).readMail(ask, openReading);
const readWacz: Read = async (ask) => (await import("./web-archive.ts")).readWacz(ask);
const readWarc: Read = async (ask) => (await import("./web-archive.ts")).readWarc(ask);
const readWorkbook: Read = async (ask) => (await import("./workbook.ts")).readWorkbook(ask);

const pictures = ["jpg", "png", "webp", "gif", "tif", "heic", "avif", "bmp"];
/** What the bytes may be when the name says this. A name that is not here says nothing. */
const claims: Readonly<Record<string, readonly string[]>> = {
  txt: ["text"],
  csv: ["text"],
  tsv: ["text"],
  json: ["text"],
  jsonl: ["text"],
  ndjson: ["text"],
  html: ["text", "xml", "html"],
  htm: ["text", "xml", "html"],
  eml: ["text", "eml"],
  pdf: ["pdf"],
  xlsx: ["xlsx", "zip", "cfb"],
  zip: ["zip"],
  wacz: ["zip"],
  warc: ["text"],
  gz: ["gz"],
  jpg: pictures,
  jpeg: pictures,
  png: pictures,
  webp: pictures,
  gif: pictures,
  tif: pictures,
  tiff: pictures,
  heic: pictures,
};

const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? "";

/** Opens a file for reading. Throws `ReadingError`; what is wrong further in shows while its parts are read. */
export const openReading: Read = async (ask) => {
  if (ask.source.size === 0) throw new ReadingError("NOTHING_IN_IT");
  const head = await ask.source.range(0, 65_536);
  const says = extensionOf(ask.name);
  // A byte order mark looks like the frame of an MPEG stream.
  const found = marked(head) ? undefined : await fileTypeFromBuffer(head);
  const is = found?.ext ?? (looksBinary(head) ? "binary" : "text");
  const allowed = claims[says];
  if (allowed !== undefined && !allowed.includes(is)) {
    // A torn or foreign file of a known kind is told apart: its first bytes are not that kind at all.
    throw new ReadingError("MISLABELLED", { says, is });
  }
  if (pictures.includes(is)) return readImage(ask);
  switch (is) {
    case "pdf":
      return readPdf(ask);
    case "cfb":
      // Office files under a password are a compound file with an encrypted package in it (MS-OFFCRYPTO 2.3).
      throw new ReadingError(
        Buffer.from(head).includes("EncryptedPackage", 0, "utf16le") || says === "xlsx"
          ? "PASSWORD_PROTECTED"
          : "NOT_A_KNOWN_KIND",
        { is },
      );
    case "xlsx":
      return readWorkbook(ask);
    case "zip":
      return readZip(ask, says);
    case "gz":
      if (/\.warc\.gz$/i.test(ask.name)) return readWarc(ask);
      throw new ReadingError("NOT_A_KNOWN_KIND", { is });
    case "text":
    case "xml":
    case "html":
    case "eml":
      return readAsText(ask, says, head);
    default:
      throw new ReadingError("NOT_A_KNOWN_KIND", { is });
  }
};

const marked = (head: Uint8Array): boolean =>
  (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

/** Zeros that are not those of UTF-16, and control letters, are in no text. */
function looksBinary(head: Uint8Array): boolean {
  if (marked(head)) return false;
  let control = 0;
  let zero = 0;
  for (const byte of head) {
    if (byte === 0) zero += 1;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control += 1;
  }
  return control > head.length * 0.02 || (zero > 0 && zero < head.length * 0.1 && head.length > 64);
}

async function readAsText(ask: Ask, says: string, head: Uint8Array): Promise<Opened> {
  if (says === "warc" || Buffer.from(head.subarray(0, 5)).toString("latin1") === "WARC/")
    return readWarc(ask);
  if (says === "eml") return readMail(ask);
  const text = await openLines(ask);
  if (says === "html" || says === "htm" || (says === "" && looksLikeHtml(text.head))) return readPage(text);
  if (says === "jsonl" || says === "ndjson") return readJsonLines(ask, text);
  if (says === "json") return isTelegram(text.head) ? readTelegram(text) : readJson(ask, text);
  if (isLine(text.head)) return readLine(ask, text);
  if (isWhatsApp(text.head)) return readWhatsApp(ask, text);
  if (says === "csv" || says === "tsv") return readCsv(ask, text);
  if (says === "" && separatorOf(text.head) === "\t") return readCsv(ask, text);
  return readText(text);
}

async function readJson(ask: Ask, text: Awaited<ReturnType<typeof openLines>>): Promise<Opened> {
  if (ask.source.size > ask.limits.whole)
    throw new ReadingError("TOO_LARGE_TO_READ", { size: ask.source.size, limit: ask.limits.whole });
  let json = "";
  for await (const some of text.text()) json += some;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new ReadingError("TORN", {}, cause);
  }
  const { flatten } = await import("./plain.ts");
  const rows: unknown[] = Array.isArray(value) ? value : [value];
  // eslint-disable-next-line @typescript-eslint/require-await -- readers stream; this format comes whole
  async function* parts(): AsyncGenerator<RawPart> {
    for (const row of rows) yield { kind: "row", text: flatten(row).join("\n") };
  }
  return { kind: "json", encoding: text.encoding, parts: parts() };
}

/** A zip is a WACZ, a workbook that does not show it at once, or a chat export with its pictures. */
async function readZip(ask: Ask, says: string): Promise<Opened> {
  const names: string[] = [];
  for await (const entry of entriesOf(ask)) names.push(entry.name);
  if (names.includes("xl/workbook.xml")) return readWorkbook(ask);
  if (
    says === "wacz" ||
    (names.includes("datapackage.json") && names.some((name) => name.startsWith("archive/")))
  )
    return readWacz(ask);
  if (says === "xlsx") throw new ReadingError("MISLABELLED", { says, is: "zip" });
  if (ask.depth >= 1) throw new ReadingError("NOT_A_KNOWN_KIND", { is: "zip" });
  async function* parts(): AsyncGenerator<RawPart> {
    let done = 0;
    for await (const entry of entriesOf(ask)) {
      yield { kind: "field", label: entry.name, text: `[${entry.name}] ${entry.size} B` };
      try {
        const bytes = await entryBytes(entry, ask.limits.whole);
        if (bytes.length > 0) {
          const inner = await openReading({
            ...ask,
            source: sourceOf(bytes),
            name: entry.name,
            depth: ask.depth + 1,
            progress: () => undefined,
          });
          for await (const part of inner.parts)
            yield { ...part, label: part.label === undefined ? entry.name : `${entry.name} ${part.label}` };
        }
      } catch (fault) {
        if (!(fault instanceof ReadingError) || fault.code === "ZIP_BOMB") throw fault;
        ask.warn({ code: "ATTACHMENT_NOT_READ", facts: { why: fault.code } });
      }
      ask.progress(++done / names.length);
    }
  }
  return { kind: "archive", encoding: null, parts: parts() };
}
