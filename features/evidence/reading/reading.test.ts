// What officers really have, and what is wrong with it: every kind is read, every bad file refused by name.
import { createCipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import Excel from "exceljs";
import iconv from "iconv-lite";
import sharp from "sharp";
import { expect, test } from "vitest";
import yazl from "yazl";
import { given } from "../../../testing/data.ts";
import type { Part } from "../contract.ts";
import { usualReadingLimits } from "./limits.ts";
import { sourceOf } from "./reader.ts";
import { runReader } from "./run.ts";
import { readSegments, unpackSegment, type Summary } from "./segments.ts";

interface Read extends Summary {
  all: Part[];
}

async function read(name: string, bytes: Uint8Array | string, limits = usualReadingLimits): Promise<Read> {
  const all: Part[] = [];
  const source = sourceOf(typeof bytes === "string" ? Buffer.from(bytes) : bytes);
  const summary = await readSegments({ name, source, limits, progress: () => undefined }, (segment) => {
    all.push(...unpackSegment(segment));
    return Promise.resolve();
  });
  return { ...summary, all };
}

const zipOf = (files: Record<string, Buffer>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const zip = new yazl.ZipFile();
    for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name);
    zip.end();
    const parts: Buffer[] = [];
    zip.outputStream
      .on("data", (part: Buffer) => parts.push(part))
      .on("end", () => resolve(Buffer.concat(parts)))
      .on("error", reject);
  });

const said = ({ all }: Read): (string | undefined)[][] =>
  all.map((part) => [part.at, part.sender, part.text]);

test.each([
  ["Indonesian", "03/02/31 19.02 - Dimas: Halo kak\n25/02/31 19.05 - Dimas: dua\nbaris"],
  ["iPhone", "[03/02/2031, 19:02:00] Dimas: Halo kak\n[25/02/2031, 19:05:00] Dimas: dua\nbaris"],
  ["American", "2/3/31, 7:02\u202fPM - Dimas: Halo kak\n2/25/31, 7:05\u202fPM - Dimas: dua\nbaris"],
  ["German", "03.02.31, 19:02 - Dimas: Halo kak\n25.02.31, 19:05 - Dimas: dua\nbaris"],
  ["Chinese", "2031/2/3 下午7:02 - Dimas: Halo kak\n2031/2/25 下午7:05 - Dimas: dua\nbaris"],
  ["Malay", "03/02/2031, 7:02 PTG - Dimas: Halo kak\n25/02/2031, 7:05 PTG - Dimas: dua\nbaris"],
  ["Vietnamese", "03/02/2031, 7:02 CH - Dimas: Halo kak\n25/02/2031, 7:05 CH - Dimas: dua\nbaris"],
  ["Thai, counted from the Buddha", "3/2/2574 19:02 - Dimas: Halo kak\n25/2/2574 19:05 - Dimas: dua\nbaris"],
  ["Khmer digits", "០៣/០២/៣១, ១៩:០២ - Dimas: Halo kak\n២៥/០២/៣១, ១៩:០៥ - Dimas: dua\nbaris"],
])("a WhatsApp export of a phone set to %s is read message by message", async (_, text) => {
  const reading = await read("chat.txt", text);
  expect(reading.kind).toBe("whatsapp");
  expect(said(reading)).toEqual([
    ["2031-02-03T19:02:00", "Dimas", "Halo kak"],
    ["2031-02-25T19:05:00", "Dimas", "dua\nbaris"],
  ]);
});

test("a WhatsApp export whose days are all under 13 says that it chose day before month", async () => {
  const reading = await read("chat.txt", "03/02/31 19.02 - Dimas: Halo");
  expect(reading.warnings).toContainEqual({ code: "DAY_OR_MONTH_FIRST", facts: { order: "dmy" } });
});

