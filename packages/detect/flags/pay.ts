// Pay that is promised, beside what such work usually pays where the money is from.
import usual from "./norms.json" with { type: "json" };

export interface Norms {
  /** What a first job pays a month, by currency (ISO 4217). To be confirmed by each state. */
  month: Readonly<Record<string, number>>;
  /** How many times that is "above the local norm". */
  above: number;
}
export const usualNorms: Norms = usual;

export interface Pay {
  start: number;
  end: number;
  /** A month, in whole units of the currency. */
  month: number;
  currency: string;
  /** How many times the norm. */
  times: number;
}

const currencies: readonly (readonly [string, RegExp])[] = [
  ["SGD", /s\$|sgd/iu],
  ["USD", /us\$|usdt?|dollars?|dolar(?:es)?|đô|ដុល្លារ|ໂດລາ|ဒေါ်လာ|ดอลลาร์|美元|美金|டாலர்|\$/iu],
  ["IDR", /\brp\b|idr|rupiah|juta|\bjt\b/iu],
  ["MYR", /\brm\b|myr|ringgit|ரிங்கிட்/iu],
  ["THB", /thb|baht|บาท|฿|ဘတ်|ບາດ|បាត/iu],
  ["PHP", /php|₱|pesos?\b|piso\b/iu],
  ["VND", /vnđ?|₫|đồng|triệu|\btr\b/iu],
  ["KHR", /khr|៛|រៀល|riel/iu],
  ["LAK", /lak\b|₭|ກີບ|kip\b/iu],
  ["MMK", /mmk|ကျပ်|kyats?|သိန်း/iu],
  ["CNY", /cny|rmb|人民币|[元块¥￥]/iu],
  ["INR", /inr|₹|\brs\b/iu],
  ["BND", /bnd|b\$/iu],
];
const bounds = currencies.map(([code, shape]) => ({
  code,
  before: new RegExp(`(?:${shape.source}${code === "CNY" ? "|月薪|月入|薪资|底薪" : ""})\\s?$`, "iu"),
  after: new RegExp(`^[\\s+]{0,2}(?:\\D{0,7}?)(?:${shape.source})`, "iu"),
}));
/** Whether money is named at all: most numbers stand beside none, and are left at once. */
const anyMoney = new RegExp(
  [...currencies.map(([, shape]) => shape.source), "月薪|月入|薪资|底薪"].join("|"),
  "iu",
);
const scales: readonly (readonly [RegExp, number])[] = [
  [/^\s?(?:k\b|ribu|rb\b|nghìn|ngàn|พัน|ພັນ|ពាន់|千|mil\b)/iu, 1e3],
  [/^\s?(?:หมื่น|ໝື່ນ|ម៉ឺន|万|萬|သောင်း)/iu, 1e4],
  [/^\s?(?:แสน|ແສນ|សែន|သိန်း|lakhs?)/iu, 1e5],
  [/^\s?(?:juta|jt\b|triệu|tr\b|ล้าน|ລ້ານ|លាន|million|milhões|百万)/iu, 1e6],
];
// A working month of 26 days, a day of 8 hours.
const periods: readonly (readonly [RegExp, number])[] = [
  [/(?:\/|per|a|an|每|毎|se|ต่อ|mỗi|một|por|bawat|kada)?\s?(?:hour|jam\b|giờ|ชั่วโมง|小时|ម៉ោង|ຊົ່ວໂມງ|oras\b|hora)/iu, 208],
  [/(?:\/|per|a|每|se|ต่อ|por|kada)?\s?(?:day\b|daily|hari|ngày|วัน|ມື້|ថ្ងៃ|ရက်|[天日]|dia\b|araw|நாள)/iu, 26],
  [/(?:\/|per|a|每|se|ต่อ|por|kada)?\s?(?:week|minggu|tuần|สัปดาห์|ອາທິດ|សប្តាហ៍|周|星期|semana|linggo|வாரம்)/iu, 4.3],
  [/(?:year|annum|tahun|năm|ปีละ|ต่อปี|年薪|ano\b|taon|வருடம்)/iu, 1 / 12],
]; // prettier-ignore

/** "1.500.000", "1,500", "2.5": signs before three digits part thousands, else they are the decimal sign. */
function amount(written: string): number {
  const digits = written.replace(/[.,](?=\d{3}(?:\D|$))/g, "").replace(",", ".");
  const value = Number(digits.replace(/\.(?=.*\.)/g, ""));
  return Number.isFinite(value) ? value : 0;
}

const numbers = /(?<![\d.,])\d{1,4}(?:[.,]?\d{1,3}){0,5}(?![\d])/g;

/** Promised pay at or over `above` times the norm; places in the text given. */
export function pays(text: string, norms: Norms = usualNorms): Pay[] {
  const found: Pay[] = [];
  for (const hit of text.matchAll(numbers)) {
    const start = hit.index;
    const end = start + hit[0].length;
    const before = text.slice(Math.max(0, start - 6), start);
    const after = text.slice(end, end + 40);
    // "15-20 triệu": the scale and the money stand behind the second number.
    const tail = after.replace(/^\s?(?:-|–|~|to|sampai|hingga|đến|ถึง|至|到)\s?\d[\d.,]*/iu, "");
    const near = tail.slice(0, 14);
    if (!anyMoney.test(before) && !anyMoney.test(near)) continue;
    const leads = bounds.find((one) => one.before.test(before));
    const money = leads ?? bounds.find((one) => one.after.test(near));
    const norm = money && norms.month[money.code];
    if (norm === undefined) continue;
    const lead = leads?.before.exec(before)?.[0].length ?? 0;
    const follow = leads === undefined ? (money?.after.exec(near)?.[0].length ?? 0) : 0;
    const scale = scales.find(([shape]) => shape.test(tail))?.[1] ?? 1;
    const scaled = scales.map(([shape]) => shape.exec(tail)?.[0].length ?? 0);
    const period = periods.find(([shape]) => shape.test(tail.slice(0, 26)))?.[1] ?? 1;
    const month = amount(hit[0]) * scale * period;
    const times = month / norm;
    // A hundred times the norm is no pay but a price, a fund, a telephone number.
    if (times >= norms.above && times <= 100)
      found.push({
        start: start - lead,
        end: end + after.length - tail.length + Math.max(follow, ...scaled),
        month,
        currency: money!.code,
        times,
      });
  }
  return found;
}
