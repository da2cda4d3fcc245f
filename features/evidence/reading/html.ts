// A saved page as the text a person saw, with the addresses behind its links; scripts and styles left out.
import type { Lines } from "./lines.ts";
import type { Opened, RawPart } from "./reader.ts";

const silent = /^(script|style|noscript|template|svg|head)$/;
const breaking =
  /^(p|div|br|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|nav|aside|blockquote|pre|hr|form|option|dd|dt|figcaption|title|td|th)$/;
const names: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  copy: "©",
  reg: "®",
  trade: "™",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  laquo: "«",
  raquo: "»",
  bull: "•",
  middot: "·",
  euro: "€",
  zwnj: "",
  zwj: "",
  shy: "",
};

export const unescapeHtml = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,10}));/g,
    (all, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return names[name] ?? all;
      const code = decimal !== undefined ? Number(decimal) : parseInt(hex!, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(tag);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? null : unescapeHtml(value);
};

/** Tolerant by design: a saved page is rarely well formed, and nothing of it is ever run. */
export function textOfHtml(html: string): { title: string | null; lines: string[] } {
  let out = "";
  let title: string | null = null;
  let skipping: string | null = null;
  let link: string | null = null;
  const bare = html.replace(/<!--[\s\S]*?(?:-->|$)/g, "").replace(/<!\[CDATA\[|\]\]>|<[!?][^>]*>/g, "");
  const pattern = /<(\/?)([a-zA-Z][\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|([^<]+|<)/g;
  for (const [, close, rawName, attributes, text] of bare.matchAll(pattern)) {
    const name = rawName?.toLowerCase();
    if (name === undefined) {
      if (skipping === null) out += unescapeHtml(text!).replace(/\s+/g, " ");
      else if (skipping === "title") title = (title ?? "") + unescapeHtml(text!);
      continue;
    }
    if (name === "title") skipping = close === "" ? "title" : "head";
    if (name === "body") skipping = null;
    if (silent.test(name) && skipping !== "title") {
      if (close !== "" && (skipping === name || name === "head")) skipping = null;
      else if (close === "" && skipping === null) skipping = name;
    }
    if (skipping !== null) continue;
    if (name === "a" && close === "") link = attribute(` ${attributes ?? ""}`, "href");
    if (name === "a" && close !== "" && link !== null) {
      if (/^(https?:|tel:|mailto:|tg:|whatsapp:|line:|weixin:|viber:)/i.test(link) && !out.endsWith(link))
        out += ` <${link}> `;
      link = null;
    }
    if (name === "img" || name === "meta") {
      const alt = attribute(` ${attributes ?? ""}`, "alt");
      if (alt) out += ` ${alt} `;
    }
    if (breaking.test(name)) out += "\n";
  }
  const lines = out
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
  return { title: title?.replace(/\s+/g, " ").trim() ?? null, lines };
}

export const looksLikeHtml = (head: readonly string[]): boolean =>
  /^\s*(?:<!--[\s\S]*?-->\s*)?(?:<!doctype html|<html[\s>]|<head[\s>]|<body[\s>])/i.test(
    head.join("\n").slice(0, 4000),
  );

export async function readPage(text: Lines): Promise<Opened> {
  let html = "";
  for await (const some of text.text()) html += some;
  const { title, lines } = textOfHtml(html);
  // eslint-disable-next-line @typescript-eslint/require-await -- readers stream; this format comes whole
  async function* parts(): AsyncGenerator<RawPart> {
    if (title) yield { kind: "field", label: "title", text: title };
    for (const line of lines) yield { kind: "text", text: line };
  }
  return { kind: "page", encoding: text.encoding, parts: parts() };
}