test.each([
  [
    "Thai",
    '[LINE] ประวัติการแชทกับ Melly\nบันทึกเมื่อ 2031/02/03 19:00\n\nจ. 03/02/2574\n19:02\tMelly\tสนใจงานไหม\n19:03\tFah\t"สนใจค่ะ\nเงินเดือนเท่าไหร่"\n',
  ],
  [
    "English",
    '[LINE] Chat history with Melly\nSaved on: 2031/02/03, 19:00\n\n2031/02/03(Mon)\n07:02 PM\tMelly\tสนใจงานไหม\n07:03 PM\tFah\t"สนใจค่ะ\nเงินเดือนเท่าไหร่"\n',
  ],
])("a LINE export in %s is read message by message", async (_, text) => {
  const reading = await read("line.txt", text);
  expect(reading.kind).toBe("line");
  expect(said(reading).filter(([at]) => at !== undefined)).toEqual([
    ["2031-02-03T19:02:00", "Melly", "สนใจงานไหม"],
    ["2031-02-03T19:03:00", "Fah", "สนใจค่ะ\nเงินเดือนเท่าไหร่"],
  ]);
});

test("a Telegram export is read object by object, in its own names, with addresses behind words", async () => {
  const messages = [
    {
      id: 1,
      type: "message",
      date: "2031-01-12T09:14:03",
      date_unixtime: "1926123243",
      from: 'Kak "Melly"',
      text: [
        "Hubungi ",
        { type: "mention", text: "@melly" },
        { type: "text_link", text: "di sini", href: "https://t.me/melly" },
      ],
    },
    {
      id: 2,
      type: "service",
      date: "2031-01-12T09:15:03",
      actor: "Dimas",
      action: "join_group_by_link",
      text: "",
    },
  ];
  for (const whole of [
    { name: "LOKER {[", type: "personal_chat", id: 1, messages },
    { chats: { about: "x", list: [{ name: "LOKER {[", id: 1, messages }] } },
  ]) {
    const reading = await read("result.json", JSON.stringify(whole, null, 1));
    expect(reading.kind).toBe("telegram");
    expect(reading.all.map(({ at, sender, text, label }) => ({ at, sender, text, label }))).toEqual([
      {
        at: "2031-01-14T02:14:03Z",
        sender: 'Kak "Melly"',
        text: "Hubungi @melly" + "di sini <https://t.me/melly>",
        label: "LOKER {[",
      },
      { at: "2031-01-12T09:15:03", sender: "Dimas", text: "[join_group_by_link]", label: "LOKER {[" },
    ]);
  }
  await expect(read("result.json", JSON.stringify({ messages }).slice(0, -40))).rejects.toMatchObject({
    code: "TORN",
  });
});

const thai = "สวัสดีค่ะ สนใจงานที่ปอยเปตไหม เงินเดือนสามหมื่นบาท มีที่พักให้ฟรี ไม่ต้องมีประสบการณ์";
const chinese =
  "你好，我们公司现在招聘客服，工资很高，包吃包住，机票和签证都是公司的，有意思的人可以和我联系";
const traditionalText =
  "你好，我們公司現在招聘客服，薪資很高，包吃包住，機票和簽證都是公司的，有意思的人可以和我聯繫";
test.each([
  ["UTF-8", Buffer.from(thai), thai, "utf-8"],
  ["UTF-8 with a mark", Buffer.from("\ufeff" + thai), thai, "utf-8"],
  ["UTF-16", iconv.encode(thai, "utf-16le", { addBOM: true }), thai, "utf-16le"],
  ["UTF-16, big end first", iconv.encode(thai, "utf-16be", { addBOM: true }), thai, "utf-16be"],
  [
    "UTF-16 without a mark",
    iconv.encode("hello there, what is this\nline", "utf-16le"),
    "hello there, what is this",
    "utf-16le",
  ],
  ["TIS-620", iconv.encode(thai, "cp874"), thai, "cp874"],
  ["GB18030", iconv.encode(chinese, "gb18030"), chinese, "gb18030"],
  ["Big5", iconv.encode(traditionalText, "big5"), traditionalText, "big5"],
])("a text in %s is read as what it says", async (_, bytes, text, encoding) => {
  const reading = await read("note.txt", bytes);
  expect(reading.encoding).toBe(encoding);
  expect(reading.all[0]!.text).toBe(text);
});

