// Chat exports as text: WhatsApp and LINE, whose dates and words change with the language of the phone.
import type { Ask, Opened, RawPart } from "./reader.ts";
import type { Lines } from "./lines.ts";

// Left-to-right marks and narrow spaces that WhatsApp puts around its dates.
const clean = (line: string): string =>
  line.replace(/[\u200e\u200f\u202a-\u202e\ufeff]/g, "").replace(/[\u202f\u00a0]/g, " ");

// Thai, Khmer, Lao, Burmese and Arabic-Indic digits, as phones in those languages write their dates.
const zeros = [0x0e50, 0x17e0, 0x0ed0, 0x1040, 0x0660];
function digitOf(digit: string): number {
  const code = digit.charCodeAt(0);
  return code - zeros.find((zero) => code >= zero && code < zero + 10)!;
}
const digits = (text: string): string =>
  text.replace(/[\u0e50-\u0e59\u17e0-\u17e9\u0ed0-\u0ed9\u1040-\u1049\u0660-\u0669]/g, (digit) =>
    String(digitOf(digit)),
  );

// `[1/2/31, 21:05:33] `, `1/2/31, 9:05 PM - `, `01.02.31, 21:05 - `, `03/02/31 19.02 - `, `2031/2/1 21:05 - `, with
// "a.m.", 上午/下午, SA/CH, PG/PTG, ព្រឹក/ល្ងាច or "น." around the time.
const opening =
  /^\[?(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4}),?\s+(?:(上午|下午|凌晨|早上|中午|晚上|SA|CH|PG|PTG|ព្រឹក|ល្ងាច)\s?)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s?([AaPp]\.?\s?[Mm]\.?|SA|CH|PG|PTG|ព្រឹក|ល្ងាច|น\.)?(?:\]\s|\s-\s)/;

interface Stamp {
  order: [number, number, number];
  hour: number;
  minute: number;
  second: number;
  length: number;
}

function stampOf(line: string): Stamp | null {
  const match = opening.exec(digits(line));
  if (match === null) return null;
  const [all, a, , b, c, before, h, m, s, after] = match;
  let hour = Number(h);
  const half = (before ?? after ?? "").toLowerCase().replaceAll(/[\s.]/g, "");
  if (["pm", "下午", "晚上", "ch", "ptg", "ល្ងាច"].includes(half) && hour < 12) hour += 12;
  if (["am", "上午", "凌晨", "sa", "pg", "ព្រឹក"].includes(half) && hour === 12) hour = 0;
  if (hour > 23 || Number(m) > 59) return null;
  return {
    order: [Number(a), Number(b), Number(c)],
    hour,
    minute: Number(m),
    second: Number(s ?? 0),
    length: all.length,
  };
}

type Order = "dmy" | "mdy" | "ymd";

/** Which of the numbers is the day: seen from those over 12, and from the year's place. */
function orderOf(stamps: readonly Stamp[]): { order: Order; sure: boolean } {
  if (stamps.some(({ order: [a] }) => a > 31)) return { order: "ymd", sure: true };
  if (stamps.some(({ order: [a] }) => a > 12)) return { order: "dmy", sure: true };
  if (stamps.some(({ order: [, b] }) => b > 12)) return { order: "mdy", sure: true };
  return { order: "dmy", sure: false };
}

const two = (value: number): string => String(value).padStart(2, "0");

