// Telegram's messages.html, which its export writes unless one asks for JSON: each message that says something is an advert.
import type { AdRecord } from "../take-in.ts";
import { plainMarkup } from "./feed.ts";

const message = '<div class="message default';
const opening = '<div class="text">';

export const isTelegramPage = (text: string): boolean =>
  text.includes('<div class="page_header') && text.includes(message);

/** As Telegram writes it, "12.03.2031 10:22:33 UTC+07:00"; releases before 2022 name no zone, and say no instant then. */
const moment = /title="(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d) UTC([+-]\d\d:\d\d)"/;

/** Who wrote a message is not taken along: the chat and the message's number say where it is. */
export function telegramPage(page: string): AdRecord[] {
  const chat = textIn(page.slice(page.indexOf('<div class="page_header')), '<div class="text bold">');
  const records: AdRecord[] = [];
  for (let at = page.indexOf(message); at >= 0;) {
    const next = page.indexOf(message, at + message.length);
    const one = page.slice(at, next < 0 ? undefined : next);
    at = next;
    const text = textIn(one, opening);
    if (text === "") continue;
    const head = one.slice(0, 4000);
    const [, day, month, year, time, zone] = moment.exec(head) ?? [];
    records.push({
      text,
      origin: `${chat} #${/id="message(\d+)"/.exec(head)?.[1] ?? ""}`.trim(),
      ...(day !== undefined && { postedAt: `${year!}-${month!}-${day}T${time!}${zone!}` }),
    });
  }
  return records;
}

/** What stands in the first such element; within it there is markup of lines and links alone. */
function textIn(html: string, element: string): string {
  const from = html.indexOf(element);
  if (from < 0) return "";
  const end = html.indexOf("</div>", from);
  return plainMarkup(html.slice(from + element.length, end < 0 ? undefined : end));
}
