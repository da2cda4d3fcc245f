// Plain text by paragraphs, and JSON with one object a line.
import type { Ask, Opened, RawPart } from "./reader.ts";
import type { Lines } from "./lines.ts";

export function readText(text: Lines): Opened {
  async function* parts(): AsyncGenerator<RawPart> {
    for await (const line of text.lines()) if (line.trim() !== "") yield { kind: "text", text: line };
  }
  return { kind: "text", encoding: text.encoding, parts: parts() };
}

/** `key: value` of everything in a JSON value that is text, number or truth, in its order. */
export function flatten(value: unknown, prefix = "", depth = 0): string[] {
  if (value === null || value === undefined || depth > 12) return [];
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- JSON holds nothing here but text, numbers and flags
  if (typeof value !== "object") return [prefix === "" ? String(value) : `${prefix}: ${String(value)}`];
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, i): [string, unknown] => [String(i + 1), one])
    : Object.entries(value);
  return entries.flatMap(([key, one]) => flatten(one, prefix === "" ? key : `${prefix}.${key}`, depth + 1));
}

export function readJsonLines(ask: Ask, text: Lines): Opened {
  async function* parts(): AsyncGenerator<RawPart> {
    let bad = 0;
    for await (const line of text.lines()) {
      if (line.trim() === "") continue;
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        bad += 1;
        yield { kind: "text", text: line };
        continue;
      }
      const { at } = value as { at?: unknown };
      yield { kind: "row", text: flatten(value).join("\n"), ...(typeof at === "string" && { at }) };
    }
    if (bad > 0) ask.warn({ code: "LINES_NOT_JSON", facts: { lines: bad } });
  }
  return { kind: "json-lines", encoding: text.encoding, parts: parts() };
}
