// Reads the letters of one picture: made grey and of a size that reads well, then recognised language by language. Runs in a
// process of its own (child.ts); engine and packs come from npm, and nothing is fetched.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import sharp from "sharp";
import type { AdsCode } from "../contract.ts";
import { pictureLimits, type PictureLanguage, type PictureRead } from "../contract/pictures.ts";
import { readKhmer } from "./khmer.ts";
import { latin, packs, readsKhmer, trials } from "./packs.ts";
import { readingOf, type Recognised } from "./words.ts";

/** What we use of tesseract.js-core: the interface of Tesseract itself. */
interface Engine {
  FS: { writeFile(path: string, bytes: Uint8Array): void };
  TessBaseAPI: new () => {
    Init(folder: string, languages: string, mode: number): number;
    SetVariable(name: string, value: string): boolean;
    SetImageFile(exif: number, angle: number): number;
    Recognize(monitor: null): number;
    GetUTF8Text(): string;
    GetTSVText(): string;
    End(): void;
  };
}
const require = createRequire(import.meta.url);
/** Only the neural recogniser: the older one would need the large packs. */
const neuralOnly = 1;
/** Sure enough to try no further script. */
const surely = 80;

// What is not read is not opened either: of the loaders of libvips only these three may touch a file.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
});
const kinds: Readonly<Record<string, true>> = { png: true, jpeg: true, webp: true };

/** Why a picture is not read. */
export class NotRead extends Error {
  readonly code: NotReadCode;
  constructor(code: NotReadCode) {
    super(code);
    this.code = code;
  }
}
type NotReadCode = Extract<
  AdsCode,
  "NOT_A_PICTURE" | "PICTURE_TOO_LARGE" | "PICTURE_TORN" | "PICTURE_UNREAD"
>;

interface Prepared {
  /** Grey, upright, without what the camera wrote. */
  png: Buffer;
  /** WebP for the page, drawn anew: nothing of the file's own bytes is in it. */
  preview: Buffer;
}

/** Throws `NotRead`. Size and kind are known from the head, before anything is unpacked. */
export async function prepare(bytes: Uint8Array): Promise<Prepared> {
  const open = () => sharp(bytes, { limitInputPixels: pictureLimits.pixels, failOn: "truncated" });
  const head = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw new NotRead("NOT_A_PICTURE");
    });
  if (kinds[head.format] !== true) throw new NotRead("NOT_A_PICTURE");
  if (head.width * head.height > pictureLimits.pixels || (head.pages ?? 1) > 1)
    throw new NotRead("PICTURE_TOO_LARGE");
  const wide = Math.max(head.width, head.height);
  // Letters of about thirty pixels read best: small pictures are drawn larger, photographs smaller.
  const to = Math.min(2600, Math.max(1400, wide));
  try {
    const upright = await open().rotate().flatten({ background: "#fff" }).toColourspace("srgb").png({ compressionLevel: 1 }).toBuffer(); // prettier-ignore
    const [png, preview] = await Promise.all([
      sharp(upright).resize(to, to, { fit: "inside" }).greyscale().normalise().toColourspace("b-w").png({ compressionLevel: 1 }).toBuffer(), // prettier-ignore
      sharp(upright)
        .resize(1600, 1600, { fit: "inside", withoutEnlargement: true })
        .webp({ quality: 80 })
        .toBuffer(),
    ]);
    return { png, preview };
  } catch (fault) {
    throw fault instanceof NotRead ? fault : new NotRead("PICTURE_TORN");
  }
}

/** Reads with one or several languages at once. */
export type Reader = (
  png: Buffer,
  languages: readonly PictureLanguage[],
  layout?: keyof typeof layouts,
) => Promise<Recognised>;
/** How Tesseract looks for lines: blocks and columns by themselves, as on a sheet of paper; or the whole as one block. */
const layouts = { sheet: "3", block: "6" } as const;

export async function openReader(): Promise<Reader> {
  const engine = await (require("tesseract.js-core/tesseract-core-simd-lstm") as () => Promise<Engine>)();
  const there = new Set<string>();
  function load(pack: string): void {
    if (there.has(pack)) return;
    const file = require.resolve(`@tesseract.js-data/${pack}/4.0.0_best_int/${pack}.traineddata.gz`);
    engine.FS.writeFile(`/${pack}.traineddata`, gunzipSync(readFileSync(file)));
    there.add(pack);
  }
  return (png, languages, layout = "sheet") => {
    if (languages.includes("km")) return readKhmer(png, pictureLimits.seconds);
    const names = languages.map((one) => packs[one]);
    names.forEach(load);
    const reading = new engine.TessBaseAPI();
    try {
      if (reading.Init("/", names.join("+"), neuralOnly) !== 0) throw new NotRead("PICTURE_UNREAD");
      engine.FS.writeFile("/input", png);
      if (reading.SetImageFile(1, 0) !== 0) throw new NotRead("PICTURE_UNREAD");
      reading.SetVariable("tessedit_pageseg_mode", layouts[layout]);
      reading.Recognize(null);
      return Promise.resolve(readingOf(reading.GetUTF8Text(), reading.GetTSVText()));
    } finally {
      reading.End();
    }
  };
}

/** `languages` empty: tried until one reads surely; of Latin letters the surest of three. Throws `NotRead` where nothing was read. */
export async function readPicture(
  png: Buffer,
  languages: readonly PictureLanguage[],
  done: (part: number) => void,
): Promise<PictureRead> {
  const read = await openReader();
  const khmer = await readsKhmer();
  const usable = (of: readonly PictureLanguage[]): boolean => khmer || !of.includes("km");
  const asked = languages.filter((one) => usable([one]));
  const ways = asked.length > 0 ? waysOf(asked) : trials.filter(usable);
  let best: PictureRead | null = null;
  for (const [nth, way] of ways.entries()) {
    const found = await read(png, way);
    done((nth + 1) / ways.length);
    if (found.text !== "" && (best === null || found.sure > best.sure))
      best = { ...found, languages: [...way] };
    const latinDone = nth + 1 >= latin || asked.length > 0;
    if (latinDone && best !== null && best.sure >= surely) break;
  }
  if (best === null) throw new NotRead("PICTURE_UNREAD");
  if (best.sure >= surely || best.languages.includes("km")) return best;
  // High stacks of Burmese and Lao are taken for lines of their own: as one block they are read much better, however sure the
  // engine is of the scraps.
  const again = await read(png, best.languages, "block");
  const stacked = best.languages.some((one) => one === "my" || one === "lo") && again.text !== "";
  return stacked || again.sure > best.sure ? { ...again, languages: best.languages } : best;
}

/** Khmer is another program's: it is read apart from the others. */
const waysOf = (asked: readonly PictureLanguage[]): PictureLanguage[][] =>
  [asked.filter((one) => one !== "km"), asked.filter((one) => one === "km")].filter((one) => one.length > 0);
