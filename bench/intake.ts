// Reading 100,000 messages of a chat and finding what stands in them, beside libphonenumber's own search of the same
// text; and the memory of the reading process at a tenth of it and at all of it.
import { readdirSync, readFileSync } from "node:fs";
import { findPhoneNumbersInText } from "libphonenumber-js/max";
import { usualReadingLimits } from "@simpul/features/evidence/reading/limits.ts";
import { runDetection, runReader } from "@simpul/features/evidence/reading/run.ts";
import { median, type Figure } from "./figure.ts";

const messages = 100_000;
const runs = 3;

/** What people of the region write; every fifth names a way to reach somebody. All invented, numbers as in the exercise. */
const sentences = [
  "Masih minat kerja customer service di luar negeri? Tiket dan visa ditanggung",
  "Hubungi 0854-0000-1702 atau Telegram @melly_kerja_kh",
  "Gajinya berapa ya kak, dan kantornya di mana",
  "ติดต่อได้ที่ ๐๘๑-๒๓๔-๕๖๗๘ หรือไลน์ ID: somchai_99",
  "អ្នកបើកបរ ០១៩ ០០០ ៤១៧ មកទទួលនៅយប់នេះ",
  "Deposit tiket 150 USDT ke TY3F8jKXwZxwRF1pGo5wTptPmvdpsfV12Y (TRC20)",
  "Isi formulir https://kerja-cepat.example/daftar lalu kirim foto paspor",
  "Kita berangkat besok jam 5 pagi, jangan bilang siapa-siapa",
  "Hindi na ako makaalis, kinuha nila ang passport ko",
  "我们在西港等你，微信：wxid_abc123",
] as const;

function chat(count: number): Buffer {
  const lines = Array.from({ length: count }, (_, nth) => {
    const minute = String(nth % 60).padStart(2, "0");
    const hour = String(Math.floor(nth / 60) % 24).padStart(2, "0");
    const day = String(1 + (Math.floor(nth / 1440) % 28)).padStart(2, "0");
    const sender = nth % 2 === 0 ? "+62 854-0000-1702" : "Dimas";
    return `${day}/02/31 ${hour}.${minute} - ${sender}: ${sentences[nth % sentences.length]!} (${nth})`;
  });
  return Buffer.from(`${lines.join("\n")}\n`);
}

/** Resident bytes of the processes that this one started; 0 where the system does not tell. */
function childrenMemory(): number {
  let pages = 0;
  try {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[1]) === process.pid) pages += Number(fields[21]);
    }
  } catch {
    // A process that ended while we looked, or a system without /proc.
  }
  return pages * 4096;
}

interface Taken {
  seconds: number;
  findings: number;
  peak: number;
}

async function takeIn(bytes: Buffer): Promise<Taken> {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, childrenMemory())), 50);
  const began = performance.now();
  const segments: Uint8Array[] = [];
  const summary = await runReader({
    source: { size: bytes.length, range: (from, to) => Promise.resolve(bytes.subarray(from, to)) },
    name: "chat.txt",
    limits: usualReadingLimits,
    progress: () => undefined,
    keep: (segment) => Promise.resolve(void segments.push(segment)),
  });
  const kept = Buffer.concat(segments);
  let findings = 0;
  await runDetection({
    places: summary.segments,
    range: (from, to) => Promise.resolve(kept.subarray(from, to)),
    region: "ID",
    limits: usualReadingLimits,
    keep: (found) => Promise.resolve(void (findings += found.length)),
  });
  clearInterval(watch);
  if (summary.parts < bytes.length / 500 || findings === 0) throw new Error("the chat was not read as one");
  return { seconds: (performance.now() - began) / 1000, findings, peak };
}

/** The peer finds phones only, and knows no other script's digits; it is what one would take off the shelf. */
function shelf(bytes: Buffer): number {
  const began = performance.now();
  for (const line of bytes.toString("utf8").split("\n")) findPhoneNumbersInText(line, "ID");
  return (performance.now() - began) / 1000;
}

/** Messages a second from bytes to findings, and whether memory stays flat at ten times the size. */
export async function intake(): Promise<Figure[]> {
  const all = chat(messages);
  const tenth = chat(messages / 10);
  const ours: Taken[] = [];
  const peers: number[] = [];
  for (let nth = 0; nth < runs; nth++) {
    ours.push(await takeIn(all));
    peers.push(shelf(all));
  }
  const small = await takeIn(tenth);
  const rate = messages / median(ours.map(({ seconds }) => seconds));
  const peer = messages / median(peers);
  const memory = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  const peak = median(ours.map((one) => one.peak));
  return [
    {
      figure: "messages read and searched, 100,000 of a chat",
      ours: Math.round(rate),
      unit: "messages/s",
      peer: Math.round(peer),
      peerName: "findPhoneNumbersInText of libphonenumber-js, phones only",
      bound: null,
      ratio: Number((rate / peer).toFixed(2)),
      runs,
    },
    {
      figure: "memory of the reader, 100,000 messages beside 10,000",
      ours: memory(peak),
      unit: "MiB resident",
      peer: memory(small.peak),
      peerName: "the same with 10,000 messages",
      bound: usualReadingLimits.heap,
      ratio: small.peak === 0 ? null : Number((peak / small.peak).toFixed(2)),
      runs,
    },
  ];
}
