// Telegram's result.json: one chat, or all of an account; each message that says something is an advert.
import type { AdRecord } from "../take-in.ts";

interface Chat {
  name?: unknown;
  messages?: unknown;
}

/** Telegram writes a text as a string, or as pieces of which some are links: a hidden address is written out behind its words. */
export function plainTelegram(text: unknown): string {
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

/** Null when it is no export. Who wrote a message is not taken along: the chat and the message's number say where it is. */
export function telegramRecords(whole: unknown): AdRecord[] | null {
  const { messages, chats } = (whole ?? {}) as Chat & { chats?: { list?: unknown } };
  const list = Array.isArray(chats?.list)
    ? (chats.list as Chat[])
    : Array.isArray(messages)
      ? [whole as Chat]
      : null;
  if (list === null) return null;
  return list.flatMap(({ name, messages: said }) =>
    (Array.isArray(said) ? said : []).flatMap((one: unknown): AdRecord[] => {
      const { id, text, date, date_unixtime: seconds, type } = (one ?? {}) as Record<string, unknown>;
      const plain = plainTelegram(text);
      if (plain.trim() === "" || (typeof type === "string" && type !== "message")) return [];
      const at = typeof seconds === "string" ? seconds : typeof date === "string" ? date : undefined;
      return [
        {
          text: plain,
          origin: `${typeof name === "string" ? name : ""} #${typeof id === "number" ? id : ""}`.trim(),
          postedAt: at,
        },
      ];
    }),
  );
}