function timeOf({ order: [a, b, c], hour, minute, second }: Stamp, order: Order): string | undefined {
  const [year, month, day] = order === "ymd" ? [a, b, c] : order === "dmy" ? [c, b, a] : [c, a, b];
  let full = year < 100 ? 2000 + year : year;
  // Thai phones count from the Buddha: 2574 is 2031.
  if (full > 2400) full -= 543;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return `${full}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

export function isWhatsApp(head: readonly string[]): boolean {
  const stamped = head.filter((line) => stampOf(clean(line)) !== null).length;
  return stamped > 0 && (stamped >= 3 || stampOf(clean(head[0] ?? "")) !== null);
}

export function readWhatsApp(ask: Ask, text: Lines): Opened {
  const stamps = text.head.map((line) => stampOf(clean(line))).filter((stamp) => stamp !== null);
  const { order, sure } = orderOf(stamps);
  if (!sure) ask.warn({ code: "DAY_OR_MONTH_FIRST", facts: { order } });
  ask.warn({ code: "TIMES_WITHOUT_ZONE" });
  async function* parts(): AsyncGenerator<RawPart> {
    let open: RawPart | null = null;
    for await (const raw of text.lines()) {
      const line = clean(raw);
      const stamp = stampOf(line);
      if (stamp === null) {
        // A message goes on until the next stamp; a huge one is handed over as it grows.
        if (open !== null && open.text.length < 200_000) open.text += `\n${raw}`;
        else if (open !== null) {
          const more: RawPart = open;
          yield more;
          open = { ...more, text: raw };
        } else if (raw.trim() !== "") open = { kind: "note", text: raw };
        continue;
      }
      if (open !== null) yield open;
      const said = line.slice(stamp.length);
      const at = timeOf(stamp, order);
      const sender = /^([^:\n]{1,80}): ?/.exec(said);
      const text = sender === null ? said : said.slice(sender[0].length);
      open = {
        kind: sender === null ? "note" : "message",
        text,
        ...(at && { at }),
        ...(sender && { sender: sender[1]! }),
      };
    }
    if (open !== null) yield open;
  }
  return { kind: "whatsapp", encoding: text.encoding, parts: parts() };
}

// `2031/02/03(Mon)`, `2031.02.03 Monday`, `Mon, 02/03/2031`, `พฤ. 03/02/2574`, `2031年2月3日 星期一`.
const lineDay =
  /^(?:\p{L}[\p{L}\p{M}.]{0,12},? )?(\d{4})[./年-]\s?(\d{1,2})[./月-]\s?(\d{1,2})日?(?:\s?\(?[\p{L}\p{M}.]+\)?)?$|^(?:\p{L}[\p{L}\p{M}.]{0,12},? )?(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s?\(?[\p{L}\p{M}.]+\)?)?$/u;
const lineTime = /^(?:(上午|下午|AM|PM) ?)?(\d{1,2}):(\d{2})(?: ?(AM|PM))?\t([^\t]{0,200})\t(.*)$/i;

export function isLine(head: readonly string[]): boolean {
  if (/^\[LINE\]/.test(clean(head[0] ?? ""))) return true;
  return (
    head.some((line) => lineDay.test(clean(line).trim())) && head.some((line) => lineTime.test(clean(line)))
  );
}

/** LINE quotes a message of several lines. */
const unquoted = (part: RawPart): RawPart => ({
  ...part,
  text: part.text.trimEnd().replace(/^"([^]*)"$/, "$1"),
});

export function readLine(ask: Ask, text: Lines): Opened {
  ask.warn({ code: "TIMES_WITHOUT_ZONE" });
  async function* parts(): AsyncGenerator<RawPart> {
    let day: string | undefined;
    let open: RawPart | null = null;
    for await (const raw of text.lines()) {
      const line = digits(clean(raw));
      const date = lineDay.exec(line.trim());
      const message = lineTime.exec(clean(raw));
      if (date === null && message === null) {
        if (open !== null && open.text.length < 200_000) open.text += `\n${raw}`;
        else if (raw.trim() !== "") yield { kind: "note", text: raw };
        continue;
      }
      if (open !== null) yield unquoted(open);
      open = null;
      if (date !== null) {
        const [, y, m, d, d2, m2, y2] = date;
        const year = Number(y ?? y2);
        day = `${year > 2400 ? year - 543 : year}-${two(Number(m ?? m2))}-${two(Number(d ?? d2))}`;
      } else if (message !== null) {
        const [, before, h, m, after, sender, said] = message;
        let hour = Number(h);
        const half = (before ?? after ?? "").toUpperCase();
        if ((half === "PM" || half === "下午") && hour < 12) hour += 12;
        if ((half === "AM" || half === "上午") && hour === 12) hour = 0;
        open = {
          kind: sender === "" ? "note" : "message",
          text: said!,
          ...(sender && { sender }),
          ...(day && { at: `${day}T${two(hour)}:${m}:00` }),
        };
      }
    }
    if (open !== null) yield unquoted(open);
  }
  return { kind: "line", encoding: text.encoding, parts: parts() };
}