test("Burmese in Zawgyi becomes Unicode and is flagged; Burmese in Unicode stays", async () => {
  const reading = await read("note.txt", "လစာေကာင္း၊ အေတြ့အႀကံဳမလိုပါ");
  expect(reading.warnings).toContainEqual({ code: "ZAWGYI_CONVERTED", facts: { parts: 1 } });
  expect(reading.all[0]!.text).toBe("လစာကောင်း၊ အတွေ့အကြုံမလိုပါ");
  const unicode = await read("note.txt", reading.all[0]!.text);
  expect([unicode.warnings, unicode.all[0]!.text]).toEqual([[], reading.all[0]!.text]);
});

test("a bank statement keeps each number beside its heading, as CSV and as workbook", async () => {
  const csv = await read(
    "bank.csv",
    'tanggal;keterangan;rekening\n2031-02-04;"Beli USDT; deposit";001234567890\n',
  );
  expect(csv.all.map((part) => part.text)).toEqual([
    "tanggal | keterangan | rekening",
    "tanggal: 2031-02-04\nketerangan: Beli USDT; deposit\nrekening: 001234567890",
  ]);
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet("Mutasi");
  sheet.addRow(["tanggal", "rekening"]);
  sheet.addRow([new Date("2031-02-04"), "001234567890"]);
  const bytes = Buffer.from(await book.xlsx.writeBuffer());
  const workbook = await read("bank.xlsx", bytes);
  expect(workbook.kind).toBe("table");
  expect(workbook.all.map(({ label, text }) => [label, text])).toEqual([
    ["Mutasi 1", "tanggal | rekening"],
    ["Mutasi 2", "tanggal: 2031-02-04\nrekening: 001234567890"],
  ]);
  await expect(read("bank.xlsx", bytes.subarray(0, bytes.length - 300))).rejects.toMatchObject({
    code: "TORN",
  });
});

test("a mail shows its heads, its text, and what is in its attachments", async () => {
  const mail = [
    "From: Ibu Dimas <ibu@keluarga.example>",
    "To: polisi@layanan.example",
    "Subject: =?UTF-8?Q?Anak_saya?=",
    "Date: Sat, 01 Mar 2031 07:12:45 +0700",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="x"',
    "",
    "--x",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Anak saya belum pulang.",
    "--x",
    'Content-Type: text/plain; name="chat.txt"',
    'Content-Disposition: attachment; filename="chat.txt"',
    "",
    "03/02/31 19.02 - Melly: Halo",
    "--x",
    "Content-Type: application/octet-stream",
    'Content-Disposition: attachment; filename="a.exe"',
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from("MZ\x90\x00" + "\x00".repeat(200), "latin1").toString("base64"),
    "--x--",
    "",
  ].join("\r\n");
  const reading = await read("mail.eml", mail);
  expect(reading.kind).toBe("mail");
  expect(reading.all.map((part) => part.text)).toEqual(
    expect.arrayContaining([
      "From: Ibu Dimas <ibu@keluarga.example>",
      "Subject: Anak saya",
      "Anak saya belum pulang.",
      "Halo",
    ]),
  );
  expect(reading.all.find((part) => part.text === "Halo")).toMatchObject({
    sender: "Melly",
    at: "2031-02-03T19:02:00",
    label: "chat.txt",
  });
  expect(reading.warnings.some((warning) => warning.code === "ATTACHMENT_NOT_READ")).toBe(true);
});

