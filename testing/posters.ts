// Renders an invented poster, as people post them in groups: a coloured sheet with a heading and lines of text, in a real browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";

const { resolve } = createRequire(import.meta.url);
const scripts = ["khmer", "lao", "myanmar", "tamil", "thai"] as const;

/** A face of the house as a data address: a page without an address of its own may load no file. */
function face(folder: string, subset: string, range: string): string {
  const file = resolve(`@fontsource/${folder}/files/${folder}-${subset}-400-normal.woff2`);
  return `@font-face{font-family:poster;src:url(data:font/woff2;base64,${readFileSync(file).toString("base64")});unicode-range:${range}}`;
}
const rangesOf = (folder: string): Record<string, string> =>
  JSON.parse(readFileSync(resolve(`@fontsource/${folder}/unicode.json`), "utf8")) as Record<string, string>;

/** "U+4e00,U+4e8c-4e94": whether a letter of the text is among them. */
const touches = (range: string, text: string): boolean =>
  range.split(",").some((part) => {
    const [from, to = from] = part.trim().slice(2).split("-").map((hex) => parseInt(hex, 16)); // prettier-ignore
    return Array.from(text).some(
      (letter) => letter.codePointAt(0)! >= from! && letter.codePointAt(0)! <= to!,
    );
  });

/** Chinese comes in a hundred pieces: those that the text needs. */
const chinese = (text: string): string =>
  Object.entries(rangesOf("noto-sans-sc"))
    .filter(([piece, range]) => piece.startsWith("[") && touches(range, text.replace(/\P{Script=Han}/gu, "")))
    .map(([piece, range]) => face("noto-sans-sc", piece.slice(1, -1), range))
    .join("");

const faces = (text: string): string =>
  [
    ...["latin", "latin-ext", "vietnamese"].map((subset) => face("noto-sans", subset, rangesOf("noto-sans")[subset]!)), // prettier-ignore
    ...scripts.map((script) => face(`noto-sans-${script}`, script, rangesOf(`noto-sans-${script}`)[script]!)),
    chinese(text),
  ].join("");

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>");

/** Lures that nobody wrote, as posters say them. */
export const posterTexts = {
  en: {
    heading: "EXERCISE: Customer service wanted",
    text: "Work in Poipet, salary 1,500 USD a month\nNo experience needed, free ticket and visa\nSend a photo of your passport today\nTelegram: @exercise_jobs_88 or +855 12 000 001",
  },
  id: {
    heading: "LATIHAN: Dibutuhkan segera admin",
    text: "Penempatan Sihanoukville, gaji 15 juta per bulan\nTanpa pengalaman, tiket dan visa ditanggung\nKirim foto paspor sekarang juga\nHubungi +62 812-0000-1234",
  },
  vi: {
    heading: "DIỄN TẬP: Tuyển gấp nhân viên",
    text: "Việc nhẹ lương cao tại Campuchia, 25 triệu một tháng\nKhông cần kinh nghiệm, bao vé máy bay và visa\nGửi ảnh hộ chiếu ngay hôm nay\nZalo: 0900 000 123",
  },
  th: {
    heading: "แบบฝึกหัด: รับสมัครแอดมินด่วน",
    text: "ทำงานที่ปอยเปต เงินเดือน 35,000 บาท\nไม่ต้องมีประสบการณ์ ฟรีตั๋วเครื่องบินและวีซ่า\nส่งรูปหนังสือเดินทางวันนี้\nโทร 081-000-1234",
  },
  zh: {
    heading: "演习：急招客服",
    text: "工作地点妙瓦底，月薪两万元\n无需经验，包机票和签证\n今天把护照照片发过来\n电话 138-0000-1234",
  },
  my: {
    heading: "လေ့ကျင့်ခန်း ဝန်ထမ်းအလိုရှိသည်",
    text: "မြဝတီတွင် အလုပ်လုပ်ရန် လစာကောင်း\nအတွေ့အကြုံမလို လေယာဉ်လက်မှတ်အခမဲ့\nပတ်စပို့ပို့ပါ\nဖုန်း 09 421 234 567",
  },
  km: {
    heading: "លំហាត់៖ ត្រូវការបុគ្គលិកបន្ទាន់",
    text: "ធ្វើការនៅប៉ោយប៉ែត ប្រាក់ខែខ្ពស់\nមិនត្រូវការបទពិសោធន៍ សំបុត្រយន្តហោះឥតគិតថ្លៃ\nផ្ញើលិខិតឆ្លងដែនថ្ងៃនេះ\nទូរស័ព្ទ 012 345 678",
  },
} as const;

/** A PNG, 900 pixels wide, light letters in the heading on colour, dark ones below. */
export const poster = (browser: Browser, of: { heading: string; text: string }): Promise<Buffer> =>
  drawn(browser, of, "", (page) => page.screenshot({ fullPage: true }));

/** The same on a screen that somebody photographed: at a slant, with the lines of the screen, a glare, and a camera's JPEG. */
export const photographed = (browser: Browser, of: { heading: string; text: string }): Promise<Buffer> =>
  drawn(
    browser,
    of,
    `html{background:#333;padding:40px}
     body{width:900px;transform:perspective(1600px) rotateY(7deg) rotateX(4deg) rotate(-1.2deg);filter:blur(.5px) contrast(.85)}
     body::after{content:"";position:absolute;inset:0;background:
       repeating-linear-gradient(0deg,rgba(0,0,0,.07) 0 1px,transparent 1px 3px),
       radial-gradient(circle at 80% 15%,rgba(255,255,255,.45),transparent 45%)}`,
    (page) => page.screenshot({ type: "jpeg", quality: 70 }),
  );

async function drawn(
  browser: Browser,
  of: { heading: string; text: string },
  style: string,
  shot: (page: Page) => Promise<Buffer>,
): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: style === "" ? 900 : 1060, height: 700 } });
  try {
    await page.setContent(`<style>${faces(of.heading + of.text)}
      body{margin:0;font:30px/1.7 poster,sans-serif;background:#fdf3d8;color:#222}
      h1{margin:0;padding:36px 48px;background:#7a1f2b;color:#fff;font:46px/1.5 poster,sans-serif}
      p{margin:0;padding:36px 48px}${style}</style><h1>${escaped(of.heading)}</h1><p>${escaped(of.text)}</p>`);
    await page.evaluate("document.fonts.ready.then(() => true)");
    return await shot(page);
  } finally {
    await page.close();
  }
}

/** Letters to change, put in or take out, by letter of what stands there; a line may end anywhere. */
export function letterError(read: string, stands: string): number {
  const [a, b] = [read, stands].map((text) =>
    Array.from(text.normalize("NFC").replace(/\s+/gu, " ").trim()),
  ) as [string[], string[]];
  const row = [0, ...b.map((_, at) => at + 1)];
  for (const [at, letter] of a.entries()) {
    let corner = row[0]!;
    row[0] = at + 1;
    for (let to = 1; to <= b.length; to++) {
      const above = row[to]!;
      row[to] = Math.min(above + 1, row[to - 1]! + 1, corner + (letter === b[to - 1] ? 0 : 1));
      corner = above;
    }
  }
  return row.at(-1)! / b.length;
}
