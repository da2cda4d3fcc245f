// Dates of birth as lists write them: Buddhist years, workbook numbers, months in words, and dates that cannot be. What was
// written is always kept; what is doubtful is said, never mended in silence.

export interface Born {
  /** As the list has it. */
  written: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD` in the common era; null where it is no date, or two. */
  read: string | null;
  calendar: "common" | "buddhist" | "unclear";
}
export type BornIssue =
  "born-buddhist" | "born-impossible" | "born-ahead" | "born-too-old" | "born-day-month" | "born-short-year";

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    "jan januari january มกราคม ม.ค. មករា ມັງກອນ ဇန်နဝါရီ enero",
    "feb februari february กุมภาพันธ์ ก.พ. កុម្ភៈ ກຸມພາ ဖေဖော်ဝါရီ pebrero",
    "mar maret march มีนาคม มี.ค. មីនា ມີນາ မတ် marso",
    "apr april เมษายน เม.ย. មេសា ເມສາ ဧပြီ abril",
    "may mei พฤษภาคม พ.ค. ឧសភា ພຶດສະພາ မေ mayo",
    "jun juni june มิถุนายน มิ.ย. មិថុនា ມິຖຸນາ ဇွန် hunyo",
    "jul juli july กรกฎาคม ก.ค. កក្កដា ກໍລະກົດ ဇူလိုင် hulyo",
    "aug agt agustus august สิงหาคม ส.ค. សីហា ສິງຫາ ဩဂုတ် agosto",
    "sep sept september กันยายน ก.ย. កញ្ញា ກັນຍາ စက်တင်ဘာ setyembre",
    "oct okt oktober october ตุลาคม ต.ค. តុលា ຕຸລາ အောက်တိုဘာ oktubre",
    "nov november พฤศจิกายน พ.ย. វិច្ឆិកា ພະຈິກ နိုဝင်ဘာ nobyembre",
    "dec des desember december ธันวาคม ธ.ค. ធ្នូ ທັນວາ ဒီဇင်ဘာ disyembre",
  ].flatMap((line, i) => line.split(" ").map((name) => [name, i + 1])),
);

/** Thai, Lao, Khmer and Burmese digits as the usual ones. */
const zeros = [0x0e50, 0x0ed0, 0x17e0, 0x1040] as const;
const digits = (text: string): string =>
  text.replace(/[\u0e50-\u0e59\u0ed0-\u0ed9\u17e0-\u17e9\u1040-\u1049]/g, (one) => {
    const code = one.charCodeAt(0);
    return String(code - zeros.find((zero) => code >= zero && code <= zero + 9)!);
  });

const two = (value: number): string => String(value).padStart(2, "0");
const sound = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Reads one cell. `now` bounds what a living person's birth can be; null for an empty cell. */
export function readBorn(cell: string, now: Date): { born: Born; issues: BornIssue[] } | null {
  const written = cell.trim().slice(0, 60);
  if (written === "") return null;
  const no = (issue: BornIssue): { born: Born; issues: BornIssue[] } => ({
    born: { written, read: null, calendar: "unclear" },
    issues: [issue],
  });
  const found = parts(digits(written));
  if (found === null) return no("born-impossible");
  const issues: BornIssue[] = [];
  let { year, month, day } = found;
  if (found.short) {
    // Two digits: the latest year that is not ahead; said, because it may be the century before, or a Buddhist one.
    const century = Math.floor(now.getUTCFullYear() / 100) * 100;
    year += century + year > now.getUTCFullYear() ? century - 100 : century;
    issues.push("born-short-year");
  }
  let calendar: Born["calendar"] = "common";
  // Years of the Buddhist era run 543 ahead; no common year of birth lies there.
  if (year >= 2400 && year <= now.getUTCFullYear() + 543) {
    year -= 543;
    calendar = "buddhist";
    issues.push("born-buddhist");
  }
  if (month !== null && day !== null && month > 12 && day <= 12) [month, day] = [day, month];
  if (month !== null && (month < 1 || month > 12)) return no("born-impossible");
  if (month !== null && day !== null && !sound(year, month, day)) return no("born-impossible");
  const read = [
    String(year),
    ...(month === null ? [] : [two(month)]),
    ...(day === null ? [] : [two(day)]),
  ].join("-");
  if (read > now.toISOString().slice(0, read.length))
    return { ...no("born-ahead"), issues: [...issues, "born-ahead"] };
  if (now.getUTCFullYear() - year > 110)
    return { ...no("born-too-old"), issues: [...issues, "born-too-old"] };
  // 03/04: which is the day was not said; day first is the region's way, and it is shown.
  if (found.open && month !== null && day !== null && month <= 12 && day <= 12 && month !== day)
    issues.push("born-day-month");
  return { born: { written, read, calendar }, issues };
}

interface Parts {
  year: number;
  month: number | null;
  day: number | null;
  /** The year has two digits. */
  short: boolean;
  /** Day and month could stand the other way round. */
  open: boolean;
}

function parts(text: string): Parts | null {
  const whole = (year: string, month: string | null, day: string | null, open = false): Parts => ({
    year: Number(year),
    month: month === null ? null : Number(month),
    day: day === null ? null : Number(day),
    short: year.length <= 2,
    open,
  });
  let found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d.*)?$/.exec(text);
  if (found) return whole(found[1]!, found[2]!, found[3]!);
  found = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(text);
  if (found) return whole(found[3]!, found[2]!, found[1]!, true);
  found = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (found) return whole(found[1]!, found[2]!, found[3]!);
  found = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
  if (found) return whole(found[1]!, found[2]!, null);
  if (/^\d{4}$/.test(text)) return whole(text, null, null);
  // A day counted by a workbook (1 is 1 January 1900; it believes in a 29 February of that year).
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const date = new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(text)) * 86_400_000);
    return whole(String(date.getUTCFullYear()), String(date.getUTCMonth() + 1), String(date.getUTCDate()));
  }
  const month = monthIn(text);
  const numbers = text.match(/\d+/g) ?? [];
  const year = numbers.find((one) => one.length === 4) ?? (numbers.length === 2 ? numbers[1] : undefined);
  if (month === null || year === undefined || numbers.length > 2) return null;
  return whole(year, String(month), numbers.find((one) => one !== year && one.length <= 2) ?? null);
}

function monthIn(text: string): number | null {
  const lower = text.toLowerCase();
  for (const word of lower.split(/[\s\d,/-]+/)) {
    const plain = word.replace(/\.$/, "");
    const found = months[word] ?? months[plain];
    if (found !== undefined) return found;
  }
  return null;
}
