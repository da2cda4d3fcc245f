// RSS 2.0, RSS 1.0 and Atom (RFC 4287): each entry is an advert with its address and day.
import { adLimits, AdsError } from "../contract.ts";
import type { AdRecord } from "../take-in.ts";

const texts = new Set(["title", "description", "summary", "content", "encoded"]);
const names = new Set(["guid", "id"]);
const roots = new Set(["rss", "RDF", "feed"]);
const days = new Set(["pubDate", "published", "updated", "date"]);
const entities: Readonly<Record<string, string>> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ",
}; // prettier-ignore

/** The five entities of XML and numbered letters; no other is expanded, so none can swell. */
const unescaped = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (hit, ten?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? hit;
      const point = ten === undefined ? parseInt(hex!, 16) : Number(ten);
      return point > 0 && point < 0x110000 && (point < 0xd800 || point > 0xdfff)
        ? String.fromCodePoint(point)
        : "";
    },
  );

/** Markup within an entry or a message is layout; addresses behind links are kept. */
export const plainMarkup = (text: string): string =>
  unescaped(
    text
      .replace(/<a\s[^>]{0,1000}?href="([^"]{1,500})"[^>]{0,1000}>/gi, " $1 ")
      .replace(/<(?:br|p|div|li)\b[^>]{0,1000}>/gi, "\n")
      .replace(/<\/?[a-z][^>]{0,2000}>/gi, ""),
  ).trim();

type Piece =
  | { kind: "open"; name: string; attributes: string; closed: boolean }
  | { kind: "close"; name: string }
  | { kind: "text"; text: string };

const local = (name: string): string => name.slice(name.indexOf(":") + 1);
const torn = (what: string): AdsError => new AdsError("NOT_READABLE", `xml ${what}`);

/** Tag by tag, in time that grows with the length. Throws `NOT_READABLE`: a declared entity could be anything. */
function* pieces(xml: string): Generator<Piece> {
  const until = (mark: string, from: number): number => {
    const at = xml.indexOf(mark, from);
    if (at < 0) throw torn(mark);
    return at;
  };
  for (let at = 0; at < xml.length;) {
    const next = xml.indexOf("<", at);
    if (next !== at) {
      yield { kind: "text", text: unescaped(xml.slice(at, next < 0 ? undefined : next)) };
      if (next < 0) return;
    }
    if (xml.startsWith("<!--", next)) at = until("-->", next) + 3;
    else if (xml.startsWith("<![CDATA[", next)) {
      const end = until("]]>", next);
      yield { kind: "text", text: xml.slice(next + 9, end) };
      at = end + 3;
    } else if (xml.startsWith("<?", next)) at = until("?>", next) + 2;
    else if (xml.startsWith("<!", next)) throw torn("doctype");
    else {
      const end = until(">", next);
      const inner = xml.slice(next + 1, end);
      const [, slash, name, attributes] = /^(\/?)([\p{L}_][\p{L}\p{N}_.:-]*)([\s\S]*)$/u.exec(inner) ?? [];
      if (name === undefined) throw torn("tag");
      if (slash === "/") yield { kind: "close", name: local(name) };
      else yield { kind: "open", name: local(name), attributes: attributes!, closed: inner.endsWith("/") };
      at = end + 1;
    }
  }
}

/** Throws `NOT_READABLE` for what is not well formed, `LIMIT_REACHED`. */
export function feedRecords(xml: string): AdRecord[] {
  const records: AdRecord[] = [];
  const open: string[] = [];
  let entry: { parts: string[]; origin?: string; postedAt?: string; name?: string; depth: number } | null =
    null;
  let said = "";
  for (const piece of pieces(xml)) {
    if (piece.kind === "text") {
      if (entry !== null && said.length < adLimits.text) said += piece.text;
    } else if (piece.kind === "open") {
      const { name, attributes, closed } = piece;
      if (open.length === 0 && !roots.has(name)) throw torn("root");
      if (entry === null && (name === "item" || name === "entry")) entry = { parts: [], depth: open.length };
      else if (entry?.depth === open.length - 1) {
        said = "";
        const href = /\shref="([^"]{1,1000})"/.exec(attributes)?.[1];
        if (name === "link" && href !== undefined) entry.origin ??= unescaped(href);
      }
      if (!closed) open.push(name);
    } else {
      if (open.pop() !== piece.name) throw torn(piece.name);
      if (entry === null) continue;
      if (entry.depth === open.length) {
        const { parts, origin, postedAt, name } = entry;
        records.push({
          text: parts.join("\n"),
          ...(origin && { origin }),
          ...(postedAt && { postedAt }),
          ...(name && { entry: name }),
        });
        if (records.length > adLimits.records) throw new AdsError("LIMIT_REACHED");
        entry = null;
      } else if (entry.depth === open.length - 1) {
        if (texts.has(piece.name)) entry.parts.push(plainMarkup(said));
        else if (names.has(piece.name)) entry.name ??= said.trim().slice(0, 2000);
        else if (days.has(piece.name)) entry.postedAt ??= said.trim();
        else if (piece.name === "link" && said.trim() !== "") entry.origin ??= said.trim();
      }
    }
  }
  if (open.length > 0) throw torn("end");
  return records;
}