test("a saved page gives its words and the addresses behind its links, and none of its scripts", async () => {
  const html =
    '<!doctype html><html><head><title>Loker &amp; visa</title><script>alert("0812")</script></head><body><p>Gaji <b>12&nbsp;juta</b></p><a href="https://t.me/melly">Daftar</a><style>p{}</style></body></html>';
  const reading = await read("page.html", html);
  expect(reading.all.map((part) => part.text)).toEqual([
    "Loker & visa",
    "Gaji 12 juta",
    "Daftar <https://t.me/melly>",
  ]);
  const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${html}`;
  const warc = `WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://kerja.example/\r\nWARC-Date: 2031-02-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:0190-1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: ${Buffer.byteLength(http)}\r\n\r\n${http}\r\n\r\n`;
  const wacz = await zipOf({ "datapackage.json": Buffer.from("{}"), "archive/data.warc.gz": gzipSync(warc) });
  for (const [name, bytes] of [
    ["a.warc", Buffer.from(warc)],
    ["a.warc.gz", gzipSync(warc)],
    ["a.wacz", wacz],
  ] as const) {
    const archive = await read(name, bytes);
    expect(archive.kind).toBe("web-archive");
    expect(archive.all.map((part) => part.text)).toEqual([
      "https://kerja.example/ (200)",
      "Gaji 12 juta",
      "Daftar <https://t.me/melly>",
    ]);
    expect(archive.all[0]!.at).toBe("2031-02-03T10:00:00Z");
  }
  await expect(read("a.warc", warc.slice(0, 300))).rejects.toMatchObject({ code: "TORN" });
});

/** A PDF with one page that says `text`, locked with RC4 (PDF 1.7, 7.6) when `password` is set. */
function pdfOf(text: string): Buffer {
  const stream = `BT /F1 12 Tf 20 100 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  return assemble(objects, "");
}
function assemble(objects: string[], trailer: string): Buffer {
  let body = "%PDF-1.4\n";
  const at = objects.map((object, i) => {
    const here = body.length;
    body += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return here;
  });
  const xref = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF`;
  return Buffer.from(body, "latin1");
}

test("a PDF is read page by page; a locked or torn one is refused", async () => {
  const pdf = pdfOf("Kontrak kerja 0812 3456 7890");
  const reading = await read("kontrak.pdf", pdf);
  expect(reading.all).toMatchObject([{ kind: "page", label: "1", text: "Kontrak kerja 0812 3456 7890" }]);
  await expect(read("kontrak.pdf", pdf.subarray(0, 60))).rejects.toMatchObject({ code: "TORN" });
  const locked = pdf
    .toString("latin1")
    .replace(
      "/Root 1 0 R",
      `/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> /P -4 >> /ID [<00> <00>]`,
    );
  await expect(read("kontrak.pdf", Buffer.from(locked, "latin1"))).rejects.toMatchObject({
    code: "PASSWORD_PROTECTED",
  });
});

test("a picture tells its size and metadata; a torn one is refused", async () => {
  const jpeg = await sharp({ create: { width: 320, height: 200, channels: 3, background: "red" } })
    .withExif({ IFD0: { Make: "Kamera", Model: "K-1" } })
    .jpeg()
    .toBuffer();
  const reading = await read("foto.jpg", jpeg);
  expect(reading.all.map((part) => part.text)).toEqual(
    expect.arrayContaining(["320 × 200 jpeg", "Make: Kamera"]),
  );
  await expect(read("foto.jpg", jpeg.subarray(0, jpeg.length >> 1))).rejects.toMatchObject({ code: "TORN" });
});

