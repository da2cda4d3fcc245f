// Web archives (WARC, and WACZ which is a zip of them): the pages and texts in them, each with its address and time.
import { WARCParser, type WARCRecord } from "warcio";
import { ReadingError } from "../contract.ts";
import { textOfHtml } from "./html.ts";
import { pieces, type Ask, type Opened, type RawPart } from "./reader.ts";
import { entriesOf } from "./zip.ts";

const longestPage = 32 * 1024 * 1024;

async function* recordsOf(bytes: AsyncIterable<Uint8Array>, ask: Ask): AsyncGenerator<RawPart> {
  let records = 0;
  try {
    for await (const record of new WARCParser(bytes)) {
      records += 1;
      const label = record.warcTargetURI ?? "";
      const at = record.warcDate ?? undefined;
      if (record.warcType !== "response" && record.warcType !== "resource") continue;
      const type = (
        record.httpHeaders?.headers.get("content-type") ??
        record.warcContentType ??
        ""
      ).toLowerCase();
      const status = record.httpHeaders?.statusCode;
      yield {
        kind: "field",
        label,
        text: `${label}${status === undefined ? "" : ` (${status})`}`,
        ...(at && { at }),
      };
      if (!/html|text\/plain|json/.test(type)) continue;
      if (record.warcContentLength > longestPage) {
        ask.warn({ code: "ATTACHMENT_NOT_READ", facts: { size: record.warcContentLength } });
        continue;
      }
      const text = await record.contentText();
      // The parser takes the end of the file for the end of the record.
      if (cutOff(record)) throw new ReadingError("TORN", { records });
      const lines = /html/.test(type)
        ? textOfHtml(text).lines
        : text.split(/\r?\n/).filter((line) => line.trim() !== "");
      for (const line of lines) yield { kind: "text", label, text: line };
    }
  } catch (cause) {
    throw cause instanceof ReadingError ? cause : new ReadingError("TORN", { records }, cause);
  }
  if (records === 0) throw new ReadingError("TORN");
}

/** Bytes that the record's head announced and the file does not have. */
function cutOff(record: WARCRecord): boolean {
  const { limit } = record._reader as { limit?: number };
  return limit !== undefined && limit > 0;
}

export function readWarc(ask: Ask): Opened {
  return { kind: "web-archive", encoding: null, parts: recordsOf(pieces(ask.source, ask.progress), ask) };
}

export function readWacz(ask: Ask): Opened {
  async function* parts(): AsyncGenerator<RawPart> {
    let archives = 0;
    for await (const entry of entriesOf(ask)) {
      if (!/^archive\/[^/]+\.warc(\.gz)?$/i.test(entry.name)) continue;
      archives += 1;
      yield* recordsOf(entry.open(), ask);
    }
    if (archives === 0) throw new ReadingError("TORN");
  }
  return { kind: "web-archive", encoding: null, parts: parts() };
}
