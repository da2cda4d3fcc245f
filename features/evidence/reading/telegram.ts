// Telegram's result.json, read object by object: a brace counter finds each message, so the file is never held whole.
import { ReadingError } from "../contract.ts";
import type { Lines } from "./lines.ts";
import type { Opened, RawPart } from "./reader.ts";

interface Message {
  type?: string;
  date?: string;
  date_unixtime?: string;
  from?: string | null;
  actor?: string | null;
  action?: string;
  text?: unknown;
  forwarded_from?: string | null;
  file_name?: string;
  photo?: string;
  phone_number?: string;
  contact_information?: { first_name?: string; last_name?: string; phone_number?: string };
}

export const isTelegram = (head: readonly string[]): boolean => {
  const text = head.join("\n").slice(0, 20_000);
  return /"messages"\s*:\s*\[/.test(text) || (/"chats"\s*:\s*\{/.test(text) && /"list"\s*:\s*\[/.test(text));
};

const longest = 4_000_000;

/** Yields the JSON text of every object that stands directly in an array named `messages`, and `name` of its chat. */
export async function* objectsIn(
  text: AsyncIterable<string>,
  arrayName: string,
): AsyncGenerator<{ json: string; chat: string | null }> {
  let depth = 0;
  let inText = false;
  let escaped = false;
  let word = "";
  let key: string | null = null;
  let lastWord: string | null = null;
  let chat: string | null = null;
  /** Depth of the array we are in, and of the object being copied. */
  let arrayDepth = -1;
  let copying = false;
  let copy = "";
  for await (const some of text) {
    let from = 0;
    for (let i = 0; i < some.length; i++) {
      const letter = some[i]!;
      if (inText) {
        if (escaped) escaped = false;
        else if (letter === "\\") escaped = true;
        else if (letter === '"') {
          inText = false;
          lastWord = word;
          if (!copying && key === "name" && arrayDepth < 0) chat = safe(word);
        }
        if (!copying && inText && word.length < 200) word += letter;
        continue;
      }
      if (letter === '"') {
        inText = true;
        word = "";
      } else if (letter === ":") key = lastWord;
      else if (letter === ",") key = null;
      else if (letter === "{" || letter === "[") {
        depth += 1;
        if (letter === "[" && arrayDepth < 0 && key === arrayName) arrayDepth = depth;
        else if (letter === "{" && arrayDepth >= 0 && depth === arrayDepth + 1) {
          copying = true;
          copy = "";
          from = i;
        }
        key = null;
      } else if (letter === "}" || letter === "]") {
        if (depth === 0) throw new ReadingError("TORN");
        if (letter === "}" && copying && depth === arrayDepth + 1) {
          yield { json: copy + some.slice(from, i + 1), chat };
          copying = false;
        }
        if (letter === "]" && depth === arrayDepth) arrayDepth = -1;
        depth -= 1;
      }
    }
    if (copying) {
      copy += some.slice(from);
      if (copy.length > longest)
        throw new ReadingError("TOO_LARGE_TO_READ", { size: copy.length, limit: longest });
    }
  }
  if (depth !== 0 || inText) throw new ReadingError("TORN");
}

const safe = (word: string): string => {
  try {
    return JSON.parse(`"${word}"`) as string;
  } catch {
    return word;
  }
};

/** Telegram writes a text as a string, or as pieces of which some are links and mentions. */
function plain(text: unknown): string {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return "";
  return text
    .map((piece: unknown) => {
      if (typeof piece === "string") return piece;
      const { text: said, href } = (piece ?? {}) as { text?: unknown; href?: unknown };
      const shown = typeof said === "string" ? said : "";
      return typeof href === "string" && href !== shown ? `${shown} <${href}>` : shown;
    })
    .join("");
}

export function readTelegram(text: Lines): Opened {
  async function* parts(): AsyncGenerator<RawPart> {
    for await (const { json, chat } of objectsIn(text.text(), "messages")) {
      let message: Message;
      try {
        message = JSON.parse(json) as Message;
      } catch (cause) {
        throw new ReadingError("TORN", {}, cause);
      }
      const contact = message.contact_information;
      const said = [
        plain(message.text),
        message.forwarded_from ? `[forwarded from ${message.forwarded_from}]` : "",
        message.action ? `[${message.action}]` : "",
        contact
          ? [contact.first_name, contact.last_name, contact.phone_number].filter(Boolean).join(" ")
          : "",
        message.file_name ?? "",
      ].filter((one) => one !== "");
      const seconds = Number(message.date_unixtime);
      const at =
        message.date_unixtime !== undefined && Number.isFinite(seconds) && Math.abs(seconds) < 1e11
          ? new Date(seconds * 1000).toISOString().replace(".000Z", "Z")
          : message.date;
      const sender = message.from ?? message.actor ?? undefined;
      yield {
        kind: message.type === "message" ? "message" : "note",
        text: said.join("\n"),
        ...(at && { at }),
        ...(sender && { sender }),
        ...(chat !== null && { label: chat }),
      };
    }
  }
  return { kind: "telegram", encoding: text.encoding, parts: parts() };
}