test("a file that is not what its name says, that is no text, or empty is refused by name", async () => {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  await expect(read("chat.txt", png)).rejects.toMatchObject({
    code: "MISLABELLED",
    facts: { says: "txt", is: "png" },
  });
  await expect(read("foto.jpg", "03/02/31 19.02 - Dimas: Halo")).rejects.toMatchObject({
    code: "MISLABELLED",
  });
  await expect(read("x.xlsx", pdfOf("x"))).rejects.toMatchObject({ code: "MISLABELLED" });
  await expect(
    read(
      "chat.txt",
      Buffer.concat([Buffer.from("MZ"), Buffer.from(Array.from({ length: 500 }, (_, i) => i % 8))]),
    ),
  ).rejects.toMatchObject({ code: "MISLABELLED" });
  await expect(read("chat.txt", "")).rejects.toMatchObject({ code: "NOTHING_IN_IT" });
  await expect(read("chat.txt", "\n \n")).rejects.toMatchObject({ code: "NOTHING_IN_IT" });
});

test("a zip bomb is stopped while it unpacks, whatever it says of itself; so is one with too many entries", async () => {
  const bomb = await zipOf({ "_chat.txt": Buffer.alloc(40_000_000) });
  expect(bomb.length).toBeLessThan(100_000);
  await expect(read("chat.zip", bomb)).rejects.toMatchObject({ code: "ZIP_BOMB" });
  const many = await zipOf(
    Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.txt`, Buffer.from("x")])),
  );
  await expect(read("chat.zip", many, { ...usualReadingLimits, entries: 100 })).rejects.toMatchObject({
    code: "ZIP_BOMB",
  });
  const book = await zipOf({
    "[Content_Types].xml": Buffer.from("<a/>"),
    "xl/workbook.xml": Buffer.alloc(30_000_000, 32),
  });
  await expect(read("x.xlsx", book)).rejects.toMatchObject({ code: "ZIP_BOMB" });
});

test("a locked zip and a locked workbook are refused as such", async () => {
  const zip = await zipOf({ "_chat.txt": Buffer.from("hello") });
  // The flag bit of encryption, in the local head and in the directory.
  zip[6]! |= 1;
  zip[zip.indexOf(Buffer.from("PK\x01\x02", "latin1")) + 8]! |= 1;
  await expect(read("chat.zip", zip)).rejects.toMatchObject({ code: "PASSWORD_PROTECTED" });
  const compound = Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from("EncryptedPackage", "utf16le"),
    createCipheriv("aes-128-ecb", Buffer.alloc(16), null).update(Buffer.alloc(512)),
  ]);
  await expect(read("gaji.xlsx", compound)).rejects.toMatchObject({ code: "PASSWORD_PROTECTED" });
});

test("a reader that is too slow or too greedy is ended, and the process goes on", async () => {
  const lines = Buffer.from("03/02/31 19.02 - Dimas: Halo kak\n".repeat(200_000));
  const ask = {
    source: sourceOf(lines),
    name: "chat.txt",
    progress: () => undefined,
    keep: () => Promise.resolve(),
  };
  await expect(runReader({ ...ask, limits: { ...usualReadingLimits, seconds: 0.05 } })).rejects.toMatchObject(
    { code: "TOO_SLOW" },
  );
  const wide = Buffer.from(`[${"1,".repeat(20_000_000)}1]`);
  await expect(
    runReader({
      ...ask,
      name: "a.json",
      source: sourceOf(wide),
      limits: { ...usualReadingLimits, heap: 48 },
    }),
  ).rejects.toMatchObject({ code: "TOO_MUCH_MEMORY" });
  const summary = await runReader({ ...ask, limits: usualReadingLimits });
  expect(summary).toMatchObject({ kind: "whatsapp", parts: 200_000 });
}, 60_000);

const scam = given("messages/thai_sms_scam.txt");
test.skipIf(scam === null)("real messages are read line by line (needs the given data)", async () => {
  const bytes = readFileSync(scam!);
  const reading = await read("thai_sms_scam.txt", bytes);
  expect(reading).toMatchObject({ kind: "text", encoding: "utf-8" });
  expect(reading.parts).toBe(
    bytes
      .toString("utf8")
      .split("\n")
      .filter((line) => line.trim() !== "").length,
  );
});
